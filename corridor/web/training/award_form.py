from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.kernel.periods import day_after
from corridor.rooms.credentials.queries.choices import CredentialKind
from corridor.web.fields import DayField
from corridor.web.ui.names import member_called

from .forms import Chosen


class IssuerField(Chosen):
    """One of the members that are entitled to issue for this programme at this site."""

    def offer_issuers(self, issuers: Iterable[Any]) -> None:
        self.offer((each.reference, member_called(each).text, each) for each in issuers)


class SignersField(forms.MultipleChoiceField):
    """The members that sign beside the issuer; its value in ``cleaned_data`` is the members."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.records: dict[str, Any] = {}

    def offer_issuers(self, issuers: Iterable[Any]) -> None:
        self.records = {each.reference: each for each in issuers}
        self.choices = [(key, member_called(each).text) for key, each in self.records.items()]

    def clean(self, value: Any) -> Any:
        return [self.records[each] for each in super().clean(value)]


class AwardForm(forms.Form):
    issuer = IssuerField(label=_("Issued by"))
    on = DayField(label=_("Dated"))
    last_day = DayField(
        label=_("Holds until"),
        required=False,
        help_text=_("The last day inside; empty: without an end."),
    )
    signers = SignersField(
        label=_("Signed together with"), required=False,
        help_text=_("Each signs with its own key, by whoever keeps it. Nothing is given out before all have signed."),
    )  # fmt: skip
    only_ready = forms.BooleanField(
        label=_("Award those who are ready; the others follow later"), required=False
    )  # fmt: skip

    def offer(self, issuers: Iterable[Any]) -> None:
        """Where one member alone may issue, nobody is asked who else signs."""
        members = list({each.pk: each for each in issuers}.values())
        self.fields["issuer"].offer_issuers(members)
        if len(members) > 1:
            self.fields["signers"].offer_issuers(members)
        else:
            del self.fields["signers"]

    def expires_before(self) -> date | None:
        return day_after(self.cleaned_data["last_day"])


class FurtherForm(AwardForm):
    """A certificate of another kind than award and statement."""

    kind = forms.ChoiceField(label=_("Kind of certificate"))
    units = forms.MultipleChoiceField(
        label=_("Units"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("For a certificate of one unit, that one; for a module, two or more; for the others, none."),
    )  # fmt: skip
    field_order = ("kind", "units", "issuer", "on", "last_day", "signers", "only_ready")

    def offer_kinds(self, *, kinds: Iterable[CredentialKind], units: Iterable[tuple[str, str]]) -> None:
        self.fields["kind"].choices = [(each.value, each.label) for each in kinds]
        self.fields["units"].choices = list(units)
