"""What is given to draft an agreement, to sign on paper, and to stop or end one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corridor.foundations.documents.models import Document
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.members.models import Organisation, SourceMark

from .lifecycle import AgreementStatus
from .models import Agreement, AgreementParty, AgreementText


@dataclass(frozen=True)
class TextDraft:
    """The agreement in one language (BCP 47); paragraphs are parted by a blank line."""

    language: str
    title: str
    body: str
    standing: str = AgreementText.Standing.EQUAL


@dataclass(frozen=True)
class PartyDraft:
    organisation: Organisation
    role: str = ""
    position: int | None = None


@dataclass(frozen=True)
class AgreementDraft:
    """Without a reference it gets the next free one of its first year. Texts and parties may follow later, until it is proposed."""

    starts_on: date
    ends_before: date | None = None
    reference: str = ""
    announcement: Announcement | None = None
    texts: Sequence[TextDraft] = ()
    parties: Sequence[PartyDraft] = ()
    source_mark: str = SourceMark.ASSUMED


@dataclass(frozen=True)
class PaperSignature:
    """A signature in ink: by which office, on which day, and the scan that shows it."""

    party: AgreementParty
    signed_on: date
    signed_as: str
    scan: Document | None


@dataclass(frozen=True)
class AgreementStep:
    """Suspend, resume or terminate. Resumed, an agreement is again what it was: ``to`` is in force or activated."""

    agreement: Agreement
    to: AgreementStatus
    on: date
    reason: str = ""
