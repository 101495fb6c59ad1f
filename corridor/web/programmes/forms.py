from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.programmes.queries import KINDS
from corridor.web.fields import DayField
from corridor.web.ui.languages import country_name

ENDINGS = [("scale", _("Grow it")), ("fix", _("Mend it")), ("stop", _("Stop it"))]


class ProgrammeFilter(forms.Form):
    """What a list of programmes is narrowed to; its state is in the address."""

    q = forms.CharField(
        label=_("Search in titles"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *KINDS])
    country = forms.RegexField("^[A-Z]{2}$", label=_("Country"), required=False, widget=forms.Select())
    brand = forms.SlugField(label=_("Brand"), required=False, widget=forms.Select())
    state = forms.SlugField(required=False, widget=forms.HiddenInput())

    def offer(self, *, countries: Iterable[str], brands: Iterable) -> None:
        places = sorted(((code, country_name(code)) for code in set(countries)), key=lambda each: each[1])
        self.fields["country"].widget.choices = [("", _("All countries")), *places]
        self.fields["brand"].widget.choices = [("", _("All brands")), *((each.code, each.name) for each in brands)]


class ReviewForm(forms.Form):
    """What was found when somebody looked at it, and how it ends."""

    on = DayField(label=_("Reviewed on"))
    ending = forms.ChoiceField(label=_("What follows"), choices=ENDINGS)
    finding = forms.CharField(label=_("Finding"), max_length=500, widget=forms.Textarea({"rows": 4}))
