"""What is written down of a trainer: facts, qualifications, stays away from home, sessions that were watched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site

from .models import LanguageScale, LanguageSource, RubricLine, Session, StayKind, Trainer

# The levels of each scale, the lowest first. Nothing says how two scales compare.
LEVELS: Mapping[str, tuple[str, ...]] = {
    LanguageScale.FIRST: ("",),
    LanguageScale.CEFR: ("A1", "A2", "B1", "B2", "C1", "C2"),
    LanguageScale.HSK_2010: tuple(str(level) for level in range(1, 7)),
    LanguageScale.HSK_2021: tuple(str(level) for level in range(1, 10)),
}


@dataclass(frozen=True)
class Spoken:
    """A language by its tag, the level in one scale, and by what it is known; ``claimed_on`` None: from the day it is written down."""

    language: str
    scale: LanguageScale
    level: str = ""
    source: LanguageSource = LanguageSource.OWN_WORD
    claimed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class TrainerFacts:
    """All that the register says of a trainer but the qualifications; ``held_before`` is the first day after."""

    held_from: date
    held_before: date | None = None
    employer: Organisation | None = None
    languages: tuple[Spoken, ...] = ()
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True)
class TrainerDraft:
    """Somebody to write into the register; ``key`` is the one that an import has promised."""

    person: Person
    facts: TrainerFacts
    key: UUID | None = None


@dataclass(frozen=True)
class QualificationDraft:
    """Something that a trainer learned or may do; the paper as it was sent, or a document that is kept already."""

    trainer: Trainer
    what: str
    awarded_by: str
    awarded_on: date
    valid_before: date | None = None
    upload: Upload | None = None
    document: Document | None = None


@dataclass(frozen=True, kw_only=True)
class StayDraft:
    """A posting to a site; a trip, or a course, at a site or any other place. ``ends_before`` is the first day after."""

    person: Person
    kind: StayKind
    sent_by: Organisation
    starts_on: date
    ends_before: date | None
    purpose: str
    site: Site | None = None
    country: str = ""
    city: str = ""
    paid_by: Organisation | None = None
    # What it cost in all, and in which currency; neither where it is not known.
    cost: Decimal | None = None
    currency: str = ""
    key: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RubricDraft:
    """A version of what is looked at: criteria and levels in their order, each by language."""

    code: str
    version: int
    starts_on: date
    criteria: tuple[Mapping[str, str], ...]
    levels: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ObservedDraft:
    """A session that was watched: one level for each criterion of the rubric, and what both agreed to do, by when."""

    trainer: Trainer
    session: Session
    observer: Person
    scores: Mapping[RubricLine, RubricLine]
    remarks: str = ""
    agreed: tuple[tuple[str, date], ...] = ()
