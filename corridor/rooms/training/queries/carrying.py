"""What a trainer's device carries with it: the registers of the days around, with the names on them and what stands there."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from corridor.foundations.access import Actor, Permission

from ..agreeing import Saying, Value, agreed, entry_of, standing, value_of
from ..lifecycle import SessionStatus
from ..models import Arrival, Attendance, Cohort, Enrolment, Guest, RegisterRule, SaidMark, Session
from ..names import Name, names_of
from ..roll import Roll

# A device that leaves today finds what was left open, and its way through the weeks until there is a network again.
DAYS_BACK, DAYS_AHEAD = 21, 28


@dataclass(frozen=True, slots=True)
class Carried:
    """One learner on a register: what stands, which entry said it, and whether two differ."""

    place: Enrolment
    name: Name
    value: Value | None
    entry: UUID | None
    is_contested: bool


@dataclass(frozen=True, slots=True)
class CarriedRegister:
    session: Session
    rows: tuple[Carried, ...]
    rule: RegisterRule | None
    # Places of those who have said that they are there; it is no mark.
    arrived: frozenset[UUID] = frozenset()
    # How many were there without a place; their names are not carried.
    guests: int = 0


def registers_to_carry(*, on: date, by: Actor) -> list[CarriedRegister]:
    """
    The registers that the reader may take, around a day, as their sessions begin. Nobody else's learners; eleven statements, however many.
    """
    sessions = list(
        Session.objects.filter(cohort__in=taught_by(by=by), held_on__range=(on - timedelta(days=DAYS_BACK), on + timedelta(days=DAYS_AHEAD)))
        .exclude(status=SessionStatus.CANCELLED)
        .filter(~Q(status=SessionStatus.LOCKED) | Q(held_on__gte=on - timedelta(days=1)))
        .select_related("cohort__site", "cohort__programme", "unit")
        .prefetch_related("unit__titles")
        .order_by("begins_at", "pk")
    )  # fmt: skip
    roll = Roll.of({each.cohort_id for each in sessions})
    marks: dict[UUID, dict[UUID, Attendance]] = defaultdict(dict)
    for row in Attendance.objects.filter(session__in=sessions):
        marks[row.session_id][row.enrolment_id] = row
    said: dict[tuple[UUID, UUID], list[Saying]] = defaultdict(list)
    for each in SaidMark.objects.filter(entry__session__in=sessions).select_related("entry"):
        value = Value(each.mark, each.minutes_late, each.remark)
        said[each.entry.session_id, each.enrolment_id].append(Saying(each.entry_id, value, each.replaces))
    on_roll = {each.pk: _on_roll(each, roll, marks[each.pk]) for each in sessions}
    names = names_of({place.person_id for places in on_roll.values() for place in places})
    rules = {
        each.programme_id: each
        for each in RegisterRule.objects.filter(programme__in={s.cohort.programme_id for s in sessions})
    }
    arrived: dict[UUID, set[UUID]] = defaultdict(set)
    for key, place in Arrival.objects.filter(session__in=sessions).values_list("session_id", "enrolment_id"):
        arrived[key].add(place)
    standing = Guest.objects.filter(entry__session__in=sessions, taken_back_at__isnull=True)
    guests = Counter(standing.values_list("entry__session", flat=True))
    return [
        CarriedRegister(
            session,
            tuple(
                Carried(
                    place, names[place.person_id], *_stands(marks[session.pk].get(place.pk), said[session.pk, place.pk])
                )
                for place in on_roll[session.pk]
            ),
            rules.get(session.cohort.programme_id),
            frozenset(arrived[session.pk]),
            guests[session.pk],
        )
        for session in sessions
    ]


def cohorts_to_correct(*, by: Actor) -> list[UUID]:
    """The keys of cohorts whose signed registers the reader may correct, for readers of some places only."""
    return list(
        Cohort.objects.filter(
            Q(pk__in=by.ids_with(Permission.REGISTER_CORRECT, "cohort")) | Q(site__in=by.ids_with(Permission.REGISTER_CORRECT, "site"))
        ).values_list("pk", flat=True)
    )  # fmt: skip


def taught_by(*, by: Actor) -> list[UUID]:
    """Only by name: an office that reaches everywhere carries nobody's names on a phone."""
    own = by.ids_with(Permission.REGISTER_TAKE, "cohort")
    return list(
        Cohort.objects.filter(Q(pk__in=own) | Q(site__in=by.ids_with(Permission.REGISTER_TAKE, "site"))).values_list(
            "pk", flat=True
        )
    )


def _on_roll(session: Session, roll: Roll, marks: dict[UUID, Attendance]) -> list[Enrolment]:
    there = {each.pk: each for each in roll.must(session.cohort_id, session.held_on)}
    there |= {each.pk: each for each in roll.all(session.cohort_id) if each.pk in marks}
    return sorted(there.values(), key=lambda each: each.number)


def _stands(row: Attendance | None, said: list[Saying]) -> tuple[Value | None, UUID | None, bool]:
    if row is None:
        return None, None, False
    now = standing(said) if said else {entry_of(row): value_of(row)}
    return value_of(row), entry_of(row), agreed(now.values()) is None
