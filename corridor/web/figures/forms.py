"""What a figure is asked for, and what may be done to a kept one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import VISITOR
from corridor.kernel.periods import Period
from corridor.rooms.indicators import queries
from corridor.rooms.indicators.code_words import CodeWord, dimension_word
from corridor.rooms.indicators.definitions import Definition, Time
from corridor.rooms.indicators.definitions.taking_part import GROUP, Group
from corridor.web.fields import DayField

MONTHS = "6"
ANY_CURRENCY = "CNY"


def first_currency(currencies: Sequence[str]) -> str:
    """The one that is shown where nobody chose; where there is none, any will do: the figure says that nothing is collected."""
    return currencies[0] if currencies else ANY_CURRENCY


class QuestionForm(forms.Form):
    """
    A day, or a first and a last day, and the keys by which the indicator may be narrowed; its state is in the address.

    Keys that are a breakdown too are offered as choices once their words are known; the others are kept as they came.
    """

    on = DayField(label=_("On the day"), required=False)

    def __init__(self, *args: Any, definition: Definition, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.definition, self.today = definition, today
        if definition.time is Time.PERIOD:
            self.fields["on"].widget = forms.HiddenInput()
            self.fields["from"] = DayField(label=_("From the day"), required=False)
            self.fields["to"] = DayField(label=_("To the day, inside"), required=False)
        for key in (*definition.needs, *(key for key in definition.keys if key not in definition.needs)):
            self.fields[key] = forms.CharField(
                label=dimension_word(key), required=False, max_length=100, widget=forms.HiddenInput()
            )
        if "currency" in definition.keys:
            self.currencies = queries.currencies_counted(code=definition.code, by=VISITOR)
            self.fields["currency"].widget = forms.Select(choices=[(code, code) for code in self.currencies])
        if GROUP in definition.needs:
            self.fields[GROUP].widget = forms.Select(choices=Group.choices)
        self.fields["by"] = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get("from"), found.get("to")
        if first and last and last < first:
            self.add_error("to", _("The last day lies before the first."))
        return found

    def question(self) -> dict[str, Any]:
        """What ``show_figure`` and ``open_figure`` take. A day or key that cannot be read is left out."""
        given = self.cleaned_data
        scope = {key: given[key] for key in self.definition.keys if given.get(key)}
        if "months" in self.definition.needs:
            scope.setdefault("months", MONTHS)
        if GROUP in self.definition.needs:
            scope.setdefault(GROUP, Group.WOMEN.value)
        if "currency" in self.definition.needs:
            scope.setdefault("currency", first_currency(self.currencies))
        asked: dict[str, Any] = {"code": self.definition.code, "scope": scope}
        last = given.get("to") or given.get("on") or self.today
        if self.definition.time is Time.PERIOD and given.get("from") and given["from"] <= last:
            return asked | {"period": Period.through(given["from"], last)}
        return asked | {"on": last}

    def offer(
        self, words: Mapping[str, Mapping[str, CodeWord]], asked: Mapping[str, str], days: tuple[date, date]
    ) -> None:
        """Put the days that were understood into the fields, and the codes of the breakdowns into choices."""
        data = self.data.copy()
        if self.definition.time is Time.PERIOD:
            data["from"], data["to"] = (day.isoformat() for day in days)
            data.pop("on", None)
        else:
            data["on"] = days[1].isoformat()
        for key, code in asked.items():
            data[key] = code
        for key in self.definition.keys:
            choices = sorted(((code, word.text) for code, word in words.get(key, {}).items()), key=lambda each: each[1])
            if key in words and key not in self.definition.needs and (len(choices) > 1 or key in asked):
                self.fields[key].widget = forms.Select(choices=[("", _("All")), *choices])
        self.data = data


class SampleForm(forms.Form):
    """So many rows drawn at random; the same seed draws the same rows."""

    sample = forms.IntegerField(label=_("Draw so many rows"), min_value=1, max_value=500, required=False)
    seed = forms.CharField(
        label=_("Seed"),
        max_length=60,
        required=False,
        help_text=_("The same seed draws the same rows from the same set."),
    )


class CorrectForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is corrected"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=_("One sentence that a reader of the figure understands in ten years. It stands beside both versions."),
    )  # fmt: skip
