"""Days on which learners are assessed: who is called, and by whom they are judged."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.notices.events import Event
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort, Enrolment

from ..capability import require_capable
from ..independence import require_independent, require_unconflicted
from ..models import Appointment, Sitting, SittingCall
from ..refusals import NotAppointed, NotCalled, NotInCurriculum
from ..telling import tell_called


@transaction.atomic
def plan_sitting(
    *,
    cohort: Cohort,
    unit: Unit,
    held_on: date,
    assessor: Person,
    called: Sequence[Enrolment],
    by: Actor,
    at: datetime | None = None,
) -> Sitting:
    """
    Call learners of a cohort to be assessed in a unit on a day. Whatever would refuse a decision on that day refuses it now. Without ``at`` nobody is
    told.

    :raises NotInCurriculum, NotCapable, NotLicensed, NotAppointed, AssessorIsTrainer, OwnAssessor, ConflictOfInterest:
    :raises NotCalled: for somebody of another cohort.
    """
    by.require(Permission.SITTING_PLAN, on=cohort)
    if unit.version_id != cohort.curriculum_version_id:
        raise NotInCurriculum(
            N_("Unit %(unit)s is not in the curriculum version that %(cohort)s follows."),
            unit=unit.code, cohort=cohort.reference,
        )  # fmt: skip
    if not called:
        raise BadInput([Problem(N_("Call at least one learner."), column="called")])
    if any(each.cohort_id != cohort.pk for each in called):
        raise NotCalled(N_("Only learners of %(cohort)s are called here."), cohort=cohort.reference)
    Cohort.objects.select_for_update(of=("self",), no_key=True).get(pk=cohort.pk)
    if not Appointment.objects.filter(cohort=cohort, person=assessor, appointed_on__lte=held_on).exists():
        raise NotAppointed(
            N_("%(assessor)s is not appointed to assess %(cohort)s."),
            assessor=assessor.reference, cohort=cohort.reference,
        )  # fmt: skip
    require_independent([(assessor, each) for each in called])
    require_unconflicted([(assessor, each, held_on) for each in called])
    require_capable([(cohort.site, unit, assessor, held_on)])
    if Sitting.objects.filter(cohort=cohort, unit=unit, held_on=held_on, assessor=assessor).exists():
        raise WrongMoment(N_("This sitting is planned already. Take it back first, to call others."))
    made = Sitting.objects.create(cohort=cohort, unit=unit, held_on=held_on, assessor=assessor)
    SittingCall.objects.bulk_create(SittingCall(sitting=made, enrolment=each) for each in called)
    log.record("assessment.sitting_planned", by=by, subject=made, count=len(called))
    if at is not None:
        tell_called(made, persons={each.person_id for each in called}, at=at, by=by)
    return made


@transaction.atomic
def cancel_sitting(*, sitting: Sitting, by: Actor, at: datetime | None = None) -> None:
    """It will not be held; the audit keeps that it was planned. Without ``at`` nobody is told."""
    by.require(Permission.SITTING_PLAN, on=sitting)
    found = Sitting.objects.select_for_update(of=("self",)).filter(pk=sitting.pk).first()
    if found is None:
        raise NotFound(N_("There is no such sitting."))
    log.record("assessment.sitting_cancelled", by=by, subject=found)
    if at is not None:
        persons = set(found.called.values_list("enrolment__person_id", flat=True))
        tell_called(found, Event.SITTING_CANCELLED, persons=persons, at=at, by=by)
    found.called.all().delete()
    found.delete()
