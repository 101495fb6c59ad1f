from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.web.fields import DayField
from corridor.web.ui.names import member_called

from .forms import Chosen


class IssuerField(Chosen):
    """One of the members that are entitled to issue for this programme at this site."""

    def offer_issuers(self, issuers: Iterable[Any]) -> None:
        self.offer((each.reference, member_called(each).text, each) for each in issuers)


class AwardForm(forms.Form):
    issuer = IssuerField(label=_("Issued by"))
    on = DayField(label=_("Dated"))
    last_day = DayField(
        label=_("Holds until"),
        required=False,
        help_text=_("The last day inside; empty: without an end."),
    )

    def expires_before(self) -> date | None:
        last = self.cleaned_data["last_day"]
        return last + timedelta(days=1) if last else None
