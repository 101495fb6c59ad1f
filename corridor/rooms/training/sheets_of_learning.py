"""The sheets in which a folder brings what is asked of learners at entry and exit, and where cohorts stand in a learning platform."""

from collections.abc import Sequence
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings

from .actions.importing import EnrolmentChanged, change_enrolments
from .actions.touching import Goal, Level, Link, check_contacts, set_goals, set_platform_links, state_level
from .models import LanguageScale, LanguageSource, Moment, Reached
from .sheets_of_selection import SEAT, in_cohorts, seats_of


def _take_jobs(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    seats = seats_of(rows)
    found = [(row, findings.find(row, "number", seats, key=(row["cohort"], row["number"]))) for row in rows]
    findings.refuse_if_any()
    changes = [EnrolmentChanged(seat, {"job_to_return": row["job"]}) for row, seat in found if seat is not None]
    with refusals_in(rows):
        change_enrolments(changes=changes, by=by)
    return len(changes)


def _take_checks(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    for cohort, told in in_cohorts(rows):
        tried: dict[tuple[Moment, date], dict[int, Reached]] = {}
        for row in told:
            tried.setdefault((row["moment"], row["checked_on"]), {})[row["number"]] = row["result"]
        with refusals_in(told):
            for (moment, on), results in tried.items():
                check_contacts(cohort=cohort, moment=moment, results=results, on=on, by=by)
    return len(rows)


def _take_levels(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    seats = seats_of(rows)
    found = [(row, findings.find(row, "number", seats, key=(row["cohort"], row["number"]))) for row in rows]
    findings.refuse_if_any()
    for row, seat in found:
        assert seat is not None  # else it was refused
        level = Level(language=row["language"], scale=row["scale"], level=row["level"], source=row["source"])
        with refusals_in([row]):
            state_level(enrolment=seat, moment=row["moment"], level=level, on=row["stated_on"], by=by)
    return len(rows)


def _take_goals(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    for cohort, told in in_cohorts(rows):
        goals = [
            Goal(language=row["language"], scale=row["scale"], level=row["level"], hours=row["hours"]) for row in told
        ]
        with refusals_in(told):
            set_goals(cohort=cohort, goals=goals, by=by)
    return len(rows)


def _take_links(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    for cohort, told in in_cohorts(rows):
        with refusals_in(told):
            set_platform_links(cohort=cohort, links=[Link(row["title"], row["address"]) for row in told], by=by)
    return len(rows)


LEVEL = (
    Column("language", read.language),
    Column("scale", read.choice(LanguageScale)),
    Column("level", read.text(4), required=False, about="in the words of the scale; none for a first language"),
)
LEARNING = (
    SheetKind(
        "jobs_to_return",
        "jobs_to_return.*",
        (*SEAT, Column("job", read.text(150))),
        _take_jobs,
        optional=True,
        unique=("cohort", "number"),
    ),
    SheetKind(
        "contact_checks",
        "contact_checks.*",
        (
            *SEAT,
            Column("moment", read.choice(Moment)),
            Column("checked_on", read.day),
            Column("result", read.choice(Reached)),
        ),
        _take_checks,
        optional=True,
        unique=("cohort", "number", "moment", "checked_on"),
    ),
    SheetKind(
        "language_goals",
        "language_goals.*",
        (Column("cohort", read.reference(40)), *LEVEL, Column("hours", read.whole(1, 4_000), required=False)),
        _take_goals,
        optional=True,
        unique=("cohort", "language"),
    ),
    SheetKind(
        "language_levels",
        "language_levels.*",
        (
            *SEAT,
            Column("moment", read.choice(Moment)),
            *LEVEL,
            Column("source", read.choice(LanguageSource)),
            Column("stated_on", read.day),
        ),
        _take_levels,
        optional=True,
        unique=("cohort", "number", "moment", "language", "scale", "source"),
    ),
    SheetKind(
        "platform_links",
        "platform_links.*",
        (Column("cohort", read.reference(40)), Column("title", read.text(80)), Column("address", read.text(300))),
        _take_links,
        optional=True,
        unique=("cohort", "address"),
    ),
)
