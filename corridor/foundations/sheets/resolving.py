"""From the references in a sheet's rows to the things they name: in sets, with a problem for every one that names nothing."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from django.db.models import Manager, Model, QuerySet

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .kinds import Row

AT_ONCE = 500


def by_reference[M: Model](
    things: QuerySet[M] | Manager[M], wanted: Iterable[Any], *, field: str = "reference"
) -> dict[Any, M]:
    """The things whose ``field`` is among those wanted, by that field; empty cells (None, "") are left out. One statement per 500."""
    keys = [key for key in dict.fromkeys(wanted) if key not in {None, ""}]
    found: dict[Any, M] = {}
    for start in range(0, len(keys), AT_ONCE):
        for thing in things.filter(**{f"{field}__in": keys[start : start + AT_ONCE]}):
            # A record that was merged into another keeps its reference; what is said of it is said of the one that stays.
            found[getattr(thing, field)] = thing.surviving() if hasattr(thing, "surviving") else thing
    return found


NOTHING_THERE = N_("There is no “%(cell)s”.")


class Findings:
    """Looks up what rows name, and keeps a problem for each that is not there; ``refuse_if_any`` raises them all at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def find[T](
        self, row: Row, column: str, known: Mapping[Any, T], message: str = NOTHING_THERE, *, key: Hashable = None
    ) -> T | None:
        """
        What the cell names, or None: an empty cell, or a problem that is kept. ``key`` is the whole name where one cell is part of it
        (a curriculum and its version). ``message`` has a place for the cell.
        """
        named = row[column] if key is None else key
        if named is None or named == "":
            return None
        if named not in known:
            said = " ".join(map(str, named)) if isinstance(named, tuple) else str(named)
            self.add(row, column, message, cell=said)
            return None
        return known[named]

    def find_each[T](self, row: Row, column: str, known: Mapping[Any, T], message: str = NOTHING_THERE) -> list[T]:
        """What a cell with several references names; those that are not there are kept as problems."""
        found = [self.find(row, column, known, message, key=each) for each in row[column]]
        return [each for each in found if each is not None]

    def add(self, row: Row, column: str, message: str, **places: object) -> None:
        """Keep another problem of a row."""
        self.problems.append(row.problem(column, message, **places))

    def refuse_if_any(self) -> None:
        """:raises BadInput: with every problem kept."""
        if self.problems:
            raise BadInput(self.problems)
