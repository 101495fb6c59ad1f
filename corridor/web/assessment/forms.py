from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.assessment.queries import RESULTS
from corridor.web.fields import DayField


class DecisionForm(forms.Form):
    """One learner in one unit. ``version`` is that of the decision that is changed; 0 for a new one."""

    result = forms.ChoiceField(label=_("Decision for the unit"), choices=RESULTS, widget=forms.RadioSelect())
    decided_on = DayField(label=_("Decided on"))
    evidence_note = forms.CharField(
        label=_("What was seen, or what is missing, in words the learner can use"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    on_paper = forms.BooleanField(label=_("The checklist is kept on paper"), required=False)
    version = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput())
    attempt = forms.IntegerField(min_value=1, max_value=50, widget=forms.HiddenInput())
