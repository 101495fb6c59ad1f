from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.programmes.kinds import ApprovalStep
from corridor.web.fields import DayField

OUTCOMES = [("approved", _("It is approved")), ("returned", _("It is returned, to be mended"))]


class FindingForm(forms.Form):
    """What was found at a step, by which office or board, and how it ended."""

    step = forms.ChoiceField(label=_("Step"))
    on = DayField(label=_("Looked at on"))
    found_by = forms.CharField(
        label=_("Which office or board looked at it"), max_length=150, help_text=_("Never a private name.")
    )
    outcome = forms.ChoiceField(label=_("How it ended"), choices=OUTCOMES, widget=forms.RadioSelect())
    finding = forms.CharField(label=_("Finding"), max_length=500, widget=forms.Textarea({"rows": 3}))
    reason = forms.CharField(
        label=_("Why it is returned"), required=False, max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("What is to be mended before it comes again."),
    )  # fmt: skip
    paper = forms.FileField(label=_("Minutes or report"), required=False, help_text=_("PDF, PNG or JPEG."))

    def __init__(self, *args: Any, steps: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(each.value, each.label) for each in steps]


class NeededForm(forms.Form):
    """The steps that a kind of programme needs, each with its place in the order; an empty place: it is not needed."""

    def __init__(self, *args: Any, needed: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = {step.value: place for place, step in enumerate(needed, start=1)}
        for step in ApprovalStep:
            self.fields[step.value] = forms.IntegerField(
                label=step.label, required=False, min_value=1, max_value=len(ApprovalStep), initial=places.get(step.value),
                help_text=_("Its place in the order; empty where it is not needed."),
            )  # fmt: skip

    def steps(self) -> list[str]:
        given = [(place, value) for value, place in self.cleaned_data.items() if place is not None]
        return [value for _place, value in sorted(given)]
