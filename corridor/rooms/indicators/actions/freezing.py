"""Freezing: from then on the figure never changes."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.refusals import Frozen
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Alliance

from ..asking import Question, count
from ..keeping import latest_kept
from ..models import Figure
from ..reading_once import counted_together
from ..writing import Freezing, freeze


@transaction.atomic
def freeze_figures(*, questions: Sequence[Question], on: date, at: datetime, by: Actor) -> list[Figure]:
    """
    Count these questions (``asking.ask``) from the records of now and keep the answers with their rows. ``at`` becomes ``known_at``.

    :raises StillOpen: for a day or period that has not ended before ``on``. :raises Frozen: if the question has a kept answer already;
        a correction is a new version. :raises NotCollected, NotYetDue, NoDenominator: where there is nothing to keep.
    """
    by.require(Permission.FIGURE_FREEZE)
    for question in questions:
        question.when.period.require_ended(on=on)
    # One freezes at a time, so that two cannot both see a question without an answer.
    list(Alliance.objects.select_for_update().order_by("pk").values_list("pk")[:1])
    with counted_together(len(questions)):
        counted = [count(question) for question in questions]
    for question in questions:
        if already := latest_kept(question):
            raise Frozen(
                N_("%(figure)s answers this already and never changes; a correction is a new version with a reason."),
                figure=already.reference,
            )
    figures = freeze([Freezing(each) for each in counted], on=on, at=at, by=by)
    log.record_each("indicators.figure_frozen", by=by, subjects=figures)
    return figures


def freeze_figure(*, question: Question, on: date, at: datetime, by: Actor) -> Figure:
    return freeze_figures(questions=[question], on=on, at=at, by=by)[0]
