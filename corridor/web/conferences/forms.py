from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.languages import written_languages
from corridor.rooms.conferences.lifecycle import ANNOUNCEMENT, AnnouncementStatus
from corridor.web.fields import DayField
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import member_called, title_of

SORTS = [("due", _("Report due first")), ("newest", _("Newest first")), ("number", _("Number"))]
# "promised": every line but those that were merged with another; what a share is reckoned from.
PROMISED = "promised"
# What may show a report beside a file: kinds of records whose pages are public.
RECORDS = [
    ("", _("None")), ("agreement", _("Agreement")), ("programme", _("Programme")), ("site", _("Site")), ("demand", _("Demand")),
    ("curriculum", _("Curriculum")), ("member", _("Member")),
]  # fmt: skip
STATES = [("", _("All")), ("silent", _("Silent")), *((each.value, each.label) for each in AnnouncementStatus)]


class LedgerFilter(forms.Form):
    """What the ledger is narrowed to; its state is in the address."""

    q = forms.CharField(
        label=_("Search, in any script"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    conference = forms.CharField(label=_("Conference"), required=False, max_length=40, widget=forms.Select())
    owner = forms.CharField(label=_("Owner"), required=False, max_length=60, widget=forms.Select())
    country = forms.CharField(label=_("Country or region"), required=False, max_length=2, widget=forms.Select())
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=SORTS)
    state = forms.ChoiceField(required=False, choices=[*STATES, (PROMISED, _("Promised"))], widget=forms.HiddenInput())

    def offer(self, *, conferences: Any, owners: Any, countries: Any) -> None:
        """Put these into the choices, by what the reader calls them."""
        self.fields["conference"].widget.choices = [
            ("", _("All conferences")), *((each.reference, title_of(each).text) for each in conferences),
        ]  # fmt: skip
        self.fields["owner"].widget.choices = [
            ("", _("All owners")), *((each.reference, member_called(each).text) for each in owners),
        ]  # fmt: skip
        self.fields["country"].widget.choices = [("", _("All")), *places_named(countries)]


class ReportForm(forms.Form):
    """What has come of an announcement, and by when there will be more to say."""

    text = forms.CharField(
        label=_("What has come of it"),
        help_text=_("What happened, where and with whom. Anyone can read it."),
        widget=forms.Textarea({"rows": 6}),
        max_length=4000,
    )
    language = forms.ChoiceField(label=_("Language of this report"), choices=written_languages)
    reached = forms.DecimalField(
        label=_("How many so far"), required=False, min_value=0, max_digits=14, decimal_places=2,
        help_text=_("Counted as the target counts it. Leave it empty where nothing can be counted yet."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File that shows it"),
        required=False,
        help_text=_("Anyone can open it: no names of learners. PDF, PNG, JPEG, XLSX, CSV or plain text."),
    )
    file_title = forms.CharField(label=_("What the file is"), required=False, max_length=300)
    record_kind = forms.ChoiceField(label=_("Or a record that shows it"), required=False, choices=RECORDS)
    record_reference = forms.CharField(
        label=_("Reference of the record"), required=False, max_length=80, help_text=_("For example AGR-2024-0031.")
    )
    next_due_on = DayField(label=_("Next report by"))
    due_on = forms.DateField(widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("file") and not given.get("file_title"):
            self.add_error("file_title", _("Say what the file is."))
        if bool(given.get("record_kind")) != bool(given.get("record_reference")):
            self.add_error("record_reference", _("Choose what it is, and write its reference."))
        return given


class MoveForm(forms.Form):
    """The next state of an announcement, from a day, with the reason."""

    to = forms.ChoiceField(label=_("It is now"))
    on = DayField(label=_("Since"))
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=_("For example what was signed, or why it was taken back."),
    )

    def __init__(self, *args, status: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        following = ANNOUNCEMENT.transitions[AnnouncementStatus(status)]
        self.fields["to"].choices = [
            (each.value, each.label)
            for each in AnnouncementStatus
            if each in following and each != AnnouncementStatus.MERGED
        ]


class AnnouncementForm(forms.Form):
    """What was said on a stage. It becomes public once a second person confirms it."""

    conference = forms.ChoiceField(label=_("Conference"))
    owner = forms.CharField(
        label=_("Owner"),
        max_length=60,
        help_text=_("The reference of the member that will report, as on the list of members."),
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=300)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=300, required=False)
    title_lo = forms.CharField(label=_("Title in Lao"), max_length=300, required=False)
    wording = forms.CharField(
        label=_("The words that were read out"), required=False, max_length=5000, widget=forms.Textarea({"rows": 4}),
        help_text=_("Exactly as they were said. Other languages can be added on its page."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of these words"), choices=written_languages, required=False)
    country = forms.ChoiceField(label=_("Country or region"), required=False)
    announced_on = DayField(label=_("Announced on"))
    next_report_due_on = DayField(label=_("First report by"))

    def __init__(self, *args, conferences: Any, countries: Any, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conference"].choices = [(each.reference, title_of(each).text) for each in conferences]
        self.fields["country"].choices = [("", _("None in particular")), *places_named(countries)]

    def titles(self) -> dict[str, str]:
        return titles_in(self.cleaned_data)


class ConferenceForm(forms.Form):
    """A conference to come: where, from which day to which, and what it is called."""

    reference = forms.SlugField(
        label=_("Reference"), max_length=40, help_text=_("Short and for ever, for example CONF-2025.")
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=250)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=250, required=False)
    title_lo = forms.CharField(label=_("Title in Lao"), max_length=250, required=False)
    place = forms.CharField(label=_("Place"), max_length=80)
    country = forms.ChoiceField(label=_("Country or region"))
    zone = forms.CharField(
        label=_("Time zone of the place"), max_length=64, help_text=_("As IANA names it, for example Asia/Vientiane.")
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))

    def __init__(self, *args, countries: Any, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = places_named(countries)

    def titles(self) -> dict[str, str]:
        return titles_in(self.cleaned_data)


def places_named(codes: Any) -> list[tuple[str, str]]:
    """Countries and regions by what the reader calls them."""
    return sorted(((code, country_name(code)) for code in codes), key=lambda each: each[1])


def titles_in(given: dict[str, Any]) -> dict[str, str]:
    """The titles that were written, by language."""
    fields = {"en": "title_en", "zh-Hans": "title_zh", "lo": "title_lo"}
    return {tag: given[name] for tag, name in fields.items() if given[name]}


def next_report_day(on: date) -> date:
    """What a report form proposes: three months on."""
    return on + timedelta(days=91)
