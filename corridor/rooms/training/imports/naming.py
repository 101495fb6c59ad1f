"""What the rows of a sheet name: cohorts that the sender may write about, and what stands in the way where they may not."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.importing import THIS_STANDS, Given, Planned, refused, repeated
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.wording import N_

from ..models import Cohort
from ..queries.cohorts import list_cohorts

WORDS = Path(__file__).with_name("words.toml")
# Whatever hangs on cohorts is narrowed as their list is, or to one of them.
NARROWS = ("cohort", "state")


def cohorts_named(rows: Sequence[Given], *, by: Actor) -> dict[str, Cohort]:
    """The cohorts of the rows that the sender may see, by reference, each with its site."""
    visible = Cohort.objects.visible_to(by).select_related("site")
    return by_reference(visible, [row.get("cohort") for row in rows])


def cohorts_for(*, by: Actor, permission: Permission, narrowed: Mapping[str, str]) -> list[Cohort]:
    """
    The cohorts about which this actor may do that, in the order of their references: all, those in one ``state``, or one ``cohort``.
    """
    rows = list_cohorts(by=by, status=narrowed.get("state") or None)
    if reference := narrowed.get("cohort"):
        rows = rows.filter(reference=reference)
    return [cohort for cohort in rows if by.may(permission, on=cohort)]


def fault_of_cohort(row: Given, cohorts: Mapping[str, Cohort], *, by: Actor, permission: Permission) -> Planned | None:
    """The refusal of a row whose cohort is not known to the sender, or not theirs to write about."""
    cohort = cohorts.get(row["cohort"])
    if cohort is None:
        return refused(
            row, "cohort", "unknown_cohort", N_("There is no cohort “%(cell)s”."),
            fix=N_("Copy the reference from the page of the cohort."),
        )  # fmt: skip
    if not by.may(permission, on=cohort):
        return refused(
            row, "cohort", "not_yours", N_("%(cell)s is no cohort that you may write about."),
            fix=N_("Leave the row out; the site that holds the cohort can import it."),
        )  # fmt: skip
    return None


def unknown(row: Given, column: str, *, fix: str) -> Planned:
    return refused(row, column, f"unknown_{column}", N_("There is no “%(cell)s”."), fix=fix)


def without(row: Given, names: Iterable[str]) -> Given:
    """The row without those columns: they only say which record is meant."""
    gone = set(names)
    return Given(row.number, {name: value for name, value in row.values.items() if name not in gone}, row.remarks)


def without_empty(row: Given, names: Iterable[str]) -> Given:
    """The row without those of the columns that are empty: an empty cell leaves what stands."""
    return without(row, [name for name in names if row.get(name) is None])


def twice(row: Given, column: str, first: int) -> Planned:
    return repeated(row, column, first, THIS_STANDS)
