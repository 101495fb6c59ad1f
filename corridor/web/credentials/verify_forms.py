"""What is sent to be verified."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .counting_here import countries

LARGEST = 2_000_000


class VerifyForm(forms.Form):
    """A file or a text: the signed credential, a certificate as PDF, or the address of a holder's page."""

    file = forms.FileField(
        label=_("A file"),
        help_text=_("The PDF of the certificate, the signed file (JSON), or a photo of the code on the paper."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            {
                "accept": ".json,.pdf,.jwt,application/json,application/vc,application/pdf,application/jwt,image/png,image/jpeg"
            }
        ),
    )
    text = forms.CharField(
        label=_("Or an address, what the codes hold, or the text of the signed file"),
        help_text=_("The address stands below the QR code. Of several codes paste all, in any order."),
        required=False,
        strip=True,
        max_length=LARGEST,
        widget=forms.Textarea({"rows": 3, "maxlength": None, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file, text = given.get("file"), given.get("text")
        if file is not None:
            # More than any certificate has: the verifier names what is too large, and does not need the rest for that.
            given["raw"] = file.read(LARGEST + 1)
        elif text:
            given["raw"] = text
        elif not self.errors:
            self.add_error("file", _("Choose a file, or paste an address or the text."))
        return given


class VerifyHereForm(VerifyForm):
    """The same, and for which country the answer is to say what the certificate counts as."""

    country = forms.ChoiceField(
        label=_("Your country"), required=False, choices=lambda: [("", _("Choose a country")), *countries()],
        help_text=_("The answer then says first what the certificate counts as there."),
    )  # fmt: skip
