"""The import of commitments: new pledges, and pledges that are corrected. What is contracted, paid and paid back is told, not taken."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import decimal
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.words import choice
from corridor.foundations.sheets.importing import AT_ONCE, Done, Given, ImportColumn, Planned, Verdict, refused
from corridor.foundations.sheets.records import RecordsImport, changed_values, made_by
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.money import Money, fault_of, fault_of_payment
from corridor.kernel.wording import N_
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.members.models import Organisation, SourceMark
from corridor.rooms.members.standing import local_day_at_home

from .actions import CommitmentChanged, change_commitments, pledge_commitments, remove_commitments
from .actions.committing import ALWAYS
from .drafts import CommitmentDraft
from .lifecycle import CommitmentStatus
from .models import Commitment, Disclosure, Purpose
from .queries import list_commitments

WORDS = Path(__file__).with_name("importing_words.toml")


class CommitmentsImport(RecordsImport):
    """Rows of commitments as they are pledged; the columns behind tell what has become of them."""

    name = "commitments"
    title = N_("Funding commitments")
    permission = Permission.FUNDING_COMMIT
    words = WORDS
    narrows = ("member", "purpose", "currency", "state")
    fixed = ("payer", "payee")
    kept = ("source_mark", "disclosure")
    first_column = "what"
    columns = (
        ImportColumn(
            "reference", N_("Reference of the commitment"), reference(20), is_reference=True,
            about=N_("Empty for a new commitment; a reference is given then."),
        ),
        ImportColumn("payer", N_("Who pays"), reference(60), required=True, about=N_("The reference of a member.")),
        ImportColumn("payee", N_("Who is paid"), reference(60), required=True, about=N_("The reference of a member.")),
        ImportColumn("agreement", N_("Agreement under which it is promised"), reference(20)),
        ImportColumn("amount", N_("Amount pledged"), decimal(3, 0), required=True),
        ImportColumn("currency", N_("Currency"), text(3), required=True, about=N_("Three letters, like LAK (ISO 4217).")),
        ImportColumn("purpose", N_("What the money is for"), choice(Purpose, words=WORDS, name="purpose"), required=True),
        ImportColumn("what", N_("What it is for, in words"), text(300), required=True),
        ImportColumn("pledged_on", N_("Pledged on"), day, required=True),
        ImportColumn(
            "disclosure", N_("Who may read it"), choice(Disclosure, words=WORDS, name="disclosure", empty=Disclosure.PARTIES)
        ),
        ImportColumn(
            "source_mark", N_("Named in a source, or assumed"),
            choice(SourceMark, words=WORDS, name="source_mark", empty=SourceMark.ASSUMED),
        ),
        ImportColumn("source", N_("Where that is said"), text(300)),
        ImportColumn("contracted", N_("Contracted"), decimal(3), is_told=True),
        ImportColumn("disbursed", N_("Paid"), decimal(3), is_told=True),
        ImportColumn("refunded", N_("Paid back"), decimal(3), is_told=True),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":
        return _Known(rows, by=by)

    def values(self, record: Commitment) -> dict[str, Any]:
        moved = list(record.movements.all())
        paid = sum(each.units for each in moved if each.units_out > 0)
        back = sum(each.units for each in moved if each.units_out < 0)
        return {
            "payer": record.payer.reference, "payee": record.payee.reference,
            "agreement": record.agreement.reference if record.agreement else "", "amount": record.pledged.amount.normalize(),
            "currency": record.currency, "purpose": record.purpose, "what": record.what, "pledged_on": record.pledged_on,
            "disclosure": record.disclosure, "source_mark": record.source_mark, "source": record.source,
            "contracted": record.contracted.amount if record.contracted else None,
            "disbursed": Money.of_units(paid, record.currency).amount if paid else None,
            "refunded": Money.of_units(back, record.currency).amount if back else None,
        }  # fmt: skip

    def key_of(self, row: Given) -> Hashable:
        return _said(row)

    def fault(self, row: Given, record: Commitment | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        for side in ("payer", "payee"):
            if row[side] not in known.members:
                return refused(
                    row, side, "unknown_organisation", N_("There is no organisation “%(cell)s”."),
                    fix=N_("Copy the reference from the list of members."),
                )  # fmt: skip
        if row["payer"] == row["payee"]:
            return refused(
                row, "payee", "pays_itself", N_("%(cell)s cannot promise money to itself."), fix=N_("Look at both members.")
            )  # fmt: skip
        if (named := row.get("agreement")) and named not in known.agreements:
            return refused(
                row, "agreement", "unknown_agreement", N_("There is no agreement “%(cell)s” here that you may see."),
                fix=N_("Copy the reference from the list of agreements."),
            )  # fmt: skip
        problem = fault_of(row["amount"], row["currency"]) or fault_of_payment(Money(row["amount"], row["currency"]))
        if problem is not None:
            return refused(
                row,
                problem.column,
                "money",
                problem.message,
                fix=N_("Look at the amount and its currency."),
                **problem.places,
            )
        return None

    def fault_of_right(self, row: Given, record: Commitment | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if by.may(self.permission):
            return None
        return refused(
            row, "what", "not_yours", N_("Commitments are written down by the secretariat."), fix=N_("Leave the row out.")
        )  # fmt: skip

    def fault_of_change(
        self, planned: Planned, record: Commitment, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        frozen = [shift.column for shift in planned.changes if shift.column not in ALWAYS]
        if record.status != CommitmentStatus.PLEDGED and frozen:
            return refused(
                planned.given, frozen[0], "contracted", N_("%(commitment)s is “%(now)s”; how much was pledged and when does not change any more."),
                commitment=record.reference, now=record.get_status_display(), fix=N_("Leave the cell as an export writes it."),
            )  # fmt: skip
        return _fault_of_day(planned.given, at)

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        return _fault_of_day(row, at)

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:
        known = _Known([each.given for each in planned], by=by)
        new = [_draft(each, known) for each in planned if each.verdict == Verdict.CREATE]
        if new:
            pledge_commitments(commitments=new, at=at, by=by)
        changed = [each for each in planned if each.verdict == Verdict.UPDATE]
        changes = [CommitmentChanged(each.record, _facts(changed_values(each), each.record, known)) for each in changed]
        if changes:
            change_commitments(changes=changes, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = self.changed_back(done)
        known = _Known([row for _each, _record, row in changed], by=by)
        changes = [
            CommitmentChanged(
                record, _facts({shift.column: self.old_value(shift) for shift in each.changes}, record, known)
            )
            for each, record, _row in changed
        ]
        if changes:
            change_commitments(changes=changes, by=by)
        if made := made_by(done):
            remove_commitments(keys=made, by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, Commitment]:
        return _read(Commitment.objects.all()).in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        rows = list_commitments(
            by=by, on=on, member=narrowed.get("member", ""), purpose=narrowed.get("purpose", ""),
            currency=narrowed.get("currency", ""), states=[narrowed["state"]] if narrowed.get("state") else [],
        )  # fmt: skip
        for held in rows.iterator(chunk_size=AT_ONCE):
            yield {"reference": held.reference, **self.values(held)}


def _read(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    return rows.select_related("payer", "payee", "agreement").prefetch_related("movements")


def _said(row: Given) -> Hashable:
    """What a pledge says, where no reference tells which one is meant."""
    return (row["payer"], row["payee"], Money(row["amount"], row["currency"]), row["what"], row["pledged_on"])


def _draft(planned: Planned, known: "_Known") -> CommitmentDraft:
    row = planned.given
    return CommitmentDraft(
        known.members[row["payer"]], known.members[row["payee"]], Money(row["amount"], row["currency"]), row["what"], row["pledged_on"],
        purpose=str(row["purpose"]), agreement=known.agreements.get(row.get("agreement", "")),
        disclosure=str(row.get("disclosure", Disclosure.PARTIES)), source_mark=str(row.get("source_mark", SourceMark.ASSUMED)),
        source=row.get("source", ""), key=planned.subject,
    )  # fmt: skip


def _facts(values: Mapping[str, Any], record: Commitment, known: "_Known") -> dict[str, Any]:
    """The columns as the fields of a commitment; an amount is kept in the smallest unit of its currency."""
    found = {name: value for name, value in values.items() if name in ALWAYS or name == "pledged_on"}
    if "agreement" in values:
        found["agreement"] = known.agreements.get(values["agreement"])
    if "amount" in values or "currency" in values:
        currency = values.get("currency", record.currency)
        amount = Money(values.get("amount", record.pledged.amount), currency)
        found |= {"currency": currency, "pledged_units": amount.units}
    return found


def _fault_of_day(row: Given, at: datetime) -> Planned | None:
    if row["pledged_on"] <= local_day_at_home(at):
        return None
    return refused(
        row, "pledged_on", "to_come", N_("%(cell)s is still to come; nothing is recorded for it yet."), fix=N_("Look at the day.")
    )  # fmt: skip


class _Known:
    """Members, agreements and commitments that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        self.members = by_reference(
            Organisation.objects, [row.get(side) for row in rows for side in ("payer", "payee")]
        )
        self.agreements = by_reference(Agreement.objects.visible_to(by), [row.get("agreement") for row in rows])
        visible = _read(Commitment.objects.visible_to(by))
        self.standing = by_reference(visible, [row.get("reference") for row in rows])
        there = visible.filter(payer__in=self.members.values(), what__in={row["what"] for row in rows})
        self._said: dict[Hashable, Commitment] = {
            (each.payer.reference, each.payee.reference, each.pledged, each.what, each.pledged_on): each for each in there
        }  # fmt: skip

    def alike(self, row: Given) -> Commitment | None:
        # What is no money is refused later, with its place.
        return None if fault_of(row["amount"], row["currency"]) else self._said.get(_said(row))
