"""What is sent about attestations."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.languages import own_name
from corridor.kernel.periods import day_after
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.lifecycle import AttestationStatus
from corridor.rooms.credentials.queries.choices import AttestationKind
from corridor.web.fields import Chosen, DayField
from corridor.web.ui.names import member_called, title_of

CLAIM_LANGUAGES = ("en", "zh-Hans", "lo", "ur")
CERTIFICATE, CURRICULUM, MEMBER = "certificate", "curriculum", "member"


class UntilForm(forms.Form):
    last_day = DayField(
        label=_("Holds until"), required=False, help_text=_("The last day inside; empty: without an end.")
    )

    def expires_before(self) -> date | None:
        return day_after(self.cleaned_data["last_day"])


class EndorseForm(UntilForm):
    endorser = Chosen(label=_("Member that endorses"))
    what = forms.ChoiceField(
        label=_("What is endorsed"),
        choices=[(CERTIFICATE, _("A certificate")), (CURRICULUM, _("What is taught")), (MEMBER, _("A member"))],
    )
    address = forms.CharField(
        label=_("Address of the certificate"), required=False, max_length=300,
        help_text=_("Its holder shows it: the address below the QR code."),
    )  # fmt: skip
    version = Chosen(label=_("Curriculum"), required=False)
    member = Chosen(label=_("Member"), required=False)
    field_order = ("endorser", "what", "address", "version", "member")

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for language in CLAIM_LANGUAGES:
            label = _("What the member says (%(language)s)") % {"language": own_name(language)}
            box = forms.Textarea({"rows": 3, "lang": language})
            self.fields[f"claim_{language}"] = forms.CharField(
                label=label, required=False, max_length=2_000, widget=box
            )
        self.order_fields([*self.field_order, *(f"claim_{each}" for each in CLAIM_LANGUAGES), "last_day"])

    def offer(self, *, endorsers: Iterable[Any], versions: Iterable[Any], members: Iterable[Any]) -> None:
        choose = str(_("Choose one"))
        self.fields["endorser"].offer([(m.reference, member_called(m).text, m) for m in endorsers], empty=choose)
        named = [(str(each.pk), f"{title_of(each).text} ({each})", each) for each in versions]
        self.fields["version"].offer(named, empty=choose)
        self.fields["member"].offer([(m.reference, member_called(m).text, m) for m in members], empty=choose)

    def claims(self) -> dict[str, str]:
        return {each: self.cleaned_data[f"claim_{each}"] for each in CLAIM_LANGUAGES}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        needed = {CERTIFICATE: "address", CURRICULUM: "version", MEMBER: "member"}.get(given.get("what", ""))
        if needed and not given.get(needed):
            self.add_error(needed, _("Say what the member endorses."))
        return given


class AttestForm(UntilForm):
    kind = forms.ChoiceField(
        label=_("What is attested"),
        choices=[(each.value, each.label) for each in (AttestationKind.TRAINER, AttestationKind.ASSESSOR)],
    )
    person = forms.SlugField(
        label=_("Person"), max_length=40, help_text=_("The number of the person's record, such as P-0001.")
    )
    version = Chosen(label=_("Curriculum"))
    right = Chosen(
        label=_("Issued by"),
        help_text=_("A member entitled for a programme at a site: there the person trains or assesses."),
    )
    field_order = ("kind", "person", "version", "right", "last_day")

    def offer(self, *, versions: Iterable[Any], rights: Iterable[Any]) -> None:
        choose = str(_("Choose one"))
        named = [(str(each.pk), f"{title_of(each).text} ({each})", each) for each in versions]
        self.fields["version"].offer(named, empty=choose)
        places = [
            (str(each.pk), f"{each.issuer.reference}: {each.programme.reference}, {each.site.reference}", each)
            for each in rights
        ]
        self.fields["right"].offer(places, empty=choose)


class AttestationStepForm(forms.Form):
    """What is to become of an attestation, and the reason that is published with it."""

    to = forms.ChoiceField(label=_("What to do"))
    why = forms.ChoiceField(
        label=_("Reason"),
        help_text=_("Anyone who verifies the certificate is shown this reason."),
        choices=[("", _("Choose a reason")), *Why.choices],
    )

    def offer(self, status: str) -> None:
        """Only these steps lead on from the state in which it is."""
        steps = {
            AttestationStatus.ISSUED: [
                (AttestationStatus.SUSPENDED, _("Suspend it: not to be relied on for now")),
                (AttestationStatus.REVOKED, _("Revoke it for ever")),
            ],
            AttestationStatus.SUSPENDED: [
                (AttestationStatus.ISSUED, _("Lift the suspension: it stands again")),
                (AttestationStatus.REVOKED, _("Revoke it for ever")),
            ],
        }.get(AttestationStatus(status), [])
        self.fields["to"].choices = [(to.value, label) for to, label in steps]
