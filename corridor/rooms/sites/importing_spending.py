"""The import of what sites spent."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from corridor.foundations.access import Actor
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import decimal, whole
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.importing import Done, Given, ImportColumn, Planned, Verdict, refused
from corridor.foundations.sheets.records import changed_values, made_by
from corridor.kernel.wording import N_

from .actions.planning import describe_spending, remove_spending, write_spending
from .drafts_of_plans import SpendingDraft
from .importing_of_plans import AMOUNT, COLUMNS_OF_PLAN, KnownPlans, OfPlans, plans_narrowed, said_of
from .models import Spending


class SpendingImport(OfPlans):
    """Rows of what was spent. Its day and its amount are not changed: it is struck on its page, and written anew."""

    name = "site_spending"
    title = N_("Spending of sites")
    first_column = "spent_on"
    columns = (
        ImportColumn("reference", N_("Key of the spending"), text(36), is_reference=True, about=N_("Empty for a new one; a key is given then.")),
        *COLUMNS_OF_PLAN,
        ImportColumn("number", N_("Number of the line"), whole(1, 999), required=True),
        ImportColumn("spent_on", N_("Spent on"), day, required=True),
        ImportColumn("amount", N_("Amount"), decimal(3, 0), required=True),
        ImportColumn("currency", N_("Currency"), text(3), required=True, about=N_("Three letters, like LAK (ISO 4217).")),
        ImportColumn("what", N_("What was bought or paid"), text(200)),
        ImportColumn("document", N_("The document that shows it"), reference(60)),
        ImportColumn("struck_because", N_("Why it is struck"), text(300), is_told=True),
    )  # fmt: skip
    fixed = ("site", "year", "number", "spent_on", "amount", "currency")

    def known(self, rows: Sequence[Given], *, by: Actor) -> KnownPlans:
        return KnownPlans(rows, by=by)

    def values(self, record: Spending) -> dict[str, Any]:
        plan = record.line.plan
        return {
            "site": plan.site.reference, "year": plan.year, "number": record.line.number, "spent_on": record.spent_on,
            "amount": record.money.amount.normalize(), "currency": record.currency, "what": record.what,
            "document": record.document.reference if record.document else "", "struck_because": record.struck_because,
        }  # fmt: skip

    def reference_of(self, record: Spending) -> str:
        return str(record)

    def key_of(self, row: Given) -> Hashable:
        return said_of(row)

    def fault(self, row: Given, record: Spending | None, known: KnownPlans, *, by: Actor) -> Planned | None:
        if found := super().fault(row, record, known, by=by):
            return found
        if (row["site"], row["year"], row["number"]) not in known.lines:
            return refused(
                row, "number", "no_line", N_("The plan has no line %(cell)s."), fix=N_("Look at the numbers of the lines on its page.")
            )  # fmt: skip
        if (named := row.get("document")) and named not in known.documents:
            return refused(
                row, "document", "unknown_document", N_("There is no document “%(cell)s”."),
                fix=N_("Copy the reference from the page of the document."),
            )  # fmt: skip
        if row["amount"] <= 0:
            return refused(row, "amount", "money", N_("An amount is above zero."), fix=AMOUNT)
        return None

    def fault_of_change(
        self, planned: Planned, record: Spending, known: KnownPlans, *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        return None

    def fault_of_new(
        self, row: Given, known: KnownPlans, *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        if row["spent_on"].year != row["year"]:
            return refused(
                row, "spent_on", "another_year", N_("%(cell)s is not in %(year)s. Write it on a line of the plan of its own year."),
                year=str(row["year"]), fix=N_("Look at the day."),
            )  # fmt: skip
        if row["spent_on"] > at.date():
            return refused(
                row, "spent_on", "to_come", N_("%(cell)s is still to come; nothing is recorded for it yet."), fix=N_("Look at the day.")
            )  # fmt: skip
        return None

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:
        known = KnownPlans([each.given for each in planned], by=by)
        new = [
            SpendingDraft(
                known.lines[row["site"], row["year"], row["number"]], row["spent_on"], row["amount"], row["currency"],
                row.get("what", ""), document=known.documents.get(row.get("document", "")), key=each.subject,
            )
            for each in planned if each.verdict == Verdict.CREATE for row in [each.given]
        ]  # fmt: skip
        if new:
            write_spending(spendings=new, at=at, by=by)
        changed = [
            (each.record, _facts(changed_values(each), known)) for each in planned if each.verdict == Verdict.UPDATE
        ]
        if changed:
            describe_spending(changes=changed, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = self.changed_back(done)
        known = KnownPlans([row for _each, _record, row in changed], by=by)
        back = [
            (record, _facts({shift.column: self.old_value(shift) for shift in each.changes}, known))
            for each, record, _row in changed
        ]
        if back:
            describe_spending(changes=back, by=by)
        if made := made_by(done):
            remove_spending(keys=made, by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, Spending]:
        return Spending.objects.select_related("line__plan__site", "document").in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        for plan in plans_narrowed(narrowed, by=by):
            for line in plan.lines.all():
                for spending in line.spendings.all():
                    yield {"reference": str(spending.pk), **self.values(spending)}


def _facts(values: Mapping[str, Any], known: KnownPlans) -> dict[str, Any]:
    found = {"what": values["what"] or ""} if "what" in values else {}
    return found | ({"document": known.documents.get(values["document"])} if "document" in values else {})
