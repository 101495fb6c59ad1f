"""What is given to state a demand, and to say what an occupation is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation, SourceMark

from .models import DemandStatement, Strength


@dataclass(frozen=True)
class DemandDraft:
    """
    ``occupation_code`` is a code of ISCO-08 (up to four digits); the title is as the employer words it. Without a reference it gets the
    next free one of its year; without ``stated_on`` it stays a draft. A wage has its lowest amount, currency and period, or nothing;
    without ``wage_to`` it is one amount. ``languages`` are written "HSK 4" or "CEFR B1 en". ``paper`` says which letter or contract it is.
    """

    employer: Organisation
    occupation_code: str
    occupation_title: str
    posts: int
    country: str
    needed_by: date
    stated_on: date | None = None
    strength: str = Strength.SPOKEN
    units: Sequence[Unit] = ()
    replaces: DemandStatement | None = None
    reference: str = ""
    source_mark: str = SourceMark.ASSUMED
    place: str = ""
    wage_from: Decimal | None = None
    wage_to: Decimal | None = None
    wage_currency: str = ""
    wage_period: str = ""
    languages: Sequence[str] = ()
    paper: str = ""
    # The key that the statement gets, where it was named before it was made.
    key: UUID | None = None


@dataclass(frozen=True)
class OccupationDraft:
    """``titles`` maps a language to the title in it, ``aliases`` a language to other words for it."""

    code: str
    titles: Mapping[str, str]
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
