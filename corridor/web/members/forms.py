from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.members.queries import IN_THE_ALLIANCE
from corridor.web.ui.languages import country_name

KINDS = [("", _("All kinds")), ("school", _("Schools")), ("company", _("Companies")), ("association", _("Associations")),
         ("authority", _("Authorities"))]  # fmt: skip


class DayInput(forms.DateInput):
    """A day as browsers send it."""

    input_type = "date"

    def __init__(self, **more) -> None:
        super().__init__(format="%Y-%m-%d", **more)


class MemberFilter(forms.Form):
    """What a list of members is narrowed to; its state is in the address."""

    q = forms.CharField(
        label=_("Search, in any script"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    on = forms.DateField(label=_("On the day"), required=False, widget=DayInput())
    country = forms.RegexField("^[A-Z]{2}$", label=_("Country or region"), required=False, widget=forms.Select())
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=KINDS)
    status = forms.ChoiceField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", ""), *((each.value, each.label) for each in IN_THE_ALLIANCE)]

    def offer_countries(self, codes: Sequence[str]) -> None:
        """Put these into the choice of places, by their names."""
        places = sorted(((code, country_name(code)) for code in codes), key=lambda each: each[1])
        self.fields["country"].widget.choices = [("", _("All places")), *places]
