"""Cohorts with what a list says of each, and their sessions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import CohortStatus, EnrolmentStatus, SessionStatus
from ..models import IN_THE_ROOM, Cohort, CohortTrainer, Enrolment, Session, TrainerRole
from ..names import Name, names_of

BEGUN = [each.value for each in CohortStatus if each not in {CohortStatus.PLANNED, CohortStatus.RECRUITING}]
ON_THE_ROLL = [EnrolmentStatus.ENROLLED.value, EnrolmentStatus.ATTENDING.value]


def list_cohorts(
    *,
    by: Actor,
    site: UUID | None = None,
    programme: UUID | None = None,
    status: str | None = None,
    demand: UUID | None = None,
) -> QuerySet[Cohort]:
    """
    Cohorts the reader may see, by reference. Each carries ``learners`` (places that were taken up), ``learning`` (on the roll
    now), ``completed``, ``sessions_planned`` (all but cancelled) and ``sessions_locked``.
    """
    cohorts = Cohort.objects.visible_to(by)
    given = {"site": site, "programme": programme, "status": status, "demand": demand}
    cohorts = cohorts.filter(**{name: value for name, value in given.items() if value is not None})
    return _counted(cohorts).select_related(
        "programme", "curriculum_version__curriculum", "site", "brand", "demand__employer"
    ).order_by("reference")  # fmt: skip


def get_cohort(*, reference: str, by: Actor) -> Cohort:
    """One cohort with the same counts. :raises NotFound: if there is none, or none that the reader may see."""
    with_ground = list_cohorts(by=by).select_related("programme__agreement", "programme__announcement__conference")
    cohort = with_ground.filter(reference=reference).first()
    if cohort is None:
        raise NotFound(N_("There is no cohort %(reference)s that you may see."), reference=reference)
    return cohort


def list_sessions(*, cohort: Cohort, by: Actor) -> QuerySet[Session]:
    """The sessions of a cohort, in their order, each with ``present`` and ``marked`` counts."""
    visible = Cohort.objects.visible_to(by).filter(pk=cohort.pk)
    return (
        Session.objects.filter(cohort__in=visible)
        .select_related("cohort__site", "sheet", "unit", "room")
        .prefetch_related("unit__titles")
        .annotate(
            marked=Count("marks"),
            present=Count("marks", filter=Q(marks__mark__in=IN_THE_ROOM)),
        )
        .order_by("number")
    )


def count_taught(*, by: Actor, on: date) -> dict[str, int]:  # noqa: ARG001 (counts are public)
    """How much had been taught by that day, for anyone: ``cohorts`` begun and ``sessions`` whose register is signed."""
    begun = Cohort.objects.filter(starts_on__lte=on, status__in=BEGUN)
    locked = Session.objects.filter(held_on__lte=on, status=SessionStatus.LOCKED)
    return {"cohorts": begun.count(), "sessions": locked.count()}


@dataclass(frozen=True, slots=True)
class TrainerRow:
    """Who teaches a cohort: the person's reference and names, the role, and the days."""

    person: UUID
    reference: str
    name: Name
    place: CohortTrainer


def list_trainers(*, cohort: Cohort, by: Actor) -> list[TrainerRow]:
    """
    Who teaches it and who did, the leads first, for whoever may see its learners; nobody for everyone else. Two statements.
    """
    if not by.may(Permission.LEARNER_VIEW, on=cohort):
        return []
    rows = list(CohortTrainer.objects.filter(cohort=cohort).select_related("person").order_by("person__reference"))
    names = names_of([row.person_id for row in rows])
    order = TrainerRole.values
    rows.sort(key=lambda row: (row.held_before is not None, order.index(row.role)))
    return [TrainerRow(row.person_id, row.person.reference, names[row.person_id], row) for row in rows]


def get_trainer(*, cohort: Cohort, person: str, by: Actor) -> CohortTrainer:
    """The place that stands of a person who teaches the cohort, for whoever appoints. :raises NotFound: if there is none."""
    by.require(Permission.TRAINER_APPOINT, on=cohort)
    rows = CohortTrainer.objects.filter(cohort=cohort, person__reference=person, held_before__isnull=True)
    found = rows.select_related("cohort", "person").first()
    if found is None:
        raise NotFound(N_("%(person)s does not teach %(cohort)s."), person=person, cohort=cohort.reference)
    return found


def _counted(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    # One small count beside each row: joining enrolments and sessions at once would multiply both.
    enrolments = Enrolment.objects.filter(cohort=OuterRef("pk"))
    sessions = Session.objects.filter(cohort=OuterRef("pk")).exclude(status=SessionStatus.CANCELLED)
    never = [EnrolmentStatus.APPLIED.value, EnrolmentStatus.SELECTED.value, EnrolmentStatus.NEVER_STARTED.value]
    return cohorts.annotate(
        learners=_count(enrolments.exclude(status__in=never)),
        learning=_count(enrolments.filter(status__in=ON_THE_ROLL)),
        completed=_count(enrolments.filter(status=EnrolmentStatus.COMPLETED)),
        sessions_planned=_count(sessions),
        sessions_locked=_count(sessions.filter(status=SessionStatus.LOCKED)),
    )


def _count(rows: QuerySet[Enrolment] | QuerySet[Session]) -> Coalesce:
    counted = rows.order_by().values("cohort").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)
