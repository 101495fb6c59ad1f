"""A correction is a new version with a reason; the old one stays readable and says by what it was corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..asking import count
from ..keeping import question_of
from ..lifecycle import EditionStatus, FigureStatus
from ..models import EditionFigure, Figure
from ..refusals import AlreadyCorrected, NothingToCorrect
from ..writing import Freezing, freeze

KEPT = {FigureStatus.FROZEN.value, FigureStatus.SIGNED_OFF.value, FigureStatus.PUBLISHED.value}


@dataclass(frozen=True, slots=True)
class Correction:
    """The version that no longer says what the records say, and why."""

    figure: Figure
    reason: str


@transaction.atomic
def correct_figures(*, corrections: Sequence[Correction], on: date, at: datetime, by: Actor) -> list[Figure]:
    """
    Count again and keep the answers as the next versions, frozen and unsigned. Drafts of editions show the new versions from then on.

    :raises BadInput: without a reason. :raises AlreadyCorrected: if a later version stands already. :raises WrongMoment: if it was never
        frozen. :raises NothingToCorrect: if the records still give the same rows.
    """
    by.require(Permission.FIGURE_CORRECT)
    if any(not each.reason.strip() for each in corrections):
        raise BadInput([Problem(N_("A correction says why."), column="reason")])
    keys = [each.figure.pk for each in corrections]
    held = {each.pk: each for each in Figure.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    later = dict(Figure.objects.filter(corrects__in=held).values_list("corrects", "reference"))
    freezings = []
    for correction in corrections:
        figure = held.get(correction.figure.pk)
        if figure is None:
            raise NotFound(N_("There is no such figure."))
        _require_correctable(figure, later.get(figure.pk, ""))
        counted = count(question_of(figure))
        if counted.result.content_hash == figure.content_hash and counted.not_counted == figure.not_counted:
            raise NothingToCorrect(
                N_("The records still give the rows of %(figure)s; there is nothing to correct."),
                figure=figure.reference,
            )
        freezings.append(Freezing(counted, figure, correction.reason.strip()))
    figures = freeze(freezings, on=on, at=at, by=by)
    for figure in figures:
        places = EditionFigure.objects.filter(figure=figure.corrects, edition__status=EditionStatus.DRAFT)
        places.update(figure=figure)
    log.record_each("indicators.figure_corrected", by=by, subjects=figures)
    return figures


def correct_figure(*, figure: Figure, reason: str, on: date, at: datetime, by: Actor) -> Figure:
    return correct_figures(corrections=[Correction(figure, reason)], on=on, at=at, by=by)[0]


def _require_correctable(figure: Figure, later: str) -> None:
    if later:
        raise AlreadyCorrected(
            N_("%(figure)s is corrected by %(later)s; correct that one."), figure=figure.reference, later=later
        )
    if figure.status not in KEPT:
        raise WrongMoment(N_("%(figure)s is not frozen yet."), figure=figure.reference)
