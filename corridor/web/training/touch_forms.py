"""What is sent about reaching learners, their languages, and the links of a cohort."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.training.actions import Goal, Level, Link
from corridor.rooms.training.queries.choices import (
    LanguageScale,
    LanguageSource,
    Moment,
    ParticipantKind,
    Reached,
    StudyMode,
)
from corridor.web.fields import Chosen


class TouchForm(forms.Form):
    """A choice for each learner; left empty, nobody tried."""

    moment = forms.ChoiceField(label=_("Checked"), choices=Moment.choices)

    def __init__(self, *given: Any, rows: Iterable[Any], **more: Any) -> None:
        super().__init__(*given, **more)
        self.pairs = []
        for row in rows:
            name = f"s{row.enrolment.number}"
            self.fields[name] = forms.ChoiceField(
                label=_("Seat %(number)s") % {"number": row.enrolment.number}, required=False,
                choices=[("", _("not tried")), *Reached.choices],
            )  # fmt: skip
            self.pairs.append((row, name))

    def lines(self) -> list[tuple[Any, Any]]:
        return [(row, self[name]) for row, name in self.pairs]

    def results(self) -> dict[int, Reached]:
        said = {row.enrolment.number: self.cleaned_data[name] for row, name in self.pairs}
        return {number: Reached(value) for number, value in said.items() if value}


class LevelForm(forms.Form):
    learner = Chosen(label=_("Learner"))
    moment = forms.ChoiceField(label=_("When"), choices=Moment.choices)
    language = forms.CharField(label=_("Language"), max_length=12, help_text=_("Its tag, like zh-Hans or en."))
    scale = forms.ChoiceField(label=_("Scale"), choices=[each for each in LanguageScale.choices if each[0] != "first"])
    level = forms.CharField(label=_("Level"), max_length=4, help_text=_("As the scale has it: 3, B1."))
    source = forms.ChoiceField(label=_("How it is known"), choices=LanguageSource.choices)

    def offer(self, rows: Iterable[Any]) -> None:
        field: Any = self.fields["learner"]
        field.offer(
            [(str(r.enrolment.number), f"{r.enrolment.number} {r.name.own_name}", r.enrolment) for r in rows],
            empty=str(_("Choose one")),
        )

    def stated(self) -> Level:
        given = self.cleaned_data
        return Level(
            language=given["language"], scale=LanguageScale(given["scale"]), level=given["level"].strip().upper(),
            source=LanguageSource(given["source"]),
        )  # fmt: skip


class GoalForm(forms.Form):
    language = forms.CharField(label=_("Language"), required=False, max_length=12)
    scale = forms.ChoiceField(
        label=_("Scale"), required=False, choices=[each for each in LanguageScale.choices if each[0] != "first"]
    )
    level = forms.CharField(label=_("Level"), required=False, max_length=4)
    hours = forms.IntegerField(label=_("Hours"), required=False, min_value=1, max_value=5_000)

    def goal(self) -> Goal | None:
        given = self.cleaned_data
        if not given.get("language"):
            return None
        return Goal(
            language=given["language"], scale=LanguageScale(given["scale"] or "cefr"),
            level=given["level"].strip().upper(), hours=given["hours"],
        )  # fmt: skip


class LinkForm(forms.Form):
    title = forms.CharField(label=_("What stands there"), required=False, max_length=80)
    address = forms.CharField(label=_("Address"), required=False, max_length=300)

    def link(self) -> Link | None:
        given = self.cleaned_data
        return Link(given.get("title", ""), given["address"]) if given.get("address") or given.get("title") else None


GoalForms = forms.formset_factory(GoalForm, extra=2, max_num=6, validate_max=True)
LinkForms = forms.formset_factory(LinkForm, extra=2, max_num=6, validate_max=True)


class FactsForm(forms.Form):
    """What is written down about a learner's place."""

    participant_kind = forms.ChoiceField(label=_("Takes part as"), choices=ParticipantKind.choices)
    study_mode = forms.ChoiceField(label=_("Studies"), choices=StudyMode.choices)
    sent_by = forms.SlugField(
        label=_("Sent by the member"),
        max_length=60,
        required=False,
        help_text=_("The member's reference; empty for nobody."),
    )
    job_to_return = forms.CharField(
        label=_("Job to return to"), max_length=150, required=False,
        help_text=_("What the employer or the school has promised; empty where nothing is."),
    )  # fmt: skip
