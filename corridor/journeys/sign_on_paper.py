"""A signature in ink: its scan is kept as a document, and the side of the agreement is signed by it. Both, or neither."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Visibility
from corridor.foundations.documents.storing import store_document
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import PaperSignature
from corridor.rooms.agreements.models import Agreement, AgreementParty, Signer


@dataclass(frozen=True)
class SignedPaper:
    """Whose signature, from which day, in which office, the scan as it came, and the office that compared it with the paper."""

    party: AgreementParty
    signed_on: date
    signed_as: str
    attested_by: str
    file_name: str
    content: bytes
    # For which of the offices that the party has named, where it has.
    signer: Signer | None = None


@transaction.atomic
def sign_on_paper(*, paper: SignedPaper, on: date, at: datetime, by: Actor) -> Agreement:
    """
    Keep the scan and record the signature; ``on`` is the day on which the scan was compared.

    :raises BadInput: if the file is none that is kept.
    :raises AlreadySigned, NotASigner, NotProposed, NotTheirTurn, SignedTooEarly, TextChanged: as in ``record_paper_signatures``.
    """
    by.require(Permission.AGREEMENT_SIGN_ON_PAPER)
    agreement, member = paper.party.agreement, paper.party.organisation
    scan = store_document(
        reference=_reference_of(paper),
        title=f"{agreement.reference}, {member.reference}",
        file_name=paper.file_name,
        content=paper.content,
        attested_by=paper.attested_by,
        attested_on=on,
        visibility=Visibility.RESTRICTED,
        at=at,
        by=by,
    )
    signature = PaperSignature(paper.party, paper.signed_on, paper.signed_as, scan, paper.signer)
    return actions.record_paper_signatures(signatures=[signature], at=at, by=by)[0]


def _reference_of(paper: SignedPaper) -> str:
    """The first scan of a party has its name; a further one (another signer, another text) has the signature's number behind it."""
    first = f"scan-{paper.party.agreement.reference}-{paper.party.organisation.reference}".lower()
    number = paper.party.signatures.filter(scan__isnull=False).count() + 1
    return first[:60] if number == 1 else f"{first[:56]}-{number}"
