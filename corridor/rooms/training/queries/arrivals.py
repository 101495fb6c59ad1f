"""Who has said that they are there: for the trainer who confirms it, and for the learner who waits."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from corridor.foundations.access import Actor, Permission

from ..arriving import ReadCode, key_of, read_code, require_fresh
from ..lifecycle import SessionStatus
from ..models import IN_THE_ROOM, Arrival, ArrivalScreen, Attendance, Session
from ..names import Name, names_of


class ArrivalState(StrEnum):
    """Computed: from what the register says of the learner, and whether it is signed."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """``minutes_after`` the beginning of the session; 0 for who was there before."""

    number: int
    name: Name
    arrival: Arrival
    minutes_after: int
    state: ArrivalState


@dataclass(frozen=True, slots=True)
class Arrivals:
    """``screen`` is the showing of this moment, with its ``key`` for whoever takes the register; ``was_shown``: there is or was one."""

    session: Session
    screen: ArrivalScreen | None
    key: bytes
    was_shown: bool
    rows: tuple[ArrivalRow, ...]

    @property
    def waiting(self) -> list[ArrivalRow]:
        return [row for row in self.rows if row.state == ArrivalState.WAITING]


def arrivals_of(*, session: Session, at: datetime, by: Actor) -> Arrivals:
    """Five statements, however many have come. :raises AccessDenied: for whoever does not take the register."""
    by.require(Permission.REGISTER_TAKE, on=session)
    screens = list(session.arrival_screens.all())
    shown = next((each for each in screens if each.ends_at > at), None)
    if session.status in {SessionStatus.LOCKED, SessionStatus.CANCELLED}:
        shown = None
    said = list(Arrival.objects.filter(session=session).select_related("enrolment"))
    marks = dict(Attendance.objects.filter(session=session).values_list("enrolment_id", "mark"))
    names = names_of([each.enrolment.person_id for each in said])
    rows = tuple(
        ArrivalRow(
            each.enrolment.number, names[each.enrolment.person_id], each,
            max(0, int((each.arrived_at - session.begins_at).total_seconds() // 60)),
            _state(session, marks.get(each.enrolment_id, "")),
        )
        for each in said
    )  # fmt: skip
    return Arrivals(session, shown, key_of(shown) if shown else b"", bool(screens), rows)


def seats_arrived(*, session: Session, by: Actor) -> frozenset[int] | None:
    """The seats of whoever has said so; None where nobody has. :raises AccessDenied:"""
    by.require(Permission.LEARNER_VIEW, on=session)
    return frozenset(session.arrivals.values_list("enrolment__number", flat=True)) or None


def scanned(*, code: str, at: datetime, by: Actor) -> ReadCode:  # noqa: ARG001 (whoever stands before the screen)
    """A code as it is scanned now: nobody need have signed in. :raises NoSuchCode, CodeIsOld:"""
    read = read_code(code)
    require_fresh(read, scanned_at=at)
    return read


def own_arrivals(*, on: date, by: Actor) -> list[tuple[Arrival, ArrivalState]]:
    """What one has said in sessions of that day, the latest first. Three statements."""
    own = by.ids_with(Permission.OWN_ARRIVAL_SAY, "person")
    said = Arrival.objects.filter(enrolment__person__in=own, session__held_on=on)
    read = said.select_related("session__cohort__site", "session__unit", "enrolment").prefetch_related(
        "session__unit__titles"
    )
    rows = list(read.order_by("-arrived_at", "-pk"))
    marks = {
        (row.session_id, row.enrolment_id): row.mark
        for row in Attendance.objects.filter(
            session__in=[each.session_id for each in rows], enrolment__in=[each.enrolment_id for each in rows]
        )
    }
    return [(each, _state(each.session, marks.get((each.session_id, each.enrolment_id), ""))) for each in rows]


def _state(session: Session, mark: str) -> ArrivalState:
    if mark in IN_THE_ROOM:
        return ArrivalState.CONFIRMED
    return ArrivalState.NOT_CONFIRMED if session.status == SessionStatus.LOCKED else ArrivalState.WAITING
