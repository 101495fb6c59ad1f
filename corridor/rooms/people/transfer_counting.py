"""How many different persons' data left each country in a year: known persons once, unlisted ones each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Sum

from .merging import final_person_ids
from .models import DataClass, Transfer, TransferredPerson, TransferThreshold

WARN_AT_PERCENT = 80


@dataclass(frozen=True, slots=True)
class Counter:
    """``persons`` different persons of a class whose data left ``country`` in the year, of ``limit`` allowed (None: no threshold)."""

    country: str
    data_class: DataClass
    persons: int
    transfers: int
    limit: int | None
    source: str = ""

    @property
    def percent(self) -> int | None:
        return None if self.limit is None else self.persons * 100 // self.limit

    @property
    def is_near(self) -> bool:
        return self.limit is not None and self.persons * 100 >= self.limit * WARN_AT_PERCENT

    @property
    def is_reached(self) -> bool:
        return self.limit is not None and self.persons >= self.limit


def counter_of(country: str, data_class: str, year: int, *, more: Collection[UUID] = ()) -> int:
    """The number so far, with ``more`` persons added; a person merged into another counts as that one."""
    rows = _of(year).filter(from_country=country, data_class=data_class)
    unlisted = rows.aggregate(sum=Sum("unlisted"))["sum"] or 0
    listed = TransferredPerson.objects.filter(transfer__in=rows.values("pk")).values_list("person_id", flat=True)
    return len(_human_beings([*listed.distinct(), *more])) + unlisted


def counters(year: int) -> list[Counter]:
    """Every country and class with a transfer in the year or a threshold, by country. Four statements, and one per chain of merges."""
    limits = {(each.from_country, each.data_class): each for each in TransferThreshold.objects.all()}
    unlisted: dict[tuple[str, str], int] = {}
    transfers: dict[tuple[str, str], int] = {}
    for country, data_class, count in _of(year).values_list("from_country", "data_class", "unlisted"):
        unlisted[country, data_class] = unlisted.get((country, data_class), 0) + count
        transfers[country, data_class] = transfers.get((country, data_class), 0) + 1
    listed: dict[tuple[str, str], set[UUID]] = {}
    rows = TransferredPerson.objects.filter(transfer__in=_of(year).values("pk"))
    for country, data_class, person in rows.values_list("transfer__from_country", "transfer__data_class", "person_id"):
        listed.setdefault((country, data_class), set()).add(person)
    stays = final_person_ids({person for persons in listed.values() for person in persons})
    found = []
    for key in sorted({*limits, *transfers}):
        limit = limits.get(key)
        persons = len({stays[each] for each in listed.get(key, ())}) + unlisted.get(key, 0)
        found.append(
            Counter(
                key[0], DataClass(key[1]), persons, transfers.get(key, 0), limit.persons if limit else None,
                limit.source if limit else "",
            )
        )  # fmt: skip
    return found


def _of(year: int) -> QuerySet[Transfer]:
    return Transfer.objects.filter(happened_on__gte=date(year, 1, 1), happened_on__lt=date(year + 1, 1, 1))


def _human_beings(keys: Iterable[UUID]) -> set[UUID]:
    return set(final_person_ids(keys).values())
