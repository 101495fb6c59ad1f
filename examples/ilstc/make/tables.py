"""The tables as they are collected, and how they are written: the same bytes on every run."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from random import Random

from openpyxl import Workbook

HERE = Path(__file__).parent
OUT = HERE.parent
# Nothing here is drawn from a clock or a system: one seed for every draw.
SEED = 20240118
WRITTEN = datetime(2024, 2, 1, 9, 0)


def draws(name: str) -> Random:
    """Its own row of draws for each room, so that a change in one leaves the others as they are."""
    return Random(f"{SEED}:{name}")


class Book:
    """Every table by name; rows are dictionaries, columns come in the order in which they are first named."""

    def __init__(self) -> None:
        self.tables: dict[str, list[dict[str, str]]] = {}
        self.columns: dict[str, list[str]] = {}

    def open(self, name: str, columns: str) -> None:
        self.columns[name] = columns.split(",")
        self.tables[name] = []

    def add(self, table: str, /, **row: object) -> dict[str, str]:
        unknown = set(row) - set(self.columns[table])
        if unknown:
            raise KeyError(f"{table} has no column {sorted(unknown)}")
        cells = {column: _text(row.get(column)) for column in self.columns[table]}
        self.tables[table].append(cells)
        return cells

    def rows(self, name: str) -> list[dict[str, str]]:
        return self.tables[name]

    def write(self, into: Path) -> None:
        for name, rows in self.tables.items():
            if name == "members":
                _write_xlsx(into / "members.xlsx", self.columns[name], rows)
            else:
                path = into / f"{name}.csv"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(_csv(self.columns[name], rows), encoding="utf-8", newline="")


def further(prefix: str, key: str) -> dict[str, str]:
    """The titles or names of one curriculum, unit or site in languages beside those of the lists, by column."""
    return {f"{prefix}_{language}": text for of, language, text in pool("further_titles") if of == key}


def pool(name: str) -> list[list[str]]:
    """The lines of a list in pools/: cells divided by "|", blank lines and lines with # left out."""
    text = (HERE / "pools" / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    return [[cell.strip() for cell in line.split("|")] for line in lines if line and not line.startswith("#")]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, (list, tuple)):
        return ";".join(str(part) for part in cell)
    return str(cell)


def _csv(columns: list[str], rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _write_xlsx(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    book = Workbook()
    book.properties.created = book.properties.modified = WRITTEN
    book.properties.creator = "ILSTC Alliance"
    sheet = book.active
    sheet.title = "members"
    sheet.freeze_panes = "B2"
    sheet.append(columns)
    for row in rows:
        sheet.append([_cell(column, row[column]) for column in columns])
    for letter, width in zip("ABCDEFGHIJK", (34, 11, 9, 9, 20, 11, 11, 13, 12, 40, 10), strict=False):
        sheet.column_dimensions[letter].width = width
    raw = io.BytesIO()
    book.save(raw)
    _pack_again(raw, path)


def _cell(column: str, text: str) -> str | float | None:
    if text and column in {"latitude", "longitude"}:
        return float(text)
    return text or None


def _pack_again(raw: io.BytesIO, path: Path) -> None:
    """A workbook is a ZIP file with times in it; packed again under one time it is the same on every run."""
    stamp = WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            body = old.read(name)
            if name == "docProps/core.xml":
                begin, end = (
                    body.index(b'W3CDTF">', body.index(b"dcterms:modified")) + 8,
                    body.index(b"</dcterms:modified>"),
                )
                body = body[:begin] + stamp + body[end:]
            new.writestr(zipfile.ZipInfo(name, date_time=WRITTEN.timetuple()[:6]), body, zipfile.ZIP_DEFLATED)


def day(text: str) -> date:
    return date.fromisoformat(text)
