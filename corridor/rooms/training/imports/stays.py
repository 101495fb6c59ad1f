"""The import of postings and trips: new ones, and corrections of those that stand."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import decimal
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.words import choice, country
from corridor.foundations.sheets.exporting import day_after, last_day
from corridor.foundations.sheets.importing import AT_ONCE, Done, Given, ImportColumn, Planned, Verdict, refused
from corridor.foundations.sheets.records import RecordsImport, keys_in, made_by
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site

from ..actions.staying import correct_stays, remove_stays, write_stays
from ..models import Stay, StayKind
from ..queries.knowing import nameable
from ..queries.stays import stays_of
from ..trainer_drafts import StayDraft
from ..trainer_rules import faults_of_stay
from .trainers import WORDS

WHOSE = ("sent_by", "paid_by")


class StaysImport(RecordsImport):
    """Rows of postings and trips. A row without a reference whose person begins one of that kind that day is about that one."""

    name = "stays"
    title = N_("Postings and trips")
    permission = Permission.TRAINER_KEEP
    words = WORDS
    narrows = ("kind", "member", "site")
    first_column = "person"
    fixed = ("person",)
    about_persons = ("person",)
    columns = (
        ImportColumn(
            "reference", N_("Key of the posting or trip"), text(36), is_reference=True,
            about=N_("Empty for a new one; a key is given then."),
        ),
        ImportColumn("person", N_("Reference of the person"), reference(30), required=True),
        ImportColumn("kind", N_("Posting or trip"), choice(StayKind, words=WORDS, name="kind", empty=StayKind.TRIP)),
        ImportColumn("sent_by", N_("Sent by (reference of the organisation)"), reference(60), required=True),
        ImportColumn("site", N_("Reference of the site"), reference(60), about=N_("A posting has one.")),
        ImportColumn("country", N_("Country or region"), country, about=N_("Of a site it is known.")),
        ImportColumn("city", N_("City"), text(100)),
        ImportColumn("starts_on", N_("First day"), day, required=True),
        ImportColumn("ends_on", N_("Last day"), day, about=N_("A posting may have none yet.")),
        ImportColumn("purpose", N_("What for"), text(300), required=True),
        ImportColumn("paid_by", N_("Paid by (reference of the organisation)"), reference(60)),
        ImportColumn("cost", N_("What it cost in all"), decimal(3, 0)),
        ImportColumn("currency", N_("Currency"), text(3), about=N_("Three letters, like LAK (ISO 4217).")),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":
        return _Known(rows, by=by)

    def reference_of(self, record: Stay) -> str:
        return str(record)

    def values(self, record: Stay) -> dict[str, Any]:
        return {
            "person": record.person.reference,
            "kind": record.kind,
            "sent_by": record.sent_by.reference,
            "site": record.site.reference if record.site else "",
            "country": record.country,
            "city": record.city,
            "starts_on": record.starts_on,
            "ends_on": last_day(record.ends_before),
            "purpose": record.purpose,
            "paid_by": record.paid_by.reference if record.paid_by else "",
            "cost": record.cost.amount.normalize() if record.cost else None,
            "currency": record.currency,
        }

    def key_of(self, row: Given) -> Hashable:
        return (row["person"], str(row.get("kind", StayKind.TRIP)), row["starts_on"])

    def fault(self, row: Given, record: Stay | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if row["person"] not in known.people and record is None:
            return refused(
                row, "person", "unknown_person", N_("There is no person “%(cell)s” whom you may name here."),
                fix=N_("Copy the reference from the page of the person."),
            )  # fmt: skip
        for column in WHOSE:
            if (named := row.get(column)) and named not in known.organisations:
                return refused(
                    row, column, "unknown_organisation", N_("There is no organisation “%(cell)s”."),
                    fix=N_("Copy the reference from the page of the member."),
                )  # fmt: skip
        if (named := row.get("site")) and named not in known.sites:
            return refused(
                row, "site", "unknown_site", N_("There is no site “%(cell)s”."), fix=N_("Copy the reference from the list of sites.")
            )  # fmt: skip
        for each in faults_of_stay(_draft(row, record, known)):
            return refused(row, each.column, "stay", each.message, fix=N_("Look at the row."), **each.places)
        return None

    def fault_of_right(self, row: Given, record: Stay | None, known: "_Known", *, by: Actor) -> Planned | None:
        draft = _draft(row, record, known)
        would_be = Stay(person=draft.person, sent_by=draft.sent_by)
        if by.may(self.permission, on=would_be) and (record is None or by.may(self.permission, on=record)):
            return None
        return refused(
            row, "sent_by", "not_yours", N_("%(cell)s is no member whose teachers you send."),
            fix=N_("Leave the row out; the member itself can import it."),
        )  # fmt: skip

    def fault_of_change(
        self, planned: Planned, record: Stay, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        other = known.alike(planned.given)
        if other is None or other.pk == record.pk:
            return None
        return refused(
            planned.given, "starts_on", "stands", N_("Another one of this person begins that day."), fix=N_("Look at the day.")
        )  # fmt: skip

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        return None

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        known = _Known([each.given for each in planned], by=by)
        new = [_draft(each.given, None, known, each.subject) for each in planned if each.verdict == Verdict.CREATE]
        if new:
            write_stays(stays=new, by=by)
        changed = [
            (each.record, _draft(each.given, each.record, known)) for each in planned if each.verdict == Verdict.UPDATE
        ]
        if changed:
            correct_stays(changes=changed, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        back = self.changed_back(done)
        known = _Known([row for _each, _record, row in back], by=by)
        if back:
            correct_stays(changes=[(record, _draft(row, record, known)) for _each, record, row in back], by=by)
        if made := made_by(done):
            remove_stays(keys=made, by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, Stay]:
        return Stay.objects.select_related("person", "sent_by", "site", "paid_by").in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        asked = {name: narrowed.get(name, "") for name in self.narrows}
        for held in stays_of(by=by, **asked).iterator(chunk_size=AT_ONCE):
            yield {"reference": str(held.pk), **self.values(held)}


def _draft(row: Given, record: Stay | None, known: "_Known", key: Any = None) -> StayDraft:
    """What the row makes of the stay: columns that the file does not have stay as they are."""

    def said(column: str, otherwise: Any, value: Any) -> Any:
        return value if column in row.values or record is None else otherwise

    def kept(name: str) -> Any:
        return getattr(record, name) if record is not None else None

    site = said("site", kept("site"), known.sites.get(row.get("site", "")))
    return StayDraft(
        person=record.person if record is not None else known.people[row["person"]],
        kind=StayKind(said("kind", kept("kind"), row.get("kind", StayKind.TRIP))),
        sent_by=known.organisations[row["sent_by"]], starts_on=row["starts_on"],
        ends_before=said("ends_on", kept("ends_before"), day_after(row.get("ends_on"))), purpose=row["purpose"], site=site,
        country=said("country", kept("country"), row.get("country", "")), city=said("city", kept("city"), row.get("city", "")),
        paid_by=said("paid_by", kept("paid_by"), known.organisations.get(row.get("paid_by", ""))),
        cost=said("cost", record.cost.amount if record is not None and record.cost else None, row.get("cost")),
        currency=said("currency", kept("currency"), row.get("currency", "")), key=key,
    )  # fmt: skip


class _Known:
    """Persons, organisations, sites and stays that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        persons = by_reference(Person.objects.filter(merged_into__isnull=True), [row["person"] for row in rows])
        may = nameable(persons=[person.pk for person in persons.values()], by=by)
        self.people = {name: person for name, person in persons.items() if person.pk in may}
        self.organisations = by_reference(Organisation.objects, [row.get(column) for row in rows for column in WHOSE])
        self.sites = by_reference(Site.objects, [row.get("site") for row in rows])
        visible = Stay.objects.visible_to(by).select_related("person", "sent_by", "site", "paid_by")
        there = list(visible.filter(person__in=persons.values()))
        self.standing = {str(each.pk): each for each in (*there, *visible.filter(pk__in=keys_in(rows, "reference")))}
        self._by_day = {(each.person.reference, each.kind, each.starts_on): each for each in there}

    def alike(self, row: Given) -> Stay | None:
        return self._by_day.get((row["person"], str(row.get("kind", StayKind.TRIP)), row["starts_on"]))
