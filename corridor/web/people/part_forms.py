"""Forms for the parts of a person's record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.kernel.errors import BadInput
from corridor.rooms.people.birth_days import read_birth_day
from corridor.rooms.people.choices import (
    BirthCalendar,
    BirthPrecision,
    ContactKind,
    Disability,
    NameForm,
    NameOrder,
    Need,
    PaperKind,
    PurposeBasis,
    Romanisation,
)
from corridor.web.fields import Chosen, DayField
from corridor.web.wording import sentence

from .forms import SEXES

LANGUAGE_HELP = _("A tag, for example lo, th, zh-Hans, lo-Latn.")


def _or_none(choices: Any, label: Any) -> list[tuple[str, Any]]:
    return [("", label), *choices]


class NameFormOfPerson(forms.Form):
    """One more form of the name, or a new own name."""

    form = forms.ChoiceField(label=_("Which form"), choices=[c for c in NameForm.choices if c[0] != NameForm.FORMER])
    full_name = forms.CharField(
        label=_("Whole name"), max_length=200, help_text=_("As it is written, in its own order.")
    )
    language = forms.CharField(label=_("Language of this name"), max_length=12, help_text=LANGUAGE_HELP)
    romanisation = forms.ChoiceField(
        label=_("Romanised by"), required=False, choices=_or_none(Romanisation.choices, _("Not romanised, or not said")),
        help_text=_("Only for a romanised name."),
    )  # fmt: skip
    family_part = forms.CharField(
        label=_("Family name inside it"), max_length=120, required=False, help_text=_("Only if the person has one; for sorting and letters.")
    )  # fmt: skip
    given_part = forms.CharField(label=_("Given name inside it"), max_length=120, required=False)
    valid_from = DayField(
        label=_("Called so since"), required=False, help_text=_("For a new own name: the day of the change.")
    )


class FactsForm(forms.Form):
    """What is known of a person, each fact with what goes with it."""

    name_order = forms.ChoiceField(
        label=_("Order of the name"), required=False, choices=_or_none(NameOrder.choices, _("Not known"))
    )
    honorific = forms.CharField(
        label=_("How to address them"),
        max_length=40,
        required=False,
        help_text=_("As they wish, for example Dr or ທ່ານ."),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=list(SEXES.items()))
    sex_because = Chosen(label=_("Sex is collected for"), required=False)
    born_on = forms.CharField(
        label=_("Day of birth"), max_length=40, required=False,
        help_text=_(
            "In the calendar chosen below, for example 1990-04-13, or 13/04/2533 of the Buddhist era; in the Chinese, Islamic and Persian "
            "calendars as the world counts it. Of a month or a year alone: its first day."
        ),
    )  # fmt: skip
    birth_precision = forms.ChoiceField(label=_("What is known of it"), choices=BirthPrecision.choices)
    birth_calendar = forms.ChoiceField(label=_("It was given in this calendar"), choices=BirthCalendar.choices)
    birth_written = forms.CharField(
        label=_("As it was written"), max_length=40, required=False, help_text=_("For example 13/04/2533.")
    )
    residence_country = forms.RegexField(
        "^[A-Z]{2}$", label=_("Lives in"), required=False, help_text=_("Two letters of ISO 3166-1.")
    )
    disability = forms.ChoiceField(
        label=_("Disability"), required=False, choices=_or_none(Disability.choices, _("Not asked"))
    )
    disability_because = Chosen(label=_("Disability is collected for"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        written = str(given.get("born_on") or "").strip()
        calendar = given.get("birth_calendar", "")
        given["born_on"] = None
        if written:
            try:
                given["born_on"] = read_birth_day(written, calendar=calendar, column="born_on")
            except BadInput as refused:
                for problem in refused.problems:
                    self.add_error("born_on", sentence(problem))
            else:
                if calendar != BirthCalendar.GREGORIAN and not given.get("birth_written"):
                    given["birth_written"] = written if written != given["born_on"].isoformat() else ""
        return given

    def offer(self, purposes: list[Any]) -> None:
        for name in ("sex_because", "disability_because"):
            field: Any = self.fields[name]
            field.offer([(each.code, each.code, each) for each in purposes], empty=_("No purpose is written down"))


class ContactForm(forms.Form):
    """One more way to reach a person."""

    kind = forms.ChoiceField(label=_("How"), choices=ContactKind.choices)
    value = forms.CharField(label=_("Number, name or address"), max_length=300)
    country = forms.RegexField(
        "^[A-Z]{2}$", label=_("Country of a telephone number without +"), required=False,
        help_text=_("Two letters; else the country where the person lives."),
    )  # fmt: skip


class CertificateNameForm(forms.Form):
    """The name as it shall be printed."""

    full_name = forms.CharField(label=_("Whole name, exactly as it shall be printed"), max_length=200)
    language = forms.CharField(label=_("Language of this name"), max_length=12, help_text=LANGUAGE_HELP)
    attested_by = forms.CharField(
        label=_("Office that saw it confirmed on paper"), max_length=200,
        help_text=_("An office, never the name of a person."),
    )  # fmt: skip


class PaperForm(forms.Form):
    """A document that was seen."""

    kind = forms.ChoiceField(label=_("Which document"), choices=PaperKind.choices)
    country = forms.RegexField("^[A-Z]{2}$", label=_("Issued by"), help_text=_("Two letters of ISO 3166-1."))
    seen_on = DayField(label=_("Seen on"))
    expires_on = DayField(label=_("Valid until"), required=False)
    number = forms.CharField(label=_("Number"), max_length=40, required=False)


class PaperConsentForm(forms.Form):
    """A consent that was signed on paper."""

    text = forms.ChoiceField(
        label=_("Sentence on the paper"), help_text=_("In the language and the version that was signed.")
    )
    signed_on = DayField(label=_("Signed on"))
    scan = forms.FileField(label=_("The signed paper"), help_text=_("A PDF or a picture."))

    def offer(self, texts: list[Any], language_name: Any) -> None:
        """``language_name`` says a language to the reader."""
        self.known = {str(text.pk): text for text in texts}
        self.fields["text"].choices = [  # type: ignore[attr-defined]
            (key, f"{language_name(text.language)} · {text.title} ({text.version})") for key, text in self.known.items()
        ]


class PhotoForm(forms.Form):
    """A photo of a person."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("PNG or JPEG. It is made small, and what the camera wrote beside it is left out."),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class PurposeForm(forms.Form):
    """A purpose of collecting, and its sentence in one language or several."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Short and for ever, for example follow_up."))
    legal_basis = forms.ChoiceField(label=_("Legal basis"), choices=PurposeBasis.choices)
    need = forms.ChoiceField(label=_("May the person say no?"), choices=Need.choices)
    title = forms.CharField(label=_("Title, in English"), max_length=120)
    text = forms.CharField(label=_("Sentence, in English"), max_length=2_000, widget=forms.Textarea({"rows": 3}))
    other_language = forms.CharField(
        label=_("Another language"), max_length=12, required=False, help_text=LANGUAGE_HELP
    )
    other_title = forms.CharField(label=_("Title in that language"), max_length=120, required=False)
    other_text = forms.CharField(
        label=_("Sentence in that language"), max_length=2_000, required=False, widget=forms.Textarea({"rows": 3})
    )
