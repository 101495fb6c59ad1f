"""Who teaches which cohort."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.identifiers import new_id
from corridor.rooms.people.models import Person

from ..models import Cohort, CohortTrainer


@transaction.atomic
def appoint_trainers(
    *, places: Sequence[tuple[Cohort, Person]], by: Actor, keys: Mapping[tuple[UUID, UUID], UUID] | None = None
) -> list[CohortTrainer]:
    """
    Let persons teach cohorts. Who already teaches one keeps the place; the new places are returned.

    ``keys`` are those that an import has promised to new places, by cohort and person; else fresh ones.
    """
    cohorts = {cohort.pk: cohort for cohort, _ in places}
    for cohort in cohorts.values():
        by.require(Permission.TRAINER_APPOINT, on=cohort)
    # Hold the cohorts: two who appoint the same person must not both find the place free.
    list(Cohort.objects.select_for_update(no_key=True).filter(pk__in=cohorts).order_by("pk"))
    there = set(CohortTrainer.objects.filter(cohort__in=cohorts).values_list("cohort_id", "person_id"))
    wanted = dict.fromkeys((cohort.pk, person.pk) for cohort, person in places)
    appointed = CohortTrainer.objects.bulk_create(
        [
            CohortTrainer(pk=(keys or {}).get((cohort, person)) or new_id(), cohort_id=cohort, person_id=person)
            for cohort, person in wanted
            if (cohort, person) not in there
        ],
        batch_size=500,
    )
    log.record_each("training.trainer_appointed", by=by, subjects=appointed)
    return appointed
