"""How one cell of somebody else's sheet is read: tolerantly, but nothing is guessed that two people would read in two ways."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..columns import Cell, Unreadable


@dataclass(frozen=True)
class How:
    """
    What was decided about a column, by evidence or by an answer. ``order``: "dmy", "mdy" or "" (not decided). ``buddhist``: "yes" turns years
    that look Buddhist into common ones. ``decimal``: "point", "comma" or "". ``zawgyi``: "yes" turns Zawgyi into Unicode. ``country``: two
    letters, for telephone numbers that name none. ``from_1904``: the workbook counts its days from 1904.
    """

    order: str = ""
    buddhist: str = ""
    decimal: str = ""
    zawgyi: str = ""
    country: str = ""
    from_1904: bool = False


PLAIN = How()


@dataclass(frozen=True, slots=True)
class Mended:
    """A value that stands otherwise in the cell; the sentence says what was done to it."""

    value: Any
    message: str
    places: dict[str, object] = field(default_factory=dict)


class CannotRead(Unreadable):
    """The cell does not hold what its column asks for. ``rule`` is the stable name of why, ``fix`` says what to do."""

    def __init__(self, rule: str, message: str, *, fix: str = "", **places: object) -> None:
        super().__init__(message, **places)
        self.rule = rule
        self.fix = fix


@dataclass(frozen=True)
class CellReader:
    """
    ``read(cell, how)`` takes a cell that is not empty, as it stands in the file, and answers a clean value, or that value inside Mended.
    ``empty`` is what an empty cell means. ``asks`` names the questions that such a column can raise: "day", "number", "phone", "text".

    :raises CannotRead: from ``read``.
    """

    read: Callable[[Cell, How], Any]
    empty: Any = None
    asks: str = ""
    # The values that a list of choices offers in a template; and what the words file calls them.
    offers: tuple[str, ...] = ()
    # How a page says a value: "day", "country", "language", "yes_no", or "" (as it is written); and the word for each choice.
    told_as: str = ""
    labels: Mapping[str, Any] = field(default_factory=dict)
    # Whether one cell may hold several values.
    is_many: bool = False
