"""Who, among the rows of a file, is likely somebody who stands already: in any script, however romanised, born on the same day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from corridor.foundations.likeness.blocks import block_keys
from corridor.foundations.likeness.scoring import likeness
from corridor.foundations.sheets.importing import Given

from .models import PersonName

ALIKE = 0.86


class Twins:
    """Finds, among rows that would be new, those that are likely somebody who stands, or who stands in an earlier row of the file."""

    def __init__(self, seen: dict[Any, Any], is_asked: bool) -> None:
        self.seen, self.is_asked = seen, is_asked

    def among(self, rows: Sequence[Given]) -> dict[int, tuple[str, str]]:
        """Who it likely is, by the number of the row: (reference or row, name)."""
        if not self.is_asked or not rows:
            return {}
        stand = self._standing(rows)
        found: dict[int, tuple[str, str]] = {}
        for row in rows:
            names = [name for name in (row["own_name"], row.get("romanised_name", "")) if name]
            keys = self._keys(row, names)
            for key in keys:
                others = self.seen.get(key, ()) or stand.get(key, ())
                if twin := next((other for other in others if _are_alike(names, other[1])), None):
                    found[row.number] = (twin[0], twin[1][0])
                    break
            else:
                for key in keys:
                    self.seen.setdefault(key, []).append((f"#{row.number}", names))
                self.seen.setdefault("names", set()).update((row.get("born_on"), name) for name in names)
        return found

    def _standing(self, rows: Sequence[Given]) -> dict[Any, list[tuple[str, list[str]]]]:
        """Persons born on these days, or without a day with these very names; those of earlier rows of this file left out."""
        days = {row.get("born_on") for row in rows} - {None}
        nameless = [row["own_name"] for row in rows if row.get("born_on") is None]
        names = PersonName.objects.filter(person__merged_into__isnull=True)
        columns = ("person__reference", "person__born_on", "full_name")
        found: dict[tuple[str, date | None], list[str]] = defaultdict(list)
        for query in (names.filter(person__born_on__in=days), names.filter(full_name__in=nameless)):
            for ref, born_on, name in query.values_list(*columns):
                if (born_on, name) not in self.seen.get("names", ()):
                    found[ref, born_on].append(name)
        stand: dict[Any, list[tuple[str, list[str]]]] = defaultdict(list)
        for (ref, born_on), forms in found.items():
            for key in block_keys(forms) | ({("same", name) for name in forms} if days or nameless else set()):
                stand[born_on, key].append((ref, forms))
                if isinstance(key, tuple):
                    stand[None, key].append((ref, forms))
        return stand

    def _keys(self, row: Given, names: list[str]) -> list[Any]:
        born_on = row.get("born_on")
        if born_on is None:
            return [(None, ("same", row["own_name"]))]
        return [(born_on, key) for key in block_keys(names)]


def _are_alike(names: list[str], others: list[str]) -> bool:
    return any(likeness(one, other) >= ALIKE for one in names for other in others)
