"""The one table that a package becomes before it is checked: a row for each record that is read, and one that tells of each table."""

from collections.abc import Callable
from datetime import date
from typing import Any

from corridor.foundations.sheets.cells.reading import CellReader, How
from corridor.foundations.sheets.cells.texts import text
from corridor.foundations.sheets.columns import Cell, as_written
from corridor.foundations.sheets.importing import ImportColumn
from corridor.kernel.wording import N_


def _plainly(read: Callable[[str], Any], empty: Any) -> CellReader:
    """Cells that were checked with the package: there is nothing left to ask about them."""

    def reader(cell: Cell, how: How) -> Any:  # noqa: ARG001
        return read(as_written(cell))

    return CellReader(reader, empty=empty)


TEXT = _plainly(str, "")
DAY = _plainly(date.fromisoformat, None)
NUMBER = _plainly(int, None)

COLUMNS = (
    ImportColumn("file", N_("Table"), TEXT, required=True),
    ImportColumn("line", N_("Row in the table"), NUMBER),
    ImportColumn("status", N_("State"), TEXT),
    ImportColumn("changed_on", N_("Changed on"), DAY),
    ImportColumn("source", N_("System that sent it"), TEXT),
    ImportColumn("sourced_id", N_("Identifier there"), TEXT),
    ImportColumn("title", N_("Name"), TEXT),
    ImportColumn("code", N_("Code"), TEXT),
    ImportColumn("own_name", N_("Whole name in the own script"), text(200)),
    ImportColumn("own_language", N_("Language of the name"), TEXT),
    ImportColumn("romanised_name", N_("Name in Latin letters"), text(200)),
    ImportColumn("roles", N_("Roles"), TEXT),
    ImportColumn("programme", N_("Programme"), TEXT),
    ImportColumn("school", N_("Identifier of the site there"), TEXT),
    ImportColumn("school_code", N_("Code of the site"), TEXT),
    ImportColumn("school_name", N_("Name of the site"), TEXT),
    ImportColumn("cohort", N_("Cohort"), TEXT),
    ImportColumn("person", N_("Person"), TEXT),
    ImportColumn("role", N_("Takes part as"), TEXT),
    ImportColumn("starts_on", N_("First day"), DAY),
    ImportColumn("ends_before", N_("Over from"), DAY),
    ImportColumn("enrolled_on", N_("Enrolled on"), DAY),
    # What becomes of places that are withdrawn; a package has no such columns.
    ImportColumn("exit_status", N_("How the time here ended"), TEXT),
    ImportColumn("exit_on", N_("Left on"), DAY),
    ImportColumn("count", N_("Records"), NUMBER),
    ImportColumn("unread", N_("Columns that are not read"), TEXT),
)
NAMES = tuple(column.name for column in COLUMNS)
