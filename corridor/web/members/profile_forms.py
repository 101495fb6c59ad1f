"""Forms for what is known of an organisation beside its place and its membership."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.rooms.members.identifiers import SCHEMES
from corridor.web.fields import DayField

from .forms import KINDS


class EndNameForm(forms.Form):
    valid_before = DayField(label=_("Out of use from the day"))


class CorrectNameForm(forms.Form):
    """A mistake in what was written down; a new name is added instead, and the old one ended."""

    name = forms.CharField(label=_("Name"), max_length=250)
    valid_from = DayField(label=_("In use from the day"), required=False)
    valid_before = DayField(label=_("Out of use from the day"), required=False)
    reason = forms.CharField(label=_("What was wrong"), max_length=300)


class IdentifierForm(forms.Form):
    scheme = forms.ChoiceField(
        label=pgettext_lazy("of organisations", "Register"),
        choices=lambda: [(code, scheme.title) for code, scheme in SCHEMES.items()],
    )
    value = forms.CharField(
        label=_("Number"), max_length=120, help_text=_("As the register writes it; its address is taken as well.")
    )
    register = forms.CharField(
        label=_("Whose register"), max_length=120, required=False,
        help_text=_("For another register's own numbers alone, for example a ministry."),
    )  # fmt: skip


class SectorForm(forms.Form):
    """The codes of a classification, the main one first."""

    scheme = forms.CharField(label=_("Classification"), max_length=20, initial="isic-4")
    codes = forms.CharField(
        label=_("Codes"), max_length=400, required=False,
        help_text=_("One after another with a space between them; the first is the main one. None takes all away."),
    )  # fmt: skip

    def clean_codes(self) -> list[str]:
        return self.cleaned_data["codes"].replace(",", " ").replace(";", " ").split()


class CampusForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.CharField(label=_("Language"), max_length=12, help_text=_("Its tag, for example lo, th, zh-Hans."))
    country = forms.RegexField("^[A-Z]{2}$", label=_("Country or region"), help_text=_("Two letters of ISO 3166-1."))
    city = forms.CharField(label=_("City"), max_length=80)
    latitude = forms.DecimalField(label=_("Degrees north"), required=False, max_digits=8, decimal_places=5)  # fmt: skip
    longitude = forms.DecimalField(label=_("Degrees east"), required=False, max_digits=8, decimal_places=5)  # fmt: skip
    starts_on = DayField(label=_("Open since"), required=False)


class CloseCampusForm(forms.Form):
    ends_before = DayField(label=_("Closed from the day"))


class ParentForm(forms.Form):
    parent = forms.SlugField(
        label=_("Belongs to"), max_length=60, help_text=_("The reference of the organisation above it.")
    )
    starts_on = DayField(label=_("Since"), required=False)


class ProposeForm(forms.Form):
    """An organisation that the alliance does not know yet; the secretariat looks at it before it is counted anywhere."""

    name = forms.CharField(label=_("Name"), max_length=250)
    language = forms.CharField(label=_("Language"), max_length=12, initial="en", help_text=_("Its tag, for example lo, th, zh-Hans."))  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS[1:])
    country = forms.RegexField("^[A-Z]{2}$", label=_("Country or region"), help_text=_("Two letters of ISO 3166-1."))
    city = forms.CharField(label=_("City"), max_length=80)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)


class SettleForm(forms.Form):
    """What the secretariat says of a record that somebody else typed."""

    into = forms.SlugField(
        label=_("It is the same as"),
        max_length=60,
        required=False,
        help_text=_("A reference, to merge it into that one."),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, help_text=_("Needed to refuse or to merge.")
    )


class MergeForm(forms.Form):
    """Which record stays, what is taken from the other, and why."""

    def __init__(self, *args, pair, fields, both_are_members: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stays"].choices = [("one", pair.one.reference), ("other", pair.other.reference)]
        self.fields["take"].choices = [(each, each) for each in fields]
        if not both_are_members:
            del self.fields["ends_membership"]

    stays = forms.ChoiceField(label=_("The record that stays"), widget=forms.RadioSelect, required=False)
    take = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    ends_membership = forms.BooleanField(
        label=_("Both are members: the membership of the record that goes ends today"), required=False
    )
    reason = forms.CharField(label=_("Why"), max_length=300)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)
