"""Sheets about the rights of persons: requests, holds, rules of retention, thresholds and transfers."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference

from .actions.holds import place_hold
from .actions.requests import Correction, ask_correction, ask_erasure, refuse_request
from .actions.retention import set_rule
from .actions.transfers import TransferDraft, record_transfer, set_threshold
from .models import DataClass, Occasion, Part, Person, RecordKind, RequestKind, TransferBasis

NOON = time(12, tzinfo=UTC)


def _at(day: date) -> datetime:
    return datetime.combine(day, NOON)


def _persons(rows: Sequence[Row]) -> list[Person]:
    findings, persons = Findings(), by_reference(Person.objects.all(), (row["person"] for row in rows))
    found = [findings.find(row, "person", persons) for row in rows]
    findings.refuse_if_any()
    return [each for each in found if each is not None]


def take_requests(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """Requests; one with a day of refusal is refused with its reason, the others wait."""
    for row, person in zip(rows, _persons(rows), strict=True):
        on = row["asked_on"]
        with refusals_in([row]):
            if row["kind"] == RequestKind.ERASURE:
                made = ask_erasure(person=person, words=row["words"], on=on, at=_at(on), by=by)
            else:
                wrong = Correction(Part(row["part"]), row["should_be"], row["words"])
                made = ask_correction(person=person, correction=wrong, on=on, at=_at(on), by=by)
            if row["refused_on"]:
                day = row["refused_on"]
                refuse_request(request=made, reason=row["answer"], on=day, at=_at(day), by=by)
    return len(rows)


def take_holds(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    for row, person in zip(rows, _persons(rows), strict=True):
        with refusals_in([row]):
            place_hold(person=person, reason=row["reason"], on=row["starts_on"], until=row["until"], by=by)
    return len(rows)


def take_rules(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    for row in rows:
        with refusals_in([row]):
            set_rule(kind=row["kind"], months=row["months"], reason=row["reason"], on=row["set_on"], by=by)
    return len(rows)


def take_thresholds(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    for row in rows:
        with refusals_in([row]):
            set_threshold(
                from_country=row["from_country"], data_class=row["data_class"], persons=row["persons"],
                source=row["source"], by=by,
            )  # fmt: skip
    return len(rows)


def take_transfers(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    wanted = {reference for row in rows for reference in row["persons"]}
    persons = by_reference(Person.objects.all(), wanted)
    drafts = []
    for row in rows:
        listed = findings.find_each(row, "persons", persons)
        drafts.append(
            TransferDraft(
                happened_on=row["happened_on"], from_country=row["from_country"], to_country=row["to_country"],
                data_class=row["data_class"], basis=row["basis"], occasion=row["occasion"], about=row["about"],
                persons=[each.pk for each in listed], unlisted=row["unlisted"] or 0,
                over_because=row["over_because"],
            )
        )  # fmt: skip
    findings.refuse_if_any()
    for row, draft in zip(rows, drafts, strict=True):
        with refusals_in([row]):
            record_transfer(draft=draft, at=_at(draft.happened_on), by=by)
    return len(rows)


REQUESTS = SheetKind(
    name="record_requests",
    pattern="record_requests.*",
    columns=(
        Column("person", read.reference(30)),
        Column("kind", read.choice(RequestKind)),
        Column("part", read.text(20), required=False, about="for a correction: own_name, born_on, attendance ..."),
        Column("should_be", read.text(300), required=False),
        Column("words", read.text(2_000), required=False),
        Column("asked_on", read.day),
        Column("refused_on", read.day, required=False),
        Column("answer", read.text(2_000), required=False),
    ),
    take=take_requests,
    optional=True,
)
HOLDS = SheetKind(
    name="holds",
    pattern="holds.*",
    columns=(
        Column("person", read.reference(30)),
        Column("reason", read.text(500)),
        Column("starts_on", read.day),
        Column("until", read.day, required=False),
    ),
    take=take_holds,
    optional=True,
)
RULES = SheetKind(
    name="retention_rules",
    pattern="retention_rules.*",
    columns=(
        Column("kind", read.choice(RecordKind)),
        Column("months", read.whole(1, 1200)),
        Column("reason", read.text(300)),
        Column("set_on", read.day),
    ),
    take=take_rules,
    unique=("kind",),
    optional=True,
)
THRESHOLDS = SheetKind(
    name="transfer_thresholds",
    pattern="transfer_thresholds.*",
    columns=(
        Column("from_country", read.country),
        Column("data_class", read.choice(DataClass)),
        Column("persons", read.whole(1)),
        Column("source", read.text(300)),
    ),
    take=take_thresholds,
    unique=("from_country", "data_class"),
    optional=True,
)
TRANSFERS = SheetKind(
    name="transfers",
    pattern="transfers.*",
    columns=(
        Column("happened_on", read.day),
        Column("from_country", read.country),
        Column("to_country", read.country),
        Column("data_class", read.choice(DataClass)),
        Column("basis", read.choice(TransferBasis)),
        Column("occasion", read.choice(Occasion)),
        Column("about", read.text(120), about="a list, a letter, an edition; no names"),
        Column("persons", read.many(read.reference(30)), required=False),
        Column("unlisted", read.whole(0), required=False),
        Column("over_because", read.text(300), required=False),
    ),
    take=take_transfers,
    optional=True,
)

SHEETS: tuple[SheetKind, ...] = (RULES, THRESHOLDS, HOLDS, REQUESTS, TRANSFERS)
