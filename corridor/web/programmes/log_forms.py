from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.programmes.kinds import RiskLevel
from corridor.web.fields import Chosen, DayField
from corridor.web.ui.names import member_called


class JudgeForm(forms.Form):
    """How likely a risk is and how much it would do, whose it is, and by when something is done."""

    likelihood = forms.ChoiceField(label=_("How likely it is"), choices=RiskLevel.choices)
    effect = forms.ChoiceField(label=_("How much it would do"), choices=RiskLevel.choices)
    owner = Chosen(label=_("Whose it is"))
    due_on = DayField(label=_("Something is done by"))

    def __init__(self, *args: Any, programme: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = {each.organisation.reference: each.organisation for each in programme.members.all()}
        self.fields["owner"].offer((reference, member_called(each).text, each) for reference, each in members.items())


class RiskForm(JudgeForm):
    what = forms.CharField(label=_("What may go wrong"), max_length=300, widget=forms.Textarea({"rows": 3}))
    noticed_on = DayField(label=_("Noticed on"))
    field_order = ("what", "noticed_on", "likelihood", "effect", "owner", "due_on")


class DecisionForm(forms.Form):
    """What was decided, by whom and on which day."""

    what = forms.CharField(label=_("What was decided"), max_length=500, widget=forms.Textarea({"rows": 3}))
    decided_by = forms.CharField(
        label=_("Which office or board decided"), max_length=150, help_text=_("Never a private name.")
    )
    on = DayField(label=_("Decided on"))
