"""Reading a workbook that somebody sends, and writing the one of an export: 100,000 rows of a dozen columns, against openpyxl."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.intake.opening import open_file
from corridor.foundations.sheets.steps.returning import export_file
from corridor.rooms.training.imports import EnrolmentsImport

from . import learners, stores
from .measuring import Result, milliseconds

COUNT, ROUNDS = 100_000, 3
ON = date(2024, 2, 2)


class Exported(EnrolmentsImport):
    """The kind of places with rows of its own, so that the writing alone is measured."""

    def export(self, *, by: Any, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        names = [column.name for column in self.columns]
        for row in _rows():
            yield dict(zip(names, row, strict=True))


def measure(seconds: float) -> list[Result]:  # noqa: ARG001 (a workbook takes as long as it takes)
    path = stores.files() / "read.xlsx"
    _write_by_openpyxl(path)
    read, read_theirs, wrote, wrote_theirs = ([] for _ in range(4))
    for _ in range(ROUNDS):
        read.append(milliseconds(partial(_read, path)))
        read_theirs.append(milliseconds(partial(_read_by_openpyxl, path)))
        wrote.append(milliseconds(partial(export_file, kind=Exported(), form="xlsx", language="en", on=ON, by=NIGHTLY)))
        wrote_theirs.append(milliseconds(_write_by_openpyxl))
    path.unlink()
    size = f"{COUNT:,} rows of {len(EnrolmentsImport.columns)} columns"
    return [
        Result.of(
            f"read {size} from XLSX", "openpyxl, read only", "ms", read, read_theirs, goal=0.2,
            note="ours with what is hidden, merged or no value",
        ),
        Result.of(
            f"write {size} as XLSX", "openpyxl, write only", "ms", wrote, wrote_theirs, goal=0.5,
            note="ours with locked references, lists of choices and notes",
        ),
    ]  # fmt: skip


def _rows() -> Iterator[list[str]]:
    """A reference, a cohort, a seat, a person, how they take part, who sent them, three days, how it ended, and a reason now and then."""
    for number, (name, *_others) in enumerate(learners.persons(COUNT)):
        cohort, seat = f"COH-2023-{number // learners.SEATS:05}", number % learners.SEATS + 1
        applied = date(2023, 1, 1) + timedelta(days=number % 300)
        days = [(applied + timedelta(days=after)).isoformat() for after in (0, 50, 60)]
        has_left = number % 10 == 0
        yield [
            f"{cohort}/{seat}", cohort, str(seat), f"P-2023-{number:06}", "student", "full_time", f"org-{number % 90}", *days,
            "withdrew" if has_left else "", days[2] if has_left else "", name if has_left else "",
        ]  # fmt: skip


def _read(path: Path) -> None:
    found = open_file(path, file=path.name)
    sheet = found.sheets[0].name
    found.marks(sheet)
    for _ in found.rows(sheet):
        pass


def _read_by_openpyxl(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass
    book.close()


def _write_by_openpyxl(path: Path | None = None) -> None:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("enrolments")
    page.append([column.name for column in EnrolmentsImport.columns])
    for row in _rows():
        page.append(row)
    book.save(path or BytesIO())
