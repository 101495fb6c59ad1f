"""What a transcript says, as plain facts, whatever form it takes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..certificates.facts import CertificateFacts
from ..certificates.printing import Pictures


@dataclass(frozen=True)
class Holder:
    """
    Whose it is: names as on the certificates, the whole one first. ``family`` and ``given`` only where the person's own record marks
    them: nobody's name is cut here. ``born_on`` only where the day is known.
    """

    reference: str
    names: tuple[str, ...]
    family: str
    given: str
    born_on: date | None


@dataclass(frozen=True)
class Awarded:
    """One certificate in force: what it prints, what was signed (read, and byte for byte), and the country of its issuer."""

    facts: CertificateFacts
    document: dict[str, Any]
    issuer_did: str
    issuer_country: str
    issuer_address: str
    text: str
    pictures: Pictures


@dataclass(frozen=True)
class Transcript:
    """
    The certificates of one person that were in force at an instant, by day and reference; and beside them, read, what the person was attested as
    (trainer, assessor) and what members endorse among the certificates.
    """

    holder: Holder
    awarded: tuple[Awarded, ...]
    made_at: datetime
    attested: tuple[dict[str, Any], ...] = ()
    endorsements: tuple[dict[str, Any], ...] = ()
