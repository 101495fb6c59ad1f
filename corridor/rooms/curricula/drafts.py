"""What is given to write down frameworks, curricula, their units and texts, and claims about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from corridor.foundations.documents.models import Document
from corridor.rooms.members.models import Organisation, SourceMark

from .models import CurriculumVersion, Level, Relation, Unit

# Texts by language (BCP 47).
Texts = Mapping[str, str]


@dataclass(frozen=True)
class LevelDraft:
    """``rank`` runs from low to high, whatever the codes do."""

    code: str
    rank: int
    title: str


@dataclass(frozen=True)
class FrameworkDraft:
    code: str
    edition: str
    name: str
    source: str
    source_mark: SourceMark
    levels: tuple[LevelDraft, ...]
    country: str = ""
    # What it is called in further languages; ``name`` is English.
    names: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class VersionDraft:
    """One version of the curriculum ``curriculum``; its first version makes the curriculum."""

    curriculum: str
    version: str
    developer: Organisation
    titles: Texts
    level: Level | None = None
    source_mark: SourceMark = SourceMark.ASSUMED


@dataclass(frozen=True)
class UnitDraft:
    """``hours`` by kind (theory, practice, company, language), whole hours."""

    version: CurriculumVersion
    code: str
    position: int
    titles: Texts
    hours: Mapping[str, int]
    requirement: str = Unit.Requirement.REQUIRED
    # The key that the unit gets, where it was named before it was made.
    key: UUID | None = None


@dataclass(frozen=True)
class CriterionDraft:
    position: int
    texts: Texts


@dataclass(frozen=True)
class ElementDraft:
    position: int
    texts: Texts
    criteria: tuple[CriterionDraft, ...] = ()


@dataclass(frozen=True)
class LearningOutcomeDraft:
    position: int
    texts: Texts


@dataclass(frozen=True)
class UnitContentDraft:
    unit: Unit
    elements: tuple[ElementDraft, ...] = ()
    learning_outcomes: tuple[LearningOutcomeDraft, ...] = ()


@dataclass(frozen=True)
class ForeignUnitDraft:
    """A unit of another country's published standard, as it is printed there."""

    country: str
    body: str
    code: str
    title: str
    qualification: str = ""
    source_url: str = ""

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        return (self.country, self.body, self.qualification, self.code, self.title)


@dataclass(frozen=True)
class MappingDraft:
    """
    For ``relation`` "none" give the country that was searched; for every other a foreign unit.

    ``reviewed_by`` is an office, never a name; with ``reviewed_on`` it records a review that was made before the claim came here.
    """

    unit: Unit
    relation: Relation
    claimant: Organisation
    claimed_on: date
    foreign_unit: ForeignUnitDraft | None = None
    searched_country: str = ""
    coverage: str = ""
    expires_before: date | None = None
    evidence: Document | None = None
    reviewed_by: str = ""
    reviewed_on: date | None = None
    key: UUID | None = None


@dataclass(frozen=True)
class Publication:
    version: CurriculumVersion
    on: date
    reason: str = ""
