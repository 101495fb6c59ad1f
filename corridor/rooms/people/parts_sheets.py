"""The sheets of the parts of a person's record: further names, contacts, purposes and what was agreed to."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind, languages
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_

from . import actions
from .actions import ConsentDraft, NewContact
from .drafts import NameOfPerson
from .models import (
    ContactKind,
    ContactUse,
    NameForm,
    Need,
    Person,
    Purpose,
    PurposeBasis,
    PurposeText,
    Romanisation,
    Taking,
)

# What a sheet dates by its day happened in the middle of that day.
NOON = time(12, tzinfo=UTC)


def noon(day: date) -> datetime:
    return datetime.combine(day, NOON)


def take_names(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, persons = Findings(), by_reference(Person.objects.all(), (row["person"] for row in rows))
    names = []
    for row in rows:
        if person := findings.find(row, "person", persons):
            name = NameOfPerson(
                row["form"], row["language"], row["full_name"], romanisation=row["romanisation"] or "",
                family_part=row["family_part"], given_part=row["given_part"],
                valid_from=row["valid_from"], valid_before=row["valid_before"],
            )  # fmt: skip
            names.append((person, name))
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.write_names(names=names, by=by))


def take_contacts(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, persons = Findings(), by_reference(Person.objects.all(), (row["person"] for row in rows))
    contacts = []
    for row in rows:
        if person := findings.find(row, "person", persons):
            contacts.append(
                NewContact(
                    person=person, kind=row["kind"], value=row["value"], country=row["country"] or "",
                    use=row["use"] or ContactUse.ALSO, confirmed_on=row["confirmed_on"],
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.write_contacts(contacts=contacts, by=by))


def take_purposes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    for row in rows:
        titles, texts = row.family("title_"), row.family("text_")
        with refusals_in([row]):
            purpose = actions.describe_purpose(
                code=row["code"], legal_basis=row["legal_basis"], need=row["need"], ended_on=row["ended_on"], by=by
            )
            said = {language: (titles.get(language, ""), texts.get(language, "")) for language in {*titles, *texts}}
            actions.write_purpose_text(purpose=purpose, texts=dict(sorted(said.items())), on=row["from_day"], by=by)
    return len(rows)


def take_consents(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, persons = Findings(), by_reference(Person.objects.all(), (row["person"] for row in rows))
    texts = {
        (each.purpose.code, each.version, each.language): each for each in PurposeText.objects.select_related("purpose")
    }
    drafts = []
    for row in rows:
        person = findings.find(row, "person", persons)
        text = texts.get((row["purpose"], row["version"], row["language"]))
        if text is None:
            findings.add(
                row,
                "purpose",
                N_("There is no sentence of “%(cell)s” in that version and language."),
                cell=row["purpose"],
            )
        if person and text:
            drafts.append(ConsentDraft(person=person, text=text, given_at=noon(row["given_on"]), taking=row["taking"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        actions.give_consents(drafts=drafts, by=by)
        purposes = Purpose.objects.in_bulk(field_name="code")
        for row in rows:
            if row["withdrawn_on"]:
                actions.withdraw_consent(
                    person=persons[row["person"]], purpose=purposes[row["purpose"]], at=noon(row["withdrawn_on"]), by=by
                )
    return len(rows)


PERSON_NAMES = SheetKind(
    name="person_names",
    pattern="person_names.*",
    columns=(
        Column("person", read.reference(30)),
        Column("form", read.choice(NameForm)),
        Column("language", read.language),
        Column("full_name", read.text(200)),
        Column("romanisation", read.choice(Romanisation), required=False),
        Column("family_part", read.text(120), required=False),
        Column("given_part", read.text(120), required=False),
        Column("valid_from", read.day, required=False),
        Column("valid_before", read.day, required=False),
    ),
    take=take_names,
    optional=True,
)
CONTACTS = SheetKind(
    name="contacts",
    pattern="contacts.*",
    columns=(
        Column("person", read.reference(30)),
        Column("kind", read.choice(ContactKind)),
        Column("value", read.text(300)),
        Column("country", read.country, required=False),
        Column("use", read.choice(ContactUse), required=False),
        Column("confirmed_on", read.day, required=False),
    ),
    take=take_contacts,
    unique=("person", "kind", "value"),
    optional=True,
)
PURPOSES = SheetKind(
    name="purposes",
    pattern="purposes.*",
    columns=(
        Column("code", read.reference(40)),
        Column("legal_basis", read.choice(PurposeBasis)),
        Column("need", read.choice(Need)),
        Column("from_day", read.day),
        Column("ended_on", read.day, required=False),
    ),
    extra=languages("title", "text"),
    take=take_purposes,
    optional=True,
)
CONSENTS = SheetKind(
    name="consents",
    pattern="consents.*",
    columns=(
        Column("person", read.reference(30)),
        Column("purpose", read.reference(40)),
        Column("version", read.whole(1, 999)),
        Column("language", read.language),
        Column("taking", read.choice(Taking)),
        Column("given_on", read.day),
        Column("withdrawn_on", read.day, required=False),
    ),
    take=take_consents,
    unique=("person", "purpose"),
    optional=True,
)
# Further columns that a sheet of people may have; it need not.
MORE_OF_PEOPLE = re.compile(
    "sex_because|romanisation_system|name_order|honorific|family_part|given_part|birth_calendar|birth_precision|birth_written|email|phone"
)
