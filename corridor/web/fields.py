"""Fields of forms that more than one room needs."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


class DayInput(forms.DateInput):
    """A day as browsers send it. What was typed and is none stays to be seen: a field for days would show it as empty."""

    input_type = "date"

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%Y-%m-%d", **more)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if (said := context["widget"]["value"]) and not _is_day(said):
            context["widget"]["type"] = "text"
        return context


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


class DayField(forms.DateField):
    """A day with which one can reckon: nobody's records begin before 1900 or end after 2200."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", DayInput())
        super().__init__(validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)], **more)


class Chosen(forms.ChoiceField):
    """A choice among records that a query gave; its value in ``cleaned_data`` is the record, or None."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.records: dict[str, Any] = {}

    def offer(self, records: Iterable[tuple[str, str, Any]], *, empty: str = "") -> None:
        rows = list(records)
        self.records = {value: record for value, _label, record in rows}
        nobody = [("", empty)] if not self.required or empty else []
        self.choices = [*nobody, *((value, label) for value, label, _record in rows)]

    def clean(self, value: Any) -> Any:
        return self.records.get(super().clean(value))


def read_after(request: HttpRequest) -> str:
    """Where the next page of a list goes on, as the pager wrote it; what no pager writes is nothing."""
    after = request.GET.get("after", "")
    return after if after.isprintable() and len(after) <= 120 else ""
