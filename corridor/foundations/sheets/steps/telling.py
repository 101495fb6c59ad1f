"""What the sender is told about how a file was read, whichever door it came through; kept with the import, so that nobody opens it again."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

from ..intake.encodings import NAMES
from ..intake.marks import Marks
from ..intake.opening import Opened
from ..intake.pass_through import Table
from ..intake.tables import Head
from ..models import Hidden, Import
from .remembering import evidence_of, evidence_text

SHOWN_MERGED, SHOWN_ROWS, SHOWN_NAMES = 12, 50, 20


def told_first(opened: Opened, sheet: str, head: Head) -> str:
    """What the file itself gives reason to say, before a row of it was looked at."""
    others = [each.name for each in opened.sheets if each.name != sheet and not each.is_hidden]
    said = opened.notices_about(sheet)
    if others:
        message = N_("Only the sheet “%(sheet)s” is read. These hold something too: %(others)s.")
        said.append(Problem(message, {"sheet": sheet, "others": _listed(others)}))
    said += merged_in(opened.marks(sheet), head.row + head.depth)
    hides = ["yes"] if opened.hides(sheet, head_row=head.row) else []
    return _kept({"said": [evidence_text(each) for each in said], "hides": hides})


def told_after(held: Import, table: Table) -> str:
    """The same, and what was left aside on the way through all rows."""
    found = {
        "notes": table.told.notes[:SHOWN_ROWS],
        "hidden": table.told.hidden_rows[:SHOWN_ROWS],
        "headless": sorted(table.told.headless)[:SHOWN_ROWS],
    }
    first = {name: said for name, said in _parts(held).items() if name in {"said", "hides"}}
    return _kept({**first, **{name: rows for name, rows in found.items() if rows}})


def left_aside(held: Import) -> Mapping[str, list[int]]:
    """Rows that were not read: {"notes": [18], "hidden": [4, 5]}."""
    return {name: rows for name, rows in _parts(held).items() if name in {"notes", "hidden"}}


def notices_of(held: Import) -> list[Problem]:
    """Sentences about the reading: what the letters, the sheet and the head are, and what is not read."""
    parts = _parts(held)
    found = [said for said in map(evidence_of, parts.get("said", ())) if said is not None]
    if held.encoding:
        found.append(Problem(N_("The letters are read as %(encoding)s."), {"encoding": NAMES[held.encoding]}))
    found.append(Problem(N_("The head of the table is row %(row)s."), {"row": str(held.header_row)}))
    if left := [each.header for each in held.columns.all() if not each.name]:
        found.append(Problem(N_("These columns are left out: %(columns)s."), {"columns": _listed(left)}))
    if headless := parts.get("headless"):
        letters = ", ".join(map(get_column_letter, headless))
        message = N_("Something stands in columns without a head, which are not read: %(columns)s.")
        found.append(Problem(message, {"columns": letters}))
    if held.hidden == Hidden.READ and parts.get("hides"):
        found.append(Problem(N_("What the file hides is read like the rest, as you said.")))
    return found


def row_notices_of(held: Import) -> list[Problem]:
    """Sentences about rows that were left aside."""
    sentences = {
        "notes": N_("Rows with one cell alone below the table are taken for notes and not read: %(rows)s."),
        "hidden": N_("Hidden rows that are left out, as you said: %(rows)s."),
    }
    return [
        Problem(sentences[name], {"rows": ", ".join(map(str, rows))}) for name, rows in left_aside(held).items() if rows
    ]


def merged_in(marks: Marks, beneath: int) -> list[Problem]:
    """Merged cells in the table itself: a sheet keeps the value in the first of them alone."""
    found = [
        f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        for top, left, bottom, right in sorted(marks.merged)
        if top >= beneath
    ]
    if not found:
        return []
    said = N_(
        "Cells are merged in the table: %(cells)s. Only the first cell of each holds the value; the others are read as empty."
    )
    return [Problem(said, {"cells": ", ".join(found[:SHOWN_MERGED])})]


def _listed(names: Iterable[str]) -> str:
    shown = [f"“{name[:40]}”" for name in names]
    return ", ".join(shown[:SHOWN_NAMES]) + (" …" if len(shown) > SHOWN_NAMES else "")


def _kept(parts: Mapping[str, Sequence[Any]]) -> str:
    return json.dumps(parts, ensure_ascii=False) if any(parts.values()) else ""


def _parts(held: Import) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(held.told) if held.told else {}
    return found
