from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.kernel.money import MINOR_UNITS
from corridor.web.fields import DayField
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import member_called, title_in

STATES = [
    ("", _("All")), ("open", _("Open")), ("stated", _("Stated")), ("partly_met", _("Partly met")), ("met", _("Met")), ("expired", _("Expired")),
    ("restated", _("Restated")),
]  # fmt: skip
STRENGTHS = [("spoken", _("Said, not written")), ("letter", _("A letter")), ("contract", _("A contract"))]


PERIODS = [("", "–"), ("hour", _("an hour")), ("day", _("a day")), ("month", _("a month")), ("year", _("a year"))]


class DemandFilter(forms.Form):
    """What the list of demand statements is narrowed to; its state, sector, quarter and unit are in the address."""

    occupation = forms.CharField(
        label=_("Occupation: a word in any language, or the beginning of its code"), required=False, max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )  # fmt: skip
    country = forms.RegexField("^[A-Z]{2}$", label=_("Country or region"), required=False, widget=forms.Select())
    state = forms.ChoiceField(required=False, choices=STATES, widget=forms.HiddenInput())
    sector = forms.SlugField(required=False, max_length=12, widget=forms.HiddenInput())
    quarter = forms.RegexField(r"^\d{4}-Q[1-4]$", required=False, widget=forms.HiddenInput())
    unit = forms.RegexField(r"^[\w./-]{1,120}$", required=False, widget=forms.HiddenInput())

    def offer_countries(self, codes: Any) -> None:
        places = sorted(((code, country_name(code)) for code in codes), key=lambda each: each[1])
        self.fields["country"].widget.choices = [("", _("All places")), *places]


class DemandForm(forms.Form):
    """What an employer needs: for which occupation, how many people, able to do what, where and by when."""

    employer = forms.ChoiceField(label=_("Employer"))
    occupation_title = forms.CharField(label=_("Occupation, in your own words"), max_length=150)
    occupation_code = forms.RegexField(
        r"^\d{1,4}$",
        label=_("Its code in ISCO-08"),
        help_text=_("One to four digits, for example 7231 for mechanics of motor vehicles."),
    )
    posts = forms.IntegerField(label=_("How many people"), min_value=1, max_value=100_000)
    country = forms.ChoiceField(label=_("Where they will work"))
    place = forms.CharField(label=_("Town or plant"), required=False, max_length=100)
    needed_by = DayField(label=_("Needed by"))
    wage_from = forms.DecimalField(
        label=_("Lowest wage"), required=False, max_digits=18, decimal_places=3,
        help_text=_("With its currency and what it is for, or leave all of them empty."),
    )  # fmt: skip
    wage_to = forms.DecimalField(label=_("Highest wage"), required=False, max_digits=18, decimal_places=3)
    wage_currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=[("", "–"), *((code, code) for code in sorted(MINOR_UNITS))]
    )
    wage_period = forms.ChoiceField(label=_("The wage is for"), required=False, choices=PERIODS)
    languages = forms.CharField(
        label=_("Levels of languages"), required=False, max_length=100,
        help_text=_("HSK 4, or CEFR B1 en with the language; “;” between several."),
    )  # fmt: skip
    strength = forms.ChoiceField(label=_("How firm it is"), choices=STRENGTHS)
    paper = forms.CharField(
        label=_("Which letter or contract"), required=False, max_length=300,
        help_text=_("With its day or number, and where it is kept. Not needed where it was only said."),
    )  # fmt: skip
    units = forms.MultipleChoiceField(
        label=_("Units of competency that they must prove"), required=False, widget=forms.CheckboxSelectMultiple
    )
    replaces = forms.ChoiceField(
        label=_("It restates"), required=False, help_text=_("The older statement then no longer counts.")
    )

    def __init__(self, *args, employers: Any, countries: Any, versions: Any, own: Any, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employer"].choices = [(each.reference, member_called(each).text) for each in employers]
        self.fields["country"].choices = sorted(
            ((code, country_name(code)) for code in countries), key=lambda each: each[1]
        )
        self.known_units = {
            f"{version.curriculum.reference}/{version.version}/{unit.code}": unit
            for version in versions
            for unit in version.units.all()
        }
        self.fields["units"].choices = [
            (f"{version.curriculum.reference}/{version.version}/{unit.code}", f"{unit.code} · {title_in(version).text}")
            for version in versions
            for unit in version.units.all()
        ]
        self.own = {each.reference: each for each in own}
        self.fields["replaces"].choices = [
            ("", _("Nothing; it is new")), *((each.reference, f"{each.reference} · {each.occupation_title}") for each in own),
        ]  # fmt: skip

    def languages_wanted(self) -> list[str]:
        return [level.strip() for level in self.cleaned_data["languages"].split(";") if level.strip()]


class PaperForm(forms.Form):
    """The letter or the contract by which it was stated."""

    paper = forms.CharField(
        label=_("Which letter or contract"), max_length=300,
        help_text=_("With its day or number, and where it is kept."),
    )  # fmt: skip
    upload = forms.FileField(label=_("Its scan"), required=False, help_text=_("PDF, PNG or JPEG."))


class MetForm(forms.Form):
    """The employer has found its people, or some of them."""

    how_far = forms.ChoiceField(
        label=_("How far it is met"), choices=[("partly", _("Some were found")), ("met", _("All were found"))]
    )
    reason = forms.CharField(label=_("How"), required=False, max_length=300)
