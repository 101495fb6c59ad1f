import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.web.fields import DayField

LANGUAGES = [("en", _("English")), ("zh-Hans", _("Chinese")), ("lo", _("Lao"))]
STANDINGS = [
    ("prevailing", _("This version prevails")), ("equal", _("Equally binding")), ("convenience", _("For convenience only")),
]  # fmt: skip
STATES = [
    ("", _("All")), ("proposed", _("Proposed")), ("in_force", _("In force")), ("activated", _("Activated")),
    ("expiring", _("Expiring")), ("lapsed", _("Lapsed")), ("suspended", _("Suspended")), ("terminated", _("Terminated")),
]  # fmt: skip


class AgreementFilter(forms.Form):
    """What the list of agreements is narrowed to; its state is in the address."""

    q = forms.CharField(
        label=_("Search in titles, in any script"), required=False, max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )  # fmt: skip
    member = forms.SlugField(
        label=_("Party"), required=False, max_length=60, help_text=_("The reference of a member, as in its address.")
    )
    state = forms.ChoiceField(required=False, choices=STATES, widget=forms.HiddenInput())


class MoveForm(forms.Form):
    """Suspend, resume or end an agreement, from a day, with the reason."""

    to = forms.ChoiceField(label=_("What happens"))
    on = DayField(label=_("From"))
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, status: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        ways = [("terminated", _("It ends"))]
        if status == "suspended":
            ways.insert(0, ("in_force", _("It is resumed")))
        elif status in {"in_force", "activated"}:
            ways.insert(0, ("suspended", _("It is suspended")))
        self.fields["to"].choices = ways


class DraftForm(forms.Form):
    """An agreement before it is put before its parties: period, parties, and the text in up to three languages."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty if it has no end."))
    announcement = forms.SlugField(
        label=_("Answers the announcement"),
        required=False,
        max_length=20,
        help_text=_("Its number, for example from the ledger."),
    )
    parties = forms.CharField(
        label=_("Parties"), widget=forms.Textarea({"rows": 4}),
        help_text=_("One member a line, by its reference; after a colon, what it does under the agreement."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for code, language in LANGUAGES:
            is_asked = code == "en"
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title in %(language)s") % {"language": language}, max_length=250, required=is_asked
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=_("Text in %(language)s") % {"language": language}, required=is_asked,
                widget=forms.Textarea({"rows": 10}), help_text=_("Articles are parted by an empty line."),
            )  # fmt: skip
            self.fields[f"standing_{code}"] = forms.ChoiceField(
                label=_("Standing of the text in %(language)s") % {"language": language},
                choices=STANDINGS,
                initial="equal",
            )

    def clean(self) -> dict[str, Any]:
        for code, _language in LANGUAGES:
            if bool(self.cleaned_data.get(f"title_{code}")) != bool(self.cleaned_data.get(f"body_{code}")):
                self.add_error(f"title_{code}", _("A version has a title and a text, or neither."))
        return self.cleaned_data

    def named_parties(self) -> list[tuple[str, str]]:
        """(reference of a member, role) for each line."""
        lines = [line.strip() for line in self.cleaned_data["parties"].splitlines() if line.strip()]
        pairs = [re.split(r"\s*[:：]\s*", line, maxsplit=1) for line in lines]
        return [(pair[0], pair[1] if len(pair) > 1 else "") for pair in pairs]

    def given_texts(self) -> list[tuple[str, str, str, str]]:
        """(language, title, body, standing) of each version that was written."""
        given = self.cleaned_data
        return [
            (code, given[f"title_{code}"], given[f"body_{code}"], given[f"standing_{code}"])
            for code, _language in LANGUAGES
            if given[f"title_{code}"]
        ]
