"""What an import changes in places and sessions that stand, and how it is taken back."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import take_back
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_

from ..booking import Needs, write_needs
from ..lifecycle import EnrolmentStatus, SessionStatus
from ..models import (
    Cohort,
    CohortChange,
    CohortTrainer,
    Enrolment,
    EnrolmentChange,
    EquipmentBooking,
    Session,
    SessionChange,
    SessionTrainer,
)
from ..refusals import SessionIsHeld

AT_ONCE = 500
# What a session needs that stands in rows of its own.
NEEDED = {"trainers", "equipment"}
_STATES = {
    "enrolled_on": EnrolmentStatus.ENROLLED.value,
    "attending_on": EnrolmentStatus.ATTENDING.value,
}


@dataclass(frozen=True)
class EnrolmentChanged:
    """New facts of a place: "participant_kind", "study_mode", "sending_organisation" (an Organisation or None), "job_to_return", "exit_reason"."""

    enrolment: Enrolment
    values: Mapping[str, Any]


@transaction.atomic
def change_enrolments(*, changes: Sequence[EnrolmentChanged], by: Actor) -> int:
    """Correct what is written down about many places at once. Return how many."""
    wanted = [each for each in changes if each.values]
    for cohort in {each.enrolment.cohort_id: each.enrolment.cohort for each in wanted}.values():
        by.require(Permission.LEARNER_ENROL, on=cohort)
    held = Enrolment.objects.select_for_update(of=("self",)).in_bulk([each.enrolment.pk for each in wanted])
    for each in wanted:
        for field, value in each.values.items():
            setattr(held[each.enrolment.pk], field, value)
    Enrolment.objects.bulk_update(
        held.values(),
        ["participant_kind", "study_mode", "sending_organisation", "job_to_return", "exit_reason"],
        batch_size=AT_ONCE,
    )
    log.record_each("training.enrolment_changed", by=by, subjects=[each.enrolment for each in wanted])
    return len(wanted)


@transaction.atomic
def take_back_enrolments(*, enrolments: Sequence[tuple[UUID, Sequence[str]]], by: Actor) -> None:
    """
    Strike the steps that an import made learners take: ("enrolled_on", "attending_on", "exit_on"), the last first.

    :raises BuiltOn: if a learner has taken another step since.
    """
    steps = {key: columns for key, columns in enrolments if columns}
    for held in Enrolment.objects.select_for_update(of=("self",)).select_related("cohort").filter(pk__in=steps):
        by.require(Permission.LEARNER_ENROL, on=held)
        for column in ("exit_on", "attending_on", "enrolled_on"):
            if column in steps[held.pk]:
                if column in _STATES and held.status != _STATES[column]:
                    raise BuiltOn(
                        N_("%(place)s has taken another step since; the import cannot be taken back."), place=str(held)
                    )
                take_back(held)


@transaction.atomic
def remove_enrolments(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take away places that an import gave by mistake.

    :raises BuiltOn: if anything stands on one of them (a mark, a decision).
    """
    held = list(Enrolment.objects.select_for_update(of=("self",)).select_related("cohort").filter(pk__in=keys))
    for cohort in {each.cohort_id: each.cohort for each in held}.values():
        by.require(Permission.LEARNER_ENROL, on=cohort)
    with _nothing_stands_on():
        EnrolmentChange.objects.filter(enrolment__in=held).delete()
        Enrolment.objects.filter(pk__in=[each.pk for each in held]).delete()
    log.record_each("training.import_undone", by=by, subjects=held)
    return len(held)


@transaction.atomic
def remove_trainers(*, keys: Sequence[UUID], by: Actor) -> int:
    """Take away appointments of trainers that an import made by mistake."""
    held = list(CohortTrainer.objects.select_for_update(of=("self",)).select_related("cohort").filter(pk__in=keys))
    for cohort in {each.cohort_id: each.cohort for each in held}.values():
        by.require(Permission.TRAINER_APPOINT, on=cohort)
    CohortTrainer.objects.filter(pk__in=[each.pk for each in held]).delete()
    log.record_each("training.import_undone", by=by, subjects=held)
    return len(held)


@transaction.atomic
def remove_cohorts(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take away cohorts that an import opened by mistake.

    :raises BuiltOn: if anything stands on one of them (a learner, a session).
    """
    held = list(Cohort.objects.select_for_update(of=("self",)).select_related("site").filter(pk__in=keys))
    for cohort in held:
        by.require(Permission.COHORT_OPEN, on=cohort.site)
    with _nothing_stands_on():
        CohortChange.objects.filter(cohort__in=held).delete()
        Cohort.objects.filter(pk__in=[each.pk for each in held]).delete()
    log.record_each("training.import_undone", by=by, subjects=held)
    return len(held)


@dataclass(frozen=True)
class SessionChanged:
    """
    New values of a planned session: "begins_at" (an instant), "minutes", "kind", "topic", "unit", "room" (records or None), "trainers"
    (persons), "equipment" (lines of the inventory, and how many of each).
    """

    session: Session
    values: Mapping[str, Any]


@transaction.atomic
def change_sessions(*, changes: Sequence[SessionChanged], by: Actor) -> int:
    """
    Plan sessions anew that were not held yet. Return how many.

    :raises SessionIsHeld: names the first that is not planned any more; nothing is changed then.
    """
    wanted = [each for each in changes if each.values]
    rows = Session.objects.select_for_update(of=("self",)).select_related("cohort__site")
    held = rows.in_bulk([each.session.pk for each in wanted])
    for cohort in {each.cohort_id: each.cohort for each in held.values()}.values():
        by.require(Permission.SESSION_PLAN, on=cohort)
    for each in wanted:
        session = held[each.session.pk]
        if session.status != SessionStatus.PLANNED:
            raise SessionIsHeld(N_("%(session)s is not planned any more; its plan stays."), session=str(session))
        for field, value in each.values.items():
            if field not in NEEDED:
                setattr(session, field, value)
        session.held_on = local_day(session.begins_at, session.cohort.site.zone)
    Session.objects.bulk_update(
        held.values(), ["begins_at", "held_on", "minutes", "kind", "topic", "unit", "room"], batch_size=AT_ONCE
    )
    _need_anew([(held[each.session.pk], each.values) for each in wanted])
    log.record_each("training.session_replanned", by=by, subjects=list(held.values()))
    return len(wanted)


def _need_anew(changes: Sequence[tuple[Session, Mapping[str, Any]]]) -> None:
    for model, name in ((SessionTrainer, "trainers"), (EquipmentBooking, "equipment")):
        model.objects.filter(session__in=[session for session, values in changes if name in values]).delete()
    write_needs(
        [
            (session, Needs(trainers=values.get("trainers", ()), equipment=values.get("equipment", ())))
            for session, values in changes
        ]
    )


@transaction.atomic
def remove_sessions(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take away sessions that an import planned by mistake.

    :raises BuiltOn: if one was held since.
    """
    held = list(Session.objects.select_for_update(of=("self",)).select_related("cohort").filter(pk__in=keys))
    for cohort in {each.cohort_id: each.cohort for each in held}.values():
        by.require(Permission.SESSION_PLAN, on=cohort)
    for session in held:
        if session.status in {SessionStatus.HELD, SessionStatus.LOCKED}:
            raise BuiltOn(N_("%(session)s was held since; the import cannot be taken back."), session=str(session))
    with _nothing_stands_on():
        for model in (SessionChange, SessionTrainer, EquipmentBooking):
            model.objects.filter(session__in=held).delete()
        Session.objects.filter(pk__in=[each.pk for each in held]).update(makes_up_for=None, joint_with=None)
        Session.objects.filter(pk__in=[each.pk for each in held]).delete()
    log.record_each("training.import_undone", by=by, subjects=held)
    return len(held)


@transaction.atomic
def restore_sessions(*, keys: Sequence[UUID], by: Actor) -> None:
    """Plan sessions again that an import called off. :raises BuiltOn: if another one makes up for it since."""
    for held in Session.objects.select_for_update(of=("self",)).select_related("cohort").filter(pk__in=keys):
        by.require(Permission.SESSION_PLAN, on=held)
        if held.made_up_by.exists():
            raise BuiltOn(
                N_("%(session)s was changed again since (%(column)s); the import cannot be taken back."),
                session=str(held), column="makes_up_for",
            )  # fmt: skip
        if held.status == SessionStatus.CANCELLED:
            take_back(held)
            log.record("training.session_restored", by=by, subject=held)


@contextmanager
def _nothing_stands_on() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except ProtectedError as held:
        first = next(iter(held.protected_objects))
        raise BuiltOn(
            N_("Something was built on this since (%(what)s: %(which)s); the import cannot be taken back."),
            what=str(first._meta.verbose_name), which=str(first),
        ) from None  # fmt: skip
