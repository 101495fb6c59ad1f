from collections.abc import Iterable
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.sites.queries import CONDITIONS, KINDS
from corridor.web.fields import Chosen, DayField
from corridor.web.ui.languages import country_name

from .upkeep_forms import REFERENCE_OF_A_MEMBER


class SiteFilter(forms.Form):
    """What a list of sites is narrowed to; its state is in the address."""

    q = forms.CharField(
        label=_("Search names and cities"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    brand = forms.SlugField(label=_("Brand"), required=False, widget=forms.Select())
    country = forms.RegexField("^[A-Z]{2}$", label=_("Country"), required=False, widget=forms.Select())
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *KINDS])
    state = forms.SlugField(required=False, widget=forms.HiddenInput())

    def offer(self, *, countries: Iterable[str], brands: Iterable) -> None:
        places = sorted(((code, country_name(code)) for code in countries), key=lambda each: each[1])
        self.fields["country"].widget.choices = [("", _("All countries")), *places]
        self.fields["brand"].widget.choices = [("", _("All brands")), *((each.code, each.name) for each in brands)]


class ManagerForm(forms.Form):
    """Who is to manage a site, or no longer is: by the name with which the person signs in."""

    username = forms.CharField(label=_("User name"), max_length=150)
    on = DayField(label=_("From the day"))


class AgreementForm(forms.Form):
    agreement = forms.CharField(
        label=_("Agreement"), max_length=20, required=False, help_text=_("Its reference, like AGR-2023-0031. Empty: none."),
    )  # fmt: skip


class ListingForm(forms.Form):
    brand = Chosen(label=_("Brand"))
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Empty: until somebody ends it."))

    def offer(self, brands: Iterable) -> None:
        self.fields["brand"].offer([(b.code, b.name, b) for b in brands], empty=str(_("Choose one")))

    def ends_before(self) -> date | None:
        last: date | None = self.cleaned_data["ends_on"]
        return last + timedelta(days=1) if last else None


class AcceptForm(forms.Form):
    on = DayField(label=_("Accepted on"))


class AccreditationForm(forms.Form):
    accredited_by = forms.CharField(label=_("Accredited by"), max_length=200)
    accredited_for = forms.CharField(label=_("Accredited for"), max_length=300)
    number = forms.CharField(label=_("Number"), max_length=80, required=False)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Empty: until somebody ends it."))
    paper = forms.FileField(label=_("The paper that says so"), required=False)

    def ends_before(self) -> date | None:
        last: date | None = self.cleaned_data["ends_on"]
        return last + timedelta(days=1) if last else None


class EquipmentFilter(forms.Form):
    """What a list of equipment is narrowed to; its state is in the address."""

    q = forms.CharField(
        label=_("Search kinds and numbers"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    state = forms.SlugField(required=False, widget=forms.HiddenInput())


class EquipmentForm(forms.Form):
    kind = forms.CharField(label=_("What it is"), max_length=150)
    inventory_number = forms.CharField(label=_("Number in the inventory"), max_length=60)
    count = forms.IntegerField(
        label=_("How many of it"), min_value=1, max_value=1_000_000,
        help_text=_("Several under one number stand and fall together; give each its own number where one may fail alone."),
    )  # fmt: skip
    acquired_on = DayField(label=_("Acquired on"), required=False)
    serial = forms.CharField(label=_("Serial number"), max_length=80, required=False)
    condition = forms.ChoiceField(label=_("Condition"), required=False, choices=[("", _("not known")), *CONDITIONS])
    owner = forms.SlugField(label=_("Owner"), max_length=60, required=False, help_text=REFERENCE_OF_A_MEMBER)
    donor = forms.SlugField(label=_("Given by"), max_length=60, required=False, help_text=REFERENCE_OF_A_MEMBER)
    value = forms.DecimalField(label=_("Value"), required=False, min_value=0, max_digits=18, decimal_places=3)
    currency = forms.CharField(
        label=_("Currency of the value"), required=False, max_length=3, help_text=_("Three letters, like LAK or CNY.")
    )
    running_costs_by = forms.SlugField(
        label=_("Who pays what it needs while it runs"), max_length=60, required=False, help_text=REFERENCE_OF_A_MEMBER
    )
    mended_by = forms.CharField(
        label=_("Who can mend it"), required=False, max_length=200, help_text=_("A firm or an office, never a person.")
    )
    calibration_months = forms.IntegerField(
        label=_("Calibrated every so many months"),
        required=False,
        min_value=1,
        max_value=240,
        help_text=_("Empty: never."),
    )
    paper = forms.FileField(
        label=_("Document that came with it"),
        required=False,
        help_text=_("A delivery note or an invoice: PDF, PNG or JPEG."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()
