"""What is given to pledge money, to contract it, to write down a payment or a refund, and a rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.money import Money
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.members.models import Organisation, SourceMark

from .models import Commitment, Disclosure, Movement, Purpose


@dataclass(frozen=True)
class CommitmentDraft:
    """Without a reference it gets the next free one of the year in which it was pledged."""

    payer: Organisation
    payee: Organisation
    pledged: Money
    what: str
    pledged_on: date
    purpose: str = Purpose.OTHER
    agreement: Agreement | None = None
    disclosure: str = Disclosure.PARTIES
    source_mark: str = SourceMark.ASSUMED
    source: str = ""
    document: Document | None = None
    reference: str = ""
    # The key that it gets, where it was named before it was made.
    key: UUID | None = None


@dataclass(frozen=True)
class ContractDraft:
    """So much is contracted on that day, in instalments (due day, amount) or without."""

    commitment: Commitment
    on: date
    amount: Money
    instalments: Sequence[tuple[date, Money]] = ()
    reason: str = ""
    document: Document | None = None
    upload: Upload | None = None


@dataclass(frozen=True)
class Withdrawal:
    commitment: Commitment
    on: date
    reason: str


@dataclass(frozen=True)
class MovementDraft:
    """A payment or a refund on a day, with the document that shows it, or the reason why there is none."""

    commitment: Commitment
    on: date
    amount: Money
    kind: str = Movement.Kind.DISBURSEMENT
    reason: str = ""
    document: Document | None = None
    upload: Upload | None = None


@dataclass(frozen=True)
class RateDraft:
    """One of the first currency is so many of the second, on that day, as that source says."""

    of: str
    into: str
    on: date
    value: Decimal
    source: str
    key: UUID | None = None
