"""A consent that was signed on paper: the scan, the day on it, and the sentence in the language in which it stood there."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.receiving import Upload, receive
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..fields import PersonField, require_field
from ..models import Consent, Person, PurposeText, Taking
from .consents import ConsentDraft, give_consent

KIND = "consent"
NOON = time(12, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class PaperConsent:
    """``text`` is the sentence on the paper, in its version and language; ``signed_on`` the day beside the signature; ``scan`` the paper."""

    person: Person
    text: PurposeText
    signed_on: date
    scan: Upload


@transaction.atomic
def take_paper_consent(*, paper: PaperConsent, on: date, at: datetime, by: Actor) -> Consent:
    """
    Keep the scan and write the receipt of the day on the paper.

    :raises BadInput: for a day to come, or before the sentence was written. Refuses as ``give_consents`` and ``receive``.
    """
    by.require(Permission.PERSON_EDIT, on=paper.person)
    require_field(PersonField.CONSENTS, paper.person, by=by)
    if paper.signed_on > on:
        raise BadInput([Problem(N_("%(day)s is still to come."), {"day": paper.signed_on}, column="signed_on")])
    if paper.signed_on < paper.text.from_day:
        message = N_("This sentence was first shown on %(day)s; choose the version that stands on the paper.")
        raise BadInput([Problem(message, {"day": paper.text.from_day}, column="signed_on")])
    document = receive(replace(paper.scan, kind=KIND, language=paper.text.language), at=at, by=by)
    given_at = min(datetime.combine(paper.signed_on, NOON), at)
    draft = ConsentDraft(
        person=paper.person, text=paper.text, given_at=given_at, taking=Taking.PAPER, document=document
    )  # fmt: skip
    return give_consent(draft=draft, by=by)
