"""What the actions of joining are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corridor.foundations.accounts.models import User
from corridor.foundations.documents.receiving import Upload

from .models import Application, DocumentAsked, FormPart, FormVersion, Organisation, Outcome


@dataclass(frozen=True)
class Wording:
    """What a part, or a kind of document, says in one language (BCP 47)."""

    language: str
    title: str
    explanation: str = ""


@dataclass(frozen=True)
class PartDraft:
    """
    A part of a form. Codes of ``AnswerKind``, ``Need``, ``Fact`` and ``DueFrom`` where they are meant; ``due_days`` count from there.

    An empty ``code`` is made from the first wording.
    """

    wordings: Sequence[Wording]
    code: str = ""
    answer: str = ""
    need: str = ""
    fact: str = ""
    document: DocumentAsked | None = None
    due_from: str = ""
    due_days: int | None = None
    weight: int | None = None


@dataclass(frozen=True)
class Contact:
    """Whom the alliance writes to about an application, and in which of its languages."""

    name: str
    email: str
    language: str


@dataclass(frozen=True)
class Points:
    """``points`` from 0 to 5, None where nothing is given yet."""

    criterion: FormPart
    points: int | None
    comment: str = ""


@dataclass(frozen=True)
class Interest:
    """Who of the council (by office) declared which interest."""

    who: str
    what: str


@dataclass(frozen=True)
class VoteDraft:
    held_on: date
    present: int
    in_favour: int
    against: int
    abstained: int
    interests: Sequence[Interest] = ()
    minutes: str = ""
    minutes_file: Upload | None = None


@dataclass(frozen=True)
class WantedCondition:
    """A condition that a decision adds: what is wanted, and by when."""

    wanted: str
    due_on: date


@dataclass(frozen=True)
class DecisionDraft:
    outcome: Outcome
    decided_on: date
    reason: str = ""
    conditions: Sequence[WantedCondition] = ()


@dataclass(frozen=True)
class PastApplication:
    """
    An application taken over from paper, as it stands: its steps are (state, day) in their order, the first the day of submission.
    """

    reference: str
    organisation: Organisation
    version: FormVersion
    contact: Contact
    steps: Sequence[tuple[str, date]]


@dataclass(frozen=True)
class PastScore:
    """What a reviewer gave; with a day the sheet was handed in then."""

    application: Application
    user: User
    criterion: FormPart
    points: int | None
    comment: str = ""
    handed_in_on: date | None = None


@dataclass(frozen=True)
class PastVote:
    application: Application
    vote: VoteDraft
    decision: DecisionDraft
