"""
What the files of a pack print, read back from each format: {figure: {place: text}}. Needs no database and nothing outside the folder.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from .shape import NUMBERS, SAID, flat, text_of

EDITION, FIGURES, PARTS = "Edition", "Figures", "Numbers"
VOID = frozenset({"meta", "br", "hr", "img", "input", "link", "col"})


class Unreadable(Exception):
    """The file is not what it should be."""


@dataclass(slots=True)
class Printed:
    """What one file prints. A place that stands in it more than once keeps every text."""

    fingerprint: list[str] = field(default_factory=list)
    figures: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def add(self, figure: str, place: str, text: str) -> None:
        self.figures[figure][place].append(text)


def read_object(path: Path) -> dict[str, Any]:
    """:raises Unreadable: where the file holds no JSON object."""
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(found, dict):
        raise Unreadable
    return found


def printed_in_json(said: dict[str, Any]) -> Printed:
    """:raises Unreadable: where a figure is no object, or has no reference."""
    found = Printed([str(said.get("fingerprint"))])
    figures = said.get("figures")
    if not isinstance(figures, list) or not all(isinstance(each, dict) and each.get("reference") for each in figures):
        raise Unreadable
    for each in figures:
        parts = {name: each[name] for name in (*SAID, *NUMBERS) if name in each}
        for place, text in flat(parts).items():
            found.add(str(each["reference"]), place, text)
    return found


def printed_in_html(path: Path) -> Printed:
    """:raises Unreadable: where the file is no text."""
    reader = _Page()
    try:
        reader.feed(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable from error
    reader.close()
    return reader.printed


def printed_in_xlsx(path: Path) -> Printed:
    """:raises Unreadable: where the file is no workbook with the three sheets."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        edition, figures, parts = (book.get_sheet_by_name(name).to_python() for name in (EDITION, FIGURES, PARTS))
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable from error
    found = Printed([text_of(row[1]) for row in edition if row and row[0] == "fingerprint"])
    heads, *rows = figures or [[]]
    places = {column: str(name) for column, name in enumerate(heads) if name in (*SAID, *NUMBERS)}
    for row in rows:
        for column, place in places.items():
            found.add(str(row[0]), place, text_of(row[column]))
    for row in parts[1:]:
        found.add(str(row[0]), str(row[1]), text_of(row[-1]))
    return found


class _Page(HTMLParser):
    """Collects the text of every element that carries a place, under the section of its figure."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.printed = Printed()
        self._open: list[tuple[str, str, str]] = []
        self._texts: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        said = dict(attrs)
        inherited = self._open[-1][1] if self._open else ""
        self._open.append((tag, said.get("data-figure") or inherited, said.get("data-place") or ""))
        self._texts.append([])

    def handle_data(self, data: str) -> None:
        for texts in self._texts:
            texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            opened, figure, place = self._open.pop()
            text = "".join(self._texts.pop()).strip()
            if place == "fingerprint":
                self.printed.fingerprint.append(text)
            elif place and figure:
                self.printed.add(figure, place, text)
            if opened == tag:
                return
