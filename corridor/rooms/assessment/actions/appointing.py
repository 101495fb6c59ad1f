"""Who may assess which cohort."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.wording import N_
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort, CohortTrainer

from ..models import Appointment
from ..refusals import AssessorIsTrainer


@transaction.atomic
def appoint_assessors(*, places: Sequence[tuple[Cohort, Person, date]], by: Actor) -> list[Appointment]:
    """
    Let persons assess cohorts from a day on. Who is appointed already stays so; the new appointments are returned.

    :raises AssessorIsTrainer: names the first who teaches the cohort.
    """
    cohorts = {cohort.pk: cohort for cohort, _, _ in places}
    for cohort in cohorts.values():
        by.require(Permission.ASSESSOR_APPOINT, on=cohort)
    # Hold the cohorts: two who appoint the same person must not both find the place free, nor one a trainer and one an assessor.
    list(Cohort.objects.select_for_update(no_key=True).filter(pk__in=cohorts).order_by("pk"))
    teaching = set(CohortTrainer.objects.filter(cohort__in=cohorts).values_list("cohort_id", "person_id"))
    there = set(Appointment.objects.filter(cohort__in=cohorts).values_list("cohort_id", "person_id"))
    wanted: dict[tuple[object, object], date] = {}
    for cohort, person, day in places:
        if (cohort.pk, person.pk) in teaching:
            raise AssessorIsTrainer(
                N_("%(person)s teaches %(cohort)s and cannot assess it. Appoint somebody who does not."),
                person=person.reference, cohort=cohort.reference,
            )  # fmt: skip
        if (cohort.pk, person.pk) not in there:
            wanted.setdefault((cohort.pk, person.pk), day)
    appointed = Appointment.objects.bulk_create(
        [Appointment(cohort_id=cohort, person_id=person, appointed_on=day) for (cohort, person), day in wanted.items()],
        batch_size=500,
    )
    log.record_each("assessment.assessor_appointed", by=by, subjects=appointed)
    return appointed
