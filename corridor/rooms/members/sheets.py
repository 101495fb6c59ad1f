"""The sheets of the members' room, in the order in which they load."""

import re
from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor, Role
from corridor.foundations.accounts.actions import create_accounts
from corridor.foundations.accounts.models import User
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from . import actions
from .application_sheets import APPLICATION_SHEETS
from .call_sheets import CALL_SHEETS
from .drafts import (
    AllianceDraft,
    AllianceNameDraft,
    FoundingPlaceDraft,
    ListedPlaceDraft,
    MembershipStep,
    NameDraft,
    OrganisationDraft,
    SeatDraft,
)
from .lifecycle import MembershipStatus
from .models import Alliance, NameKind, Organisation, OrganisationKind, SourceMark
from .profile_sheets import PROFILE_SHEETS

SEATS = {Role.SECRETARIAT, Role.COUNCIL, Role.COORDINATOR, Role.AUDITOR, Role.KEY_HOLDER}
FOUNDED_PRECISIONS = {"year", "day"}


def take_alliance(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    for row in rows:
        if row["founded_precision"] not in FOUNDED_PRECISIONS:
            findings.add(
                row, "founded_precision", N_("“%(cell)s” is neither year nor day."), cell=row["founded_precision"]
            )
    if len(rows) != 1:
        findings.problems.append(
            Problem(N_("One row describes one alliance."), file=rows[0].file if rows else "alliance")
        )
    findings.refuse_if_any()
    for row in rows:
        draft = AllianceDraft(
            code=row["code"],
            founded_on=row["founded_on"],
            founded_precision=row["founded_precision"],
            home_zone=row["home_zone"],
            home_place=row["home_place"],
            source=row["source"],
        )
        actions.describe_alliance(draft=draft, by=by)
    return len(rows)


def take_alliance_names(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    _require_alliance(rows)
    names = [AllianceNameDraft(row["language"], row["name"], row["short_name"]) for row in rows]
    actions.name_alliance(names=names, by=by)
    return len(rows)


def take_founding_places(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    _require_alliance(rows)
    places = [
        FoundingPlaceDraft(row["code"], row["name"], row["country"], row["source_mark"], row["source"]) for row in rows
    ]
    actions.record_founding_places(places=places, by=by)
    return len(rows)


def take_listed_places(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    _require_alliance(rows)
    places = [ListedPlaceDraft(row["country"], row["source_mark"], row["source"]) for row in rows]
    actions.list_places(places=places, by=by)
    return len(rows)


def _require_alliance(rows: Sequence[Row]) -> None:
    if not Alliance.objects.exists():
        raise BadInput([Problem(N_("The alliance has not been described yet."), file=rows[0].file if rows else "")])


def take_members(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    taken = by_reference(Organisation.objects.all(), (row["reference"] for row in rows))
    for row in rows:
        if row["reference"] in taken:
            findings.add(row, "reference", N_("There is already an organisation %(cell)s."), cell=row["reference"])
        if (row["latitude"] is None) != (row["longitude"] is None):
            findings.add(row, "latitude", N_("A place needs both degrees or none."))
    findings.refuse_if_any()
    drafts = [
        OrganisationDraft(
            reference=row["reference"],
            kind=row["kind"],
            country=row["country"],
            region=row["region"],
            city=row["city"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            founding_mark=row["founding_mark"] or "",
            source_mark=row["source_mark"],
            source=row["source"],
        )
        for row in rows
    ]
    return len(actions.register_organisations(drafts=drafts, by=by))


def take_member_names(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, known = Findings(), by_reference(Organisation.objects.all(), (row["organisation"] for row in rows))
    official: dict[tuple[str, str], int] = {}
    names = []
    for row in rows:
        organisation = findings.find(row, "organisation", known)
        key = (row["organisation"], row["language"])
        days = row.family("valid_")
        is_standing = row["kind"] == NameKind.OFFICIAL and "before" not in days
        if is_standing and official.setdefault(key, row.number) != row.number:
            findings.add(
                row, "language", N_("Row %(first)s gives an official name in this language."), first=official[key]
            )
        if organisation:
            given = (row["language"], row["name"], row["kind"], days.get("from"), days.get("before"))
            names.append(NameDraft(organisation, *given))
    findings.refuse_if_any()
    with refusals_in(rows):
        return actions.add_names(names=names, by=by)


def take_memberships(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, known = Findings(), by_reference(Organisation.objects.all(), (row["organisation"] for row in rows))
    steps = []
    for row in rows:
        organisation = findings.find(row, "organisation", known)
        if organisation:
            steps.append(MembershipStep(organisation, row["to_status"], row["effective_on"], row["reason"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return actions.move_memberships(steps=steps, by=by)


def take_accounts(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """The accounts, and the seats among them. Posts at sites and the links to persons are taken by their rooms from the same file."""
    findings = Findings()
    names = list(dict.fromkeys(row["username"] for row in rows))
    users = by_reference(User.objects.all(), names, field="username")
    known = by_reference(Organisation.objects.all(), (row["scope"] for row in rows if row["scope_kind"] == "member"))
    for row in rows:
        _check_account(row, users, known, findings)
    findings.refuse_if_any()
    made = {user.username: user for user in create_accounts(usernames=names, by=by)}
    seats = [
        SeatDraft(
            user=made[row["username"]],
            role=row["role"],
            held_from=row["held_from"],
            organisation=known.get(row["scope"]) if row["scope_kind"] == "member" else None,
        )
        for row in rows
        if row["role"] in SEATS
    ]
    actions.give_seats(seats=seats, by=by)
    return len(rows)


def _check_account(row: Row, users: dict[str, User], known: dict[str, Organisation], findings: Findings) -> None:
    if row["username"] in users:
        findings.add(row, "username", N_("There is already an account %(cell)s."), cell=row["username"])
    if row["scope_kind"] == "member":
        findings.find(row, "scope", known)
    if row["role"] == Role.COORDINATOR and not (row["scope_kind"] == "member" and row["scope"]):
        findings.add(row, "scope", N_("A coordinator speaks for one member; name it."))
    if row["role"] in {Role.SECRETARIAT, Role.COUNCIL, Role.AUDITOR} and row["scope"]:
        findings.add(row, "scope", N_("This role is of the whole alliance, of no member."))


_SOURCE = (Column("source_mark", read.choice(SourceMark)), Column("source", read.text(300), required=False))
ACCOUNT_COLUMNS = (
    Column("username", read.user_name),
    Column("role", read.choice(Role)),
    Column("scope_kind", read.reference(10), required=False),
    Column("scope", read.reference(60), required=False),
    Column("held_from", read.day),
    Column("person", read.reference(30), required=False),
)

_NAMES = (
    Column("organisation", read.reference(60)),
    Column("language", read.language),
    Column("name", read.text(250)),
    Column("kind", read.choice(NameKind)),
)

SHEETS: tuple[SheetKind, ...] = (
    SheetKind(
        name="alliance",
        pattern="alliance.*",
        columns=(
            Column("code", read.reference(40)),
            Column("founded_on", read.day),
            Column("founded_precision", read.text(5)),
            Column("home_zone", read.zone),
            Column("home_place", read.text(80)),
            Column("source", read.text(2_000)),
        ),
        take=take_alliance,
    ),
    SheetKind(
        name="alliance_names",
        pattern="alliance_names.*",
        columns=(
            Column("language", read.language),
            Column("name", read.text(250)),
            Column("short_name", read.text(80)),
        ),
        take=take_alliance_names,
        unique=("language",),
    ),
    SheetKind(
        name="founding_places",
        pattern="founding_places.*",
        columns=(
            Column("code", read.reference(10)),
            Column("name", read.text(100)),
            Column("country", read.country),
            *_SOURCE,
        ),
        take=take_founding_places,
        unique=("code",),
    ),
    SheetKind(
        name="listed_places",
        pattern="listed_places.*",
        columns=(Column("country", read.country), *_SOURCE),
        take=take_listed_places,
        unique=("country",),
    ),
    SheetKind(
        name="members",
        pattern="members.*",
        columns=(
            Column("reference", read.reference(60)),
            Column("kind", read.choice(OrganisationKind)),
            Column("country", read.country),
            Column("region", read.text(10), required=False),
            Column("city", read.text(80)),
            Column("latitude", read.decimal(5, -90, 90), required=False),
            Column("longitude", read.decimal(5, -180, 180), required=False),
            Column("founding_mark", read.choice(SourceMark), required=False),
            *_SOURCE,
        ),
        take=take_members,
        unique=("reference",),
    ),
    SheetKind(
        name="member_names",
        pattern="member_names.*",
        columns=_NAMES,
        take=take_member_names,
        # Days may be left out whole: most names have none that is known.
        extra=re.compile(r"valid_(?:from|before)"),
        extra_reader=read.day,
        unique=("organisation", "language", "name"),
    ),
    SheetKind(
        name="former_names",
        pattern="former_names.*",
        columns=(
            *_NAMES,
            *(Column(name, read.day, required=False) for name in ("valid_from", "valid_before")),
        ),
        take=take_member_names,
        optional=True,
    ),
    SheetKind(
        name="memberships",
        pattern="memberships.*",
        columns=(
            Column("organisation", read.reference(60)),
            Column("to_status", read.choice(MembershipStatus)),
            Column("effective_on", read.day),
            Column("reason", read.text(300), required=False),
        ),
        take=take_memberships,
    ),
    SheetKind(name="accounts", pattern="accounts.*", columns=ACCOUNT_COLUMNS, take=take_accounts),
    *PROFILE_SHEETS,
    *CALL_SHEETS,
    *APPLICATION_SHEETS,
)
