"""What is given to propose a programme and to move it on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.funding.models import Commitment
from corridor.rooms.members.models import Organisation, SourceMark
from corridor.rooms.sites.models import Site

from .lifecycle import ProgrammeStatus, RiskStatus
from .models import MemberRole, Programme, ProgrammeRisk


@dataclass(frozen=True)
class ProgrammeDraft:
    """
    ``titles`` maps a language (BCP 47) to the title; ``members`` says who takes part and as what, and may follow later.

    ``agreement`` and ``announcement`` are the first of those that it stands under and keeps; the others follow in their order.
    """

    reference: str
    kind: str
    agreement: Agreement
    titles: Mapping[str, str]
    sites: Sequence[Site] = ()
    members: Sequence[tuple[Organisation, MemberRole]] = ()
    announcement: Announcement | None = None
    more_agreements: Sequence[Agreement] = ()
    more_announcements: Sequence[Announcement] = ()
    demands: Sequence[DemandStatement] = ()
    languages: Sequence[str] = ()
    curriculum_version: CurriculumVersion | None = None
    source_mark: str = SourceMark.ASSUMED
    source: str = ""
    # The key that the programme gets, where it was promised before.
    key: UUID | None = None

    @property
    def agreements(self) -> list[Agreement]:
        return [self.agreement, *self.more_agreements]

    @property
    def announcements(self) -> list[Announcement]:
        return [*([self.announcement] if self.announcement else []), *self.more_announcements]


@dataclass(frozen=True)
class ProgrammeRevision:
    """What a programme says from now on: everything of the draft but its reference."""

    programme: Programme
    draft: ProgrammeDraft


@dataclass(frozen=True)
class ProgrammeStep:
    programme: Programme
    to: ProgrammeStatus
    on: date
    reason: str = ""


@dataclass(frozen=True)
class SplitDraft:
    """Who bears a programme from a day on: commitments, each with an exact share of the whole."""

    programme: Programme
    starts_on: date
    shares: Sequence[tuple[Commitment, Fraction]]
    reason: str = ""


@dataclass(frozen=True)
class FigureSeen:
    """A figure as it was counted when a review was written down: its value, and the fingerprints of the rows behind it."""

    code: str
    definition_version: int
    value: int
    evidence_hash: str
    content_hash: str
    counted_at: datetime


@dataclass(frozen=True)
class ReviewDraft:
    """What was found on a day, and how it ends: scale, fix or stop; with the figures that it was decided on."""

    programme: Programme
    on: date
    ending: str
    finding: str
    figures: Sequence[FigureSeen] = ()


@dataclass(frozen=True)
class FindingDraft:
    """What was found at a step of its approval, by which office or board, and how it ended; a return says why."""

    programme: Programme
    step: str
    on: date
    found_by: str
    outcome: str
    finding: str
    reason: str = ""
    document: Document | None = None
    upload: Upload | None = None


@dataclass(frozen=True)
class IntakeDraft:
    """How many cohorts and learners are meant to begin in a year."""

    programme: Programme
    year: int
    cohorts: int
    learners: int
    note: str = ""


@dataclass(frozen=True)
class RiskDraft:
    """What may go wrong, how likely it is and how much it would do, whose it is, and by when something is done."""

    programme: Programme
    what: str
    likelihood: str
    effect: str
    owner: Organisation
    noticed_on: date
    due_on: date


@dataclass(frozen=True)
class RiskStep:
    risk: ProgrammeRisk
    to: RiskStatus
    on: date
    reason: str


@dataclass(frozen=True)
class DecisionDraft:
    """What was decided about a programme, by which office or board, on which day."""

    programme: Programme
    on: date
    decided_by: str
    what: str


@dataclass(frozen=True)
class TermDraft:
    """A term of a year, the credits that its learners need in it, and who gives how many of them."""

    year: int
    term: int
    required: Decimal
    given: Sequence[tuple[Organisation, Decimal]]


@dataclass(frozen=True)
class StudyDraft:
    """Joint study from a day on: its terms, and the credits that each member has to give over all of them."""

    programme: Programme
    starts_on: date
    terms: Sequence[TermDraft]
    members: Sequence[tuple[Organisation, Decimal]]
    reason: str = ""
