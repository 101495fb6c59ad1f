"""What others published about the alliance, in their words, and the figure that must hold beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.models import ReturnedAnswer

from ..asking import Question
from ..models import Claim, ClaimEvidence
from ..refusals import ReferenceTaken


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """One claim: ``kind`` as in ``Claim.Kind``; ``number`` is None for words only."""

    reference: str
    position: int
    words: str
    kind: str
    number: int | None
    question: Question
    source: str


@transaction.atomic
def state_claims(*, claims: Sequence[ClaimDraft], at: datetime, by: Actor) -> list[Claim]:  # noqa: ARG001 (every action is told when)
    """
    Write down published claims, so that they can be checked against the records on any day.

    :raises ReferenceTaken: if a reference is in use. :raises BadInput: for a number where there are words only, or none where one is meant.
    """
    by.require(Permission.CLAIM_STATE)
    problems = [
        Problem(N_("%(claim)s: words only have no number, and every other kind has one."), {"claim": each.reference})
        for each in claims
        if (each.number is None) != (each.kind == Claim.Kind.WORDS)
    ]
    if problems:
        raise BadInput(problems)
    references = [each.reference for each in claims]
    taken = Claim.objects.filter(reference__in=references).values_list("reference", flat=True).first()
    if taken or len(set(references)) < len(references):
        raise ReferenceTaken(N_("There is a claim %(reference)s already."), reference=taken or references[0])
    made = Claim.objects.bulk_create([_claim(each) for each in claims])
    log.record_each("indicators.claim_stated", by=by, subjects=made)
    return made


def _claim(draft: ClaimDraft) -> Claim:
    when = draft.question.when
    return Claim(
        reference=draft.reference,
        words=draft.words,
        kind=draft.kind,
        number=draft.number,
        code=draft.question.definition.code,
        scope=str(draft.question.scope),
        on_day=when.day if when.is_day else None,
        starts_on=None if when.is_day else when.period.starts_on,
        ends_before=None if when.is_day else when.period.ends_before,
        position=draft.position,
        source=draft.source,
    )


@transaction.atomic
def attach_answer(*, claim: Claim, answer: ReturnedAnswer, note: str, at: datetime, by: Actor) -> ClaimEvidence:
    """
    Hold what a member answered to a data call beside a claim. Attached twice, it stays as it was first.

    :raises WrongMoment: for an answer that was not sent.
    """
    by.require(Permission.CLAIM_STATE)
    if answer.sent.submitted_at is None:
        raise WrongMoment(N_("What was not sent yet is the member's own."))
    made, is_new = ClaimEvidence.objects.get_or_create(
        claim=claim, answer=answer, defaults={"note": note.strip(), "attached_by": by.label, "attached_at": at}
    )
    if is_new:
        log.record("indicators.answer_attached", by=by, subject=made)
    return made
