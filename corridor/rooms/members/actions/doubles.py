"""Looking for records that may be one organisation, and saying that two are not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.likeness.blocks import pairs_to_compare
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..comparing import AT_ONCE, keys_for, rarity_for, seen_of, words_for
from ..doubles import LEAST, Rarity, Seen, counted, scored
from ..models import Alliance, Compared, OrganisationKey, OrganisationPair, PairVerdict
from ..refusals import PairSettled


@dataclass(frozen=True)
class Looked:
    """How many organisations were new or changed and so compared, how many pairs were scored, and how many wait to be looked at."""

    compared: int
    scored: int
    waiting: int


@transaction.atomic
def look_for_doubles(*, at: datetime, by: Actor, everything: bool = False) -> Looked:
    """
    Compare every organisation that is new or changed since it was compared last with those that share a key with it.

    ``everything`` compares all again. Pairs that are settled stay so. Two searches at once wait for each other.
    """
    by.require(Permission.MEMBER_MERGE)
    # The alliance's row stands for the search: nothing else that many wait for.
    list(Alliance.objects.select_for_update(no_key=True).values_list("pk"))
    seen = seen_of()
    looked_like = {each.key: each.looks_like() for each in seen}
    before = dict(Compared.objects.values_list("organisation_id", "looked_like"))
    changed = [each for each in seen if everything or before.get(each.key) != looked_like[each.key]]
    gone = before.keys() - looked_like.keys()
    _forget(gone)
    if changed:
        scores = _compare(changed, seen)
        _keep({each.key for each in changed}, scores, at=at)
        Compared.objects.bulk_create(
            [Compared(organisation_id=each.key, looked_like=looked_like[each.key]) for each in changed],
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["organisation"],
            update_fields=["looked_like"],
        )
    else:
        scores = {}
    waiting = OrganisationPair.objects.filter(verdict=PairVerdict.OPEN).count()
    alliance = Alliance.objects.first()
    if alliance is not None:
        log.record("members.doubles_looked_for", by=by, subject=alliance, count=len(changed))
    return Looked(len(changed), len(scores), waiting)


def _compare(changed: list[Seen], seen: list[Seen]) -> dict[tuple[UUID, UUID], int]:
    """The score of each pair that shares a key and in which a changed one stands; the keys and words of the changed are kept."""
    by_key = {each.key: each for each in seen}
    fresh = [each.key for each in changed]
    is_all = len(changed) == len(seen)
    for start in range(0, len(fresh), AT_ONCE):
        OrganisationKey.objects.filter(organisation__in=fresh[start : start + AT_ONCE]).delete()
    _write_keys((each.key, words_for(each)) for each in changed)
    whole = Rarity(counted(seen), of=len(seen)) if is_all else None
    rarity = whole or rarity_for(changed)
    keys_of = {each.key: keys_for(each, aside=rarity.common()) for each in changed}
    _write_keys(keys_of.items())
    if not is_all:
        keys_of = keys_of | _others_with({key for keys in keys_of.values() for key in keys}, fresh)
        rarity = rarity_for(by_key[key] for key in keys_of if key in by_key)
    scores = {}
    for one, other in pairs_to_compare(keys_of, among=None if is_all else fresh):
        if one in by_key and other in by_key:
            low, high = sorted((one, other))
            scores[low, high] = scored(by_key[low], by_key[high], rarity)
    return scores


def _write_keys(keys: Iterable[tuple[UUID, Collection[str]]]) -> None:
    OrganisationKey.objects.bulk_create(
        [
            OrganisationKey(organisation_id=organisation, key=each)
            for organisation, some in keys
            for each in sorted(some)
        ],
        batch_size=AT_ONCE,
    )


def _others_with(keys: Collection[str], but: Collection[UUID]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    wanted, left_out = sorted(keys), set(but)
    for start in range(0, len(wanted), AT_ONCE):
        rows = OrganisationKey.objects.filter(key__in=wanted[start : start + AT_ONCE])
        for organisation, key in rows.values_list("organisation_id", "key"):
            if organisation not in left_out:
                found.setdefault(organisation, set()).add(key)
    return found


def _forget(gone: Collection[UUID]) -> None:
    """Records that were merged away or refused are compared no more, and wait in no pair."""
    if gone:
        OrganisationKey.objects.filter(organisation__in=gone).delete()
        Compared.objects.filter(organisation__in=gone).delete()
        OrganisationPair.objects.filter(Q(one__in=gone) | Q(other__in=gone), verdict=PairVerdict.OPEN).delete()


def _keep(changed: set[UUID], scores: dict[tuple[UUID, UUID], int], *, at: datetime) -> None:
    """Open pairs of the changed are written anew; who was found not to be the same, or is merged, is not asked about again."""
    keys = sorted(changed)
    settled: set[tuple[UUID, UUID]] = set()
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        of_these = OrganisationPair.objects.filter(Q(one__in=some) | Q(other__in=some))
        settled |= set(of_these.exclude(verdict=PairVerdict.OPEN).values_list("one_id", "other_id"))
        of_these.filter(verdict=PairVerdict.OPEN).delete()
    OrganisationPair.objects.bulk_create(
        [
            OrganisationPair(one_id=one, other_id=other, score=score, found_at=at)
            for (one, other), score in scores.items()
            if score >= LEAST and (one, other) not in settled
        ],
        batch_size=AT_ONCE,
    )


@transaction.atomic
def keep_apart(*, pair: OrganisationPair, reason: str, by: Actor) -> OrganisationPair:
    """
    Say that two records are two organisations; they are not offered again.

    :raises PairSettled: if somebody settled it before. :raises BadInput: without a reason.
    """
    by.require(Permission.MEMBER_MERGE)
    pair = OrganisationPair.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=pair.pk)
    if not reason.strip():
        raise BadInput([Problem(N_("Say why the two are not the same."), column="reason")])
    if pair.verdict != PairVerdict.OPEN:
        raise PairSettled(N_("%(one)s and %(other)s are settled already."), one=str(pair.one), other=str(pair.other))
    pair.verdict, pair.settled_by, pair.settled_because = PairVerdict.NOT_SAME, by.label, reason.strip()
    pair.save(update_fields=["verdict", "settled_by", "settled_because"])
    log.record("members.kept_apart", by=by, subject=pair)
    return pair


@transaction.atomic
def ask_again(*, pair: OrganisationPair, by: Actor) -> OrganisationPair:
    """Take back that two are not the same. :raises WrongMoment: if that was never said."""
    by.require(Permission.MEMBER_MERGE)
    pair = OrganisationPair.objects.select_for_update().get(pk=pair.pk)
    if pair.verdict != PairVerdict.NOT_SAME:
        raise WrongMoment(N_("Nobody has said that these two are not the same."))
    pair.verdict, pair.settled_by, pair.settled_because = PairVerdict.OPEN, "", ""
    pair.save(update_fields=["verdict", "settled_by", "settled_because"])
    log.record("members.asked_again", by=by, subject=pair)
    return pair
