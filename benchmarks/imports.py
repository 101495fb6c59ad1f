"""A sheet of 100,000 persons: from the file to the records, the dry run alone, and reading and writing the file, each against its floor."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.intake.opening import open_file
from corridor.foundations.sheets.models import Import
from corridor.foundations.sheets.steps.returning import export_file
from corridor.journeys.import_sheets import KINDS, check_import, import_file, write_import
from corridor.rooms.people.importing import PeopleImport

from . import stores
from .loading import write_rows, written_rows
from .measuring import Result, milliseconds

AT = datetime(2024, 2, 2, 4, tzinfo=UTC)
COUNT, ROUNDS = 100_000, 3
HEADS = ["Name", "Language", "Sex", "Date of birth", "Country"]
# Syllables of Lao, so that few names are alike.
SYLLABLES = ["ຄຳ", "ຫຼ້າ", "ແກ້ວ", "ວົງ", "ສີ", "ພອນ", "ບຸນ", "ມະ", "ນີ", "ທອງ", "ໃຈ", "ດາວ"]


class Exported(PeopleImport):
    """The kind of persons with rows of its own, so that the writing alone is measured."""

    def export(self, **_asked: Any) -> Iterator[Mapping[str, Any]]:
        for row in _rows():
            yield dict(zip(("own_name", "own_language", "sex", "born_on", "residence_country"), row, strict=True))


def measure(seconds: float, count: int = COUNT) -> list[Result]:  # noqa: ARG001 (an import takes as long as it takes)
    content = _sheet(count)
    path = stores.FOLDER / "people.xlsx"
    path.write_bytes(content)
    dry, whole, floor, read, read_theirs, wrote, wrote_theirs = ([] for _ in range(7))
    for _ in range(ROUNDS):
        with stores.kept("imports"):
            held: list[Import] = []
            first = milliseconds(lambda: held.append(_dry_run(content)))  # noqa: B023 (done at once)
            dry.append(milliseconds(partial(check_import, held=held[0], at=AT, by=NIGHTLY, wait=True)))
            after = milliseconds(partial(write_import, held=held[0], at=AT, by=NIGHTLY, wait=True))
            whole.append(first + after)
            written = written_rows()
        with stores.kept("floor"):
            floor.append(milliseconds(partial(_floor, path, written)))
        read.append(milliseconds(partial(_read, path)))
        read_theirs.append(milliseconds(partial(_read_by_openpyxl, path)))
        wrote.append(
            milliseconds(partial(export_file, kind=Exported(), form="xlsx", language="en", on=AT.date(), by=NIGHTLY))
        )
        wrote_theirs.append(milliseconds(_write_by_openpyxl))
    rows = sum(map(len, written))
    bare = "read the sheet and bulk_create the same rows"
    note = f"{rows:,} rows of {sum(map(bool, written))} tables"
    return [
        Result.of(f"import {count:,} persons from XLSX", bare, "ms", whole, floor, goal=3, note=note),
        Result.of("the dry run alone", bare, "ms", dry, floor, goal=0.6, note="a verdict for every row is written down"),
        Result.of("read the rows of the XLSX", "openpyxl, read only", "ms", read, read_theirs, goal=0.2),
        Result.of(
            "write an export as XLSX", "openpyxl, write only", "ms", wrote, wrote_theirs, goal=0.5,
            note="ours with locked references, lists of choices and comments",
        ),
    ]  # fmt: skip


def _rows(count: int = COUNT) -> Iterator[list[str]]:
    kinds = len(SYLLABLES)
    for number in range(count):
        digits = [number // kinds**place % kinds for place in range(5)]
        name = (
            "".join(SYLLABLES[digit] for digit in digits[:3]) + " " + "".join(SYLLABLES[digit] for digit in digits[3:])
        )
        day = f"{1960 + number % 45}-{1 + number // 45 % 12:02}-{1 + number // 540 % 28:02}"
        yield [name, "lo", "MF"[number % 2], day, "LA"]


def _sheet(count: int) -> bytes:
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, HEADS)
    for place, row in enumerate(_rows(count), start=1):
        page.write_row(place, 0, row)
    book.close()
    return packed.getvalue()


def _dry_run(content: bytes) -> Import:
    return import_file(
        kind="people", file_name="people.xlsx", content=content, language="en", answers={"twins": "create"}, columns={},
        at=AT, by=NIGHTLY,
    )  # fmt: skip


def _floor(path: Path, written: Any) -> None:
    _read(path)
    write_rows(written)


def _read(path: Path) -> None:
    found = open_file(path, file=path.name)
    for _ in found.rows(found.sheets[0].name):
        pass


def _read_by_openpyxl(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass
    book.close()


def _write_by_openpyxl() -> None:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("people")
    page.append([column.name for column in KINDS["people"].columns])
    for name, language, sex, day, country in _rows():
        page.append(["", name, language, "", sex, day, country, ""])
    book.save(BytesIO())
