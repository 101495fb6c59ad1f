"""Forms around a conference itself: its agenda, documents, resolutions and minutes."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.languages import written_languages
from corridor.rooms.conferences.kinds import ItemKind
from corridor.rooms.conferences.lifecycle import ResolutionStatus
from corridor.web.fields import Chosen, DayField

from .forms import titles_in


class LocalTimeField(forms.DateTimeField):
    """A time as the clock of a place shows it, without a zone."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **more)

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return found.replace(tzinfo=None) if found is not None else None


class ItemForm(forms.Form):
    contribution = Chosen(
        label=_("Accepted contribution"),
        required=False,
        help_text=_("Its title and its speakers are taken where you leave them empty."),
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=ItemKind)
    title_en = forms.CharField(label=_("Title in English"), max_length=250, required=False)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=250, required=False)
    title_lo = forms.CharField(label=_("Title in Lao"), max_length=250, required=False)
    starts = LocalTimeField(label=_("Begins"), help_text=_("By the clock of the place."))
    ends = LocalTimeField(label=_("Ends"))
    hall = forms.CharField(
        label=_("Room"), max_length=80, required=False, help_text=_("Empty: online, or in all rooms.")
    )
    language = forms.ChoiceField(label=_("Language that is spoken"), choices=written_languages)
    speakers = forms.CharField(
        label=_("Speakers"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line: name, then a comma and whence."),
    )

    def __init__(self, *args: Any, contributions: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["contribution"]
        field.offer(
            ((each.reference, f"{each.reference} {each.title}", each) for each in contributions), empty=_("None")
        )

    def titles(self) -> dict[str, str]:
        return titles_in(self.cleaned_data)

    def named_speakers(self) -> list[tuple[str, str]]:
        lines = [line.partition(",") for line in self.cleaned_data["speakers"].splitlines() if line.strip()]
        return [(name.strip()[:150], whence.strip()[:200]) for name, _comma, whence in lines]


class ZoneForm(forms.Form):
    """In which zone an agenda is read beside that of the place."""

    zone = forms.ChoiceField(label=_("Also in the time of"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["zone"].choices = [
            ("", _("None")),
            *((each, each) for each in sorted(available_timezones()) if "/" in each),
        ]


class DocumentForm(forms.Form):
    title = forms.CharField(label=_("What the file is"), max_length=300)
    file = forms.FileField(label=_("File"), help_text=_("Anyone can open it. PDF, PNG, JPEG, XLSX, CSV or plain text."))


class ResolutionForm(forms.Form):
    text_en = forms.CharField(
        label=_("What was decided, in English"), max_length=500, widget=forms.Textarea({"rows": 3})
    )
    text_zh = forms.CharField(label=_("In Chinese"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    text_lo = forms.CharField(label=_("In Lao"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    owner = forms.SlugField(
        label=_("Owner"), max_length=60, required=False,
        help_text=_("The reference of the member that carries it out; empty: the secretariat."),
    )  # fmt: skip
    resolved_on = DayField(label=_("Decided on"))
    due_on = DayField(label=_("Carried out by"))

    def texts(self) -> dict[str, str]:
        given = self.cleaned_data
        return {"en": given["text_en"], "zh-Hans": given["text_zh"], "lo": given["text_lo"]}


class SettleForm(forms.Form):
    to = forms.ChoiceField(label=_("It is now"))
    on = DayField(label=_("Since"))
    reason = forms.CharField(label=_("How it was carried out, or why it is dropped"), max_length=300)

    def __init__(self, *args: Any, may_drop: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        states = [ResolutionStatus.DONE, *([ResolutionStatus.DROPPED] if may_drop else [])]
        self.fields["to"].choices = [(each.value, each.label) for each in states]


class MinutesForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of these words"), choices=written_languages)
    text = forms.CharField(label=_("What was said and decided"), max_length=50_000, widget=forms.Textarea({"rows": 16}))
