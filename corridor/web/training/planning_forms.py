"""What is sent to plan sessions: a pattern, one session anew, another time, calling off."""

import re
from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.training.patterns import Pattern
from corridor.rooms.training.queries.choices import SessionKind
from corridor.web.fields import Chosen, DayField
from corridor.web.ui.names import title_in

WEEKLY, BLOCK, EVENING = "weekly", "block", "evening"
RHYTHMS = [
    (WEEKLY, _("On some days of each week")),
    (BLOCK, _("A block: every chosen day until the last day")),
    (EVENING, _("In the evening, on some days of each week")),
]
WEEKDAYS = [
    ("0", _("Monday")), ("1", _("Tuesday")), ("2", _("Wednesday")), ("3", _("Thursday")), ("4", _("Friday")),
    ("5", _("Saturday")), ("6", _("Sunday")),
]  # fmt: skip
MOST_SESSIONS = 200
EVENING_FROM = time(17)
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


class NeedsMixin(forms.Form):
    """What sessions are of, and what they need."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SessionKind.choices)
    topic = forms.CharField(label=_("Topic"), required=False, max_length=200)
    unit = Chosen(label=_("Unit"), required=False, help_text=_("What its hours count for."))
    room = Chosen(label=_("Room"), required=False)
    trainers = forms.MultipleChoiceField(
        label=_("Trainers"), required=False, widget=forms.CheckboxSelectMultiple(),
        help_text=_("Nobody: whoever leads the cohort."),
    )  # fmt: skip
    equipment = forms.MultipleChoiceField(
        label=_("Equipment to keep for it"), required=False, widget=forms.SelectMultiple({"size": "6"})
    )

    def offer_needs(
        self, *, units: Iterable[Any], rooms: Iterable[Any], trainers: Iterable[Any], machines: Iterable[Any]
    ) -> None:
        fields: dict[str, Any] = self.fields
        fields["unit"].offer(
            [(each.code, f"{each.code} {title_in(each).text}", each) for each in units], empty=str(_("None"))
        )
        fields["room"].offer(
            [(str(each.pk), f"{each.name} ({each.capacity})", each) for each in rooms], empty=str(_("None"))
        )
        rows = list(trainers)
        self.people = {place.person.reference: place.person for place, _name in rows}
        fields["trainers"].choices = [
            (place.person.reference, name.own_name or place.person.reference) for place, name in rows
        ]
        self.lines = {str(each.pk): each for each in machines}
        fields["equipment"].choices = [
            (key, f"{line.kind} · {line.inventory_number}") for key, line in self.lines.items()
        ]
        if not self.people:
            del fields["trainers"]
        if not self.lines:
            del fields["equipment"]

    def chosen_needs(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "unit": given["unit"], "room": given["room"],
            "trainers": [self.people[name] for name in given.get("trainers", ())],
            "equipment": [(self.lines[key], 1) for key in given.get("equipment", ())],
        }  # fmt: skip


class ClashingMixin(forms.Form):
    keep_clashes = forms.BooleanField(
        label=_("Write it all the same"),
        required=False,
        help_text=_("The timetable shows the clash until it is put right."),
    )
    # Where the refusal of a clash is shown.
    clashing = forms.CharField(required=False, widget=forms.HiddenInput())


class PlanForm(NeedsMixin, ClashingMixin):
    rhythm = forms.ChoiceField(label=_("Rhythm"), choices=RHYTHMS)
    first_day = DayField(label=_("First day"))
    weekdays = forms.MultipleChoiceField(label=_("On"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple())
    every_weeks = forms.ChoiceField(
        label=_("Every"), required=False,
        choices=[("1", _("week")), ("2", _("second week")), ("3", _("third week")), ("4", _("fourth week"))],
    )  # fmt: skip
    times = forms.CharField(
        label=_("Begin at"), max_length=60, help_text=_("The site’s own time; several with a comma: 08:30, 13:30.")
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440)
    sessions = forms.IntegerField(
        label=_("How many sessions"), required=False, min_value=1, max_value=MOST_SESSIONS,
        help_text=_("Or write the last day instead."),
    )  # fmt: skip
    last_day = DayField(label=_("Last day"), required=False)
    on_holidays = forms.ChoiceField(
        label=_("National holidays of the site’s country"), required=False,
        choices=[("skip", _("Leave them out")), ("keep", _("Hold the session all the same"))],
    )  # fmt: skip
    makes_up_for = Chosen(label=_("Makes up for"), required=False, help_text=_("A session that was called off."))
    also_for = forms.MultipleChoiceField(
        label=_("Together with"), required=False, widget=forms.SelectMultiple({"size": "5"}),
        help_text=_("A joint session has a row in each cohort, each with its own register."),
    )  # fmt: skip
    field_order = (
        "rhythm", "first_day", "weekdays", "every_weeks", "times", "minutes", "sessions", "last_day", "on_holidays",
        "kind", "unit", "topic", "room", "trainers", "equipment", "makes_up_for", "also_for", "keep_clashes",
    )  # fmt: skip

    def offer(self, *, missed: Iterable[Any], others: Iterable[Any]) -> None:
        fields: dict[str, Any] = self.fields
        rows = [(str(each), f"{each} · {each.held_on}", each) for each in missed]
        fields["makes_up_for"].offer(rows, empty=str(_("Nothing")))
        self.others = {each.reference: each for each in others}
        fields["also_for"].choices = [(name, f"{name} · {each.site.city}") for name, each in self.others.items()]
        if not rows:
            del fields["makes_up_for"]
        if not self.others:
            del fields["also_for"]

    def clean_times(self) -> list[time]:
        words = [part for part in re.split(r"[\s,;，、]+", self.cleaned_data["times"]) if part]
        found = [_TIME.fullmatch(word) for word in words]
        if not words or len(words) > 4 or not all(found):
            raise forms.ValidationError(_("Write times like 08:30, at most four, with a comma between."))
        return sorted({time(int(each[1]), int(each[2])) for each in found if each})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("rhythm") == BLOCK and not given.get("last_day") and not given.get("sessions"):
            self.add_error("last_day", _("A block has a last day."))
        if given.get("rhythm") == EVENING and any(each < EVENING_FROM for each in given.get("times", ())):
            self.add_error("times", _("An evening session begins at 17:00 or later."))
        return given

    def pattern(self) -> Pattern:
        given = self.cleaned_data
        return Pattern(
            first_day=given["first_day"], weekdays={int(each) for each in given["weekdays"]}, times=given["times"],
            count=given["sessions"], last_day=given["last_day"],
            every_weeks=1 if given["rhythm"] == BLOCK else int(given["every_weeks"] or 1),
            on_holidays=given["on_holidays"] == "keep",
        )  # fmt: skip


class ChangeSessionForm(NeedsMixin, ClashingMixin):
    field_order = ("kind", "unit", "topic", "room", "trainers", "equipment", "keep_clashes")


class MoveSessionForm(ClashingMixin):
    day = DayField(label=_("To the day"))
    at = forms.TimeField(
        label=_("Begin at"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        help_text=_("The site's own time."),
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440)
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Those concerned are told that it moves; the reason stays with it.")
    )
    keep_marks = forms.BooleanField(label=_("Its marks go with it"), required=False)
    field_order = ("day", "at", "minutes", "reason", "keep_marks", "keep_clashes")

    def offer(self, *, has_marks: bool) -> None:
        if not has_marks:
            del self.fields["keep_marks"]


class CancelSessionForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class WeekForm(forms.Form):
    """Which week, and of whom: what is not understood is left out."""

    week = forms.RegexField(r"^[0-9]{4}-W[0-9]{2}$", required=False)
    cohort = forms.SlugField(required=False, max_length=60)
    site = forms.SlugField(required=False, max_length=60)
    whose = forms.ChoiceField(required=False, choices=[("own", "own"), ("all", "all")])
