"""The sheets of what is known of organisations beside their names: numbers, what they do, to whom they belong, their places."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind, languages
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference

from . import actions
from .drafts import CampusDraft, IdentifierDraft, ParentDraft, SectorCodeDraft, SectorDraft
from .models import Organisation, OrganisationSector


def take_identifiers(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, known = _known(rows, "organisation")
    drafts = []
    for row in rows:
        organisation = findings.find(row, "organisation", known)
        if organisation:
            drafts.append(IdentifierDraft(organisation, row["scheme"], row["value"], row["register"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.add_identifiers(identifiers=drafts, by=by))


def take_sector_codes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    codes = [SectorCodeDraft(row["scheme"], row["code"], row.family("title_")) for row in rows]
    return actions.read_sector_codes(codes=codes, by=by)


def take_sectors(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, known = _known(rows, "organisation")
    drafts = []
    for row in rows:
        organisation = findings.find(row, "organisation", known)
        if organisation:
            is_main = row["weight"] == OrganisationSector.Weight.MAIN
            drafts.append(SectorDraft(organisation, row["scheme"], row["code"], is_main=is_main))
    findings.refuse_if_any()
    with refusals_in(rows):
        return actions.set_sectors(sectors=drafts, by=by)


def take_campuses(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, known = _known(rows, "organisation")
    drafts = []
    for row in rows:
        organisation = findings.find(row, "organisation", known)
        if organisation:
            drafts.append(
                CampusDraft(
                    organisation, row["country"], row["city"], row.family("name_"), row["latitude"], row["longitude"],
                    row["starts_on"], row["ends_before"],
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.add_campuses(campuses=drafts, by=by))


def take_parents(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, known = _known(rows, "organisation", "parent")
    drafts = []
    for row in rows:
        organisation, parent = findings.find(row, "organisation", known), findings.find(row, "parent", known)
        if organisation and parent:
            drafts.append(ParentDraft(organisation, parent, row["starts_on"], row["ends_before"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.set_parents(parents=drafts, by=by))


def _known(rows: Sequence[Row], *columns: str) -> tuple[Findings, dict[str, Organisation]]:
    named = (row[column] for row in rows for column in columns)
    return Findings(), by_reference(Organisation.objects.all(), named)


_ORGANISATION = Column("organisation", read.reference(60))
_DAYS = (Column("starts_on", read.day, required=False), Column("ends_before", read.day, required=False))

PROFILE_SHEETS: tuple[SheetKind, ...] = (
    SheetKind(
        name="organisation_identifiers",
        pattern="organisation_identifiers.*",
        columns=(
            _ORGANISATION,
            Column("scheme", read.text(20)),
            Column("value", read.text(120)),
            Column("register", read.text(120), required=False),
        ),
        take=take_identifiers,
        optional=True,
        unique=("scheme", "register", "value"),
    ),
    SheetKind(
        name="sector_codes",
        pattern="sector_codes.*",
        columns=(Column("scheme", read.text(20)), Column("code", read.text(12))),
        take=take_sector_codes,
        extra=languages("title"),
        extra_reader=read.text(300),
        optional=True,
        unique=("scheme", "code"),
    ),
    SheetKind(
        name="organisation_sectors",
        pattern="organisation_sectors.*",
        columns=(
            _ORGANISATION,
            Column("scheme", read.text(20)),
            Column("code", read.text(12)),
            Column("weight", read.choice(OrganisationSector.Weight)),
        ),
        take=take_sectors,
        optional=True,
        unique=("organisation", "scheme", "code"),
    ),
    SheetKind(
        name="campuses",
        pattern="campuses.*",
        columns=(
            _ORGANISATION,
            Column("country", read.country),
            Column("city", read.text(80)),
            Column("latitude", read.decimal(5, -90, 90), required=False),
            Column("longitude", read.decimal(5, -180, 180), required=False),
            *_DAYS,
        ),
        take=take_campuses,
        extra=languages("name"),
        extra_reader=read.text(200),
        optional=True,
    ),
    SheetKind(
        name="organisation_parents",
        pattern="organisation_parents.*",
        columns=(_ORGANISATION, Column("parent", read.reference(60)), *_DAYS),
        take=take_parents,
        optional=True,
    ),
)
