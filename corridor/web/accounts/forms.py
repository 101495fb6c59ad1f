from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _


class TokenForm(forms.Form):
    """A key for a machine: what it is for, and how long it lasts."""

    name = forms.CharField(
        label=_("What it is for"), help_text=_("For example: timetable of the workshop."), max_length=80
    )
    days = forms.TypedChoiceField(
        label=_("It lasts"),
        coerce=int,
        initial=90,
        choices=[(30, _("30 days")), (90, _("90 days")), (366, _("A year"))],
    )

    @property
    def lasts(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])
