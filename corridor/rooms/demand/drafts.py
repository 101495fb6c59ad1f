"""What is given to state a demand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation, SourceMark

from .models import DemandStatement, Strength


@dataclass(frozen=True)
class DemandDraft:
    """
    ``occupation_code`` is a code of ISCO-08 (up to four digits); the title is as the employer words it. Without a reference it gets the
    next free one of its year; without ``stated_on`` it stays a draft.
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
    # The key that the statement gets, where it was named before it was made.
    key: UUID | None = None
