"""Forms around delegates: registering, a letter for a visa, and what the secretariat sets and asks."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.countries import KNOWN_COUNTRIES
from corridor.rooms.members.application_kinds import AnswerKind, Need
from corridor.web.apply.forms import SectionForm
from corridor.web.fields import DayField

from .forms import places_named

NOT_ASKED = {AnswerKind.FILE}


class RegisterForm(SectionForm):
    """Who comes, then the questions of this conference; the rule of what is needed is the action's."""

    field_order = ("name", "latin_name", "email", "language", "member", "comes_from", "country")

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=True,
        help_text=_("In your own script, as it shall stand on the name card."),
    )
    latin_name = forms.CharField(
        label=_("Your name in Latin letters"), max_length=150, required=False, help_text=_("As in your passport.")
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("We send the link to your registration there."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Our letters to you are in"), choices=settings.LANGUAGES)
    member = forms.CharField(
        label=_("Member you come from"), required=False, max_length=60, widget=forms.Select(),
        help_text=_("Leave it empty if your organisation is no member."),
    )  # fmt: skip
    comes_from = forms.CharField(label=_("Another organisation"), required=False, max_length=200)
    country = forms.ChoiceField(label=_("Country or region"), required=False)
    is_listed = forms.BooleanField(
        label=_("Put me on the list of participants"), required=False,
        help_text=_("Other participants then read your name and organisation. You can take it back at any time."),
    )  # fmt: skip

    def __init__(self, *args: Any, members: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["member"].widget.choices = [("", _("None")), *members]
        self.fields["country"].choices = [("", _("Choose")), *places_named(KNOWN_COUNTRIES)]
        # The last word is the list of participants.
        self.fields["is_listed"] = self.fields.pop("is_listed")

    def answers(self) -> dict[str, list[str]]:
        return {name: value for name, value in self.given().items() if name not in self.base_fields}


class VisaForm(forms.Form):
    passport = forms.CharField(
        label=_("Number of your passport"), max_length=25, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("For this letter alone; it is taken away when the conference is over."),
    )  # fmt: skip
    nationality = forms.ChoiceField(label=_("Nationality"))
    born_on = DayField(label=_("Born on"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["nationality"].choices = [("", _("Choose")), *places_named(KNOWN_COUNTRIES)]


class RefuseForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("The delegate reads it."))


class OpeningForm(forms.Form):
    opens_on = DayField(label=_("Registration begins"))
    closes_on = DayField(label=_("Last day of registration"))
    places = forms.IntegerField(
        label=_("How many places"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("Empty: for everyone."),
    )


class QuestionForm(forms.Form):
    code = forms.SlugField(label=_("Short name"), max_length=60, help_text=_("For example meals."))
    title_en = forms.CharField(label=_("Question in English"), max_length=300)
    title_zh = forms.CharField(label=_("Question in Chinese"), max_length=300, required=False)
    title_lo = forms.CharField(label=_("Question in Lao"), max_length=300, required=False)
    answer = forms.ChoiceField(
        label=_("How it is answered"), choices=[each for each in AnswerKind.choices if each[0] not in NOT_ASKED]
    )
    need = forms.ChoiceField(label=_("Must it be answered"), choices=Need.choices)
    options = forms.CharField(
        label=_("Answers to choose"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line, in English."),
    )

    def titles(self) -> dict[str, str]:
        given = self.cleaned_data
        return {"en": given["title_en"], "zh-Hans": given["title_zh"], "lo": given["title_lo"]}

    def options_named(self) -> dict[str, dict[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        return {f"option-{number}": {"en": line} for number, line in enumerate(lines, start=1)}


class DelegateFilter(forms.Form):
    q = forms.CharField(
        label=_("Search, in any script"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(
        required=False, widget=forms.HiddenInput(),
        choices=[("", ""), ("here", ""), ("awaited", ""), ("withdrawn", ""), ("letters", "")],
    )  # fmt: skip
