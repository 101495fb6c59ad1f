"""Who may issue what, and what a certificate counts as: what is sent to grant and to state it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.languages import written_languages
from corridor.rooms.credentials.queries.choices import CredentialKind, RecognitionKind
from corridor.web.fields import Chosen, DayField
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import member_called, site_called, title_of


class DaysForm(forms.Form):
    """From a day until a last day, or for as long as nobody ends it."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Empty: until somebody ends it."))

    def ends_before(self) -> date | None:
        last: date | None = self.cleaned_data["ends_on"]
        return last + timedelta(days=1) if last else None


class EntitlementForm(DaysForm):
    issuer = Chosen(label=_("Member"))
    programme = Chosen(label=_("Programme"))
    site = Chosen(label=_("Site"))
    field_order = ("issuer", "programme", "site", "starts_on", "ends_on")

    def offer(self, *, issuers: Iterable, programmes: Iterable, sites: Iterable) -> None:
        choose = str(_("Choose one"))
        self.fields["issuer"].offer([(m.reference, member_called(m).text, m) for m in issuers], empty=choose)
        self.fields["programme"].offer([(p.reference, title_of(p).text, p) for p in programmes], empty=choose)
        self.fields["site"].offer([(s.reference, site_called(s).text, s) for s in sites], empty=choose)


class EndForm(forms.Form):
    last_day = DayField(label=_("Last day"), help_text=_("What was issued until then stays valid."))


class RecognitionForm(DaysForm):
    programme = Chosen(label=_("Programme"))
    credential_kind = forms.ChoiceField(label=_("Kind of certificate"), choices=CredentialKind.choices)
    country = forms.ChoiceField(label=_("Country or region"))
    recognition = forms.ChoiceField(label=_("Counts as"), choices=RecognitionKind.choices)
    level = forms.CharField(
        label=_("Level"), required=False, max_length=80, help_text=_("As the country's own framework writes it.")
    )
    authority = forms.CharField(label=_("Authority that decided it"), required=False, max_length=200)
    document = forms.SlugField(
        label=_("Reference of its document"), required=False, max_length=60,
        help_text=_("Needed with the authority for anything beyond the word of the institution."),
    )  # fmt: skip
    decided_on = DayField(
        label=_("Decided on"), required=False, help_text=_("The day on which the authority decided it.")
    )
    field_order = (
        "programme", "credential_kind", "country", "recognition", "level", "authority", "document", "decided_on",
    )  # fmt: skip

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        further = [(f"authority_{tag}", tag, name) for tag, name in written_languages() if tag != "en"]
        for field, tag, name in further:
            label = _("The authority in %(language)s") % {"language": name}
            line = forms.TextInput({"lang": tag, "dir": "auto"})
            self.fields[field] = forms.CharField(label=label, required=False, max_length=200, widget=line)
        self.fields[further[0][0]].help_text = _(
            "As it calls itself there; certificates are signed with it. Empty: in English."
        )
        places = list(self.field_order)
        after = places.index("authority") + 1
        self.order_fields([*places[:after], *(field for field, _tag, _name in further), *places[after:]])

    def authority_names(self) -> dict[str, str]:
        found = {tag: self.cleaned_data.get(f"authority_{tag}", "") for tag, _name in written_languages()}
        return {tag: text for tag, text in found.items() if text}

    def offer(self, *, programmes: Iterable, countries: Iterable[str]) -> None:
        choose = str(_("Choose one"))
        self.fields["programme"].offer([(p.reference, title_of(p).text, p) for p in programmes], empty=choose)
        places = sorted(((code, country_name(code)) for code in countries), key=lambda each: each[1])
        self.fields["country"].choices = [("", choose), *places]
