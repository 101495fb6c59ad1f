"""Forms about money: what is asked, and in which currency."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.kernel.errors import BadInput
from corridor.kernel.money import MINOR_UNITS, Money
from corridor.kernel.shares import read_share
from corridor.web.fields import DayField
from corridor.web.wording import sentence

STATES = [
    ("", _("All")), ("pledged", _("Pledged")), ("contracted", _("Contracted")), ("late", _("Late")),
    ("disbursed", _("Disbursed")), ("withdrawn", _("Withdrawn")),
]  # fmt: skip
DISCLOSURES = [("parties", _("For who pays, who is paid, and oversight")), ("public", _("Anyone may read it"))]
SOURCES = [("named", _("Named in a source")), ("assumed", _("Assumed"))]
PAPER_HELP = _("PDF, PNG or JPEG.")


class CommitmentFilter(forms.Form):
    """What the list is narrowed to, and the currency in which its totals are reckoned; all of it stands in the address."""

    member = forms.SlugField(
        label=_("Pays or is paid"), required=False, max_length=60,
        help_text=_("The reference of a member, as in its address."),
    )  # fmt: skip
    purpose = forms.ChoiceField(label=_("What the money is for"), required=False)
    into = forms.ChoiceField(label=_("Totals in one currency"), required=False)
    state = forms.ChoiceField(required=False, choices=STATES, widget=forms.HiddenInput())

    def __init__(self, *args, purposes: Any, currencies: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [("", _("Every purpose")), *purposes]
        self.fields["into"].choices = [("", _("Each for itself")), *((code, code) for code in currencies)]


class AmountForm(forms.Form):
    """An amount in a currency that is fixed, or chosen."""

    amount = forms.DecimalField(label=_("Amount"), min_value=Decimal(0), max_digits=18, decimal_places=3)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in sorted(MINOR_UNITS)])

    def __init__(self, *args, currency: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fixed = currency
        if currency:
            del self.fields["currency"]
            self.fields["amount"].help_text = _("In %(currency)s.") % {"currency": currency}

    def money(self) -> Money:
        """:raises BadInput: for more places than the currency has."""
        return Money(self.cleaned_data["amount"], self.fixed or self.cleaned_data["currency"])


class CommitmentForm(AmountForm):
    """Who promises whom how much, and what for."""

    payer = forms.SlugField(
        label=_("Who pays"), max_length=60, help_text=_("The reference of a member, as in its address.")
    )
    payee = forms.SlugField(
        label=_("Who is paid"), max_length=60, help_text=_("The reference of a member, as in its address.")
    )
    purpose = forms.ChoiceField(label=_("What the money is for"))
    what = forms.CharField(label=_("What it is for, in words"), max_length=300, widget=forms.Textarea({"rows": 2}))
    pledged_on = DayField(label=_("Pledged on"))
    agreement = forms.SlugField(
        label=_("Agreement under which it is promised"), required=False, max_length=20, help_text=_("Its reference; empty without one.")
    )  # fmt: skip
    disclosure = forms.ChoiceField(label=_("Who may read it"), choices=DISCLOSURES)
    source_mark = forms.ChoiceField(label=_("Named in a source, or assumed"), choices=SOURCES)
    source = forms.CharField(label=_("Where that is said"), required=False, max_length=300)
    field_order = (
        "payer", "payee", "amount", "currency", "purpose", "what", "pledged_on", "agreement", "disclosure", "source_mark", "source",
    )  # fmt: skip

    def __init__(self, *args, purposes: Any, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = purposes


class ContractForm(AmountForm):
    """What was pledged is contracted, in instalments or in one sum."""

    on = DayField(label=_("Contracted on"))
    instalments = forms.CharField(
        label=_("Instalments"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line: the day and the amount, like 2024-06-30 12500. Empty: one sum, on no fixed day."),
    )  # fmt: skip
    paper = forms.FileField(label=_("The contract"), required=False, help_text=PAPER_HELP)

    def parts(self) -> list[tuple[Any, Money]]:
        """(due day, amount) of each line; a line that is none is put on the field."""
        found = []
        for line in self.cleaned_data.get("instalments", "").splitlines():
            if not line.strip():
                continue
            day, _space, amount = line.strip().partition(" ")
            try:
                due_on = forms.DateField().clean(day)
                number = forms.DecimalField(min_value=Decimal(0)).clean(amount.strip())
            except forms.ValidationError:
                self.add_error("instalments", _("“%(line)s” is no day and amount.") % {"line": line.strip()})
                continue
            found.append((due_on, Money(number, self.fixed)))
        return found


class MovementForm(AmountForm):
    """A payment or a refund, and what shows it."""

    kind = forms.ChoiceField(
        label=_("What happened"), choices=[("disbursement", _("It was paid")), ("refund", _("It was paid back"))]
    )
    on = DayField(label=_("On which day"))
    reason = forms.CharField(
        label=_("What there is to say"), required=False, max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed without a document, and where more is paid than was contracted."),
    )  # fmt: skip
    paper = forms.FileField(label=_("Document that shows it"), required=False, help_text=PAPER_HELP)
    field_order = ("kind", "amount", "on", "reason", "paper")


class WithdrawForm(forms.Form):
    """It is not paid any more."""

    on = DayField(label=_("From"))
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea({"rows": 2}))


class RateForm(forms.Form):
    """One of the first currency is so many of the second."""

    of = forms.ChoiceField(label=_("One of this currency"), choices=[(code, code) for code in sorted(MINOR_UNITS)])
    into = forms.ChoiceField(label=_("Is so many of this one"), choices=[(code, code) for code in sorted(MINOR_UNITS)])
    value = forms.DecimalField(label=_("Rate"), max_digits=15, decimal_places=9)
    on = DayField(label=_("Day of the rate"))
    source = forms.CharField(label=_("Where the rate was read"), max_length=300)


class SplitForm(forms.Form):
    """Who bears a programme from a day on."""

    starts_on = DayField(label=_("From"))
    shares = forms.CharField(
        label=_("Who bears how much"), widget=forms.Textarea({"rows": 5}),
        help_text=_("One a line: a commitment and its share as an exact fraction, like FND-2023-0001 1/3. Together they are 100%."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)

    def lines(self) -> list[tuple[str, Any]]:
        """(reference, share) of each line; a line that is none is put on the field."""
        found = []
        for line in self.cleaned_data.get("shares", "").splitlines():
            reference, _space, share = line.strip().partition(" ")
            if not reference:
                continue
            try:
                found.append((reference, read_share(share)))
            except BadInput as wrong:
                self.add_error("shares", sentence(wrong.problems[0]))
        return found
