"""Cells of a sheet of agreements that hold several things: the parties, one a line; the numbered lines of what is delivered."""

import re
from collections.abc import Iterable

from corridor.foundations.sheets.cells.reading import CannotRead, How
from corridor.foundations.sheets.columns import Cell, as_written
from corridor.foundations.sheets.importing import Given
from corridor.kernel.wording import N_

from .drafts import LineDraft

# A cell of a workbook holds no more; a longer text is written on the page, and an export leaves its cell empty.
LONGEST = 30_000
_PARTY = re.compile(r"([A-Za-z0-9_-]{1,60})\s*(?:[:：]\s*(.{1,200}))?")
_LINE = re.compile(r"([1-9][0-9]{0,3})\s*[:：.]\s*(\S.*)")


def read_parties(cell: Cell, how: How) -> str:  # noqa: ARG001
    written_so = as_written(cell)
    lines = written_so.splitlines() if "\n" in written_so else re.split("[;；]", written_so)
    found = []
    for line in (each.strip() for each in lines):
        match = _PARTY.fullmatch(line) if line else None
        if line and match is None:
            raise CannotRead(
                "party", N_("“%(cell)s” is no party."), cell=line[:80],
                fix=N_("Write the reference of a member, and after a colon what it does; one a line, or “;” between them."),
            )  # fmt: skip
        if match is not None:
            found.append(said_party(match[1], (match[2] or "").strip()))
    return "\n".join(found)


def said_party(member: str, role: str) -> str:
    return f"{member}: {role}" if role else member


def parties_of(row: Given) -> list[tuple[str, str]]:
    """(reference of a member, what it does) of every party in a cell."""
    lines = str(row.get("parties", "")).splitlines()
    return [(member, role) for member, _colon, role in (line.partition(": ") for line in lines)]


def read_lines(cell: Cell, how: How) -> str:  # noqa: ARG001
    """As ``said_lines`` writes them; what begins without a number goes on with the line before."""
    found: list[str] = []
    for row in as_written(cell).splitlines():
        if match := _LINE.fullmatch(row.strip()):
            found.append(f"{match[1]}: {match[2]}")
        elif found:
            found.append(row.strip())
        elif row.strip():
            raise CannotRead(
                "line", N_("“%(cell)s” has no number."), cell=row.strip()[:80],
                fix=N_("Begin each line with its number and a colon, like “1: Two brake testers”."),
            )  # fmt: skip
    return "\n".join(found).strip()


def said_lines(lines: Iterable[tuple[int, str]]) -> str:
    """Empty where a cell cannot say them so that they are read again as they stand: too long, or with a number within a line."""
    held = sorted(lines)
    written_so = "\n".join(f"{number}: {text}" for number, text in held)
    return written_so if len(written_so) <= LONGEST and _lines_in(written_so) == held else ""


def lines_from(cell: str, language: str) -> list[LineDraft]:
    return [LineDraft(number, language, text) for number, text in _lines_in(cell)]


def _lines_in(cell: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for row in cell.split("\n"):
        if match := _LINE.fullmatch(row):
            found.append((int(match[1]), match[2]))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{row}")
    return found
