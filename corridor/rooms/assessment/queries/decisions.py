"""Every way assessment can be read. Nothing here changes anything."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from corridor.foundations.access import Actor, Grant, Permission, Role
from corridor.foundations.accounts.models import User
from corridor.kernel.errors import NotFound
from corridor.kernel.small_cells import is_small
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.training.lifecycle import CohortStatus, EnrolmentStatus
from corridor.rooms.training.models import Cohort, Enrolment
from corridor.rooms.training.names import Name, names_of

from ..attempts import opens_another
from ..counting import carried_to
from ..lifecycle import DecisionStatus
from ..models import Appointment, Decision, DecisionChange, Result, ResultsRelease
from ..moderating import hidden_from
from ..sight import places_left, require_sight

# (code, label) of what an assessor may say, for a form.
RESULTS = Result.choices
TO_ASSESS = [EnrolmentStatus.ATTENDING.value, EnrolmentStatus.COMPLETED.value]
AT_ONCE = 5_000
BEING_ASSESSED = [CohortStatus.RUNNING.value, CohortStatus.FINISHED.value]


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    One learner in one unit: the latest decision, if there is one, and the attempt that would come next (None: none may). The decision may be of
    another place, from which the learner was moved.
    """

    enrolment: Enrolment
    name: Name
    decision: Decision | None
    next_attempt: int | None


@dataclass(frozen=True, slots=True)
class UnitDue:
    """One unit of one cohort: how many of its candidates have a final decision, an open one, none."""

    cohort: Cohort
    unit: Unit
    candidates: int
    final: int
    open: int

    @property
    def to_decide(self) -> int:
        return self.candidates - self.final - self.open


@dataclass(frozen=True, slots=True)
class Matrix:
    """A cohort's learners by its units: ``latest`` holds the latest attempt of each (enrolment, unit)."""

    units: tuple[Unit, ...]
    enrolments: tuple[Enrolment, ...]
    names: dict[UUID, Name]
    latest: dict[tuple[UUID, UUID], Decision]


def grants_of(*, user: User, on: date) -> frozenset[Grant]:
    """An assessor's grant for each cohort to which the person behind the account is appointed on that day."""
    cohorts = Appointment.objects.filter(person__user=user, appointed_on__lte=on).values_list("cohort_id", flat=True)
    return frozenset(Grant(Role.ASSESSOR, ("cohort", key)) for key in cohorts)


def units_due(*, by: Actor) -> list[UnitDue]:
    """What waits for the reader as an assessor: each unit of each cohort being assessed, in the order of cohorts and units."""
    mine = by.ids_with(Permission.DECISION_RECORD, "cohort")
    cohorts = list(Cohort.objects.filter(pk__in=mine, status__in=BEING_ASSESSED).order_by("reference"))
    return _units_due(cohorts, by=by)


def cohort_units(*, cohort: Cohort, by: Actor) -> list[UnitDue]:
    """The units of one cohort and how far their decisions are; counts alone, for whoever may see the cohort's decisions."""
    require_sight(cohort, by=by)
    return _units_due([cohort], by=by)


def list_candidates(*, cohort: Cohort, unit: Unit, by: Actor) -> list[Candidate]:
    """Who of a cohort can be assessed in a unit, by seat, with the latest decision of each. Three statements, and some where learners were moved."""
    require_sight(cohort, by=by)
    enrolments = list(
        Enrolment.objects.filter(cohort=cohort, status__in=TO_ASSESS).select_related("cohort").order_by("number")
    )
    names = names_of([each.person_id for each in enrolments])
    latest = latest_of(enrolments=enrolments, decisions=Decision.objects.filter(unit=unit), by=by)
    return [
        Candidate(each, names[each.person_id], latest.get((each.pk, unit.pk)), _next(latest.get((each.pk, unit.pk))))
        for each in enrolments
    ]


def get_candidate(*, cohort: Cohort, unit: Unit, number: int, by: Actor) -> Candidate:
    """One learner in one unit, by seat. :raises NotFound: if no such learner can be assessed."""
    for candidate in list_candidates(cohort=cohort, unit=unit, by=by):
        if candidate.enrolment.number == number:
            return candidate
    raise NotFound(
        N_("There is no seat %(number)s of %(cohort)s that can be assessed."), cohort=cohort.reference, number=number
    )


def get_unit(*, cohort: Cohort, code: str, by: Actor) -> Unit:
    """A unit of the curriculum version that a cohort follows, with its titles. :raises NotFound: if there is none of that code."""
    require_sight(cohort, by=by)
    units = Unit.objects.filter(version=cohort.curriculum_version_id, code=code).prefetch_related("titles")
    found = units.first()
    if found is None:
        raise NotFound(
            N_("There is no unit %(unit)s in the curriculum of %(cohort)s."), unit=code, cohort=cohort.reference
        )
    return found


def get_matrix(*, cohort: Cohort, by: Actor) -> Matrix:
    """All decisions of a cohort on one page. Four statements, and some where learners were moved."""
    require_sight(cohort, by=by)
    units = Unit.objects.filter(version=cohort.curriculum_version_id).prefetch_related("titles").order_by("position")
    enrolments = list(
        Enrolment.objects.filter(cohort=cohort, status__in=TO_ASSESS).select_related("cohort").order_by("number")
    )
    latest = latest_of(enrolments=enrolments, decisions=Decision.objects.all(), by=by)
    return Matrix(tuple(units), tuple(enrolments), names_of([each.person_id for each in enrolments]), latest)


def get_decision(*, key: UUID, at: datetime, by: Actor) -> Decision:
    """:raises NotFound: if there is no such decision, or none that the reader may see."""
    decision = list_decisions(at=at, by=by).filter(pk=key).first()
    if decision is None:
        raise NotFound(N_("There is no such decision that you may see."))
    return decision


@dataclass(frozen=True, slots=True)
class Deciding:
    """
    The final decisions under one programme or at one site; counts of persons are None where they are too few to be shown.

    ``learners`` were decided about; ``units`` of the curricula have a final decision.
    """

    decisions: int | None = 0
    competent: int | None = 0
    learners: int | None = 0
    units: int = 0
    first_on: date | None = None
    last_on: date | None = None


def deciding_of(*, group: str, keys: Collection[UUID], by: Actor) -> dict[UUID, Deciding]:
    """Final decisions of each programme or site (``group`` as in training's ``teaching_of``), for everybody. One statement."""
    through = f"enrolment__cohort__{group}"
    rows = Decision.objects.filter(status=DecisionStatus.FINAL, **{f"{through}__in": list(keys)}).order_by()
    found = {key: Deciding() for key in keys}
    sees_few = by.holds_everywhere(Permission.EVIDENCE_VIEW_ROWS)
    for row in rows.values(through).annotate(
        decisions=Count("pk"), competent=Count("pk", filter=Q(result=Result.COMPETENT)),
        learners=Count("enrolment", distinct=True), units=Count("unit", distinct=True),
        first_on=Min("decided_on"), last_on=Max("decided_on"),
    ):  # fmt: skip
        key = row.pop(through)
        is_hidden = not sees_few and is_small(row["learners"])
        hidden = {"decisions": None, "competent": None, "learners": None} if is_hidden else {}
        found[key] = Deciding(**(row | hidden))
    return found


def list_decisions(*, at: datetime, by: Actor) -> QuerySet[Decision]:
    """
    Decisions the reader may see: all, those of one's cohorts or sites and of learners who were moved to them, or one's own; of one's own those
    alone that are released at that instant, and nobody what they are still to judge a second time. Ordered by cohort, seat, unit, attempt.
    """
    rows = Decision.objects.select_related("enrolment__cohort", "unit", "assessor").order_by(
        "enrolment__cohort__reference", "enrolment__number", "unit__position", "attempt"
    )
    rows = rows.exclude(pk__in=hidden_from(by).values("decision"))
    if by.holds_everywhere(Permission.DECISION_VIEW):
        return rows
    of_office = Enrolment.objects.none()
    for kind, path in (("cohort", "cohort__in"), ("site", "cohort__site__in")):
        of_office = of_office | Enrolment.objects.filter(**{path: by.ids_with(Permission.DECISION_VIEW, kind)})
    own = Enrolment.objects.filter(person__in=by.ids_with(Permission.DECISION_VIEW, "person"))
    release = ResultsRelease.objects.filter(cohort=OuterRef("enrolment__cohort"), unit=OuterRef("unit"))
    is_released = ~Exists(release) | (Exists(release.filter(release_at__lte=at)) & ~Q(status=DecisionStatus.ASSESSED))
    carried = Q(enrolment__in=places_left(by=by))
    return rows.filter(
        Q(enrolment__in=of_office.values("pk")) | carried | (Q(enrolment__in=own.values("pk")) & is_released)
    )


def release_of(*, cohort: Cohort, unit: Unit, by: Actor) -> ResultsRelease | None:
    """From when its learners see what is decided in a unit; None: as soon as it is decided."""
    require_sight(cohort, by=by)
    return ResultsRelease.objects.filter(cohort=cohort, unit=unit).first()


def count_final(*, by: Actor, on: date) -> int:  # noqa: ARG001 (the count is public)
    """How many decisions had become final by that day, for anyone."""
    return DecisionChange.objects.filter(to_status=DecisionStatus.FINAL, effective_on__lte=on).count()


def _units_due(cohorts: list[Cohort], *, by: Actor) -> list[UnitDue]:
    units: dict[UUID, list[Unit]] = {}
    versions = {cohort.curriculum_version_id for cohort in cohorts}
    for unit in Unit.objects.filter(version__in=versions).prefetch_related("titles").order_by("position"):
        units.setdefault(unit.version_id, []).append(unit)
    there = Enrolment.objects.filter(cohort__in=cohorts, status__in=TO_ASSESS)
    candidates = dict(there.order_by().values("cohort").annotate(count=Count("pk")).values_list("cohort", "count"))
    places = {each.pk: each for each in there.only("pk", "cohort", "moved_from")}
    latest = latest_of(enrolments=list(places.values()), decisions=Decision.objects.all(), by=by)
    final: dict[tuple[UUID, UUID], int] = {}
    still_open: dict[tuple[UUID, UUID], int] = {}
    for (key, unit_id), decision in latest.items():
        place = (places[key].cohort_id, unit_id)
        if decision.status == DecisionStatus.OVERTURNED:
            continue
        counts = final if decision.status == DecisionStatus.FINAL else still_open
        counts[place] = counts.get(place, 0) + 1
    return [
        UnitDue(
            cohort, unit, candidates.get(cohort.pk, 0), final.get((cohort.pk, unit.pk), 0),
            still_open.get((cohort.pk, unit.pk), 0),
        )
        for cohort in cohorts
        for unit in units.get(cohort.curriculum_version_id, [])
    ]  # fmt: skip


def latest_of(
    *, enrolments: Sequence[Enrolment], decisions: QuerySet[Decision], by: Actor
) -> dict[tuple[UUID, UUID], Decision]:
    """
    The latest attempt of each place and unit, with those at places from which the learner was moved; what the reader is to judge a second time
    is not there.
    """
    carried, own = carried_to(enrolments), {each.pk for each in enrolments}
    seen = decisions.exclude(pk__in=hidden_from(by).values("decision"))
    found: dict[tuple[UUID, UUID], Decision] = {}
    for some in batched([*(key for key in carried if key not in own), *own], AT_ONCE):
        for each in seen.filter(enrolment__in=some).order_by("attempt"):
            for key in (each.enrolment_id, *carried.get(each.enrolment_id, ())):
                before = found.get((key, each.unit_id))
                if key in own and (before is None or each.attempt >= before.attempt):
                    found[key, each.unit_id] = each
    return found


def _next(decision: Decision | None) -> int | None:
    if decision is None:
        return 1
    return decision.attempt + 1 if opens_another(decision) else None
