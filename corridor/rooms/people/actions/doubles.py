"""Looking for records of one human being, and answering what was found. Nothing here merges anybody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.likeness.blocks import block_keys, pairs_to_compare
from corridor.foundations.likeness.scoring import score_of
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from ..likening import LEAST_SCORE, clues_of, known_of
from ..models import Answer, LikelyDouble, Person


@dataclass(frozen=True)
class Searched:
    """How many persons were looked at, how many pairs compared, how many are likely, and how many of those are new."""

    persons: int
    compared: int
    likely: int
    new: int


@transaction.atomic
def search_doubles(
    *,
    at: datetime,
    by: Actor,
    members: Mapping[UUID, Collection[UUID]] | None = None,
    among: Collection[UUID] | None = None,
) -> Searched:
    """
    Compare the persons who could be one human being, and keep the likely pairs. Pairs that somebody answered stay answered.

    With ``among``, only pairs in which one of these persons stands. ``members`` are those who sent a person, as a later room knows.
    """
    by.require(Permission.PERSON_MERGE)
    known = known_of(Person.objects.filter(merged_into__isnull=True, erased_at__isnull=True), members=members)
    keys = {key: _keys(each.names, each.papers) for key, each in known.items()}
    compared, scores = 0, {}
    for one, other in pairs_to_compare(keys, among=among):
        compared += 1
        score = score_of(clues_of(known[one], known[other]))
        if score >= LEAST_SCORE:
            scores[one, other] = score
    new = _keep(scores, at=at, among=among)
    return Searched(len(known), compared, len(scores), new)


@transaction.atomic
def answer_different(*, pair: UUID, reason: str, at: datetime, by: Actor) -> LikelyDouble:
    """
    Say that the two are two human beings. The pair is not shown again.

    :raises BadInput: without a reason. :raises NotFound: if there is no such pair that is open.
    """
    by.require(Permission.PERSON_MERGE)
    if not reason.strip():
        raise BadInput([Problem(N_("Say why they are two human beings."), column="reason")])
    row = LikelyDouble.objects.select_for_update(of=("self",)).filter(pk=pair, answer=Answer.OPEN).first()
    if row is None:
        raise NotFound(N_("This pair is not open any more."))
    row.answer, row.answered_at, row.answered_by, row.reason = Answer.DIFFERENT, at, by.label, reason.strip()
    row.save()
    log.record("people.doubles_answered", by=by, subject=row)
    return row


def _keys(names: Collection[str], papers: Collection[str]) -> frozenset[str]:
    return block_keys(names) | {f"paper {each}" for each in papers}


def _keep(scores: Mapping[tuple[UUID, UUID], int], *, at: datetime, among: Collection[UUID] | None) -> int:
    there = {
        (row.one_id, row.other_id): row for row in LikelyDouble.objects.select_for_update(of=("self",)).order_by("pk")
    }
    wanted = None if among is None else set(among)
    changed, gone = [], []
    for pair, row in there.items():
        if row.answer != Answer.OPEN or (wanted is not None and not wanted & set(pair)):
            continue
        if pair not in scores:
            gone.append(row.pk)
        elif row.score != scores[pair]:
            row.score = scores[pair]
            changed.append(row)
    LikelyDouble.objects.bulk_update(changed, ["score"], batch_size=500)
    for start in range(0, len(gone), 500):
        LikelyDouble.objects.filter(pk__in=gone[start : start + 500]).delete()
    fresh = [
        LikelyDouble(one_id=one, other_id=other, score=score, found_at=at)
        for (one, other), score in scores.items()
        if (one, other) not in there
    ]
    LikelyDouble.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    return len(fresh)
