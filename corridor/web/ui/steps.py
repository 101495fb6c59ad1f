"""The form for one step in a life: where to, from which day, why. Only the steps that the present state allows are offered."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.models import Living
from corridor.web.fields import DayField


class StepForm(forms.Form):
    to = forms.ChoiceField(label=_("It becomes"), widget=forms.RadioSelect())
    on = DayField(label=_("From the day"))
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("One sentence that a reader of the record understands in ten years."),
    )  # fmt: skip

    def __init__(self, *args, thing: Living, today: date, **kwargs) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.states = steps_from(thing)
        self.fields["to"].choices = [(state.value, state.label) for state in self.states]

    def state(self):
        """The state that was chosen."""
        return next(state for state in self.states if state.value == self.cleaned_data["to"])


def steps_from(thing: Living) -> list:
    """The states that its present one leads to, in the order of the life."""
    allowed = thing.LIFE.transitions[type(thing.LIFE.first)(thing.status)]
    return [state for state in type(thing.LIFE.first) if state in allowed]
