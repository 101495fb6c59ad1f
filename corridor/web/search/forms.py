from django import forms
from django.utils.translation import gettext_lazy as _

from .kinds import KINDS


class SearchForm(forms.Form):
    """What is looked for, in any script, and among what."""

    q = forms.CharField(
        label=_("Name in any script, or reference"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=_("Among"),
        required=False,
        choices=[("", _("Everything")), *((code, kind.many) for code, kind in KINDS.items())],
    )
