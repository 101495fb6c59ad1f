"""What speaks for two records being of one human being, and against it: explained, never decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.likeness.scoring import Clue, best_likeness
from corridor.kernel.wording import N_

from .models import BirthPrecision, ContactChannel, PaperSeen, Person, PersonName, Sex

# Below this a pair is not worth a person's time. The points are our own choice; tests/rooms/people/test_doubles.py says which pairs they must
# find and which not.
LEAST_SCORE = 60
LEAST_LIKENESS = 0.8
NAME_POINTS = 70
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Known:
    """What the records say of a person, as far as it helps to recognise them. ``members`` are those who sent them to learn."""

    key: UUID
    reference: str
    sex: str = Sex.UNKNOWN
    born_on: date | None = None
    precision: str = BirthPrecision.DAY
    country: str = ""
    names: tuple[str, ...] = ()
    contacts: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    members: frozenset[UUID] = field(default_factory=frozenset)


def known_of(persons: QuerySet[Person], *, members: Mapping[UUID, Collection[UUID]] | None = None) -> dict[UUID, Known]:
    """What is known of these persons, by the order of their references; four statements, however many."""
    rows = persons.order_by("reference").values_list(
        "pk", "reference", "sex", "born_on", "birth_precision", "residence_country"
    )
    found = {row[0]: Known(*row) for row in rows}
    names = _gathered(PersonName.objects.filter(person__in=persons.values("pk")), "full_name")
    contacts = _gathered(ContactChannel.objects.filter(person__in=persons.values("pk")).exclude(kind="post"), "value")
    papers = _gathered(
        PaperSeen.objects.filter(person__in=persons.values("pk")).exclude(number_print=""), "number_print"
    )
    for key, known in found.items():
        found[key] = replace(
            known,
            names=tuple(names.get(key, ())),
            contacts=frozenset(contacts.get(key, ())),
            papers=frozenset(papers.get(key, ())),
            members=frozenset((members or {}).get(key, ())),
        )
    return found


def clues_of(one: Known, other: Known) -> list[Clue]:
    """Everything that speaks for and against, the name first; empty where the names are not alike at all."""
    alike, here, there = best_likeness(one.names, other.names)
    paper = one.papers & other.papers
    if alike < LEAST_LIKENESS and not paper:
        return []
    clues = [
        Clue(
            "name",
            round(NAME_POINTS * alike),
            N_("The names “%(one)s” and “%(other)s” are %(percent)s%% alike."),
            {"one": here, "other": there, "percent": str(round(alike * 100))},
        )
    ]
    if paper:
        clues.append(Clue("paper", 60, N_("A document of the same number was seen of both.")))
    clues += _of_birth(one, other)
    if Sex.UNKNOWN not in {one.sex, other.sex}:
        clues.append(
            Clue("sex", 3, N_("The sex is the same."))
            if one.sex == other.sex
            else Clue("sex", -25, N_("The sex differs."))
        )
    if one.country and other.country:
        clues.append(
            Clue("country", 5, N_("Both live in the same country or region."))
            if one.country == other.country
            else Clue("country", -8, N_("They live in different countries or regions."))
        )
    if one.contacts & other.contacts:
        clues.append(Clue("contact", 25, N_("They are reached by the same number or address.")))
    if one.members & other.members:
        clues.append(Clue("member", 8, N_("The same member sent both.")))
    return clues


def _of_birth(one: Known, other: Known) -> list[Clue]:
    a, b = one.born_on, other.born_on
    if a is None or b is None:
        return []
    if BirthPrecision.YEAR in {one.precision, other.precision}:
        same = a.year == b.year
    elif BirthPrecision.MONTH in {one.precision, other.precision}:
        same = (a.year, a.month) == (b.year, b.month)
    else:
        same = a == b
    if same:
        return [Clue("born", 25, N_("The day of birth is the same, as far as it is known."))]
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return [Clue("born", 10, N_("Day and month of birth are the same the other way round."))]
    if abs(a.year - b.year) == 543 and (a.month, a.day) == (b.month, b.day):
        return [Clue("born", 15, N_("The years of birth are 543 apart: one looks Buddhist."))]
    return [Clue("born", -35, N_("The days of birth differ."))]


def _gathered(rows: QuerySet[Any], column: str) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for person, value in rows.order_by("pk").values_list("person_id", column).iterator(chunk_size=5_000):
        found.setdefault(person, []).append(value)
    return found
