"""Assessors and decisions as spreadsheets."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import choice, day, many, reference, text, whole
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.periods import ONE_DAY
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site
from corridor.rooms.training.columns import COHORT_COLUMNS
from corridor.rooms.training.models import Cohort, Enrolment

from .actions import (
    LicenceDraft,
    NewDecision,
    appoint_assessors,
    except_capability,
    finalise_decisions,
    grant_licences,
    record_decisions,
)
from .models import ChecklistPlace, Result
from .sheets_of_judging import SCHEMES, SHEETS_OF_JUDGING


def _take_assessors(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    cohorts = by_reference(Cohort.objects, [row["reference"] for row in rows])
    people = by_reference(Person.objects, [name for row in rows for name in row["assessors"]])
    places = []
    for row in rows:
        cohort = findings.find(row, "reference", cohorts)
        persons = findings.find_each(row, "assessors", people)
        if cohort is not None:
            places += [(cohort, person, cohort.starts_on) for person in persons]
    findings.refuse_if_any()
    return len(appoint_assessors(places=places, by=by))


def _take_decisions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    cohorts = {row["cohort"] for row in rows}
    seats = {
        (each.cohort.reference, each.number): each
        for each in Enrolment.objects.filter(cohort__reference__in=cohorts).select_related("cohort")
    }
    versions = {each.cohort.curriculum_version_id for each in seats.values()}
    units = {
        (each.version_id, each.code): each
        for each in Unit.objects.filter(version__in=versions).select_related("version__curriculum")
    }
    people = by_reference(Person.objects, [row["assessor"] for row in rows])
    found = []
    for row in rows:
        seat = findings.find(row, "number", seats, key=(row["cohort"], row["number"]))
        assessor = findings.find(row, "assessor", people)
        taught = {
            code: unit
            for (version, code), unit in units.items()
            if seat and version == seat.cohort.curriculum_version_id
        }
        unit = findings.find(row, "unit", taught) if seat else None
        if seat and assessor and unit:
            found.append((row, seat, assessor, unit))
    findings.refuse_if_any()
    # Attempt by attempt: a second one may only be recorded when the first is final.
    for attempt in sorted({row["attempt"] for row in rows}):
        mine = [each for each in found if each[0]["attempt"] == attempt]
        recorded = record_decisions(
            decisions=[
                NewDecision(
                    enrolment=seat,
                    unit=unit,
                    assessor=assessor,
                    result=row["result"],
                    decided_on=row["decided_on"],
                    attempt=attempt,
                    evidence_note=row["evidence_note"],
                    checklist=ChecklistPlace.PAPER,
                )
                for row, seat, assessor, unit in mine
            ],
            by=by,
        )
        final = [
            (decision, row["final_on"])
            for decision, (row, *_) in zip(recorded, mine, strict=True)
            if row["final_on"] is not None
        ]
        finalise_decisions(decisions=final, by=by)
    return len(found)


DECISION_COLUMNS = (
    Column("cohort", reference(40)),
    Column("number", whole(1, 9_999), about="the seat, as on the register sheet"),
    Column("unit", text(20), about="the code of a unit of the cohort's curriculum version"),
    Column("attempt", whole(1, 20)),
    Column("assessor", reference()),
    Column("result", choice(Result)),
    Column("decided_on", day),
    Column("final_on", day, required=False),
    Column("evidence_note", text(5_000), required=False),
)


def _take_licences(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """A row for a person and a curriculum: all of its units, or those that are named. ``ends_on`` is the last day inside."""
    findings = Findings()
    people = by_reference(Person.objects, [row["person"] for row in rows])
    units: dict[tuple[str, str], dict[str, Unit]] = {}
    for unit in Unit.objects.filter(
        version__curriculum__reference__in={row["curriculum"] for row in rows}
    ).select_related("version__curriculum"):
        units.setdefault((unit.version.curriculum.reference, unit.version.version), {})[unit.code] = unit
    drafts = []
    for row in rows:
        person = findings.find(row, "person", people)
        taught = findings.find(row, "curriculum", units, key=(row["curriculum"], row["version"]))
        if person is None or taught is None:
            continue
        wanted = findings.find_each(row, "units", taught) if row["units"] else list(taught.values())
        ends_before = row["ends_on"] + ONE_DAY if row["ends_on"] else None
        drafts += [LicenceDraft(person, unit, row["starts_on"], ends_before, row["granted_by"]) for unit in wanted]
    findings.refuse_if_any()
    grant_licences(licences=drafts, by=by)
    return len(rows)


def _take_exceptions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """``ends_on`` is the last day inside."""
    findings = Findings()
    sites = by_reference(Site.objects, [row["site"] for row in rows])
    named = {row["curriculum"] for row in rows}
    units = {
        (each.version.curriculum.reference, each.version.version, each.code): each
        for each in Unit.objects.filter(version__curriculum__reference__in=named).select_related("version__curriculum")
    }
    found = []
    for row in rows:
        site = findings.find(row, "site", sites)
        unit = findings.find(row, "unit", units, key=(row["curriculum"], row["version"], row["unit"]))
        if site is not None and unit is not None:
            found.append((row, site, unit))
    findings.refuse_if_any()
    for row, site, unit in found:
        except_capability(
            site=site,
            unit=unit,
            starts_on=row["starts_on"],
            ends_before=row["ends_on"] + ONE_DAY,
            reason=row["reason"],
            by=by,
        )
    return len(found)


UNIT_COLUMNS = (Column("curriculum", reference(60)), Column("version", text(20)))
SHEETS = (
    SCHEMES,
    SheetKind(
        "licences",
        "licences.*",
        (
            Column("person", reference()),
            *UNIT_COLUMNS,
            Column("units", many(text(20)), required=False, about="empty: all units of it"),
            Column("starts_on", day),
            Column("ends_on", day, required=False),
            Column("granted_by", text(200)),
        ),
        _take_licences,
        optional=True,
    ),
    SheetKind(
        "capability_exceptions",
        "capability_exceptions.*",
        (
            Column("site", reference(60)),
            *UNIT_COLUMNS,
            Column("unit", text(20)),
            Column("starts_on", day),
            Column("ends_on", day),
            Column("reason", text(300)),
        ),
        _take_exceptions,
        optional=True,
    ),
    SheetKind("assessors", "cohorts.csv", COHORT_COLUMNS, _take_assessors, unique=("reference",)),
    SheetKind(
        "decisions", "decisions.csv", DECISION_COLUMNS, _take_decisions, unique=("cohort", "number", "unit", "attempt")
    ),
    *SHEETS_OF_JUDGING,
)
