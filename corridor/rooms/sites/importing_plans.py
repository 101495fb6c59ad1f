"""The import of the lines of year plans."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from corridor.foundations.access import Actor
from corridor.foundations.sheets.cells.numbers import decimal, whole
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.words import choice
from corridor.foundations.sheets.importing import Done, Given, ImportColumn, Planned, Verdict, refused
from corridor.foundations.sheets.records import changed_values, made_by
from corridor.kernel.wording import N_

from .actions.planning import add_plan_lines, correct_plan_lines, remove_plan_lines
from .drafts_of_plans import PlanLineDraft
from .importing_of_plans import COLUMNS_OF_PLAN, WORDS, KnownPlans, OfPlans, plans_narrowed
from .models import CostKind, PlanLine


class PlanLinesImport(OfPlans):
    """Rows of the lines of plans."""

    name = "site_plan_lines"
    title = N_("Budget lines of sites")
    fixed = ("site", "year", "number")
    kept = ("number",)
    first_column = "what"
    columns = (
        ImportColumn("reference", N_("Key of the line"), text(36), is_reference=True, about=N_("Empty for a new line; a key is given then.")),
        *COLUMNS_OF_PLAN,
        ImportColumn("number", N_("Number of the line"), whole(1, 999), about=N_("Empty for a new line: it gets the next one.")),
        ImportColumn("kind", N_("Kind of cost"), choice(CostKind, words=WORDS, name="kind"), required=True),
        ImportColumn("what", N_("What it is for"), text(200), required=True),
        ImportColumn(
            "amount", N_("Planned"), decimal(3, 0), required=True,
            about=N_("0 where it was not planned and something is spent all the same."),
        ),
        ImportColumn("currency", N_("Currency"), text(3), required=True, about=N_("Three letters, like LAK (ISO 4217).")),
        ImportColumn("paid_by", N_("Who pays"), reference(60), about=N_("The reference of an organisation.")),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> KnownPlans:
        return KnownPlans(rows, by=by)

    def values(self, record: PlanLine) -> dict[str, Any]:
        return {
            "site": record.plan.site.reference, "year": record.plan.year, "number": record.number, "kind": record.kind,
            "what": record.what, "amount": record.money.amount.normalize(), "currency": record.currency,
            "paid_by": record.paid_by.reference if record.paid_by else "",
        }  # fmt: skip

    def reference_of(self, record: PlanLine) -> str:
        return str(record)

    def key_of(self, row: Given) -> Hashable:
        return (row["site"], row["year"], row.get("number") or row["what"])

    def fault(self, row: Given, record: PlanLine | None, known: KnownPlans, *, by: Actor) -> Planned | None:
        if found := super().fault(row, record, known, by=by):
            return found
        if (named := row.get("paid_by")) and named not in known.organisations:
            return refused(
                row, "paid_by", "unknown_organisation", N_("There is no organisation “%(cell)s”."),
                fix=N_("Copy the reference from the page of the member."),
            )  # fmt: skip
        return None

    def fault_of_change(
        self, planned: Planned, record: PlanLine, known: KnownPlans, *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        return None

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        known = KnownPlans([each.given for each in planned], by=by)
        new = [
            PlanLineDraft(
                known.plans[row["site"], row["year"]], str(row["kind"]), row["what"], row["amount"], row["currency"],
                known.organisations.get(row.get("paid_by", "")), row.get("number"), each.subject,
            )
            for each in planned if each.verdict == Verdict.CREATE for row in [each.given]
        ]  # fmt: skip
        changed = [
            (each.record, _facts(changed_values(each), known)) for each in planned if each.verdict == Verdict.UPDATE
        ]
        if new:
            add_plan_lines(lines=new, by=by)
        if changed:
            correct_plan_lines(changes=changed, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = self.changed_back(done)
        known = KnownPlans([row for _each, _record, row in changed], by=by)
        back = [
            (record, _facts({shift.column: self.old_value(shift) for shift in each.changes}, known))
            for each, record, _row in changed
        ]
        if back:
            correct_plan_lines(changes=back, by=by)
        if made := made_by(done):
            remove_plan_lines(keys=made, by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, PlanLine]:
        return PlanLine.objects.select_related("plan__site", "paid_by").in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        for plan in plans_narrowed(narrowed, by=by):
            for line in plan.lines.all():
                yield {"reference": str(line.pk), **self.values(line)}


def _facts(values: Mapping[str, Any], known: KnownPlans) -> dict[str, Any]:
    found = dict(values)
    if "paid_by" in found:
        found["paid_by"] = known.organisations.get(found["paid_by"])
    return found
