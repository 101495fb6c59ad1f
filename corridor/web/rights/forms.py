"""Forms about the rights of a person: what to correct, what to answer, what to erase, how long to keep, what left."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.rooms.credentials.personal_data import SIGNED_TEXTS, SignedTexts
from corridor.rooms.people.rights_words import DataClass, Occasion, Part, RecordKind, TransferBasis
from corridor.web.fields import DayField

TEXT = forms.Textarea({"rows": 3})


class CorrectForm(forms.Form):
    part = forms.ChoiceField(label=_("What is wrong"), choices=Part.choices)
    should_be = forms.CharField(
        label=_("What it should be"), max_length=300,
        help_text=_("A day as 1999-04-05, a country by its two letters; anything else in your words."),
    )  # fmt: skip
    words = forms.CharField(label=_("Why, in your own words"), max_length=2_000, required=False, widget=TEXT)
    file = forms.FileField(label=_("A file that shows it"), required=False, help_text=_("A PDF or a picture."))


class AskErasureForm(forms.Form):
    words = forms.CharField(
        label=_("Anything the secretariat should know"), max_length=2_000, required=False, widget=TEXT
    )


class AnswerForm(forms.Form):
    step = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("What the person reads"), max_length=2_000, required=False, widget=TEXT,
        help_text=_("A refusal needs its reason."),
    )  # fmt: skip

    def offer(self, steps: list[tuple[str, str]]) -> None:
        field = self.fields["step"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = steps


class EraseForm(forms.Form):
    signed_texts = forms.ChoiceField(
        label=_("Signed certificates"), choices=list(SIGNED_TEXTS.items()), initial=SignedTexts.FORGET,
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("It stays on record: write no name and nothing else about the person."),
    )
    confirmed = forms.CharField(
        label=_("The reference of the person, once more"), max_length=30,
        help_text=_("An erasure cannot be taken back."),
    )  # fmt: skip


class HoldForm(forms.Form):
    reason = forms.CharField(label=_("Which law or case demands it"), max_length=500)
    until = DayField(label=_("Last day, if it is known"), required=False)


class RuleForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of record"), choices=RecordKind.choices)
    months = forms.IntegerField(label=_("Months to keep it"), min_value=1, max_value=1200)
    reason = forms.CharField(label=_("Which law or rule says so"), max_length=300)


class TransferForm(forms.Form):
    happened_on = DayField(label=_("Day"))
    from_country = forms.RegexField(
        "^[A-Z]{2}$", label=pgettext_lazy("a country", "From"), help_text=_("Two letters of ISO 3166-1.")
    )
    to_country = forms.RegexField(
        "^[A-Z]{2}$", label=pgettext_lazy("a country", "To"), help_text=_("Two letters of ISO 3166-1.")
    )
    data_class = forms.ChoiceField(label=_("Kind of data"), choices=DataClass.choices)
    basis = forms.ChoiceField(label=_("Ground in law"), choices=TransferBasis.choices)
    occasion = forms.ChoiceField(label=_("How it left"), choices=Occasion.choices, initial=Occasion.MAIL)
    about = forms.CharField(
        label=_("What left"), max_length=120, help_text=_("A list, a letter, an edition; no names.")
    )
    unlisted = forms.IntegerField(label=_("Of how many persons"), min_value=1, max_value=10_000_000)
    over_because = forms.CharField(
        label=_("Why it leaves over a threshold"), max_length=300, required=False,
        help_text=_("Only where a threshold is reached."),
    )  # fmt: skip


class ThresholdForm(forms.Form):
    from_country = forms.RegexField("^[A-Z]{2}$", label=_("Country"), help_text=_("Two letters of ISO 3166-1."))
    data_class = forms.ChoiceField(label=_("Kind of data"), choices=DataClass.choices)
    persons = forms.IntegerField(label=_("Persons in a year"), min_value=1, max_value=2_000_000_000)
    source = forms.CharField(label=_("Which law or rule says so"), max_length=300)
