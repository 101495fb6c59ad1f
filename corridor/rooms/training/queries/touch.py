"""Who can be reached, and how well the learners of a cohort speak: at entry, at exit, beside what it aims at."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from corridor.foundations.access import Actor, Permission

from ..contactable import TouchRow
from ..lifecycle import EnrolmentStatus, SessionStatus
from ..models import (
    IN_THE_ROOM,
    Attendance,
    Cohort,
    ContactCheck,
    Enrolment,
    LanguageGoal,
    LanguageLevel,
    LanguageScale,
    Moment,
    SessionKind,
)
from ..names import Name, names_of
from ..trainer_drafts import LEVELS

# Whom one would want to reach: everybody who took a place up and has not left it for another.
STAYED = [
    EnrolmentStatus.ENROLLED.value,
    EnrolmentStatus.ATTENDING.value,
    EnrolmentStatus.SUSPENDED.value,
    EnrolmentStatus.COMPLETED.value,
]


@dataclass(frozen=True, slots=True)
class SpeakingRow:
    """A learner with the claims at entry and at exit, and the minutes of signed language sessions attended."""

    enrolment: Enrolment
    name: Name
    entry: tuple[LanguageLevel, ...]
    exit: tuple[LanguageLevel, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal, and how many claims at exit in its own scale reach it; a claim in another scale is never compared."""

    goal: LanguageGoal
    stated: int
    reached: int


def touch_of(*, cohort: Cohort, by: Actor) -> list[TouchRow]:
    """The learners by seat. Three statements. :raises AccessDenied: for who may not see them all."""
    by.require(Permission.LEARNER_VIEW, on=cohort)
    places = _stayed(cohort)
    names = names_of([each.person_id for each in places])
    latest: dict[tuple[UUID, str], ContactCheck] = {}
    for check in ContactCheck.objects.filter(enrolment__in=places):
        latest[check.enrolment_id, check.moment] = check
    return [
        TouchRow(
            each, names[each.person_id], latest.get((each.pk, Moment.ENTRY.value)), latest.get((each.pk, Moment.EXIT.value))
        )
        for each in places
    ]  # fmt: skip


def speaking_of(*, cohort: Cohort, by: Actor) -> list[SpeakingRow]:
    """The learners by seat. Four statements. :raises AccessDenied: for who may not see them all."""
    by.require(Permission.LEARNER_VIEW, on=cohort)
    places = _stayed(cohort)
    names = names_of([each.person_id for each in places])
    levels: dict[tuple[UUID, str], list[LanguageLevel]] = {}
    for level in LanguageLevel.objects.filter(enrolment__in=places):
        levels.setdefault((level.enrolment_id, level.moment), []).append(level)
    rows = Attendance.objects.filter(
        enrolment__in=places,
        mark__in=IN_THE_ROOM,
        session__kind=SessionKind.LANGUAGE,
        session__status=SessionStatus.LOCKED,
    )
    attended = dict(
        rows.order_by().values("enrolment").annotate(all=Sum("session__minutes")).values_list("enrolment", "all")
    )
    return [
        SpeakingRow(
            each, names[each.person_id], tuple(levels.get((each.pk, Moment.ENTRY.value), ())),
            tuple(levels.get((each.pk, Moment.EXIT.value), ())), attended.get(each.pk, 0),
        )
        for each in places
    ]  # fmt: skip


def goals_of(*, cohort: Cohort, by: Actor) -> list[GoalRow]:
    """What the cohort aims at, and how far the claims at exit reach it. :raises AccessDenied: for who may not see the learners."""
    by.require(Permission.LEARNER_VIEW, on=cohort)
    claims = list(LanguageLevel.objects.filter(enrolment__cohort=cohort, moment=Moment.EXIT))
    found = []
    for goal in LanguageGoal.objects.filter(cohort=cohort):
        order = LEVELS[LanguageScale(goal.scale)]
        best: dict[UUID, int] = {}
        for claim in claims:
            if (claim.language, claim.scale) == (goal.language, goal.scale):
                best[claim.enrolment_id] = max(best.get(claim.enrolment_id, -1), order.index(claim.level))
        found.append(GoalRow(goal, len(best), sum(each >= order.index(goal.level) for each in best.values())))
    return found


def _stayed(cohort: Cohort) -> list[Enrolment]:
    rows = Enrolment.objects.filter(cohort=cohort, status__in=STAYED, person__erased_at__isnull=True)
    return list(rows.select_related("cohort", "sending_organisation").order_by("number"))
