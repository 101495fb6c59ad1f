"""References that stay for ever: ``ANN-2023-0004`` is the fourth of its kind in its year, and no number is given twice."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q


def give_numbers(
    *, model: type[models.Model], prefix: str, days: Sequence[date], gate: type[models.Model]
) -> list[str]:
    """
    Return the next free reference for each day, in the order given. The caller holds an open transaction.

    Numbers are given one at a time: whoever gives one holds the oldest row of ``gate`` (a table that is never empty then) until
    the commit, so that two at once cannot both see the same number free. Rows are never deleted, so no number comes back.
    """
    rows: Any = gate._default_manager
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk")[:1])
    taken: Any = model._default_manager
    last: dict[int, int] = {}
    of_years = Q(pk__in=())
    for year in {day.year for day in days}:
        of_years |= Q(reference__startswith=f"{prefix}-{year}-")
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{4}})-(\d+)")
    for reference in taken.filter(of_years).values_list("reference", flat=True):
        if found := pattern.fullmatch(reference):
            year, number = int(found[1]), int(found[2])
            last[year] = max(number, last.get(year, 0))
    given = []
    for day in days:
        last[day.year] = last.get(day.year, 0) + 1
        given.append(f"{prefix}-{day.year}-{last[day.year]:04}")
    return given
