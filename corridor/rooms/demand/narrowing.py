"""What a list of demand statements is narrowed to."""

import re
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from corridor.rooms.members.models import OrganisationSector

from .models import DemandUnit
from .occupations import codes_called

QUARTER = re.compile(r"(\d{4})-Q([1-4])")
NO_SECTOR = "none"


def called(found: QuerySet[Any], occupation: str) -> QuerySet[Any]:
    """By the beginning of a code, or by a word for the occupation, as it is classified or as the employer says it."""
    word = occupation.strip()
    if word.isascii() and word.isdecimal():
        return found.filter(occupation_code__startswith=word)
    return found.filter(Q(occupation_code__in=codes_called(word)) | Q(occupation_title__icontains=word))


def in_sector(found: QuerySet[Any], code: str) -> QuerySet[Any]:
    main = OrganisationSector.objects.filter(organisation=OuterRef("employer"), weight=OrganisationSector.Weight.MAIN)
    if code == NO_SECTOR:
        return found.filter(~Exists(main))
    return found.filter(Exists(main.filter(sector__code=code)))


def in_quarter(found: QuerySet[Any], quarter: str) -> QuerySet[Any]:
    written = QUARTER.fullmatch(quarter)
    if written is None or not 1900 <= int(written[1]) <= 2199:
        return found.none()
    year, first = int(written[1]), 3 * int(written[2]) - 2
    following = date(year + 1, 1, 1) if first == 10 else date(year, first + 3, 1)
    return found.filter(needed_by__gte=date(year, first, 1), needed_by__lt=following)


def quarter_of(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def wanting(found: QuerySet[Any], unit: str) -> QuerySet[Any]:
    curriculum, _slash, rest = unit.partition("/")
    version, _slash, code = rest.rpartition("/")
    wanted = DemandUnit.objects.filter(
        statement=OuterRef("pk"), unit__code=code, unit__version__version=version,
        unit__version__curriculum__reference=curriculum,
    )  # fmt: skip
    return found.filter(Exists(wanted))
