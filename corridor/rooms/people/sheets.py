"""The sheets of the people's room: persons, whose accounts are whose, and merges (which load after what they correct)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from corridor.foundations.access import Actor
from corridor.foundations.accounts.models import User
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import SourceMark
from corridor.rooms.members.sheets import ACCOUNT_COLUMNS

from . import actions
from .actions import NewContact
from .birth_days import faults_of_birth
from .collecting import faults_of_purposes
from .drafts import AccountLink, Merge, NameOfPerson, PersonDraft
from .models import BirthCalendar, BirthPrecision, ContactKind, NameForm, NameOrder, Person, Purpose, Romanisation, Sex
from .parts_sheets import CONSENTS, CONTACTS, MORE_OF_PEOPLE, PERSON_NAMES, PURPOSES

# A merge that a sheet dates by its day is known from the middle of that day on.
NOON = time(12, tzinfo=UTC)


def take_people(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings, taken = Findings(), by_reference(Person.objects.all(), (row["reference"] for row in rows))
    purposes = Purpose.objects.in_bulk(field_name="code")
    drafts = []
    for row in rows:
        if row["reference"] in taken:
            findings.add(row, "reference", N_("There is already a person %(cell)s."), cell=row["reference"])
        if bool(row["other_name"]) != bool(row["other_language"]):
            findings.add(row, "other_language", N_("Another name needs its language, and the language a name."))
        because = findings.find(row, "sex_because", purposes) if "sex_because" in row.places else None
        for fault in _faults_of(row, because, on=at.date(), by=by):
            findings.add(row, fault.column, fault.message, **fault.places)
        drafts.append(
            PersonDraft(
                reference=row["reference"],
                sex=row["sex"],
                sex_because=because,
                born_on=row["born_on"],
                residence_country=row["residence_country"] or "",
                source_mark=row["source_mark"],
                names=_names(row),
                **_more(row, findings),
            )
        )
    findings.refuse_if_any()
    made = actions.register_persons(drafts=drafts, on=at.date(), by=by)
    if contacts := list(_contacts(rows, made)):
        with refusals_in(rows):
            actions.write_contacts(contacts=contacts, by=by)
    return len(made)


def _faults_of(row: Row, because: Purpose | None, *, on: date, by: Actor) -> list[Problem]:
    faults = [*faults_of_birth(row["born_on"], on=on, column="born_on")]
    is_told = row["sex"] != Sex.UNKNOWN and (because is not None or not _said(row, "sex_because"))
    asked = [(None, because)] if is_told else []
    faults += [each for each in faults_of_purposes(asked=asked, column="sex_because", on=on, by=by) if each is not None]
    return faults


def _said(row: Row, column: str) -> str:
    return row[column] if column in row.places else ""


def _more(row: Row, findings: Findings) -> dict[str, Any]:
    """The facts in columns that a sheet of people may have."""
    told: dict[str, Any] = {"honorific": _said(row, "honorific"), "birth_written": _said(row, "birth_written")}
    for column, choices in (
        ("name_order", NameOrder),
        ("birth_calendar", BirthCalendar),
        ("birth_precision", BirthPrecision),
    ):
        if said := _said(row, column):
            if said in choices.values:
                told[column] = choices(said)
            else:
                findings.add(
                    row,
                    column,
                    N_("“%(cell)s” is not one of: %(choices)s."),
                    cell=said,
                    choices=", ".join(choices.values),
                )
    rules = _said(row, "romanisation_system")
    if rules and rules not in Romanisation.values:
        findings.add(
            row, "romanisation_system", N_("“%(cell)s” is not one of: %(choices)s."),
            cell=rules, choices=", ".join(Romanisation.values),
        )  # fmt: skip
    return told


def _contacts(rows: Sequence[Row], persons: Sequence[Person]) -> Iterator[NewContact]:
    for row, person in zip(rows, persons, strict=True):
        for column in (ContactKind.EMAIL, ContactKind.PHONE):
            if value := _said(row, column.value):
                yield NewContact(person=person, kind=column, value=value)


def _names(row: Row) -> tuple[NameOfPerson, ...]:
    family, given = _said(row, "family_part"), _said(row, "given_part")
    names = [NameOfPerson(NameForm.OWN, row["own_language"], row["own_name"], family_part=family, given_part=given)]
    if row["romanised_name"]:
        script = f"{row['own_language'].split('-')[0]}-Latn"
        rules = _said(row, "romanisation_system")
        names.append(NameOfPerson(NameForm.ROMANISED, script, row["romanised_name"], romanisation=rules))
    if row["other_name"] and row["other_language"]:
        names.append(NameOfPerson(NameForm.OTHER, row["other_language"], row["other_name"]))
    return tuple(names)


def take_account_persons(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """Links the accounts that name a person. The accounts themselves were made from the same file by the members' room."""
    findings = Findings()
    named = [row for row in rows if row["person"]]
    users = by_reference(User.objects.all(), (row["username"] for row in named), field="username")
    persons = by_reference(Person.objects.all(), (row["person"] for row in named))
    links: dict[tuple[str, str], AccountLink] = {}
    for row in named:
        user, person = findings.find(row, "username", users), findings.find(row, "person", persons)
        if user and person:
            links[(user.username, person.reference)] = AccountLink(person, user)
    findings.refuse_if_any()
    with refusals_in(named):
        actions.link_accounts(links=list(links.values()), by=by)
    return len(named)


def take_merges(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    persons = by_reference(Person.objects.all(), (row[column] for row in rows for column in ("person", "into")))
    merges = []
    for row in rows:
        person, into = findings.find(row, "person", persons), findings.find(row, "into", persons)
        if person and into:
            merges.append(Merge(person, into, datetime.combine(row["merged_on"], NOON), row["reason"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.merge_persons(merges=merges, by=by))


PEOPLE = SheetKind(
    name="people",
    pattern="people.*",
    columns=(
        Column("reference", read.reference(30)),
        Column("sex", read.choice(Sex)),
        Column("born_on", read.day, required=False),
        Column("residence_country", read.country, required=False),
        Column("source_mark", read.choice(SourceMark)),
        Column("own_name", read.text(200)),
        Column("own_language", read.language),
        Column("romanised_name", read.text(200), required=False),
        Column("other_name", read.text(200), required=False),
        Column("other_language", read.language, required=False),
    ),
    extra=MORE_OF_PEOPLE,
    take=take_people,
    unique=("reference",),
)
ACCOUNT_PERSONS = SheetKind(
    name="account_persons", pattern="accounts.*", columns=ACCOUNT_COLUMNS, take=take_account_persons
)
MERGES = SheetKind(
    name="merges",
    pattern="merges.*",
    columns=(
        Column("person", read.reference(30)),
        Column("into", read.reference(30)),
        Column("merged_on", read.day),
        Column("reason", read.text(300)),
    ),
    take=take_merges,
    unique=("person",),
    optional=True,
)

SHEETS: tuple[SheetKind, ...] = (PURPOSES, PEOPLE, ACCOUNT_PERSONS, PERSON_NAMES, CONTACTS, CONSENTS)
# Loaded after the figures that they correct are frozen.
LATE_SHEETS: tuple[SheetKind, ...] = (MERGES,)
