"""Cells of a sheet of programmes that hold several things: who takes part as what, and the intake of each year."""

import re
from collections.abc import Iterator
from pathlib import Path

from corridor.foundations.sheets.cells.reading import CannotRead, CellReader, How
from corridor.foundations.sheets.cells.words import choice
from corridor.foundations.sheets.columns import Cell, as_written
from corridor.kernel.wording import N_

from .actions.planning import FIRST_YEAR, LAST_YEAR
from .kinds import MemberRole

WORDS = Path(__file__).with_name("importing_words.toml")
_ROLE = choice(MemberRole, words=WORDS, name="role")
_MEMBER = re.compile(r"([A-Za-z0-9_-]{1,60})\s*[:：]\s*(.{1,60})")
_INTAKE = re.compile(r"(\d{4})\s*[:：]\s*(\d{1,4})\D{1,20}?(\d{1,7})[^\d:：]{0,20}")
_SAID = re.compile(r"(\d+): (\d+) / (\d+)")


def said_member(member: str, role: str) -> str:
    return f"{member}: {role}"


def members_of(said: str) -> list[tuple[str, MemberRole]]:
    """(reference of a member, its role) of every line of a cell that was read."""
    pairs = (line.partition(": ") for line in said.splitlines())
    return [(member, MemberRole(role)) for member, _colon, role in pairs]


def said_intake(year: int, cohorts: int, learners: int) -> str:
    return f"{year}: {cohorts} / {learners}"


def intakes_of(said: str) -> list[tuple[int, int, int]]:
    """(year, cohorts, learners) of every line of a cell that was read."""
    matches = (_SAID.fullmatch(line) for line in said.splitlines())
    return [(int(each[1]), int(each[2]), int(each[3])) for each in matches if each]


def _lines(cell: Cell) -> Iterator[str]:
    written = as_written(cell)
    lines = written.splitlines() if "\n" in written.strip() else re.split("[;；]", written)
    return (line.strip() for line in lines if line.strip())


def _read_members(cell: Cell, how: How) -> str:
    found = []
    for line in _lines(cell):
        match = _MEMBER.fullmatch(line)
        if match is None:
            raise CannotRead(
                "member", N_("“%(cell)s” is not a member with its role."), cell=line[:80],
                fix=N_("Write the reference of a member, a colon and its role; one a line, or “;” between them."),
            )  # fmt: skip
        found.append(said_member(match[1], MemberRole(_ROLE.read(match[2], how))))
    return "\n".join(sorted(found))


def _read_intakes(cell: Cell, how: How) -> str:  # noqa: ARG001
    found: dict[int, tuple[int, int]] = {}
    for line in _lines(cell):
        match = _INTAKE.fullmatch(line)
        if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            raise CannotRead(
                "intake", N_("“%(cell)s” is not the intake of a year."), cell=line[:80],
                fix=N_("Write it like 2024: 2 / 40 (two cohorts, forty learners); one year a line, or “;” between them."),
            )  # fmt: skip
        year = int(match[1])
        if year in found:
            raise CannotRead(
                "intake_twice", N_("The year %(year)s stands twice in the cell."), year=year, fix=N_("Write each year once.")
            )  # fmt: skip
        found[year] = (int(match[2]), int(match[3]))
    return "\n".join(said_intake(year, *plan) for year, plan in sorted(found.items()))


members_cell = CellReader(_read_members, empty="")
intakes_cell = CellReader(_read_intakes, empty="")
