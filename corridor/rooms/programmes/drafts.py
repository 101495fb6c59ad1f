"""What is given to propose a programme and to move it on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from corridor.rooms.agreements.models import Agreement
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.funding.models import Commitment
from corridor.rooms.members.models import Organisation, SourceMark
from corridor.rooms.sites.models import Site

from .lifecycle import ProgrammeStatus
from .models import MemberRole, Programme


@dataclass(frozen=True)
class ProgrammeDraft:
    """``titles`` maps a language (BCP 47) to the title; ``members`` says who takes part and as what, and may follow later."""

    reference: str
    kind: str
    agreement: Agreement
    titles: Mapping[str, str]
    sites: Sequence[Site] = ()
    members: Sequence[tuple[Organisation, MemberRole]] = ()
    announcement: Announcement | None = None
    curriculum_version: CurriculumVersion | None = None
    source_mark: str = SourceMark.ASSUMED
    source: str = ""


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
class ReviewDraft:
    """What was found on a day, and how it ends: scale, fix or stop."""

    programme: Programme
    on: date
    ending: str
    finding: str
