"""Forms about persons. Nobody's name is cut into first and last."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.foundations import clock
from corridor.foundations.vocabularies.languages import is_language
from corridor.web.fields import Chosen, DayField

SEXES = {
    "female": pgettext_lazy("a person", "Woman"),
    "male": pgettext_lazy("a person", "Man"),
    "unknown": pgettext_lazy("a person", "Not known"),
}


class PersonFilter(forms.Form):
    """What the list of persons is narrowed to."""

    q = forms.CharField(
        label=_("Name in any script, or reference"), required=False, max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )  # fmt: skip
    country = forms.RegexField("^[A-Z]{2}$", label=_("Lives in (two letters)"), required=False)
    without = forms.ChoiceField(
        label=_("What is missing"), required=False,
        choices=[
            ("", _("Everybody")),
            ("certificate_name", _("No name confirmed for certificates")),
            ("contact", _("No contact confirmed for 12 months")),
        ],
    )  # fmt: skip


class RegisterForm(forms.Form):
    """A person that the alliance comes to know. That gives nobody an account and no place in a cohort."""

    reference = forms.SlugField(
        label=_("Reference"), max_length=30, help_text=_("Short and for ever: it stands in the address.")
    )
    own_name = forms.CharField(
        label=_("Whole name, in the person's own script"), max_length=200, help_text=_("As the person writes it.")
    )
    own_language = forms.CharField(
        label=_("Language of this name"), max_length=12, help_text=_("A tag, for example lo, th, zh-Hans.")
    )
    romanised_name = forms.CharField(
        label=_("The same name in Latin letters"), max_length=200, required=False,
        help_text=_("As the passport has it. Leave it empty where the own script is Latin."),
    )  # fmt: skip
    sex = forms.ChoiceField(label=_("Sex"), choices=list(SEXES.items()), initial="unknown")
    sex_because = Chosen(
        label=_("Sex is collected for"), required=False, help_text=_("Nobody's sex is written down without a purpose.")
    )
    born_on = DayField(label=_("Day of birth"), required=False)
    residence_country = forms.RegexField(
        "^[A-Z]{2}$", label=_("Lives in"), required=False, help_text=_("Two letters of ISO 3166-1.")
    )
    source_mark = forms.ChoiceField(
        label=_("Where this comes from"), choices=[("named", _("A source names it")), ("assumed", _("We assume it"))]
    )

    def offer(self, purposes: list[Any]) -> None:
        field: Any = self.fields["sex_because"]
        field.offer([(each.code, each.code, each) for each in purposes], empty=_("No purpose is written down"))

    def clean_born_on(self) -> date | None:
        day: date | None = self.cleaned_data["born_on"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(now("Nobody is born on a day to come: %(day)s.") % {"day": day})
        return day

    def clean_own_language(self) -> str:
        tag = self.cleaned_data["own_language"]
        if not is_language(tag):
            raise forms.ValidationError(now("“%(tag)s” is no tag of a language.") % {"tag": tag})
        return tag


class MergeForm(forms.Form):
    """Which record stays, and how it is known that both are of one human being."""

    into = forms.SlugField(label=_("Reference of the record that stays"), max_length=30)
    reason = forms.CharField(
        label=_("Why the two are one human being"), max_length=300, widget=forms.Textarea({"rows": 3})
    )
