"""What a certificate prints, as plain facts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..compact.claims import EARLIER_LANGUAGES, Signatory
from ..models import CredentialKind, RecognitionKind

Texts = Mapping[str, str]


@dataclass(frozen=True)
class UnitProved:
    """A unit on the certificate: titles by language, whole hours, and the day on which it was decided."""

    code: str
    titles: Texts
    hours: int
    decided_on: date


@dataclass(frozen=True)
class RecognisedAs:
    """What it counts as in one country (two letters), with level, authority and the document's title where there are any."""

    country: str
    recognition: RecognitionKind
    level: str
    authority: str
    document: str


@dataclass(frozen=True)
class CertificateFacts:
    """
    All that a certificate prints. Names are as they were signed; titles are by language (BCP 47). ``sha256`` is of the signed
    credential as it is kept; ``bars`` are its first sixteen digits. ``last_day`` is the last day inside, None without an end.
    ``beside`` are other members that sign it; ``codes`` what stands in the codes on the paper, none where its words were never signed.
    ``languages`` are those in which it is written, the largest first.
    """

    reference: str
    kind: CredentialKind
    learner_names: tuple[str, ...]
    issuer: Texts
    issuer_reference: str
    key: str
    host: Texts
    site: Texts
    title: Texts
    units: tuple[UnitProved, ...]
    recognised: tuple[RecognisedAs, ...]
    issued_on: date
    last_day: date | None
    address: str
    sha256: str
    bars: tuple[int, ...]
    is_specimen: bool
    signatories: tuple[Signatory, ...] = ()
    beside: tuple[Texts, ...] = ()
    attended_hours: int | None = None
    codes: tuple[str, ...] = ()
    languages: tuple[str, ...] = EARLIER_LANGUAGES

    @property
    def hours(self) -> int:
        return sum(unit.hours for unit in self.units) if self.attended_hours is None else self.attended_hours

    def without_name(self) -> "CertificateFacts":
        """The same, but for whose it is."""
        return replace(self, learner_names=(), codes=())
