"""What holders send about their own certificates, and whoever hands one over."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from corridor.rooms.credentials.queries import LinkWay, Looking, ShownPart

_DAYS = (1, 7, 30, 90, 365)
_TEXT = forms.Textarea({"rows": 3})


class ShowForm(forms.Form):
    """For what, which parts, until when, and whether I wish to know who looked."""

    purpose = forms.CharField(
        label=_("What it is for"), max_length=120,
        help_text=_("Whoever opens the link reads it, for example “Application as a vehicle inspector”."),
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label=_("What is shown"), choices=ShownPart.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What it is, who issued it, and whether it stands is always shown. What you leave out is not in the link."),
        initial=[ShownPart.NAME, ShownPart.RESULTS],
    )  # fmt: skip
    days = forms.ChoiceField(
        label=_("For how long"), initial=30,
        # Called for each form: a sentence that is filled while the module loads stays English.
        choices=lambda: [(days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days}) for days in _DAYS],
    )  # fmt: skip
    looking = forms.ChoiceField(
        label=_("Who looked"), choices=Looking.choices, initial=Looking.UNASKED, widget=forms.RadioSelect,
        help_text=_("Whoever opens it reads before that you ask. Nothing is kept of who goes on without a name."),
    )  # fmt: skip

    def clean_parts(self) -> list[ShownPart]:
        return [ShownPart(each) for each in self.cleaned_data["parts"]]

    def clean_looking(self) -> Looking:
        return Looking(self.cleaned_data["looking"])


class LookForm(forms.Form):
    """Who looks, of their own will."""

    name = forms.CharField(
        label=_("Your name, or that of your office"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )


class CorrectionForm(forms.Form):
    should_be = forms.CharField(
        label=_("What it should say"),
        max_length=300,
        help_text=_("For example the name as it stands in your passport."),
    )
    words = forms.CharField(label=_("What is wrong, in your own words"), max_length=2_000, required=False, widget=_TEXT)
    file = forms.FileField(label=_("A file that shows it"), required=False, help_text=_("A PDF or a picture."))


class LinkForm(forms.Form):
    """How a holder without an account comes to the certificate."""

    way = forms.ChoiceField(label=_("How"), choices=LinkWay.choices, initial=LinkWay.MAIL, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("The holder reads"), choices=settings.LANGUAGES)


class HolderCodeForm(forms.Form):
    """Six digits from the letter."""

    code = forms.CharField(
        label=_("Code"), max_length=12, help_text=_("Six digits, from the letter that this page sends you."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip
