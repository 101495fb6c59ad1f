"""Letting a learner be assessed in a unit without its hours."""

from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit

from ..models import Enrolment, HoursWaiver


@transaction.atomic
def waive_hours(*, enrolment: Enrolment, unit: Unit, reason: str, on: date, by: Actor) -> HoursWaiver:
    """
    Write down why this learner may be assessed in the unit all the same; written again, the new reason stands.

    :raises BadInput: without a reason, or for a unit that the cohort does not learn.
    """
    by.require(Permission.CAPABILITY_EXCEPT)
    problems = []
    if not reason.strip():
        problems.append(Problem(N_("Say why the learner may be assessed without the hours."), column="reason"))
    if unit.version_id != enrolment.cohort.curriculum_version_id:
        places: dict[str, object] = {"unit": unit.code, "cohort": enrolment.cohort.reference}
        problems.append(Problem(N_("%(unit)s is no unit of what %(cohort)s learns."), places, column="unit"))
    if problems:
        raise BadInput(problems)
    waiver, _made = HoursWaiver.objects.update_or_create(
        enrolment=enrolment, unit=unit, defaults={"reason": reason.strip(), "waived_on": on, "by_label": by.label}
    )
    log.record("training.hours_waived", by=by, subject=enrolment)
    return waiver
