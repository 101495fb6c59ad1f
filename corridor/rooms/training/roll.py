"""Who stands on a cohort's register on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from corridor.foundations.lifecycles.timelines import Timelines

from .lifecycle import EnrolmentStatus
from .models import Cohort, Enrolment, Session

ATTENDING = frozenset({EnrolmentStatus.ATTENDING.value})
EXPECTED = ATTENDING | {EnrolmentStatus.ENROLLED.value}
# Who completes, leaves or moves on a day may still have been in the room on it.
LEFT = frozenset(
    {
        EnrolmentStatus.COMPLETED.value,
        EnrolmentStatus.WITHDREW.value,
        EnrolmentStatus.TRANSFERRED.value,
        EnrolmentStatus.SUSPENDED.value,
    }
)
ONE_DAY = timedelta(days=1)


def seats_due(session: Session) -> dict[int, UUID]:
    """The seats of everybody who needs a mark in a session, in their order, with the keys of their places: ``Roll.must``, in one statement."""
    places = Enrolment.objects.filter(cohort=session.cohort_id).order_by(
        "number", "changes__effective_on", "changes__recorded_at", "changes__pk"
    )
    seats: dict[int, UUID] = {}
    now: dict[int, str] = {}
    for key, number, day, status in places.values_list("pk", "number", "changes__effective_on", "changes__to_status"):
        if number not in seats:
            seats[number], now[number] = key, Enrolment.LIFE.first.value
        if day is not None and day <= session.held_on:
            now[number] = status
    return {number: key for number, key in seats.items() if now[number] in EXPECTED}


class Roll:
    """The enrolments of some cohorts and their states by day, read once: two statements, however many cohorts."""

    def __init__(self, enrolments: Iterable[Enrolment], states: Timelines) -> None:
        self._states = states
        self._of: dict[UUID, list[Enrolment]] = defaultdict(list)
        for enrolment in enrolments:
            self._of[enrolment.cohort_id].append(enrolment)

    @classmethod
    def of(cls, cohorts: Iterable[UUID]) -> "Roll":
        enrolments = list(Enrolment.objects.filter(cohort__in=set(cohorts)).select_related("cohort").order_by("number"))
        return cls(enrolments, Timelines.of(Enrolment, [enrolment.pk for enrolment in enrolments]))

    @classmethod
    def of_cohort(cls, cohort: Cohort) -> "Roll":
        """The same of one cohort that is at hand. Of the enrolments only what a register needs is read: seat, person and state."""
        enrolments = list(
            Enrolment.objects.filter(cohort=cohort).only("cohort", "number", "person", "status").order_by("number")
        )
        for enrolment in enrolments:
            enrolment.cohort = cohort
        return cls(enrolments, Timelines.where(Enrolment, enrolment__cohort=cohort))

    def all(self, cohort: UUID) -> list[Enrolment]:
        """Everybody who ever had a place in the cohort, by seat."""
        return self._of[cohort]

    def must(self, cohort: UUID, day: date, *, also_enrolled: bool = True) -> list[Enrolment]:
        """
        Everybody who needs a mark on that day: who attends, and (at the door of the room) who is enrolled and may still come.

        A sheet that comes in later may leave out those who had never come by then.
        """
        wanted = EXPECTED if also_enrolled else ATTENDING
        return [each for each in self._of[cohort] if self._states.state(each.pk, day) in wanted]

    def may(self, enrolment: Enrolment, day: date) -> bool:
        """Whether a mark on that day makes sense: on the roll, or leaving on that very day."""
        state = self._states.state(enrolment.pk, day)
        return state in EXPECTED or (state in LEFT and self._states.state(enrolment.pk, day - ONE_DAY) in EXPECTED)
