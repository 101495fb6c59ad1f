"""Keeping a counted result: the figure, its rows byte for byte, and the four steps from collected to frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.kernel.recompute import Result
from corridor.kernel.refusals import NoDenominator
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Alliance

from .asking import Counted, particulars_of
from .keeping import counted_from_kept, lines_of
from .lifecycle import FigureStatus
from .models import EvidenceLine, Figure
from .refusals import FigureHasChanged

LINES_AT_ONCE = 500
STEPS = (FigureStatus.VALIDATED, FigureStatus.RECONCILED, FigureStatus.FROZEN)


@dataclass(frozen=True, slots=True)
class Freezing:
    """A counted result to keep, and the version that it corrects, if any."""

    counted: Counted
    corrects: Figure | None = None
    reason: str = ""


def freeze(freezings: Sequence[Freezing], *, on: date, at: datetime, by: Actor) -> list[Figure]:
    """
    Write the figures and walk them to frozen. The caller has asked who may and holds an open transaction.

    Validated: everything that must stand beside a number is there. Reconciled: the rows that were written, read back, give the same.

    :raises StillOpen: for a day or period that has not ended on ``on``. :raises NoDenominator: for the rate of nothing.
    :raises FigureHasChanged: if the written rows do not give the same again.
    """
    for freezing in freezings:
        freezing.counted.question.when.period.require_ended(on=on)
        _require_something(freezing.counted.result)
        particulars_of(freezing.counted.question, freezing.counted.result, freezing.counted.missing)
    numbers = give_numbers(model=Figure, prefix="FIG", days=[on] * len(freezings), gate=Alliance)
    figures = [_figure(each, reference, at) for each, reference in zip(freezings, numbers, strict=True)]
    Figure.objects.bulk_create(figures)
    lines = [
        line for figure, each in zip(figures, freezings, strict=True) for line in lines_of(figure, each.counted.rows)
    ]
    EvidenceLine.objects.bulk_create(lines, batch_size=LINES_AT_ONCE)
    for figure in figures:
        require_intact(figure)
    take_steps([Step(figure, to, on) for to in STEPS for figure in figures], by=by)
    return figures


def require_intact(figure: Figure) -> None:
    """:raises FigureHasChanged: if the kept rows no longer give the numbers and fingerprints that the figure carries."""
    again = counted_from_kept(figure).result
    expected = (figure.value, figure.numerator, figure.denominator, figure.n, figure.evidence_hash, figure.content_hash)
    if (*_numbers(again), again.n, again.evidence_hash, again.content_hash) != expected:
        raise FigureHasChanged(
            N_("The kept rows of %(figure)s no longer give its numbers and fingerprint."), figure=figure.reference
        )


def _figure(freezing: Freezing, reference: str, at: datetime) -> Figure:
    counted, question = freezing.counted, freezing.counted.question
    value, numerator, denominator = _numbers(counted.result)
    when, is_day = question.when, question.when.is_day
    return Figure(
        reference=reference,
        status=FigureStatus.COLLECTED,
        code=question.definition.code,
        definition_version=question.definition.version,
        unit=question.definition.unit.value,
        scope=str(question.scope),
        on_day=when.day if is_day else None,
        starts_on=None if is_day else when.period.starts_on,
        ends_before=None if is_day else when.period.ends_before,
        value=value,
        numerator=numerator,
        denominator=denominator,
        n=counted.result.n,
        missing=counted.missing,
        not_counted=counted.not_counted,
        known_at=at,
        evidence_hash=counted.result.evidence_hash,
        content_hash=counted.result.content_hash,
        version=freezing.corrects.version + 1 if freezing.corrects else 1,
        corrects=freezing.corrects,
        correction_reason=freezing.reason,
    )


def _numbers(result: Result) -> tuple[int | None, int | None, int | None]:
    if result.rate is not None:
        return None, result.rate.numerator, result.rate.denominator
    if result.ratio is not None:
        return None, result.ratio.numerator, result.ratio.denominator
    if result.block is not None:
        return None, result.block.yes, result.block.to_ask
    return result.value, None, None


def _require_something(result: Result) -> None:
    if result.value is None and not _numbers(result)[2]:
        raise NoDenominator()
