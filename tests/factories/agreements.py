"""A joint agreement: Chongqing and Vientiane, and as many more as a test names."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from corridor.foundations.access import NIGHTLY
from corridor.foundations.documents.models import Document
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import (
    AgreementDraft,
    ObligationDraft,
    PaperSignature,
    PartyDraft,
    TextDraft,
)
from corridor.rooms.agreements.models import Agreement, Obligation
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.members.models import Organisation

from .members import make_member

STARTS_ON, ENDS_BEFORE = date(2023, 6, 1), date(2026, 6, 1)
PROPOSED_ON, SIGNED_ON = date(2023, 3, 2), date(2023, 5, 18)
COUNTRIES = {"chongqing": "CN", "vientiane": "LA", "colombo": "LK"}


def find_or_make_member(reference: str) -> Organisation:
    found = Organisation.objects.filter(reference=reference).first()
    return found or make_member(reference, country=COUNTRIES.get(reference, "LA"))


def make_scan(reference: str = "scan-1") -> Document:
    """A scanned page, without its bytes."""
    found, _ = Document.objects.get_or_create(
        reference=reference,
        defaults={
            "title": "Agreement with signatures", "file_name": f"{reference}.png", "media_type": "image/png", "size": 1,
            "sha256": "0" * 64, "stored_as": reference, "stored_at": datetime(2023, 5, 18, tzinfo=UTC),
        },
    )  # fmt: skip
    return found


def make_draft_agreement(
    reference: str = "AGR-2023-0031",
    *,
    parties: Sequence[str | Organisation] = ("chongqing", "vientiane"),
    announcement: Announcement | None = None,
    starts_on: date = STARTS_ON,
    ends_before: date | None = ENDS_BEFORE,
    title: str = "Joint training in vehicle inspection",
) -> Agreement:
    """A draft in two languages. Parties are organisations, or references of members, made where there are none yet."""
    members = [find_or_make_member(party) if isinstance(party, str) else party for party in parties]
    draft = AgreementDraft(
        reference=reference, starts_on=starts_on, ends_before=ends_before, announcement=announcement,
        texts=[
            TextDraft("en", title, "Article 1. We teach together.\n\nArticle 2. We tell the truth.", "equal"),
            TextDraft("zh-Hans", "联合培训协议", "第一条 共同教学。\n\n第二条 如实报告。", "prevailing"),
        ],
        parties=[PartyDraft(member) for member in members],
    )  # fmt: skip
    return actions.draft_agreement(agreement=draft, by=NIGHTLY)


def make_proposed_agreement(
    reference: str = "AGR-2023-0031",
    *,
    parties: Sequence[str | Organisation] = ("chongqing", "vientiane"),
    proposed_on: date = PROPOSED_ON,
    announcement: Announcement | None = None,
    starts_on: date = STARTS_ON,
    ends_before: date | None = ENDS_BEFORE,
) -> Agreement:
    """A text before its parties; nobody has signed."""
    agreement = make_draft_agreement(
        reference, parties=parties, announcement=announcement, starts_on=starts_on, ends_before=ends_before
    )
    return actions.propose_agreement(agreement=agreement, on=proposed_on, by=NIGHTLY)


def make_agreement(
    reference: str = "AGR-2023-0031",
    *,
    parties: Sequence[str | Organisation] = ("chongqing", "vientiane"),
    proposed_on: date = PROPOSED_ON,
    signed_on: date = SIGNED_ON,
    announcement: Announcement | None = None,
    starts_on: date = STARTS_ON,
    ends_before: date | None = ENDS_BEFORE,
    activated_on: date | None = None,
) -> Agreement:
    """Signed by all on paper that day, so in force from then or from ``starts_on``, whichever is later."""
    agreement = make_proposed_agreement(
        reference, parties=parties, proposed_on=proposed_on, announcement=announcement,
        starts_on=starts_on, ends_before=ends_before,
    )  # fmt: skip
    scan = make_scan()
    signatures = [PaperSignature(party, signed_on, "President", scan) for party in agreement.parties.all()]
    at = datetime.combine(signed_on, datetime.min.time(), UTC)
    (agreement,) = actions.record_paper_signatures(signatures=signatures, at=at, by=NIGHTLY)
    if activated_on:
        agreement = actions.activate_agreement(agreement=agreement, on=activated_on, by=NIGHTLY)
    return agreement


def make_obligation(
    agreement: Agreement,
    member: Organisation | None = None,
    *,
    what: str = "Sends the list of learners",
    due_on: date = date(2024, 3, 1),
    every_months: int | None = None,
    shown_by: str = "word",
) -> Obligation:
    """What a party owes; the first party where none is named."""
    owner = member or agreement.parties.select_related("organisation").order_by("position").first().organisation
    draft = ObligationDraft(agreement, owner, what, due_on, every_months=every_months, shown_by=shown_by)
    return actions.set_obligations(obligations=[draft], by=NIGHTLY)[0]
