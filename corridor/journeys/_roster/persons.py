"""The people of a package: students and teachers are persons here, everybody else is told of and left aside."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from corridor.foundations.access import Permission
from corridor.foundations.sheets.importing import Done, Given, Planned, Shift, Verdict, refused
from corridor.kernel.wording import N_
from corridor.rooms.people.actions.sourced_ids import Sourced, drop_sourced_ids, keep_sourced_ids
from corridor.rooms.people.importing import PeopleImport, language_of_script
from corridor.rooms.people.models import Person, SourcedId
from corridor.rooms.people.sourcing import persons_called, persons_referenced

from .verdicts import Asking, as_ours, remark, unchanged

TAKE_PART = {"student", "teacher"}
PEOPLE = PeopleImport()


def plan_persons(rows: Sequence[Given], asking: Asking, *, places: dict[int, str]) -> dict[int, Planned]:
    """A verdict for each row, by its number. Whom a row means is remembered for the rows of places that follow."""
    if not rows:
        return {}
    called = persons_called(rows[0]["source"], [row["sourced_id"] for row in rows])
    referenced = persons_referenced(row["code"] for row in rows if row["sourced_id"] not in called)
    decided: dict[int, Planned] = {}
    wanted: list[tuple[Given, Given, Person | None, bool]] = []
    for row in rows:
        key = row["sourced_id"]
        person = called.get(key) or referenced.get(row["code"])
        if person is not None:
            asking.seen["person", key] = person
        verdict = _set_aside(row, person, asking)
        if verdict is None:
            inner = _inner(row, person, asking)
            wanted.append((row, inner, person, key in called))
        else:
            decided[row.number] = verdict
    plans = PEOPLE.plan(
        [inner for _row, inner, _person, _known in wanted], by=asking.by, at=asking.at, answers=asking.answers,
        seen=asking.seen.setdefault("people", {}),
    ) if wanted else []  # fmt: skip
    for (row, _inner_row, person, is_called), plan in zip(wanted, plans, strict=True):
        more = () if person is None or is_called else (Shift("sourced_id", "", row["sourced_id"]),)
        verdict = as_ours(row, plan, places=places, more=more)
        if person is not None:
            verdict.subject = person.pk
        elif plan.verdict == Verdict.CREATE and plan.subject is not None:
            asking.seen["person", row["sourced_id"]] = Person(pk=plan.subject, reference=f"#{row['sourced_id']}")
        decided[row.number] = verdict
    return decided


def _set_aside(row: Given, person: Person | None, asking: Asking) -> Planned | None:
    """The verdict about a row that is not read as a person; None where it is."""
    reference = person.reference if person else ""
    if row["status"] == "tobedeleted":
        said = remark(row, "status", "not_deleted", N_("A package deletes nobody; the record stays as it is."))
        return unchanged(row, reference, said)
    roles = {role.strip() for role in row["roles"].split(",") if role.strip()}
    if not roles & TAKE_PART and (roles or person is None):
        said = remark(
            row, "roles", "other_role", N_("Students and teachers alone are read as persons; this is somebody else (%(cell)s)."),
            cell=row["roles"] or "–",
        )  # fmt: skip
        return unchanged(row, reference, said)
    if not row["own_name"]:
        return refused(
            row, "own_name", "no_name", N_("Neither part of the name says anything."), fix=N_("Write the name there.")
        )
    if asking.by.may(Permission.PERSON_REGISTER):
        if person is None and not _language(row, asking):
            return refused(
                row, "own_name", "name_language", N_("The language of this name cannot be told by its letters."),
                fix=N_("Answer of which language such names are."),
            )  # fmt: skip
        return None
    if person is None:
        return refused(
            row, "own_name", "not_yours", N_("Nobody stands here who is called so there, and new persons are written down by the secretariat."),
            fix=N_("Ask it to write the person down, and write the reference into the column identifier."),
        )  # fmt: skip
    return unchanged(row, reference)


def _language(row: Given, asking: Asking) -> str:
    answered = asking.answers.get("name_language", "")
    return row["own_language"] or language_of_script(row["own_name"]) or ("" if answered == "refuse" else answered)


def _inner(row: Given, person: Person | None, asking: Asking) -> Given:
    """The row as the sheet of persons has it; what the package does not say is not said."""
    values = {"reference": person.reference if person else "", "own_name": row["own_name"]}
    if row["own_language"] or person is None:
        values["own_language"] = _language(row, asking)
    if row["romanised_name"]:
        values["romanised_name"] = row["romanised_name"]
    return Given(row.number, values, row.remarks)


def apply_persons(planned: Sequence[Planned], asking: Asking) -> None:
    inner = [replace(each.record, subject=each.subject) for each in planned]
    if wanted := [each for each in inner if each.changes or each.verdict == Verdict.CREATE]:
        PEOPLE.apply(wanted, by=asking.by, at=asking.at)
    persons = Person.objects.in_bulk([each.subject for each in planned])
    fresh = [
        each for each in planned
        if each.verdict == Verdict.CREATE or any(shift.column == "sourced_id" for shift in each.changes)
    ]  # fmt: skip
    ids = [
        Sourced(persons[each.subject], each.given["source"], each.given["sourced_id"])
        for each in fresh
        if each.subject is not None
    ]
    if ids:
        keep_sourced_ids(ids=ids, by=asking.by)


def undo_persons(done: Sequence[Done], asking: Asking) -> None:
    keys: list[UUID] = []
    for each in done:
        rows = SourcedId.objects.filter(person=each.subject)
        if each.verdict == Verdict.UPDATE:
            rows = rows.filter(value__in=[shift.new for shift in each.changes if shift.column == "sourced_id"])
        keys += rows.values_list("pk", flat=True)
    drop_sourced_ids(keys=keys, by=asking.by)
    back = [replace(each, changes=tuple(s for s in each.changes if s.column != "sourced_id")) for each in done]
    if wanted := [each for each in back if each.changes or each.verdict == Verdict.CREATE]:
        PEOPLE.undo(wanted, by=asking.by, at=asking.at)
