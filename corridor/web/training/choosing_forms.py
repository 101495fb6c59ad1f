"""What is sent to choose among applicants, and to apply."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.training.actions import Criterion
from corridor.rooms.training.queries.choices import ParticipantKind, StudyMode
from corridor.web.fields import Chosen, DayField
from corridor.web.ui.names import member_called

from .forms import tags_in

OFFER, WAIT, TURN_DOWN, LATE = "offer", "wait", "turn_down", "late"


class ChoosingForm(forms.Form):
    """Which applicants, and what becomes of them; the days that an offer stands."""

    seats = forms.MultipleChoiceField(label=_("Who"), required=False, widget=forms.CheckboxSelectMultiple())
    do = forms.ChoiceField(label=_("What to do"), choices=[(each, each) for each in (OFFER, WAIT, TURN_DOWN, LATE)])
    until = DayField(label=_("To be taken up by the end of"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("do") != LATE and not given.get("seats") and "seats" not in self.errors:
            self.add_error("seats", _("Choose at least one applicant."))
        if given.get("do") == OFFER and not given.get("until") and "until" not in self.errors:
            self.add_error("until", _("Say until when the place may be taken up."))
        return given


class CriterionForm(forms.Form):
    title = forms.CharField(label=_("What is judged"), max_length=80, required=False)
    most = forms.IntegerField(label=_("Most points"), required=False, min_value=1, max_value=1_000)
    least = forms.IntegerField(label=_("At least"), required=False, min_value=0, max_value=1_000)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("title") and given.get("most") is None and "most" not in self.errors:
            self.add_error("most", _("Write how many points it gives at most."))
        return given


class _CriteriaSet(forms.BaseFormSet):
    def wanted(self) -> list[Criterion]:
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("title")]
        return [Criterion(title=row["title"].strip(), most=row["most"], least=row["least"] or 0) for row in rows]


CriteriaForms = forms.formset_factory(CriterionForm, formset=_CriteriaSet, extra=3, max_num=10, validate_max=True)


class PointsForm(forms.Form):
    """A field for each applicant and each thing that is judged."""

    def __init__(self, *given: Any, applicants: Iterable[Any], criteria: Iterable[Any], **more: Any) -> None:
        super().__init__(*given, **more)
        self.pairs: dict[str, tuple[int, str]] = {}
        self.grid = []
        for applicant in applicants:
            row = []
            for criterion, points in zip(criteria, applicant.points, strict=True):
                name = f"p{applicant.enrolment.number}_{criterion.position}"
                said = _("Seat %(number)s, %(title)s") % {
                    "number": applicant.enrolment.number,
                    "title": criterion.title,
                }
                self.fields[name] = forms.IntegerField(
                    label=said, required=False, min_value=0, max_value=criterion.most, initial=points,
                    widget=forms.NumberInput({"inputmode": "numeric"}),
                )  # fmt: skip
                self.pairs[name] = (applicant.enrolment.number, criterion.title)
                row.append(name)
            self.grid.append((applicant, row))

    def rows(self) -> list[tuple[Any, list[Any]]]:
        return [(applicant, [self[name] for name in names]) for applicant, names in self.grid]

    def scores(self) -> dict[tuple[int, str], int | None]:
        return {pair: self.cleaned_data[name] for name, pair in self.pairs.items()}


class ApplyForm(forms.Form):
    """A person applies alone, or the member that sends her: then the person is asked for too."""

    person = forms.SlugField(
        label=_("Person"), max_length=30, help_text=_("The reference of a person whom your member has sent before.")
    )
    participant_kind = forms.ChoiceField(label=_("Takes part as"), choices=ParticipantKind.choices)
    study_mode = forms.ChoiceField(label=_("Studies"), choices=StudyMode.choices)
    sent_by = Chosen(
        label=_("Sent by the member"), required=False,
        help_text=_("The member that sends you sees then how you learn here."),
    )  # fmt: skip

    def offer(self, members: Iterable[Any], *, alone: bool) -> None:
        field: Any = self.fields["sent_by"]
        rows = [(each.reference, member_called(each).text, each) for each in members]
        if alone:
            del self.fields["person"]
        else:
            field.required, field.help_text = True, ""
        field.offer(rows, empty=str(_("Nobody")) if alone else "")


class TrainerEndForm(forms.Form):
    on = DayField(label=_("From which day no more"))


class DescribeForm(forms.Form):
    capacity = forms.IntegerField(
        label=_("Places"), required=False, min_value=1, max_value=2_000, help_text=_("Empty: as many as come.")
    )
    languages = forms.CharField(
        label=_("Languages of teaching"), required=False, max_length=80,
        help_text=_("Tags, the main language first: lo, zh-Hans, en."),
    )  # fmt: skip
    required_share = forms.IntegerField(
        label=_("Hours of a unit that must be attended before it is assessed, in percent"), required=False, min_value=1,
        max_value=100, help_text=_("Empty: nobody asks. Of the hours that the curriculum gives the unit."),
    )  # fmt: skip

    def tags(self) -> list[str]:
        return tags_in(self.cleaned_data["languages"])


def first_until(on: date) -> date:
    return date.fromordinal(on.toordinal() + 7)
