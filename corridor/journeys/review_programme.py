"""Review a programme, and keep with the review the figures that it was decided on, as they were counted then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.kernel.refusals import NotCollected, NotYetDue
from corridor.rooms.indicators import queries as indicators
from corridor.rooms.indicators.asking import ask, count
from corridor.rooms.indicators.refusals import WrongTime
from corridor.rooms.programmes import actions
from corridor.rooms.programmes.drafts import FigureSeen, ReviewDraft
from corridor.rooms.programmes.models import Programme, ProgrammeReview

# What a finding rests on, counted through the day on which the programme was looked at.
DECIDED_ON = ("training.completions", "training.persons_completed")


@dataclass(frozen=True)
class FigureDecidedOn:
    """
    A figure as a review was decided on it, and as the same question is answered from the records of now; "·" where a count is hidden from
    the reader. ``is_same``: the very same rows stand behind both.
    """

    code: str
    definition_version: int
    counted_at: datetime
    value: int | str
    content_hash: str
    value_now: int | str | None
    is_same: bool


@transaction.atomic
def review_programmes(*, reviews: Sequence[ReviewDraft], at: datetime, by: Actor) -> list[ProgrammeReview]:
    """
    :raises NothingToReview, ReviewedThatDay, BadInput: as the room's action. A figure that cannot be counted for that day is not kept.
    """
    by.require(Permission.PROGRAMME_CHANGE_STATE)
    whole = [replace(each, figures=_seen(each.programme, each.on, at)) for each in reviews]
    return actions.review_programmes(reviews=whole, by=by)


def figures_decided_on(*, review: ProgrammeReview, at: datetime, by: Actor) -> list[FigureDecidedOn]:
    """What was kept with a review beside what its question gives today; nothing of a review that came with none."""
    return [
        FigureDecidedOn(
            each.code, each.definition_version, each.counted_at, shown.then, each.content_hash, shown.now, shown.is_same
        )
        for each in review.figures.all()
        for shown in [
            indicators.compare_with_now(
                code=each.code, scope={"programme": review.programme.reference}, on=review.reviewed_on, value=each.value,
                content_hash=each.content_hash, at=at, by=by,
            )
        ]
    ]  # fmt: skip


def _seen(programme: Programme, on: date, at: datetime) -> tuple[FigureSeen, ...]:
    found = []
    for code in DECIDED_ON:
        try:
            question = ask(code, {"programme": programme.reference}, on=on, at=at)
            result = count(question).result
        except (WrongTime, NotCollected, NotYetDue):
            continue
        if result.value is not None:
            definition = question.definition
            found.append(
                FigureSeen(code, definition.version, result.value, result.evidence_hash, result.content_hash, at)
            )
    return tuple(found)
