"""Forms around contributions: sending one in, judging, deciding, and the days of the call."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.languages import written_languages
from corridor.rooms.conferences.lifecycle import CONTRIBUTION, ContributionStatus
from corridor.web.fields import Chosen, DayField
from corridor.web.ui.names import member_called

SCORES = [
    ("5", _("5, certainly")), ("4", _("4, rather yes")), ("3", _("3, perhaps")), ("2", _("2, rather not")), ("1", _("1, no")),
]  # fmt: skip


class ContributionForm(forms.Form):
    member = Chosen(label=_("For which member"))
    title = forms.CharField(label=_("Title"), max_length=250)
    abstract = forms.CharField(label=_("What it is about"), max_length=5000, widget=forms.Textarea({"rows": 6}))
    language = forms.ChoiceField(label=_("Language in which it will be held"), choices=written_languages)
    speakers = forms.CharField(
        label=_("Speakers"), max_length=1500, widget=forms.Textarea({"rows": 3}), help_text=_("One a line.")
    )

    def __init__(self, *args: Any, members: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["member"]
        field.offer((each.reference, member_called(each).text, each) for each in members)


class JudgeForm(forms.Form):
    score = forms.TypedChoiceField(label=_("Should it be held"), choices=SCORES, coerce=int)
    note = forms.CharField(label=_("Why"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))


class DecideForm(forms.Form):
    to = forms.ChoiceField(label=_("Decision"))
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=300, help_text=_("It stands in the letter to the member.")
    )

    def __init__(self, *args: Any, status: str, **more: Any) -> None:
        super().__init__(*args, **more)
        following = CONTRIBUTION.transitions[ContributionStatus(status)] - {ContributionStatus.WITHDRAWN}
        self.fields["to"].choices = [(each.value, each.label) for each in ContributionStatus if each in following]


class CallForm(forms.Form):
    opens_on = DayField(label=_("The call begins"))
    closes_on = DayField(label=_("Last day of the call"))
