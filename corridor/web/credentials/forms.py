"""What is sent about certificates and keys."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.credentials.actions import ManyStep
from corridor.rooms.credentials.drafts import Why
from corridor.web.fields import DayField, DayInput

REVOKE, SUSPEND, LIFT, REPLACE = "revoke", "suspend", "lift", "replace"


class ChangeForm(forms.Form):
    """What is to become of a certificate, and the reason that is published with it."""

    step = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            (SUSPEND, _("Suspend it: not to be relied on for now")),
            (LIFT, _("Lift the suspension: it stands again")),
            (REPLACE, _("Replace it: issue it anew from the records as they are now")),
            (REVOKE, _("Revoke it for ever")),
        ],
    )
    why = forms.ChoiceField(
        label=_("Reason"),
        help_text=_("Anyone who verifies the certificate is shown this reason."),
        choices=[("", _("Choose a reason")), *Why.choices],
    )

    def offer(self, steps: list[str]) -> None:
        """Only these steps lead on from the state in which it is."""
        field = self.fields["step"]
        field.choices = [(code, label) for code, label in field.choices if code in steps]


class ManyForm(forms.Form):
    """One step for many: their numbers, or a whole cohort."""

    references = forms.CharField(
        label=_("Numbers of the certificates"), required=False, max_length=60_000,
        help_text=_("One on each line, or with spaces between."), widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
    )  # fmt: skip
    cohort = forms.CharField(
        label=_("Or a whole cohort"),
        required=False,
        max_length=40,
        help_text=_("Its number: every certificate from whose state the step leads on."),
    )
    step = forms.ChoiceField(label=_("What to do"), choices=ManyStep.choices)
    why = forms.ChoiceField(
        label=_("Reason"),
        help_text=_("Anyone who verifies the certificate is shown this reason."),
        choices=[("", _("Choose a reason")), *Why.choices],
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["references"] = given.get("references", "").replace(",", " ").split()
        if not given["references"] and not given.get("cohort"):
            self.add_error("references", _("Name certificates or a cohort."))
        return given


class KeyForm(forms.Form):
    """A key pair for a period. The private half is made and sealed by the machine; nobody sees it."""

    organisation = forms.ChoiceField(label=_("Member"))
    fragment = forms.SlugField(label=_("Name of the key"), help_text=_("For example key-2024."), max_length=40)
    valid_from = forms.DateField(label=_("First day"), widget=DayInput())
    last_day = forms.DateField(label=_("Last day"), required=False, widget=DayInput())

    def offer(self, members: list[tuple[str, str]], *, today: date) -> None:
        self.fields["organisation"].choices = members
        self.fields["valid_from"].initial = today


class CompromiseForm(forms.Form):
    """Since when somebody else may have had the key: the day counts where the alliance is at home, from its first instant."""

    since = DayField(
        label=_("Day from which nothing is trusted"),
        help_text=_("If you do not know, the day on which you last saw it safe."),
    )
    sure = forms.BooleanField(
        label=_("What it signed from that day on is refused everywhere, and that cannot be undone.")
    )


class CredentialFilter(forms.Form):
    """What the list of certificates is narrowed to; its state is in the address."""

    cohort = forms.CharField(label=_("Cohort"), required=False, max_length=40)
    status = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput())


class ListElsewhereForm(forms.Form):
    """A status list and the reasons beside it, as its member signed them; ``cleaned_data`` holds their texts."""

    signed_list = forms.FileField(
        label=_("The status list"), help_text=_("The file in status/ (JSON)."),
        widget=forms.FileInput({"accept": ".json,application/json,application/vc"}),
    )  # fmt: skip
    companion = forms.FileField(
        label=_("The reasons beside it"), help_text=_("The file of the same name in companions/ (JSON)."),
        widget=forms.FileInput({"accept": ".json,application/json"}),
    )  # fmt: skip

    def clean_signed_list(self) -> str:
        return self._text("signed_list")

    def clean_companion(self) -> str:
        return self._text("companion")

    def _text(self, name: str) -> str:
        try:
            return str(self.cleaned_data[name].read().decode("utf-8"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This file is no text. Choose the JSON file of the folder.")) from None
