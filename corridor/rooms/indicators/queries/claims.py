"""Published claims beside what the records give."""

from dataclasses import dataclass
from datetime import date, datetime

from corridor.foundations.access import Actor, Permission
from corridor.kernel import claims as said
from corridor.kernel.errors import Refusal
from corridor.kernel.evidence import UNKNOWN
from corridor.kernel.periods import Period
from corridor.kernel.refusals import FigureRefusal
from corridor.kernel.small_cells import HIDDEN
from corridor.rooms.members.models import SourceMark

from ..answers import FigureAnswer, answer
from ..asking import Counted, Question, count
from ..definitions import When, definition_of
from ..models import Claim
from ..reading_once import counted_together
from ..scopes import Scope

MAKE = {
    Claim.Kind.EXACTLY: said.exactly,
    Claim.Kind.OVER: said.over,
    Claim.Kind.AT_LEAST: said.at_least,
    Claim.Kind.ABOUT: said.about,
}


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """
    One claim and the answer: ``verdict`` is holds, differs or not_derivable; ``message`` is the reason, a template with ``places``.

    ``named`` of ``of`` say how much of a count of things rests on what a source names (the rest is assumed); None for persons and rates.
    ``answered`` is the figure beside it, as the reader may see it; None where the figure refuses.
    """

    claim: Claim
    question: Question
    verdict: str
    message: str
    places: dict[str, object]
    answered: FigureAnswer | None
    named: int | None = None
    of: int | None = None

    def __str__(self) -> str:
        return self.message % self.places if self.places else self.message


def list_claims(*, by: Actor) -> list[Claim]:
    by.require(Permission.FIGURE_VIEW)
    return list(Claim.objects.order_by("position"))


def check_claims(*, at: datetime, on: date, by: Actor) -> list[ClaimCheck]:
    """
    Check every claim that speaks of a day before or on ``on`` against the records of now, in the order in which they were published.

    A figure that refuses (not collected, nothing to divide by) makes its claim not derivable, with that reason.
    """
    by.require(Permission.FIGURE_VIEW)
    questions = [(claim, _question(claim)) for claim in Claim.objects.order_by("position")]
    with counted_together(len(questions)):
        return [_check(claim, question, at=at, by=by) for claim, question in questions if question.when.day <= on]


def _question(claim: Claim) -> Question:
    if claim.on_day is not None:
        when = When.on(claim.on_day)
    else:
        assert claim.starts_on is not None
        when = When.during(Period(claim.starts_on, claim.ends_before))
    return Question(definition_of(claim.code), Scope.parse(claim.scope), when)


def _check(claim: Claim, question: Question, *, at: datetime, by: Actor) -> ClaimCheck:
    kind = Claim.Kind(claim.kind)
    stated = said.words_only(claim.words) if kind is Claim.Kind.WORDS else MAKE[kind](claim.number or 0)
    try:
        counted = count(question)
        shown = answer(counted, at=at, by=by)
        found = said.check(stated, _derived(claim, counted))
    except FigureRefusal as refusal:
        return _not_derivable(claim, question, refusal)
    if HIDDEN in (shown.value, shown.numbers.get("numerator"), shown.numbers.get("denominator")):
        found = said.check(stated, None)
    named, of = _named(counted)
    return ClaimCheck(claim, question, found.verdict.value, found.reason, dict(found.places), shown, named, of)


def _derived(claim: Claim, counted: Counted) -> said.Derived:
    result = counted.result
    if result.block is not None:
        # A share among those who answered never stands without its bounds: a sentence about words does not print it alone.
        return None if claim.kind == Claim.Kind.WORDS else result.block.among_answered.share
    if result.ratio is not None:
        return result.ratio.exact
    return result.rate if result.rate is not None else result.value


def _named(counted: Counted) -> tuple[int | None, int | None]:
    counts = counted.result.counts or {}
    if counted.question.definition.persons or "source" not in counts:
        return None, None
    cells = counts["source"].cells
    named = cells.get(SourceMark.NAMED, 0)
    return (named, counts["source"].total) if sum(cells.values()) - cells[UNKNOWN] else (None, None)


def _not_derivable(claim: Claim, question: Question, refusal: Refusal) -> ClaimCheck:
    verdict = said.Verdict.NOT_DERIVABLE.value
    return ClaimCheck(claim, question, verdict, refusal.message, dict(refusal.places), None)
