"""The drawing of a site's brands: a line for each listing through the years, pale before it was accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

WIDTH = 360


@dataclass(frozen=True)
class Line:
    """One listing: where it begins, is accepted and ends on the drawing, in its units."""

    listing: Any
    start: float
    accepted: float | None
    end: float

    @property
    def pale(self) -> float:
        """The width of the part before it was accepted."""
        return round((self.end if self.accepted is None else self.accepted) - self.start, 1)

    @property
    def full(self) -> float:
        return 0.0 if self.accepted is None else round(self.end - self.accepted, 1)


def draw_lines(listings: Iterable[Any], *, today: date) -> list[Line]:
    rows = sorted((each for each in listings if each.starts_on <= today), key=lambda each: each.starts_on)
    if not rows:
        return []
    first = date(rows[0].starts_on.year, 1, 1)
    days = max((today - first).days, 1)

    def place(day: date) -> float:
        return round(WIDTH * min((day - first).days / days, 1.0), 1)

    return [
        Line(
            each, place(each.starts_on),
            place(each.accepted_on) if each.accepted_on and each.accepted_on <= today else None,
            place(min(each.ends_before, today) if each.ends_before else today),
        )
        for each in rows
    ]  # fmt: skip
