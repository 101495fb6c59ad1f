"""
What assessors' devices brought and nobody could simply take: both values, and a named person who judged neither decides. What is taken is
recorded in the name of the assessor who judged, by the action that their page calls.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.journal import keeping
from corridor.foundations.journal.models import Conflict
from corridor.kernel.errors import AccessDenied, Refusal, WrongMoment
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions
from corridor.rooms.assessment.lifecycle import DecisionStatus
from corridor.rooms.assessment.models import Decision
from corridor.rooms.assessment.moderating import hidden_from
from corridor.rooms.assessment.schemes import criteria_of
from corridor.rooms.curricula.models import Unit
from corridor.rooms.training.models import Cohort, Enrolment
from corridor.rooms.training.names import names_of

from ._devices.judgements import (
    SCOPE,
    Judgement,
    decision_that_stands,
    on_the_day,
    place_of,
    read_judgement,
    read_signature,
    scheme_seen,
)
from ._devices.judging import write_judgement, write_signature
from .recognise import recognise

KEEP, TAKE = Conflict.Outcome.STANDING_KEPT, Conflict.Outcome.BROUGHT_TAKEN
# Signatures that wait with the judgement that they are under: decided with it, and not shown for themselves.
FOLLOWS = "follows"
# What a judgement may be refused for and still be taken by a named person; all else is tried again as it is.
NEVER = frozenset({"unread", "other_content", "evidence_refused", "signature_stale", "not_signable", FOLLOWS})


class NothingToTake(WrongMoment):
    """What came cannot become a mark, a signature or a decision; it can only be put aside."""


@dataclass(frozen=True)
class JudgementWaiting:
    """
    One row of the inbox about a judgement. ``judgement`` is what came (None: it says something else, or cannot be read), ``stands`` what is
    decided at this moment, as far as the reader may know it; ``criteria`` with what was found of each.
    """

    conflict: Conflict
    cohort: Cohort
    place: Enrolment | None
    name: Any
    unit: Unit | None
    judgement: Judgement | None
    stands: Decision | None
    criteria: tuple[tuple[Any, str, str], ...]
    may_decide: bool
    # Rows about registers have these.
    session: None = None
    brought: None = None
    standing: None = None

    @property
    def is_judgement(self) -> bool:
        return True

    @property
    def zone(self) -> str:
        return self.cohort.site.zone

    @property
    def may_take(self) -> bool:
        is_final = self.stands is not None and self.stands.status == DecisionStatus.FINAL
        return (
            self.judgement is not None
            and self.conflict.reason not in NEVER
            and not (self.conflict.reason == "other_decision" and is_final)
        )


def tell_judgements(*, conflicts: Sequence[Conflict], by: Actor) -> list[JudgementWaiting]:
    """Each with what is needed to decide it. The reader has been found to see these conflicts."""
    cohorts = Cohort.objects.select_related("site").in_bulk({each.scope_key for each in conflicts})
    places = Enrolment.objects.select_related("cohort").in_bulk({each.about for each in conflicts if each.about})
    names = names_of([place.person_id for place in places.values()])
    told = {each.pk: _read(each) for each in conflicts}
    units = Unit.objects.prefetch_related("titles").in_bulk({each.unit for each in told.values() if each is not None})
    blind = set(hidden_from(by).values_list("decision_id", flat=True))
    rows = []
    for each in conflicts:
        cohort, place, said = cohorts[each.scope_key], places.get(each.about) if each.about else None, told[each.pk]
        stands = decision_that_stands(said, place) if said is not None and place is not None else None
        scheme = scheme_seen(said) if said is not None else None
        found = {one.criterion: one for one in said.findings} if said is not None else {}
        rows.append(
            JudgementWaiting(
                each, cohort, place, names[place.person_id] if place and by.may(Permission.LEARNER_VIEW, on=cohort) else None,
                units.get(said.unit) if said is not None else None, said,
                stands if stands is not None and stands.pk not in blind else None,
                tuple(
                    (one, str(found[one.pk].found.label), found[one.pk].note)
                    for one in (criteria_of(scheme) if scheme is not None else ()) if one.pk in found
                ),
                each.is_waiting and by.may(Permission.DECISION_MODERATE, on=cohort),
            )
        )  # fmt: skip
    return rows


def own_judgements_waiting(*, by: Actor) -> list[tuple[UUID, UUID, str]]:
    """What devices of the reader brought and nobody has decided yet: (place, unit, why it waits)."""
    if by.user_id is None:
        return []
    rows = Conflict.objects.filter(
        event__device__user=by.user_id,
        scope_kind=SCOPE,
        outcome=Conflict.Outcome.WAITING,
        event__kind="assessment.judged",
    ).select_related("event")
    return [(said.place, said.unit, each.reason) for each in rows if (said := _read(each)) is not None]


@transaction.atomic
def settle_judgement(
    *, told: JudgementWaiting, outcome: Conflict.Outcome, reason: str, at: datetime, by: Actor
) -> set[UUID]:
    """
    Let what stands stand, or take what came: a decision of the same assessor is changed, one of another is set aside and the one that came
    follows as a further attempt. The signatures under it are taken with it. Return which conflicts were decided.

    :raises AccessDenied: for whoever judged one of the two. :raises NothingToTake:
    :raises Refusal: whatever still refuses the decision itself (no licence, a place that is not capable): first that is put right, or excepted.
    """
    conflict = told.conflict
    by.require(Permission.DECISION_MODERATE, on=told.cohort)
    judged_by = recognise(conflict.event.device.user, on=at.date()).person_id
    if by.person_id is not None and by.person_id in {judged_by, told.stands.assessor_id if told.stands else None}:
        raise AccessDenied(N_("You judged this one. Somebody else settles it."))
    keeping.settle(conflict=conflict, outcome=outcome, reason=reason, at=at, by=by)
    done = {conflict.pk}
    follow = Conflict.objects.filter(
        reason=FOLLOWS, outcome=Conflict.Outcome.WAITING, event__device=conflict.event.device
    )
    waiting = [each for each in follow.select_related("event__device__user") if _judged_of(each) == conflict.event_id]
    signed = set()
    if outcome == TAKE:
        if told.judgement is None or told.place is None or not told.may_take:
            raise NothingToTake(N_("What came cannot be taken as it is. Put it aside, and say why."))
        decision, assessor = _take(conflict, told.judgement, reason=reason, at=at, by=by)
        signed = {each.pk for each in waiting if _sign(each, decision, assessor)}
    for each in waiting:
        keeping.settle(conflict=each, outcome=TAKE if each.pk in signed else KEEP, reason=reason, at=at, by=by)
        done.add(each.pk)
    return done


def _sign(conflict: Conflict, decision: Decision, assessor: Actor) -> bool:
    """Whether the name could be put under it; one that could not (of a company that is gone) stays to be read."""
    event = conflict.event
    try:
        with transaction.atomic():
            write_signature(read_signature(event), decision=decision, at=event.received_at, by=assessor)
    except Refusal:
        return False
    return True


def _take(conflict: Conflict, told: Judgement, *, reason: str, at: datetime, by: Actor) -> tuple[Decision, Actor]:
    event = conflict.event
    place = _place_that_stays(place_of(told.place))
    if conflict.reason == "wrong_day":
        told = on_the_day(told, local_day(event.received_at, place.cohort.site.zone))
    # As the assessor could on the day of the judgement: what they lost since takes nothing from it.
    assessor = recognise(event.device.user, on=told.decided_on)
    stands = decision_that_stands(told, place)
    scheme = scheme_seen(told)
    if stands is None or stands.status == DecisionStatus.OVERTURNED:
        attempt = stands.attempt + 1 if stands is not None else told.attempt
        told = replace(told, attempt=attempt, saw=None)
    elif stands.assessor_id == assessor.person_id:
        told = replace(told, saw=(stands.pk, stands.version))
    else:
        actions.set_aside_decision(decision=stands, reason=reason, on=local_day(at, place.cohort.site.zone), by=by)
        actions.move_evidence(decision=stands, to=stands.attempt + 1, added_by=event.device.user.username, by=by)
        told = replace(told, attempt=stands.attempt + 1, saw=None)
    decision = write_judgement(told, place=place, key=event.pk, by=assessor, scheme=scheme)
    return decision, assessor


def _place_that_stays(place: Enrolment) -> Enrolment:
    """Of a person who was merged, the place of the record that stays, where it has one in that cohort."""
    stays = Enrolment.objects.filter(cohort=place.cohort_id, person__merged=place.person_id).first()
    return place_of(stays.pk) if stays is not None else place


def _read(conflict: Conflict) -> Judgement | None:
    if conflict.event.kind != "assessment.judged" or conflict.reason == "unread":
        return None
    try:
        return read_judgement(conflict.event)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _judged_of(conflict: Conflict) -> UUID | None:
    return read_signature(conflict.event).judged
