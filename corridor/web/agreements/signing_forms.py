"""Forms of signing: here, by a link, on paper; who signs for a party, and how many of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corridor.web.fields import Chosen, DayField
from corridor.web.ui.names import member_called

OFFICE = _("As it shall be printed, for example “President”. No name of a person.")
ORDERS = [
    ("parallel", _("All at once, in any order")), ("in_order", _("One after another, in the order of parties and signers")),
]  # fmt: skip


def place_called(place: Any) -> str:
    """A member, and where it has named signers the office."""
    member = member_called(place.party.organisation).text
    if place.signer is None:
        return member
    return _now("%(member)s: %(office)s") % {"member": member, "office": place.signer.office}


class SignForm(forms.Form):
    """A signature over the text that was read: its fingerprint goes with the form."""

    member = Chosen(label=_("You sign for"))
    signed_as = forms.CharField(label=_("In which office"), max_length=150, help_text=OFFICE)
    has_read = forms.BooleanField(label=_("I have read the text above and sign it for this member"))
    signed_hash = forms.CharField(widget=forms.HiddenInput(), max_length=64)

    def __init__(self, *args, places: Iterable[Any], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = list(places)
        self.fields["member"].offer([(place.key, place_called(place), place) for place in rows])
        # A named office is printed as it was named.
        if rows and all(place.signer is not None for place in rows):
            del self.fields["signed_as"]
        elif any(place.signer is not None for place in rows):
            self.fields["signed_as"].required = False

    def clean(self) -> dict[str, Any]:
        place = self.cleaned_data.get("member")
        if (
            place is not None
            and place.signer is None
            and not self.cleaned_data.get("signed_as")
            and "signed_as" not in self.errors
        ):
            self.add_error("signed_as", _("Say in which office it is signed, for example “President”."))
        return self.cleaned_data


class LinkForm(forms.Form):
    """A signature by a link: the own name, and the code of the letter."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, help_text=_("Write it out: it stands with your signature."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Code"), max_length=12, help_text=_("Six digits, from the letter that this page sends you."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip
    has_read = forms.BooleanField(label=_("I have read the text above and sign it for this member"))
    signed_hash = forms.CharField(widget=forms.HiddenInput(), max_length=64)


class PaperForm(forms.Form):
    """A signature in ink, with the scan that shows it."""

    member = Chosen(label=_("Who signed"))
    signed_on = DayField(label=_("Signed on"))
    signed_as = forms.CharField(
        label=_("In which office"), max_length=150, help_text=_("As it is printed on the paper. No name of a person.")
    )
    attested_by = forms.CharField(
        label=_("Who compared the scan with the paper"),
        max_length=200,
        help_text=_("An office, for example the records office."),
    )
    scan = forms.FileField(label=_("The scan"), help_text=_("PDF, PNG or JPEG, at most 10 MB."))

    def __init__(self, *args, places: Iterable[Any], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].offer([(place.key, place_called(place), place) for place in places])


class SignerForm(forms.Form):
    """An office that signs for a party, and how it does."""

    office = forms.CharField(
        label=_("Office"), max_length=150, help_text=_("As it shall be printed, for example “President”.")
    )
    person_name = forms.CharField(
        label=_("Name of the person"),
        required=False,
        max_length=150,
        help_text=_(
            "Only where the name must be known: then nobody else signs by the link. It is seen by those who name signers."
        ),
    )
    account = forms.ChoiceField(
        label=_("Account"), required=False,
        help_text=_("Somebody who speaks for the member signs here, with a second factor."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_(
            "For who has no account: a link to sign is sent there. It is forgotten when the agreement is signed by all."
        ),
    )
    language = forms.ChoiceField(label=_("Letters and the page of the link are in"), choices=settings.LANGUAGES)
    position = forms.IntegerField(
        label=_("Place in the order"), required=False, min_value=1, max_value=500,
        help_text=_("The lower sign first, where an agreement is signed one after another."),
    )  # fmt: skip

    def __init__(self, *args, accounts: dict[str, UUID], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = accounts
        self.fields["account"].choices = [("", _("None")), *((name, name) for name in accounts)]


class HowForm(forms.Form):
    """How many sign for each party, and in which order."""

    quorum = forms.IntegerField(
        label=_("Signers of each party"),
        min_value=1,
        max_value=20,
        help_text=_("A party is signed when so many of its signers have signed."),
    )
    order = forms.ChoiceField(label=_("In which order"), choices=ORDERS, widget=forms.RadioSelect())
    read_quorum = forms.IntegerField(widget=forms.HiddenInput())
    read_order = forms.CharField(widget=forms.HiddenInput(), max_length=10)
