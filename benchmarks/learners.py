"""Sheets of any number of persons and of their places in cohorts of forty, and the cohorts that they name."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort, CohortChange
from tests.factories.training import make_cohort

SEATS = 40
STARTS_ON = date(2023, 3, 6)
# Syllables of Lao, so that few names are alike.
SYLLABLES = ["ຄຳ", "ຫຼ້າ", "ແກ້ວ", "ວົງ", "ສີ", "ພອນ", "ບຸນ", "ມະ", "ນີ", "ທອງ", "ໃຈ", "ດາວ"]
PERSONS = ["Name", "Language", "Sex", "Date of birth", "Country"]
PLACES = ["cohort", "person", "participant_kind", "applied_on", "enrolled_on", "attending_on"]


def persons(count: int) -> Iterator[list[str]]:
    kinds = len(SYLLABLES)
    for number in range(count):
        digits = [number // kinds**place % kinds for place in range(5)]
        name = (
            "".join(SYLLABLES[digit] for digit in digits[:3]) + " " + "".join(SYLLABLES[digit] for digit in digits[3:])
        )
        day = f"{1960 + number % 45}-{1 + number // 45 % 12:02}-{1 + number // 540 % 28:02}"
        yield [name, "lo", "MF"[number % 2], day, "LA"]


def places() -> Iterator[list[str]]:
    """A row for every person who stands, cohort by cohort."""
    cohorts = list(Cohort.objects.order_by("reference").values_list("reference", flat=True))
    days = [(STARTS_ON - timedelta(days=before)).isoformat() for before in (60, 7, 0)]
    standing = Person.objects.order_by("reference").values_list("reference", flat=True)
    for number, reference in enumerate(standing.iterator()):
        yield [cohorts[number // SEATS], reference, "student", *days]


def make_cohorts(count: int) -> None:
    """Planned cohorts without learners, on one ground: one is made by the factory of the tests, the others are as that one."""
    first = make_cohort("COH-2023-00000", status="planned", starts_on=STARTS_ON)
    steps = list(first.changes.all())
    fields = [field.attname for field in Cohort._meta.concrete_fields if field.name not in {"id", "reference"}]
    same = {name: getattr(first, name) for name in fields}
    made = [Cohort(reference=f"COH-2023-{number:05}", **same) for number in range(1, count)]
    Cohort.objects.bulk_create(made, batch_size=500)
    CohortChange.objects.bulk_create(
        [
            CohortChange(
                cohort=cohort, from_status=step.from_status, to_status=step.to_status, effective_on=step.effective_on, by_label=step.by_label,
            )
            for cohort in made for step in steps
        ],
        batch_size=500,
    )  # fmt: skip


def write_sheet(path: Path, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, heads)
    for place, row in enumerate(rows, start=1):
        page.write_row(place, 0, row)
    book.close()
    return path
