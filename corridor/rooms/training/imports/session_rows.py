"""Sessions as rows of a sheet: what stands by its columns, what rows name, and what they make of a session."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.reading import CellReader, How, Mended
from corridor.foundations.sheets.cells.texts import many, reference, text
from corridor.foundations.sheets.columns import Cell
from corridor.foundations.sheets.importing import Given, Planned
from corridor.foundations.sheets.resolving import by_reference
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Equipment, SiteRoom

from ..actions import SessionPlan
from ..lifecycle import SessionStatus
from ..models import Cohort, CohortTrainer, Session, SessionKind

Booked = tuple[Equipment, int]


def _in_order(one: CellReader) -> CellReader:
    """Several values in one cell, in whatever order they were written."""
    several = many(one)

    def read(cell: Cell, how: How) -> tuple[Any, ...] | Mended:
        found = several.read(cell, how)
        return replace(found, value=tuple(sorted(found.value))) if isinstance(found, Mended) else tuple(sorted(found))

    return replace(several, read=read, asks="")


trainers_cell, equipment_cell = _in_order(reference()), _in_order(text(70))


def with_needs(rows: QuerySet[Session]) -> QuerySet[Session]:
    """With all that ``session_values`` reads."""
    return rows.select_related("cohort__site", "unit", "room", "makes_up_for", "joint_with__cohort").prefetch_related(
        "trainers__person", "bookings__equipment"
    )


def session_values(held: Session) -> dict[str, Any]:
    """A session by the columns of the sheet, in the time of its site."""
    begins = held.begins_at.astimezone(ZoneInfo(held.cohort.site.zone))
    return {
        "cohort": held.cohort.reference,
        "number": held.number,
        "held_on": held.held_on,
        "begins": f"{begins:%H:%M}",
        "minutes": held.minutes,
        "kind": held.kind,
        "topic": held.topic,
        "unit": held.unit.code if held.unit else "",
        "room": held.room.name if held.room else "",
        "trainers": tuple(sorted(each.person.reference for each in held.trainers.all())),
        "equipment": as_cell((each.equipment, each.count) for each in held.bookings.all()),
        "makes_up_for": held.makes_up_for.number if held.makes_up_for else None,
        "joint": str(held.joint_with) if held.joint_with else "",
        "cancelled": held.status == SessionStatus.CANCELLED,
    }


def as_cell(booked: Iterable[Booked]) -> tuple[str, ...]:
    return tuple(
        sorted(f"{line.inventory_number}:{count}" if count != 1 else line.inventory_number for line, count in booked)
    )


def begins_at(row: Given, cohort: Cohort) -> datetime:
    on: date = row["held_on"]
    return datetime.combine(on, time.fromisoformat(row["begins"]), ZoneInfo(cohort.site.zone)).astimezone(UTC)


def plan_of(each: Planned, cohorts: Mapping[str, Cohort], known: "Known") -> SessionPlan:
    """What is planned for a new session; what it makes up for, and with which it is held, is said once all of them stand."""
    row = each.given
    cohort = cohorts[row["cohort"]]
    return SessionPlan(
        key=each.subject, cohort=cohort, number=int(each.reference.rpartition("/s")[2]),
        begins_at=begins_at(row, cohort), minutes=row["minutes"], kind=row.get("kind", SessionKind.PRACTICE),
        topic=row.get("topic", ""), unit=known.units.get((cohort.pk, row.get("unit", ""))),
        room=known.rooms.get((cohort.pk, row.get("room", ""))), trainers=known.trainers_in(row, cohort.pk),
        equipment=known.equipment_in(row, cohort.pk),
    )  # fmt: skip


def changed_fields(session: Session, row: Given, shifts: set[str], known: "Known") -> dict[str, Any]:
    """The new values of what a session is and needs, from the columns that shift."""
    values: dict[str, Any] = {name: row[name] for name in ("minutes", "kind", "topic") if name in shifts}
    for name, records in (("unit", known.units), ("room", known.rooms)):
        if name in shifts:
            values[name] = records.get((session.cohort_id, row[name]))
    if "trainers" in shifts:
        values["trainers"] = known.trainers_in(row, session.cohort_id)
    if "equipment" in shifts:
        values["equipment"] = known.equipment_in(row, session.cohort_id)
    if shifts & {"held_on", "begins"}:
        values["begins_at"] = begins_at(row, session.cohort)
    return values


class Known:
    """
    The sessions of some cohorts, by reference and by day and time, with what can be named for them; and those of further cohorts with which
    rows want one to be held. A constant number of statements.
    """

    def __init__(self, cohorts: Mapping[str, Cohort], rows: Sequence[Given] = (), *, by: Actor) -> None:
        self.by_label: dict[str, Session] = {}
        self.by_time: dict[tuple[UUID, date, str], Session] = {}
        self._numbers: dict[UUID, set[int]] = {}
        every = list(cohorts.values())
        units = list(Unit.objects.filter(version__in={each.curriculum_version_id for each in every}))
        sites = {each.site_id for each in every}
        rooms, machines = list(SiteRoom.objects.filter(site__in=sites)), list(Equipment.objects.filter(site__in=sites))
        self.units = {(c.pk, u.code): u for c in every for u in units if u.version_id == c.curriculum_version_id}
        self.rooms = {(c.pk, each.name): each for c in every for each in rooms if each.site_id == c.site_id}
        self.machines = {(c.pk, m.inventory_number): m for c in every for m in machines if m.site_id == c.site_id}
        self.teachers: dict[tuple[UUID, str], Person] = {
            (place.cohort_id, place.person.reference): place.person
            for place in CohortTrainer.objects.filter(cohort__in=every).select_related("person")
        }
        for held in with_needs(Session.objects.filter(cohort__in=every)):
            self.by_label[str(held)] = held
            self.by_time[held.cohort_id, held.held_on, session_values(held)["begins"]] = held
            self._numbers.setdefault(held.cohort_id, set()).add(held.number)
        self._further = _further(cohorts, rows, by=by)
        # The rows of joint sessions that point at one of these.
        self.joined: dict[UUID, list[Session]] = defaultdict(list)
        joined = Session.objects.filter(joint_with__cohort__in=every).exclude(status=SessionStatus.CANCELLED)
        for held in joined.select_related("cohort"):
            if held.joint_with_id is not None:
                self.joined[held.joint_with_id].append(held)

    def numbers(self, cohort: Cohort) -> set[int]:
        return self._numbers.get(cohort.pk, set())

    def to_join(self, label: str) -> Session | None:
        """The session of that reference, if the sender plans for its cohort."""
        return self.by_label.get(label) or self._further.get(label)

    def machine(self, name: str, cohort: UUID) -> Booked | None:
        """A line of the inventory of the cohort's site and how many of it: "INV-7" or "INV-7:2"."""
        if (line := self.machines.get((cohort, name))) is not None:
            return line, 1
        number, _colon, count = name.rpartition(":")
        line = self.machines.get((cohort, number.strip()))
        is_count = count.isascii() and count.isdecimal() and len(count) < 6
        return (line, int(count)) if line is not None and is_count else None

    def trainers_in(self, row: Given, cohort: UUID) -> list[Person]:
        return [self.teachers[cohort, name] for name in row.get("trainers", ()) if (cohort, name) in self.teachers]

    def equipment_in(self, row: Given, cohort: UUID) -> list[Booked]:
        booked: dict[Equipment, int] = defaultdict(int)
        for found in (self.machine(name, cohort) for name in row.get("equipment", ())):
            if found is not None:
                booked[found[0]] += found[1]
        return list(booked.items())


def _further(cohorts: Mapping[str, Cohort], rows: Sequence[Given], *, by: Actor) -> dict[str, Session]:
    labels = {row.get("joint") for row in rows if row.get("joint")}
    named = {str(label).rpartition("/s")[0] for label in labels} - set(cohorts)
    if not named:
        return {}
    found = by_reference(Cohort.objects.visible_to(by).select_related("site"), sorted(named))
    planned = [cohort for cohort in found.values() if by.may(Permission.SESSION_PLAN, on=cohort)]
    sessions = Session.objects.filter(cohort__in=planned).select_related("cohort")
    return {str(held): held for held in sessions if str(held) in labels}
