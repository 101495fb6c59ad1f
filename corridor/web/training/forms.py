from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.queries.choices import ExitReason, ParticipantKind, StudyMode, TrainerRole
from corridor.web.fields import Chosen, DayField
from corridor.web.ui.names import member_called, site_called, title_in, title_of

# Who leaves so is counted by the reason.
LEAVING = {EnrolmentStatus.WITHDREW.value, EnrolmentStatus.NEVER_STARTED.value}


def tags_in(words: str) -> list[str]:
    """The tags of languages in a line, however they are parted."""
    return [part for part in words.replace(",", " ").replace("、", " ").replace("，", " ").split() if part]


class OpenCohortForm(forms.Form):
    reference = forms.SlugField(
        label=_("Reference"),
        max_length=40,
        help_text=_("Letters, figures and hyphens; it stays for ever: COH-2024-07."),
    )
    programme = Chosen(label=_("Programme"))
    site = Chosen(label=_("Site"))
    version = Chosen(label=_("Curriculum"))
    brand = Chosen(label=_("Counts for the brand"), required=False)
    demand = Chosen(
        label=_("Answers the demand statement"), required=False,
        help_text=_("Dated on or before the cohort's first day. Without one, write the reason below."),
    )  # fmt: skip
    no_demand_reason = forms.CharField(
        label=_("Why there is no demand statement"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    capacity = forms.IntegerField(
        label=_("Places"), required=False, min_value=1, max_value=2_000, help_text=_("Empty: as many as come.")
    )
    languages = forms.CharField(
        label=_("Languages of teaching"), required=False, max_length=80,
        help_text=_("Tags, the main language first: lo, zh-Hans, en."),
    )  # fmt: skip

    def offer(
        self, *, programmes: Iterable, sites: Iterable, versions: Iterable, brands: Iterable, demands: Iterable
    ) -> None:
        choose = str(_("Choose one"))
        self.fields["programme"].offer([(p.reference, title_of(p).text, p) for p in programmes], empty=choose)
        self.fields["site"].offer([(s.reference, site_called(s).text, s) for s in sites], empty=choose)
        self.fields["version"].offer(
            [(str(v.pk), f"{title_in(v).text or v.curriculum.reference} {v.version}", v) for v in versions],
            empty=choose,
        )
        self.fields["brand"].offer([(b.code, b.name, b) for b in brands], empty=str(_("Whichever is listed there")))
        self.fields["demand"].offer(
            [
                (d.reference, f"{d.reference}: {member_called(d.employer).text}, {d.occupation_title}", d)
                for d in demands
            ],
            empty=str(_("None")),
        )

    def tags(self) -> list[str]:
        return tags_in(self.cleaned_data["languages"])

    def ends_before(self) -> date:
        return self.cleaned_data["ends_on"] + timedelta(days=1)


class EnrolForm(forms.Form):
    person = forms.SlugField(
        label=_("Person"),
        max_length=30,
        help_text=_("The reference of the person's record. The secretariat registers persons."),
    )
    number = forms.IntegerField(label=_("Seat number"), min_value=1, max_value=999)
    participant_kind = forms.ChoiceField(label=_("Takes part as"), choices=ParticipantKind.choices)
    study_mode = forms.ChoiceField(label=_("Studies"), choices=StudyMode.choices)
    sent_by = forms.SlugField(
        label=_("Sent by the member"),
        max_length=60,
        required=False,
        help_text=_("The member's reference; empty for nobody."),
    )
    applied_on = DayField(label=_("Applied on"))


class TrainerForm(forms.Form):
    person = forms.SlugField(
        label=_("Person"),
        max_length=30,
        help_text=_("The reference of the person's record. The secretariat registers persons."),
    )


class LeadTrainerForm(TrainerForm):
    role = forms.ChoiceField(label=_("Role"), choices=TrainerRole.choices, required=False)
    held_from = DayField(label=_("From the day"), required=False, help_text=_("Empty: since the cohort began."))

    def clean_role(self) -> str:
        return self.cleaned_data["role"] or TrainerRole.TRAINER.value


class AssessorForm(TrainerForm):
    on = DayField(label=_("From the day"))


class MoveLearnersForm(forms.Form):
    seats = forms.MultipleChoiceField(
        label=_("Who"),
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Choose at least one learner.")},
    )
    to = forms.ChoiceField(
        label=_("Become"),
        choices=[(state.value, state.label) for state in EnrolmentStatus if state != EnrolmentStatus.APPLIED],
    )
    on = DayField(label=_("From the day"))
    exit_reason = forms.ChoiceField(
        label=_("Why they leave, to be counted"), required=False, choices=[("", _("None")), *ExitReason.choices]
    )
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("to") in LEAVING and not given.get("exit_reason") and "exit_reason" not in self.errors:
            self.add_error("exit_reason", _("Choose why; write “Not known” where nobody knows."))
        return given
