"""What is given to ask the members something, and to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from corridor.foundations.documents.receiving import Upload

from .models import CallQuestion, Need, QuestionKind


@dataclass(frozen=True)
class QuestionDraft:
    """
    ``texts`` by language; ``choices`` are (code, words) for a choice. For a figure: ``code`` of the indicator, ``dimension`` in which the member
    stands, and ``last_day``; ``first_day`` too where it is counted over a period.
    """

    kind: QuestionKind
    texts: Mapping[str, str]
    need: Need = Need.REQUIRED
    unit: str = ""
    choices: Sequence[tuple[str, str]] = ()
    code: str = ""
    dimension: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class CallDraft:
    """``due_on`` is the last day on which an answer is in time. Without kind and country every active member is asked."""

    titles: Mapping[str, str]
    due_on: date
    kind: str = ""
    country: str = ""
    questions: Sequence[QuestionDraft] = field(default_factory=tuple)
    reference: str = ""


@dataclass(frozen=True)
class AnswerDraft:
    """A value as text (see ReturnedAnswer); ``counted`` is what the records give; ``upload`` for a document."""

    question: CallQuestion
    value: str = ""
    counted: int | None = None
    reason: str = ""
    upload: Upload | None = None
