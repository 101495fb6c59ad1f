"""Fields of forms that more than one room needs."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


class DayInput(forms.DateInput):
    """A day as browsers send it."""

    input_type = "date"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%d", **more)


class DayField(forms.DateField):
    """A day with which one can reckon: nobody's records begin before 1900 or end after 2200."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", DayInput())
        super().__init__(validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)], **more)


def read_after(request: HttpRequest) -> str:
    """Where the next page of a list goes on, as the pager wrote it; what no pager writes is nothing."""
    after = request.GET.get("after", "")
    return after if after.isprintable() and len(after) <= 120 else ""
