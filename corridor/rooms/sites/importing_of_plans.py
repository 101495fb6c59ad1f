"""What the imports of year plans share: which plan a row belongs to, and what the rows of one set name."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets.cells.numbers import whole
from corridor.foundations.sheets.cells.texts import reference
from corridor.foundations.sheets.importing import Given, ImportColumn, Planned, refused
from corridor.foundations.sheets.records import RecordsImport, keys_in
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.money import fault_of
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from .models import PlanLine, Site, YearPlan
from .queries.planning import list_plans

WORDS = Path(__file__).with_name("importing_plans_words.toml")
COLUMNS_OF_PLAN = (
    ImportColumn("site", N_("Reference of the site"), reference(60), required=True),
    ImportColumn("year", N_("Year"), whole(1990, 2199), required=True),
)
AMOUNT = N_("Look at the amount and its currency.")


class OfPlans(RecordsImport):
    """Rows that belong to the plan of a site for a year."""

    permission = Permission.SITE_PLAN
    words = WORDS
    narrows = ("site", "year")

    def fault(self, row: Given, record: Any, known: "KnownPlans", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if row["site"] not in known.sites:
            return refused(
                row, "site", "unknown_site", N_("There is no site “%(cell)s”."), fix=N_("Copy the reference from the list of sites.")
            )  # fmt: skip
        if (row["site"], row["year"]) not in known.plans:
            return refused(
                row, "year", "no_plan", N_("%(site)s has no plan for %(cell)s that you may see."), site=row["site"],
                fix=N_("Begin the plan of that year on the page of the site first."),
            )  # fmt: skip
        if problem := fault_of(row["amount"], row["currency"]):
            return refused(row, problem.column, "money", problem.message, fix=AMOUNT, **problem.places)
        return None

    def fault_of_right(self, row: Given, record: Any, known: "KnownPlans", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if by.may(self.permission, on=known.sites[row["site"]]):
            return None
        return refused(
            row, "site", "not_yours", N_("%(cell)s is no site whose years you plan."),
            fix=N_("Leave the row out; the site itself can import it."),
        )  # fmt: skip

    def fault_of_new(
        self, row: Given, known: "KnownPlans", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        return None


def plans_narrowed(narrowed: Mapping[str, str], *, by: Actor) -> Iterator[YearPlan]:
    rows = list_plans(by=by, site=narrowed.get("site", ""))
    if (year := narrowed.get("year", "")).isdecimal() and len(year) < 5:
        rows = rows.filter(year=int(year))
    yield from rows.iterator(chunk_size=100)


def said_of(row: Given) -> Hashable:
    what = (row["amount"], row["currency"], row.get("what", ""))
    return (row["site"], row["year"], row["number"], row["spent_on"], *what)


class KnownPlans:
    """Sites, plans, lines, spending, organisations and documents that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        self.sites = by_reference(Site.objects, [row.get("site") for row in rows])
        self.organisations = by_reference(Organisation.objects, [row.get("paid_by") for row in rows])
        self.documents = by_reference(Document.objects, [row.get("document") for row in rows])
        plans = list(list_plans(by=by).filter(site__in=self.sites.values(), year__in={row.get("year") for row in rows}))
        self.plans = {(each.site.reference, each.year): each for each in plans}
        self.lines: dict[Hashable, PlanLine] = {}
        self._alike: dict[Hashable, Any] = {}
        self.standing: dict[str, Any] = {}
        for plan in plans:
            self._read(plan)
        named = list_plans(by=by).filter(lines__in=keys_in(rows, "reference")) | list_plans(by=by).filter(
            lines__spendings__in=keys_in(rows, "reference")
        )
        for plan in named.distinct():
            self._read(plan)

    def _read(self, plan: YearPlan) -> None:
        of = (plan.site.reference, plan.year)
        for line in plan.lines.all():
            line.plan = plan
            self.lines[(*of, line.number)] = line
            self.standing[str(line.pk)] = line
            self._alike.setdefault(("line", *of, line.what), line)
            for row in line.spendings.all():
                row.line = line
                self.standing[str(row.pk)] = row
                said = (*of, line.number, row.spent_on, row.money.amount, row.currency, row.what)
                self._alike.setdefault(("spending", *said), row)

    def alike(self, row: Given) -> Any:
        if "spent_on" in row.values:
            said = said_of(row)
            return self._alike.get(("spending", *said)) if isinstance(said, tuple) else None
        if row.get("number"):
            return self.lines.get((row["site"], row["year"], row["number"]))
        return self._alike.get(("line", row["site"], row["year"], row["what"]))
