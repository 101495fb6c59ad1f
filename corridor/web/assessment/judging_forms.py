"""Forms around a decision: its evidence, its signatures, when its learner may see it, and who is called."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.assessment.queries.choices import SignerRole, Stance
from corridor.rooms.people.naming import PersonCalled
from corridor.web.fields import Chosen, DayField
from corridor.web.ui.names import name_or_reference

type Called = Mapping[UUID, PersonCalled]


class EvidenceForm(forms.Form):
    """``criteria`` are those of the scheme, if there is one."""

    file = forms.FileField(
        label=_("Photo, film or paper"),
        help_text=_("JPEG, PNG, MP4 or PDF. What a camera writes beside the picture, like the place, is taken out."),
    )
    caption = forms.CharField(label=_("What it shows"), max_length=200, required=False)
    criteria = forms.MultipleChoiceField(
        label=_("Which criteria it shows"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def offer(self, criteria: Iterable[tuple[str, str]]) -> None:
        rows = list(criteria)
        self.fields["criteria"].choices = rows
        if not rows:
            del self.fields["criteria"]


class SignForm(forms.Form):
    role = forms.ChoiceField(label=_("Who signs"), choices=SignerRole.choices)
    name = forms.CharField(label=_("Name of who signs"), max_length=150)
    stance = forms.ChoiceField(label=_("What the signature says"), choices=Stance.choices)
    organisation = forms.CharField(
        label=_("Company of the witness"),
        max_length=60,
        required=False,
        help_text=_("Its reference; for a witness alone."),
    )


class ReleaseForm(forms.Form):
    on = DayField(label=_("On the day"))
    time = forms.TimeField(label=_("At"), initial="09:00", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))

    def instant(self, zone: str) -> datetime:
        given = self.cleaned_data
        return datetime.combine(given["on"], given["time"], ZoneInfo(zone))


class SittingForm(forms.Form):
    unit = Chosen(label=_("Unit"))
    held_on = DayField(label=_("Day"))
    assessor = Chosen(label=_("Assessor"))
    called = forms.MultipleChoiceField(label=_("Who is called"), widget=forms.CheckboxSelectMultiple)

    def offer(
        self, *, units: Iterable[Any], assessors: Iterable[Any], called: Called, seats: Iterable[tuple[str, str]]
    ) -> None:
        self.fields["unit"].offer(((each.code, each.code, each) for each in units), empty=str(_("Choose one")))
        people = ((each.reference, name_or_reference(called, each), each) for each in assessors)
        self.fields["assessor"].offer(people, empty=str(_("Choose one")))
        self.fields["called"].choices = list(seats)
