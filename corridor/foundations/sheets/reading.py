"""From a file to rows with clean values, or one refusal with everything that is wrong and where."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .columns import Cell, Reader, Unreadable, as_written
from .grids import open_grid
from .kinds import Column, Row, SheetKind

# Who sees a thousand problems mends the column, not the cells.
MOST_PROBLEMS = 1_000


def find_sheets(folder: Path, *, kind: SheetKind) -> list[Path]:
    """
    The files of that kind below the folder, in the order of their names.

    :raises BadInput: if a file that must be there is not, or one sheet stands there twice (as CSV and as XLSX).
    """
    found = sorted(folder.glob(kind.pattern)) if folder.is_dir() else []
    if not found and not kind.optional:
        raise BadInput([Problem(N_("There is no such file."), file=kind.pattern)])
    stems: dict[str, Path] = {}
    for path in found:
        first = stems.setdefault(path.stem, path)
        if first is not path:
            raise BadInput(
                [Problem(N_("The sheet stands there twice, also as %(first)s."), {"first": first.name}, file=path.name)]
            )
    return found


def read_sheet(path: Path, *, kind: SheetKind) -> list[Row]:
    """
    Every row of a CSV (UTF-8) or XLSX file of that kind, empty rows left out.

    :raises BadInput: with every problem of the file: file, row, column, reason, and the cell as it was read.
    """
    file = "/".join(path.parts[-kind.pattern.count("/") - 1 :])
    grid = open_grid(path, file=file)
    problems = _Problems()
    header = next(((number, cells) for number, cells in grid.rows if _is_filled(cells)), None)
    if header is None:
        raise BadInput([Problem(N_("The file is empty."), file=file)])
    columns = _columns(header[1], header[0], kind, file, problems)
    if problems.found:
        raise BadInput(problems.found)
    rows = list(_rows(grid.rows, columns, file, problems))
    for problem in grid.problems:
        problems.add(problem)
    _find_doubles(rows, kind, problems)
    if problems.found:
        raise BadInput(problems.all())
    return rows


class _Problems:
    """Keeps the first of them and counts the rest."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.more = 0

    def add(self, problem: Problem) -> None:
        if len(self.found) < MOST_PROBLEMS:
            self.found.append(problem)
        else:
            self.more += 1

    def all(self) -> list[Problem]:
        ordered = sorted(self.found, key=lambda problem: problem.row or 0)
        if not self.more:
            return ordered
        return [*ordered, Problem(N_("%(count)s more problems are not listed."), {"count": self.more})]


def _is_filled(cells: list[Cell]) -> bool:
    return any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in cells)


def _columns(cells: list[Cell], number: int, kind: SheetKind, file: str, problems: _Problems) -> list[Column]:
    """The columns in the order of the file."""
    known = {column.name: column for column in kind.columns}
    names = [as_written(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) == 1 and kind.columns[1:] and any(sign in names[0] for sign in ";\t|"):
        problems.add(
            Problem(
                N_("The columns are not parted by commas; save the file as CSV with commas."), file=file, row=number
            )
        )
        return []
    found: dict[str, Column] = {}
    for name in names:
        column = known.get(name) or _family_column(name, kind)
        if name in found:
            problems.add(Problem(N_("The column stands there twice."), file=file, row=number, column=name))
        elif column is None:
            message = N_("There is no column “%(name)s” in this sheet.") if name else N_("A column has no name.")
            problems.add(Problem(message, {"name": name}, file=file, row=number, column=name))
        else:
            found[name] = column
    for name in known:
        if name not in found:
            problems.add(Problem(N_("The column is missing."), file=file, row=number, column=name))
    return list(found.values())


def _family_column(name: str, kind: SheetKind) -> Column | None:
    match = kind.extra.fullmatch(name) if kind.extra else None
    if match is None:
        return None
    language = match.groupdict().get("language")
    if language is not None and not is_language(language):
        return None
    return Column(name, kind.extra_reader, required=False)


def _rows(
    grid: Iterator[tuple[int, list[Cell]]], columns: list[Column], file: str, problems: _Problems
) -> Iterator[Row]:
    places = {column.name: place for place, column in enumerate(columns)}
    readers: list[tuple[str, Reader, bool]] = [(column.name, column.read, column.required) for column in columns]
    width = len(columns)
    for number, cells in grid:
        if not _is_filled(cells):
            continue
        if len(cells) < width or any(cell != "" for cell in cells[width:]):
            problems.add(
                Problem(
                    N_("The row has %(cells)s cells; the header has %(columns)s."),
                    {"cells": len(cells), "columns": width},
                    file=file,
                    row=number,
                )
            )
            continue
        values: list[Any] = []
        for (name, read, is_required), cell in zip(readers, cells[:width], strict=True):
            try:
                if cell == "" or (isinstance(cell, str) and not cell.strip()):
                    if is_required:
                        raise Unreadable(N_("The cell is empty."))
                    values.append(read.empty)
                else:
                    values.append(read(cell))
            except Unreadable as wrong:
                problems.add(Problem(wrong.message, wrong.places, file=file, row=number, column=name))
        # A row with a problem is not handed on: its values would stand in the wrong places.
        if len(values) == width:
            yield Row(file, number, tuple(values), places)


def _find_doubles(rows: list[Row], kind: SheetKind, problems: _Problems) -> None:
    if not kind.unique:
        return
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        value = tuple(row[column] for column in kind.unique)
        number = first.setdefault(value, row.number)
        if number != row.number:
            problems.add(
                row.problem(
                    ", ".join(kind.unique),
                    N_("“%(value)s” stands in row %(first)s and again in row %(again)s."),
                    value=" ".join(str(part) for part in value),
                    first=number,
                    again=row.number,
                )
            )
