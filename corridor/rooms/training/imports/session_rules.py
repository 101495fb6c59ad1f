"""
What a row of a sheet of sessions may not make of a session: needs that its site does not have, a make-up for what was not called off, a joint
session at two times, and somebody or something in two places at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.foundations.sheets.importing import Choice, Planned, Verdict, refused
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_
from corridor.rooms.sites.lifecycle import EquipmentStatus

from ..booking import Needs, problems_of_needs
from ..clash_words import tell_clashes
from ..clashes import Clash, Slot, find_clashes
from ..lifecycle import SessionStatus
from ..models import Cohort, Session
from .session_rows import Booked, Known, begins_at, changed_fields

WHICH_MISSED = N_("Write the number of a session of the cohort that was called off.")
WHICH_JOINT = N_("Copy the reference of the first of the sessions held together, like COH-2023-041/s3.")
CLASHING = Choice(
    "clashing",
    N_("What becomes of sessions for which somebody or something would be in two places at once?"),
    (("refuse", N_("Refuse them: I will plan them otherwise")), ("keep", N_("Write it all the same"))),
)
_TIMES, _NEEDS = {"held_on", "begins", "minutes"}, {"trainers", "room", "equipment"}


@dataclass
class Would:
    """A session as a row would make it. ``shifted`` are the columns by which it differs from what stands."""

    planned: Planned
    session: Session
    shifted: set[str]
    needs: Needs
    joint: str
    former: list[Booked] = field(default_factory=list)

    @property
    def is_off(self) -> bool:
        return self.session.status == SessionStatus.CANCELLED

    def shifts(self, columns: Iterable[str]) -> bool:
        return not self.shifted.isdisjoint(columns)

    def refused(self, column: str, rule: str, message: str, *, fix: str = "", **places: object) -> Planned:
        return refused(self.planned.given, column, rule, message, fix=fix, **places)


def checked(
    planned: Sequence[Planned], cohorts: Mapping[str, Cohort], known: Known, *, by: Actor, keeps_clashes: bool, seen: dict[Any, Any]
) -> list[Planned]:  # fmt: skip
    """The verdicts, with those refused that may not be, in view of every earlier row of the file."""
    every: dict[str, Would] = seen.setdefault("would", {})
    own = [_would_be(each, cohorts, known) for each in planned if each.verdict in {Verdict.CREATE, Verdict.UPDATE}]
    every.update({each.planned.reference: each for each in own})
    faults: dict[int, Planned] = {}
    for each in own:
        fault = (
            _fault_of_names(each, known) or _fault_of_made_up(each, every, known) or _fault_of_joint(each, every, known)
        )
        if fault is not None:
            faults[each.planned.given.number] = fault
    sound = [each for each in own if each.planned.given.number not in faults and not each.is_off]
    faults |= _faults_of_needs([each for each in sound if each.shifts(_NEEDS | {"unit", "held_on"})])
    if not keeps_clashes:
        sound = [
            each
            for each in sound
            if each.planned.given.number not in faults and each.shifts(_TIMES | _NEEDS | {"joint"})
        ]
        faults |= _faults_of_clashes(sound, every, known, by=by)
    return [faults.get(each.given.number, each) for each in planned]  # fmt: skip


def _would_be(each: Planned, cohorts: Mapping[str, Cohort], known: Known) -> Would:
    row, held = each.given, each.record
    if held is None:
        cohort = cohorts[row["cohort"]]
        session = Session(
            pk=each.subject, cohort=cohort, number=int(each.reference.rpartition("/s")[2]), begins_at=begins_at(row, cohort),
            held_on=row["held_on"], minutes=row["minutes"], unit=known.units.get((cohort.pk, row.get("unit", ""))),
            room=known.rooms.get((cohort.pk, row.get("room", ""))),
            status=SessionStatus.CANCELLED if row.get("cancelled") is True else SessionStatus.PLANNED,
        )  # fmt: skip
        shifted = {name for name, value in row.values.items() if value not in (None, "", ())}
        needs = Needs(
            unit=session.unit, room=session.room, trainers=known.trainers_in(row, cohort.pk), equipment=known.equipment_in(row, cohort.pk)
        )  # fmt: skip
        return Would(each, session, shifted, needs, row.get("joint", ""))
    session, shifted = copy(held), {shift.column for shift in each.changes}
    fields = changed_fields(held, row, shifted, known)
    former = [(booking.equipment, booking.count) for booking in held.bookings.all()]
    trainers = fields.pop("trainers", None)
    equipment = fields.pop("equipment", None)
    for name, value in fields.items():
        setattr(session, name, value)
    session.held_on = local_day(session.begins_at, held.cohort.site.zone)
    session.status = SessionStatus.CANCELLED if "cancelled" in shifted else held.status
    needs = Needs(
        unit=session.unit, room=session.room, equipment=former if equipment is None else equipment,
        trainers=[place.person for place in held.trainers.all()] if trainers is None else trainers,
    )  # fmt: skip
    standing = str(held.joint_with) if held.joint_with else ""
    return Would(each, session, shifted, needs, row.get("joint", "") if "joint" in shifted else standing, former)


def _fault_of_names(one: Would, known: Known) -> Planned | None:
    row, cohort = one.planned.given, one.session.cohort
    if one.shifts(["trainers"]):
        for name in row.get("trainers", ()):
            if (cohort.pk, name) not in known.teachers:
                return one.refused(
                    "trainers", "not_teaching", N_("%(person)s does not teach %(cohort)s. Appoint the trainer first."),
                    person=name, cohort=cohort.reference,
                )  # fmt: skip
    if one.shifts(["equipment"]):
        booked = {line.pk for line, _count in one.former}
        for name in row.get("equipment", ()):
            found = known.machine(name, cohort.pk)
            if found is None or (found[0].status == EquipmentStatus.RETIRED and found[0].pk not in booked):
                return one.refused(
                    "equipment", "unknown_equipment", N_("There is no equipment %(which)s here."), which=name,
                    fix=N_("Write it as it stands on the page of the curriculum or of the site."),
                )  # fmt: skip
    return None


def _fault_of_made_up(one: Would, every: Mapping[str, Would], known: Known) -> Planned | None:
    number = one.planned.given.get("makes_up_for")
    if number is None or not one.shifts(["makes_up_for"]):
        return None
    cohort = one.session.cohort.reference
    found = _session_of(f"{cohort}/s{number}", every, known)
    if found is None:
        return one.refused(
            "makes_up_for",
            "unknown_session",
            N_("%(cohort)s has no session “%(cell)s”."),
            cohort=cohort,
            fix=WHICH_MISSED,
        )
    if found.status != SessionStatus.CANCELLED or found.pk == one.session.pk:
        return one.refused(
            "makes_up_for", "not_called_off", N_("%(session)s was not called off; there is nothing to make up for."),
            session=str(found), fix=WHICH_MISSED,
        )  # fmt: skip
    return None


def _fault_of_joint(one: Would, every: Mapping[str, Would], known: Known) -> Planned | None:
    session = one.session
    joined = [
        each for each in known.joined[session.pk] if str(each) not in every or every[str(each)].joint == str(session)
    ]
    head = _session_of(one.joint, every, known) if one.joint else None
    if one.joint and not one.shifts(["joint"]):
        head = head or session.joint_with
    if one.joint and one.shifts(["joint"]):
        is_joined = (one.joint in every and every[one.joint].joint) or (head is not None and head.joint_with_id)
        if (
            head is None
            or head.cohort_id == session.cohort_id
            or head.status != SessionStatus.PLANNED
            or is_joined
            or joined
        ):
            return one.refused(
                "joint",
                "not_joint",
                N_("“%(cell)s” is no session of another cohort with which this one can be held."),
                fix=WHICH_JOINT,
            )
    if one.is_off or not one.shifts(_TIMES | {"joint"}):
        return None
    for other in [head] if head is not None else joined:
        there = _session_of(str(other), every, known) or other
        is_off = there.status == SessionStatus.CANCELLED
        if not is_off and (there.begins_at, there.minutes) != (session.begins_at, session.minutes):
            return one.refused(
                "held_on", "joint_time", N_("%(session)s and %(other)s are held together: write the same time and minutes for both."),
                session=str(session), other=str(there),
            )  # fmt: skip
    return None


def _session_of(label: str, every: Mapping[str, Would], known: Known) -> Session | None:
    return every[label].session if label in every else known.to_join(label)


def _faults_of_needs(own: Sequence[Would]) -> dict[int, Planned]:
    of = {each.session.pk: each for each in own}
    found: dict[int, Planned] = {}
    for session, problem in problems_of_needs([(each.session, each.needs) for each in own]):
        one = of[session.pk]
        places = {name: value if isinstance(value, int) else str(value) for name, value in problem.places.items()}
        fault = one.refused(problem.column, "needs", problem.message, fix=N_("Look at the row."), **places)
        found.setdefault(one.planned.given.number, fault)
    return found


def _faults_of_clashes(
    own: Sequence[Would], every: Mapping[str, Would], known: Known, *, by: Actor
) -> dict[int, Planned]:
    """The first clash of each, with one another and with whatever is planned, as the page of a plan tells it."""
    if not own:
        return {}
    rows = {each.planned.reference: each for each in own}
    moved = [each for each in every.values() if not each.is_off and each.shifts(_TIMES | _NEEDS | {"joint"})]
    gone = {each.planned.subject for each in every.values() if each.is_off}
    chosen: dict[str, Clash] = {}
    for clash in find_clashes([_slot(each, every, known) for each in moved]):
        if clash.theirs.key in gone:
            continue
        for ours, theirs in ((clash.ours, clash.theirs), (clash.theirs, clash.ours)):
            if str(ours) in rows:
                chosen.setdefault(str(ours), Clash(clash.kind, ours, theirs, clash.what, clash.count))
                break
    return {
        rows[label].planned.given.number: rows[label].refused(
            "held_on", CLASHING.code, told.message, fix=N_("Look at the day."), **told.places
        )
        for label, told in zip(chosen, tell_clashes(chosen.values(), by=by), strict=True)
    }


def _slot(one: Would, every: Mapping[str, Would], known: Known) -> Slot:
    session, key = one.session, one.planned.subject
    joint: UUID | None = key
    if one.joint:
        head = every[one.joint].planned.subject if one.joint in every else None
        standing = known.to_join(one.joint)
        joint = head or (standing.pk if standing else session.joint_with_id)
    return Slot(
        session.cohort, session.number, session.begins_at, session.minutes, key,
        frozenset(person.pk for person in one.needs.trainers), session.room_id,
        {line.pk: count for line, count in one.needs.equipment}, joint,
    )  # fmt: skip
