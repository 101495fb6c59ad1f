"""Opening a cohort on a demand, and moving it through its life."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.lifecycles.moving import Step, move, take_steps
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Brand, Site

from ..descriptions import Description, refuse_description, write_languages
from ..lifecycle import CohortStatus
from ..models import Cohort
from ..opening import Ground
from ..progress import require_all_sessions_ended


@dataclass(frozen=True, kw_only=True)
class CohortPlan:
    """A cohort to open. ``ends_before`` is the first day after its last; a demand statement, or a reason why there is none."""

    reference: str
    programme: Programme
    curriculum_version: CurriculumVersion
    site: Site
    starts_on: date
    ends_before: date
    brand: Brand | None = None
    demand: DemandStatement | None = None
    no_demand_reason: str = ""
    # None: as many places as come.
    capacity: int | None = None
    # By their tags; the first is the main one.
    languages: Sequence[str] = ()
    # Percent of a unit's hours that must be attended before it is assessed; None: nobody asks.
    required_share: int | None = None
    # The key that an import has promised to the new cohort; else a fresh one.
    key: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CohortStep:
    """One step in a cohort's life, on its day."""

    cohort: Cohort
    to: CohortStatus
    on: date
    reason: str = ""


def open_cohort(*, plan: CohortPlan, by: Actor) -> Cohort:
    """Open one cohort; see ``open_cohorts``."""
    return open_cohorts(plans=[plan], by=by)[0]


@transaction.atomic
def open_cohorts(*, plans: Sequence[CohortPlan], by: Actor) -> list[Cohort]:
    """
    Open cohorts, all or none. Each answers a demand statement dated on or before its first day, or says why there is none.

    :raises Refusal: NoDemand, DemandIsLate, ProgrammeIsNotRunning, AgreementIsNotInForce, SiteIsNotOpen, NotHeldThere,
        CurriculumIsNotPublished, BrandIsNotListed; BadInput for a reference in use, or a number of places or a language that is none.
    """
    for site in {plan.site.pk: plan.site for plan in plans}.values():
        by.require(Permission.COHORT_OPEN, on=site)
    _require_new_references(plans)
    ground = Ground.under(
        programmes=[plan.programme for plan in plans],
        sites=[plan.site for plan in plans],
        versions=[plan.curriculum_version for plan in plans],
    )
    for plan in plans:
        ground.require_room_for(plan)
        refuse_description(
            Description(capacity=plan.capacity, languages=plan.languages, required_share=plan.required_share)
        )
    with contested(lambda: _require_new_references(plans)):
        cohorts = Cohort.objects.bulk_create(
            [
                Cohort(
                    pk=plan.key or new_id(),
                    reference=plan.reference,
                    programme=plan.programme,
                    curriculum_version=plan.curriculum_version,
                    site=plan.site,
                    brand=plan.brand,
                    demand=plan.demand,
                    no_demand_reason=plan.no_demand_reason,
                    starts_on=plan.starts_on,
                    ends_before=plan.ends_before,
                    capacity=plan.capacity,
                    required_share=plan.required_share,
                    status=CohortStatus.PLANNED,
                )
                for plan in plans
            ],
            batch_size=500,
        )
    write_languages([(cohort, plan.languages) for cohort, plan in zip(cohorts, plans, strict=True) if plan.languages])
    log.record_each("training.cohort_opened", by=by, subjects=cohorts)
    return cohorts


@transaction.atomic
def move_cohorts(*, steps: Sequence[CohortStep], by: Actor) -> int:
    """
    Move cohorts along their lives, each on its day; steps of one cohort in the order of its life. Return how many steps.

    :raises WrongMoment: if a state does not lead there; nothing is moved then.
    """
    held = {each.pk: each for each in _hold([step.cohort for step in steps])}
    for cohort in held.values():
        by.require(Permission.COHORT_CLOSE, on=cohort)
    take_steps([Step(held[step.cohort.pk], step.to, step.on, step.reason) for step in steps], by=by)
    for to in dict.fromkeys(step.to for step in steps):
        moved = [held[step.cohort.pk] for step in steps if step.to == to]
        log.record_each(f"training.cohort_{to.value}", by=by, subjects=moved)
    for step in steps:
        step.cohort.status = held[step.cohort.pk].status
    return len(steps)


@transaction.atomic
def recruit(*, cohort: Cohort, on: date, by: Actor) -> Cohort:
    """From that day the cohort takes applications. :raises WrongMoment: if it is not planned any more."""
    by.require(Permission.COHORT_OPEN, on=cohort)
    held = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    move(held, to=CohortStatus.RECRUITING, on=on, by=by)
    log.record("training.cohort_recruiting", by=by, subject=held)
    return held


@transaction.atomic
def finish_cohort(*, cohort: Cohort, on: date, by: Actor) -> Cohort:
    """
    Teaching has ended: every session is locked or cancelled.

    :raises SessionsAreOpen: says how many are neither.
    """
    by.require(Permission.COHORT_CLOSE, on=cohort)
    require_all_sessions_ended(cohort)
    move_cohorts(steps=[CohortStep(cohort=cohort, to=CohortStatus.FINISHED, on=on)], by=by)
    return cohort


def _hold(cohorts: Sequence[Cohort]) -> list[Cohort]:
    # Always in the order of the keys: two that hold the same cohorts must not wait for each other.
    return list(Cohort.objects.select_for_update().filter(pk__in={each.pk for each in cohorts}).order_by("pk"))


def _require_new_references(plans: Sequence[CohortPlan]) -> None:
    wanted = [plan.reference for plan in plans]
    taken = set(Cohort.objects.filter(reference__in=wanted).values_list("reference", flat=True))
    taken |= {reference for reference in wanted if wanted.count(reference) > 1}
    if taken:
        raise BadInput(
            [
                Problem(N_("There is already a cohort %(reference)s."), {"reference": reference}, column="reference")
                for reference in sorted(taken)
            ]
        )
