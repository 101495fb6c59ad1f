"""What is given to draft an agreement, to sign on paper, and to stop or end one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.members.models import Organisation, SourceMark

from .lifecycle import AgreementStatus, ObligationStatus
from .models import (
    Agreement,
    AgreementKind,
    AgreementParty,
    AgreementText,
    AgreementVersion,
    Obligation,
    ShownBy,
    Signer,
    SigningOrder,
)


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
class LineDraft:
    """A numbered line in one language."""

    number: int
    language: str
    text: str


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
    lines: Sequence[LineDraft] = ()
    # How it is signed follows from its kind.
    kind: AgreementKind | None = None
    # The agreement that it is a schedule of, and the one that it follows.
    parent: Agreement | None = None
    renews: Agreement | None = None
    amends: Agreement | None = None
    copied_from: AgreementVersion | None = None
    why: str = ""
    # The key that the agreement gets, where it was named before it was made.
    key: UUID | None = None


@dataclass(frozen=True)
class SignerDraft:
    """
    An office that signs for a party: with an account, or by a link to an address, or else whoever speaks for the party does. Without a
    position it comes last.
    """

    office: str
    person_name: str = ""
    email: str = ""
    language: str = "en"
    account: UUID | None = None
    position: int | None = None


@dataclass(frozen=True)
class PaperSignature:
    """A signature in ink: by which office, on which day, and the scan that shows it."""

    party: AgreementParty
    signed_on: date
    signed_as: str
    scan: Document | None
    signer: Signer | None = None


@dataclass(frozen=True)
class KeptSignature(PaperSignature):
    """A signature that was given in another product before: in which way, with its scan where that is on paper."""

    way: AgreementParty.Signature = AgreementParty.Signature.PAPER


@dataclass(frozen=True)
class AgreementStep:
    """Suspend, resume, terminate or supersede. Resumed, an agreement is again what it was: ``to`` is in force or activated."""

    agreement: Agreement
    to: AgreementStatus
    on: date
    reason: str = ""
    # Where it is superseded: by which.
    successor: Agreement | None = None


@dataclass(frozen=True)
class MotionDraft:
    """A step that is asked for (AgreementMotion.Kind), from which day, and why; for which party, by who speaks for several."""

    agreement: Agreement
    kind: str
    reason: str
    takes_effect_on: date | None = None
    successor: Agreement | None = None
    member: str = ""


@dataclass(frozen=True)
class ClauseDraft:
    """A clause of a kind in one language; its number is its place."""

    language: str
    number: int
    text: str


@dataclass(frozen=True)
class KindDraft:
    """A kind of agreement whole: how it is signed, its names by language, its clauses."""

    code: str
    names: Mapping[str, str]
    clauses: Sequence[ClauseDraft] = ()
    signing_order: str = SigningOrder.PARALLEL
    quorum: int = 1
    position: int = 1


@dataclass(frozen=True)
class ObligationDraft:
    """
    What a party owes, by a day, or from that day every so many months until the agreement ends. Without a reference it gets the next free
    one of that year. ``shown_by`` says what counts as having kept it.
    """

    agreement: Agreement
    organisation: Organisation
    what: str
    due_on: date
    reference: str = ""
    key: UUID | None = None
    every_months: int | None = None
    shown_by: str = ShownBy.WORD


@dataclass(frozen=True)
class RecordShown:
    """A record of another room that shows that it was kept: its kind (ShownBy) and how it is named there."""

    kind: str
    reference: str


@dataclass(frozen=True)
class ObligationStep:
    """
    It is kept, or let off, on that day; kept ones may be shown by a document that is stored, or that comes with it, or by the record of
    another room, which the journey has found. Of one that returns, this time is settled; ``whole`` ends it for good.
    """

    obligation: Obligation
    to: ObligationStatus
    on: date
    reason: str = ""
    evidence: Document | None = None
    upload: Upload | None = None
    record: RecordShown | None = None
    whole: bool = False
