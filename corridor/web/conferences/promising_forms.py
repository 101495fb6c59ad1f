"""Forms for what an announcement promises: its words, its target, who stands behind it, and the one it was merged with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.languages import written_languages
from corridor.rooms.conferences.kinds import Said, StandsAs
from corridor.web.fields import DayField


class WordingForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of these words"), choices=written_languages)
    said = forms.ChoiceField(label=_("How they came about"), choices=Said)
    text = forms.CharField(label=_("The words"), max_length=5000, widget=forms.Textarea({"rows": 6}))


class TargetForm(forms.Form):
    number = forms.DecimalField(label=_("How many"), min_value=0, max_digits=14, decimal_places=2)
    unit = forms.CharField(
        label=_("What is counted"), max_length=150, help_text=_("For example teachers, learners or sites.")
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=written_languages)
    indicator = forms.ChoiceField(
        label=_("Figure that counts the same"), required=False, help_text=_("Where one fits; its page is linked.")
    )
    reach_by = DayField(label=_("By when"))
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=300, help_text=_("Needed where it replaces a target; the one before stays readable.")
    )  # fmt: skip

    def __init__(self, *args: Any, figures: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["indicator"].choices = [("", _("None")), *figures]


class MemberForm(forms.Form):
    member = forms.SlugField(label=_("Member"), max_length=60, help_text=_("Its reference, as on the list of members."))
    role = forms.ChoiceField(
        label=_("Stands behind it as"),
        choices=[*StandsAs.choices, ("", _("No longer stands behind it"))],
        required=False,
    )


class MergeForm(forms.Form):
    into = forms.SlugField(
        label=_("The announcement that stands"), max_length=20, help_text=_("Its number, for example ANN-2024-0003.")
    )
    on = DayField(label=_("Since"))
    reason = forms.CharField(label=_("Why the two are one promise"), max_length=300)
