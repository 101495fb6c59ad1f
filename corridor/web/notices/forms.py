from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from corridor.foundations.notices.events import Event
from corridor.foundations.notices.wishing import Rhythm, WishesDraft


class WishesForm(forms.Form):
    """When mail comes, in which language, and about what."""

    rhythm = forms.ChoiceField(label=_("Mail about what is new"), choices=Rhythm.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the letters"))
    zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Letters of the day leave at eight in the morning there.")
    )
    quiet_from = forms.TimeField(
        label=_("No mail from"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("No mail until"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=_("Over midnight where the first time is the later one."),
    )  # fmt: skip
    muted = forms.MultipleChoiceField(
        label=_("No mail about"), required=False, choices=Event.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("It stands among your notices all the same."),
    )  # fmt: skip

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["zone"].choices = [(zone, zone) for zone in sorted(available_timezones())]

    def draft(self) -> WishesDraft:
        given = self.cleaned_data
        return WishesDraft(
            rhythm=Rhythm(given["rhythm"]), language=given["language"], zone=given["zone"],
            quiet_from=given["quiet_from"], quiet_until=given["quiet_until"], muted=frozenset(given["muted"]),
        )  # fmt: skip
