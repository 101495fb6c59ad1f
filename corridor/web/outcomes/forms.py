"""Forms of a follow-up: the wave that is planned, and what is known of one graduate."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.kernel.periods import ONE_DAY
from corridor.rooms.outcomes.choices import Answer, AnswerSource
from corridor.web.fields import DayField
from corridor.web.ui.days import day_text


class PlanForm(forms.Form):
    """A wave: whom it asks, how long after they left, and between which days."""

    reference = forms.SlugField(
        label=_("Reference"), max_length=40, help_text=_("Short and for ever: it stands in the address.")
    )
    months = forms.IntegerField(
        label=_("Months after the last day of the cohort"), min_value=1, max_value=120, initial=6
    )
    opens_on = DayField(label=_("Opens on"))
    closes_on = DayField(label=_("Last day on which an answer counts"))
    cohorts = forms.MultipleChoiceField(
        label=_("Cohorts"), widget=forms.CheckboxSelectMultiple(),
        help_text=_("Everybody who completed one of them is asked; nobody is drawn or left out."),
    )  # fmt: skip

    def offer(self, cohorts: Any, *, on: date) -> None:
        """Put in the cohorts that have ended, the latest first."""
        ended = [each for each in cohorts if each.ends_before <= on]
        self.known = {each.reference: each for each in sorted(ended, key=lambda each: each.ends_before, reverse=True)}
        self.fields["cohorts"].choices = [
            (each.reference, f"{each.reference} · {each.site.city} · {day_text(each.ends_before - ONE_DAY)}")
            for each in self.known.values()
        ]


class FollowUpForm(forms.Form):
    """What is known of one graduate. Whoever is silent stays unknown, which is never a no."""

    attempts = forms.IntegerField(label=_("How often tried"), min_value=0, max_value=99, initial=0)
    asked_on = DayField(label=_("First asked on"), required=False)
    reached_on = DayField(label=_("Reached on"), required=False)
    answered_on = DayField(label=_("Answered on"), required=False)
    source = forms.ChoiceField(
        label=_("Who answered"), required=False, choices=[("", _("Nobody yet")), *AnswerSource.choices]
    )
    working = forms.ChoiceField(label=_("Are you working?"), choices=Answer.choices, initial=Answer.UNKNOWN)
    relevant = forms.ChoiceField(
        label=_("Does your work use what you learned?"), choices=Answer.choices, initial=Answer.UNKNOWN
    )
    occupation_code = forms.RegexField(
        r"^\d{1,4}$", label=_("Code of the occupation in ISCO-08"), required=False,
        help_text=_("One to four digits, for example 7231 for mechanics of motor vehicles."),
    )  # fmt: skip
