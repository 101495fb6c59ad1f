"""What a sheet must look like, as data; each room names its own kinds in its sheets.py."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from corridor.foundations.access import Actor
from corridor.kernel.errors import Problem

from .columns import Reader, text


@dataclass(frozen=True)
class Column:
    """One column by its name in the header. An optional one may be empty in a row; its header is never left out."""

    name: str
    read: Reader
    required: bool = True
    about: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """
    One row, read: ``row["country"]`` is a clean value. ``number`` counts from 1 with the header, as a spreadsheet shows it.

    An empty optional cell is "" for text, () for several values, else None.
    """

    file: str
    number: int
    values: tuple[Any, ...]
    places: dict[str, int]

    def __getitem__(self, column: str) -> Any:
        return self.values[self.places[column]]

    def family(self, prefix: str) -> dict[str, Any]:
        """The filled cells of an open family of columns by what follows the prefix: family("title_") is {"en": "...", "lo": "..."}."""
        found = {
            name.removeprefix(prefix): self.values[place]
            for name, place in self.places.items()
            if name.startswith(prefix)
        }
        return {name: value for name, value in found.items() if value}

    def problem(self, column: str, message: str, **places: object) -> Problem:
        """Something wrong in this row that only its room can see (an unknown reference)."""
        return Problem(message, places, file=self.file, row=self.number, column=column)


FAMILY_TEXT = text(5_000)
# Takes all rows of one file, calls one bulk action of its room, and answers how many it took.
Take = Callable[..., int]


@dataclass(frozen=True)
class SheetKind:
    """
    A kind of sheet: which files it stands in (``pattern``, a glob below the folder), its columns, and who takes its rows.

    ``take(rows, *, by, at)`` raises BadInput with a problem for every row that it cannot resolve. ``extra`` allows an open family of
    columns (``languages("title")``). ``unique`` names the columns whose values together stand once in a file.
    """

    name: str
    pattern: str
    columns: tuple[Column, ...]
    take: Take
    extra: re.Pattern[str] | None = None
    optional: bool = False
    unique: tuple[str, ...] = ()
    extra_reader: Reader = FAMILY_TEXT

    def taken(self, rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
        return self.take(rows, by=by, at=at)


def languages(*prefixes: str) -> re.Pattern[str]:
    """An open family of columns, one per language: languages("title") is title_en, title_zh-Hans ..."""
    return re.compile(rf"(?:{'|'.join(prefixes)})_(?P<language>[A-Za-z0-9-]+)")
