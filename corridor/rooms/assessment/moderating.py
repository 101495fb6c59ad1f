"""Which decisions are drawn for a second judgement, and how far two assessors agree."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from hashlib import sha256
from math import ceil
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor
from corridor.kernel.rater_agreement import RaterAgreement
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import same_person_ids

from .models import Decision, Result, Sample
from .refusals import DecisionIsDrawn


def drawn_from(decisions: Sequence[Decision], *, share: int, least: int, seed: str) -> list[Decision]:
    """
    ``share`` percent of each assessor's decisions, at least ``least`` of them. The same seed draws the same decisions: they are ordered by
    the SHA-256 of the seed and of what the decision is about, and the first are taken.
    """
    of: dict[UUID, list[Decision]] = {}
    for each in decisions:
        of.setdefault(each.assessor_id, []).append(each)
    drawn = []
    for mine in of.values():
        wanted = min(len(mine), max(least, ceil(Fraction(share * len(mine), 100))))
        drawn += sorted(mine, key=lambda each: sha256(f"{seed}|{each}".encode()).digest())[:wanted]
    return sorted(drawn, key=str)


def agreement_of(samples: Iterable[Sample]) -> RaterAgreement:
    """How far first and second judgements agree; those that were not judged a second time are left out. Their decisions have been read."""
    pairs = Counter((each.decision.result, each.result) for each in samples if each.judged_on is not None)
    return RaterAgreement.of(pairs, categories=[each.value for each in Result])


def undecided_samples(decisions: Iterable[UUID]) -> list[Sample]:
    """Samples of these decisions that are not judged yet, or not settled."""
    rows = Sample.objects.filter(decision__in=list(decisions)).select_related(
        "decision__enrolment__cohort", "decision__unit"
    )
    return [each for each in rows if each.state in {"waiting", "disagreed"}]


def require_not_blind(decisions: Sequence[Decision]) -> None:
    """:raises DecisionIsDrawn: for a decision that was drawn: the second judgement is about what was decided then."""
    drawn = Sample.objects.filter(decision__in=[each.pk for each in decisions]).select_related(
        "decision__enrolment__cohort", "decision__unit"
    )
    for each in drawn:
        raise DecisionIsDrawn(
            N_("%(decision)s was drawn for a second judgement and does not change."), decision=str(each.decision)
        )


def hidden_from(by: Actor) -> QuerySet[Sample]:
    """What the reader is to judge a second time, and must not see the first judgement of."""
    if by.person_id is None:
        return Sample.objects.none()
    selves = same_person_ids({by.person_id})[by.person_id]
    return Sample.objects.filter(second__in=selves, judged_on__isnull=True)
