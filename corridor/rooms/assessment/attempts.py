"""A further attempt comes after a final "not yet competent", or after a decision that was overturned; a scheme says how many there may be."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import batched
from typing import Protocol
from uuid import UUID

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.training.models import Enrolment

from .counting import carried_to
from .lifecycle import DecisionStatus
from .models import Decision, Result, Scheme
from .refusals import AlreadyDecided, DecisionIsFinal, NoAttemptLeft, NoFurtherAttempt


class Attempted(Protocol):
    @property
    def enrolment(self) -> Enrolment: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def attempt(self) -> int: ...
    @property
    def decided_on(self) -> date: ...


def opens_another(decision: Decision) -> bool:
    """Whether a further attempt may follow it."""
    if decision.status == DecisionStatus.OVERTURNED:
        return True
    return decision.status == DecisionStatus.FINAL and decision.result == Result.NOT_YET_COMPETENT


def require_attempts(decisions: Sequence[Attempted], *, schemes: Mapping[tuple[UUID, date], Scheme]) -> None:
    """
    Attempts at a place from which the learner was moved are the learner's too, and go on counting.

    :raises AlreadyDecided, DecisionIsFinal, NoFurtherAttempt, NoAttemptLeft, BadInput: names the first.
    """
    there: dict[tuple[UUID, UUID], dict[int, Decision]] = {}
    places = {each.enrolment.pk: each.enrolment for each in decisions}
    carried = carried_to(places.values())
    for some in batched([*(key for key in carried if key not in places), *places], 500):
        for found in Decision.objects.filter(enrolment__in=some):
            for key in (found.enrolment_id, *carried.get(found.enrolment_id, ())):
                there.setdefault((key, found.unit_id), {})[found.attempt] = found
    new: set[tuple[UUID, UUID, int]] = set()
    for each in decisions:
        named = {"learner": str(each.enrolment), "unit": each.unit.code, "attempt": each.attempt}
        before = there.get((each.enrolment.pk, each.unit.pk), {})
        place = (each.enrolment.pk, each.unit.pk, each.attempt)
        same = before.get(each.attempt)
        if same is not None and same.status != DecisionStatus.ASSESSED:
            raise DecisionIsFinal(N_("Attempt %(attempt)s of %(learner)s in %(unit)s is final."), **named)
        if same is not None or place in new:
            raise AlreadyDecided(N_("Attempt %(attempt)s of %(learner)s in %(unit)s has a decision."), **named)
        if each.attempt < 1:
            raise BadInput([Problem(N_("Attempts count from 1."), named, column="attempt")])
        last = before.get(each.attempt - 1)
        if each.attempt > 1 and (last is None or not opens_another(last)):
            raise NoFurtherAttempt(
                N_("Attempt %(attempt)s of %(learner)s in %(unit)s comes only after a final “not yet competent”."),
                **named,
            )
        scheme = schemes.get((each.unit.pk, each.decided_on))
        # An attempt that was overturned is none of the learner's.
        counted = each.attempt - sum(one.status == DecisionStatus.OVERTURNED for one in before.values())
        if scheme is not None and counted > scheme.attempts_allowed:
            raise NoAttemptLeft(
                N_("%(unit)s allows %(most)s attempts, and %(learner)s has had them. A new enrolment begins anew."),
                most=scheme.attempts_allowed, learner=str(each.enrolment), unit=each.unit.code,
            )  # fmt: skip
        new.add(place)
