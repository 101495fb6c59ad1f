"""Forms of those who judge applications."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.rooms.members.application_drafts import Interest, Points, WantedCondition
from corridor.rooms.members.application_kinds import Outcome
from corridor.rooms.members.lifecycle import ApplicationStatus
from corridor.web.apply.forms import in_language
from corridor.web.fields import DayField
from corridor.web.members.forms import KINDS

STATES = [ApplicationStatus.SUBMITTED, ApplicationStatus.IN_REVIEW, ApplicationStatus.WITH_CONDITIONS, ApplicationStatus.APPROVED,
          ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN]  # fmt: skip
MOST_LINES = 20


class QueueFilter(forms.Form):
    q = forms.CharField(
        label=_("Search, in any script"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=KINDS)
    status = forms.ChoiceField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["status"].choices = [("", ""), *((each.value, each.label) for each in ApplicationStatus)]  # type: ignore[attr-defined]


class ReviewersForm(forms.Form):
    username = forms.CharField(
        label=_("User names"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line. Each judges on a sheet of its own and is told so."),
    )

    def names(self) -> list[str]:
        return list(dict.fromkeys(name.strip() for name in self.cleaned_data["username"].splitlines() if name.strip()))


class AskForm(forms.Form):
    wanted = forms.CharField(
        label=_("What you need from the applicant"), max_length=4000, widget=forms.Textarea({"rows": 6}),
        help_text=_("It stands in a letter in the applicant's language as you write it."),
    )  # fmt: skip


class ConditionForm(forms.Form):
    wanted = forms.CharField(label=_("What is wanted"), max_length=300)
    due_on = DayField(label=_("By"))


class JudgeForm(forms.Form):
    to = forms.ChoiceField(label=_("It is"), widget=forms.RadioSelect())
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=_("Needed when it is refused or waived; the applicant reads it."),
    )

    def __init__(self, *args: Any, choices: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class CoordinatorForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(label=_("The invitation is in"), choices=settings.LANGUAGES)


class AsideForm(forms.Form):
    interest = forms.CharField(
        label=_("Your interest"),
        max_length=300,
        help_text=_("For example: I taught there, or my company buys from it."),
    )


class PointsField(forms.TypedChoiceField):
    """Needed when the sheet is handed in, not while it is kept: ``required`` only says so beside the label."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class SheetForm(forms.Form):
    """From 0 to 5 points and a comment for each criterion."""

    use_required_attribute = False

    def __init__(self, *args: Any, lines: Any, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.lines = lines
        for line in lines:
            self.fields[line.criterion.code] = PointsField(
                label=in_language(line.title, line.language, language),
                help_text=in_language(line.help, line.language, language, lines=True), coerce=int, empty_value=None,
                required=True, choices=[("", _("Not yet")), *((str(number), str(number)) for number in range(6))],
                initial="" if line.points is None else str(line.points),
            )  # fmt: skip
            self.fields[f"{line.criterion.code}-why"] = forms.CharField(
                label=_("Comment"),
                required=False,
                max_length=2000,
                widget=forms.Textarea({"rows": 2}),
                initial=line.comment,
            )

    def points(self) -> list[Points]:
        given = self.cleaned_data
        return [
            Points(line.criterion, given[line.criterion.code], given[f"{line.criterion.code}-why"])
            for line in self.lines
        ]


class DecideForm(forms.Form):
    """The council's vote as minuted, and the decision that it carries."""

    held_on = DayField(label=_("Day of the vote"))
    present = forms.IntegerField(label=pgettext_lazy("at a vote", "Present"), min_value=1, max_value=999)
    in_favour = forms.IntegerField(label=pgettext_lazy("at a vote", "For"), min_value=0, max_value=999)
    against = forms.IntegerField(label=_("Against"), min_value=0, max_value=999)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=999)
    interests = forms.CharField(
        label=_("Declared interests"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line: the office, a colon, the interest. Who declares an interest is present and does not vote."),
    )  # fmt: skip
    minutes = forms.CharField(
        label=_("Minutes of the council"), required=False, max_length=5000, widget=forms.Textarea({"rows": 5})
    )
    minutes_file = forms.FileField(label=_("Minutes as a file"), required=False)
    outcome = forms.ChoiceField(label=_("Decision"), choices=Outcome.choices, widget=forms.RadioSelect())
    conditions = forms.CharField(
        label=_("Conditions beside those of the form"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line: the day by which (year-month-day), a colon, what is wanted."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It stands in the letter to the applicant."),
    )

    def clean_interests(self) -> tuple[Interest, ...]:
        lines = _lines(self.cleaned_data["interests"])
        return tuple(
            Interest(who.strip(), what.strip()) for who, _colon, what in (line.partition(":") for line in lines)
        )

    def clean_conditions(self) -> tuple[WantedCondition, ...]:
        found = []
        for line in _lines(self.cleaned_data["conditions"]):
            written, _colon, wanted = line.partition(":")
            day = DayField().clean(written.strip())
            if not wanted.strip() or len(wanted) > 300:
                raise forms.ValidationError(_("Write after each day, behind a colon, what is wanted."))
            found.append(WantedCondition(wanted.strip(), day))
        return tuple(found)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()][:MOST_LINES]
