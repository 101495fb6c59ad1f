"""A block of follow-up counts as a page says it: counts whole, and each share only where the rules allow one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from corridor.kernel.outcome_block import OutcomeBlock
from corridor.kernel.refusals import FigureRefusal
from corridor.web.fields import read_after


@dataclass(frozen=True)
class SaidBlock:
    """The counts, and shares as they are printed ("38.2%"); None where too few persons, or nobody, stand behind one."""

    counts: OutcomeBlock
    asked_share: str | None
    contact_rate: str | None
    response_rate: str | None
    bounds: tuple[str, str] | None
    among_answered: str | None


def said_of(block: OutcomeBlock) -> SaidBlock:
    return SaidBlock(
        counts=block,
        asked_share=_percent(block, "asked_share"),
        contact_rate=_percent(block, "contact_rate"),
        response_rate=_percent(block, "response_rate"),
        bounds=_allowed(lambda: block.bounds.texts),
        among_answered=_allowed(lambda: share.percent_text() if (share := block.among_answered.share) else None),
    )


def _percent(block: OutcomeBlock, name: str) -> str | None:
    return _allowed(lambda: getattr(block, name).percent_text())


def _allowed(answer: Callable[[], Any]) -> Any:
    try:
        return answer()
    except FigureRefusal:
        return None


def place_of(row: Any) -> str:
    """Where a graduate stands in the list of a wave, for the pager: the cohort and the seat."""
    return f"{row.enrolment.cohort.reference}:{row.enrolment.number}"


def place_after(request: HttpRequest) -> tuple[str, int] | None:
    """The place that the pager wrote; what no pager writes is the beginning."""
    cohort, _, number = read_after(request).partition(":")
    return (cohort, int(number)) if number.isdecimal() and len(number) <= 5 else None
