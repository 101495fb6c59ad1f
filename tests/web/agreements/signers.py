"""Whoever signs at pages, in tests: coordinators with a proof just given, a president who is sent a link, and the letters."""

import re

from django.core import mail
from django.test import Client

from corridor.foundations import clock
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import SignerDraft
from corridor.rooms.agreements.models import Agreement, AgreementParty, Signer
from tests.factories.actors import NIGHTLY
from tests.web.readers import browser_of, just_proved

PAGE = "/agreements/AGR-2023-0031/"


def party_of(agreement: Agreement, member: str = "vientiane") -> AgreementParty:
    return agreement.parties.get(organisation__reference=member)


def coordinator(agreement: Agreement, member: str = "vientiane") -> Client:
    return just_proved(browser_of("coordinator", member=party_of(agreement, member).organisation))


def president(agreement: Agreement, **changed) -> Signer:
    draft = SignerDraft(**{"office": "President", "email": "p@vientiane.example", "language": "lo", **changed})
    return actions.name_signer(party=party_of(agreement), draft=draft, at=clock.now(), by=NIGHTLY)


def signature(agreement: Agreement, **changed: str) -> dict[str, str]:
    return {
        "member": "vientiane", "signed_as": "President", "has_read": "on", "signed_hash": agreement.canonical_hash, **changed,
    }  # fmt: skip


def path_in(letter: mail.EmailMessage) -> str:
    return re.search(r"https?://[^/]+(/sign/\S+)", letter.body).group(1)
