"""Who teaches which cohort, in which role, from when until when."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.people.models import Person

from ..models import Cohort, CohortTrainer, TrainerRole


@transaction.atomic
def appoint_trainers(
    *,
    places: Sequence[tuple[Cohort, Person]],
    by: Actor,
    role: TrainerRole = TrainerRole.TRAINER,
    held_from: date | None = None,
    keys: Mapping[tuple[UUID, UUID], UUID] | None = None,
) -> list[CohortTrainer]:
    """
    Let persons teach cohorts from that day (none: since each began). Who already teaches one keeps the place, with its role; the new
    places are returned.

    ``keys`` are those that an import has promised to new places, by cohort and person; else fresh ones.
    """
    cohorts = {cohort.pk: cohort for cohort, _ in places}
    for cohort in cohorts.values():
        by.require(Permission.TRAINER_APPOINT, on=cohort)
    # Hold the cohorts: two who appoint the same person must not both find the place free.
    list(Cohort.objects.select_for_update(no_key=True).filter(pk__in=cohorts).order_by("pk"))
    stands = (
        Q(held_before__isnull=True) if held_from is None else Q(held_before__isnull=True) | Q(held_before__gt=held_from)
    )
    there = set(CohortTrainer.objects.filter(stands, cohort__in=cohorts).values_list("cohort_id", "person_id"))
    wanted = dict.fromkeys((cohort.pk, person.pk) for cohort, person in places)
    appointed = CohortTrainer.objects.bulk_create(
        [
            CohortTrainer(
                pk=(keys or {}).get((cohort, person)) or new_id(), cohort_id=cohort, person_id=person, role=role,
                held_from=held_from,
            )
            for cohort, person in wanted
            if (cohort, person) not in there
        ],
        batch_size=500,
    )  # fmt: skip
    log.record_each("training.trainer_appointed", by=by, subjects=appointed)
    return appointed


@transaction.atomic
def end_trainer(*, place: CohortTrainer, on: date, by: Actor) -> CohortTrainer:
    """
    The person teaches the cohort no more from that day, and sees its learners no more. What was taught stays, and so does that the own
    learners are never assessed.

    :raises BadInput: for a day before the first, or a place that has ended already.
    """
    by.require(Permission.TRAINER_APPOINT, on=place.cohort)
    held = CohortTrainer.objects.select_for_update(of=("self",)).select_related("cohort", "person").get(pk=place.pk)
    named: dict[str, object] = {"person": held.person.reference, "cohort": held.cohort.reference}
    if held.held_before is not None:
        raise BadInput(
            [Problem(N_("%(person)s has already stopped teaching %(cohort)s."), named, column="on")]
        )  # fmt: skip
    if held.held_from is not None and on < held.held_from:
        raise BadInput(
            [Problem(N_("%(person)s teaches %(cohort)s only from %(day)s; that cannot end before."), {**named, "day": held.held_from}, column="on")]
        )  # fmt: skip
    held.held_before = on
    held.save(update_fields=["held_before"])
    log.record("training.trainer_ended", by=by, subject=held)
    return held
