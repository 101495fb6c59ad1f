"""Building an edition: what it is called, and which kept figures stand in it, in which order."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.web.fields import DayField


class EditionForm(forms.Form):
    reference = forms.SlugField(label=_("Reference"), max_length=30, help_text=_("It stands in the address: 2024."))
    title = forms.CharField(label=_("Title"), max_length=200)
    day = DayField(label=_("The day it speaks of"))


class PlacesForm(forms.Form):
    """A number beside each figure that stands in the edition: its place. Left empty, it stays out."""

    def __init__(self, *args: Any, figures: Sequence[Any], places: Mapping[str, int], **more: Any) -> None:
        super().__init__(*args, **more)
        self.figures = {each.reference: each for each in figures}
        for each in figures:
            self.fields[each.reference] = forms.IntegerField(
                label=each.reference, min_value=1, max_value=999, required=False, initial=places.get(each.reference)
            )

    def lines(self) -> list[tuple[Any, Any]]:
        """Each figure with its field, those placed already first, in their order."""
        order = sorted(self.figures, key=lambda name: (self.fields[name].initial or 1_000, name))
        return [(self.figures[name], self[name]) for name in order]

    def chosen(self) -> list[Any]:
        placed = [name for name in self.figures if self.cleaned_data.get(name)]
        return [self.figures[name] for name in sorted(placed, key=lambda name: (self.cleaned_data[name], name))]
