"""What is given to plan a year of a site, to write down what was spent, and to show a site to visitors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.rooms.members.models import Organisation

from .models import PlanLine, Site, YearPlan


@dataclass(frozen=True)
class PhotoWords:
    """What stands below a photo, and what it shows for whoever does not see it."""

    caption: str
    alternative: str


@dataclass(frozen=True)
class PhotoDraft:
    """``persons`` is a PersonsShown; ``texts`` by language (BCP 47). The file comes with it (``upload``), or is kept already (``document``)."""

    site: Site
    persons: str
    texts: Mapping[str, PhotoWords]
    upload: Upload | None = None
    document: Document | None = None


@dataclass(frozen=True)
class Targets:
    """What a site means to do in a year; None where nobody planned it. ``machine_hours``: of all machines with a meter."""

    sessions: int | None = None
    learners: int | None = None
    machine_hours: int | None = None


@dataclass(frozen=True)
class PlanDraft:
    site: Site
    year: int
    targets: Targets = Targets()


@dataclass(frozen=True)
class PlanLineDraft:
    """``kind`` is a CostKind; without a ``number`` it gets the next one of the plan."""

    plan: YearPlan
    kind: str
    what: str
    amount: Decimal
    currency: str
    paid_by: Organisation | None = None
    number: int | None = None
    key: UUID | None = None


@dataclass(frozen=True)
class SpendingDraft:
    line: PlanLine
    spent_on: date
    amount: Decimal
    currency: str
    what: str = ""
    upload: Upload | None = None
    document: Document | None = None
    key: UUID | None = None
