"""Look at a programme after a year, and say whether it grows, is mended or stops."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..drafts import ReviewDraft
from ..models import ProgrammeReview, ReviewFigure
from ..refusals import NothingToReview, ReviewedThatDay
from ..reviews import began_on


@transaction.atomic
def review_programmes(*, reviews: Sequence[ReviewDraft], by: Actor) -> list[ProgrammeReview]:
    """
    Write down what was found. That a programme stops is a step of its own life, taken after it.

    :raises NothingToReview: for one that had not begun by that day. :raises ReviewedThatDay: for a second review of a day.
    :raises BadInput: where nothing says what was found.
    """
    by.require(Permission.PROGRAMME_CHANGE_STATE)
    for draft in reviews:
        _require_sound(draft)
    _refuse_standing(reviews)
    made = [
        ProgrammeReview(
            programme=draft.programme, reviewed_on=draft.on, ending=draft.ending, finding=draft.finding.strip(), by_label=by.label
        )
        for draft in reviews
    ]  # fmt: skip
    with contested(lambda: _refuse_standing(reviews)):
        ProgrammeReview.objects.bulk_create(made, batch_size=500)
    ReviewFigure.objects.bulk_create(
        [
            ReviewFigure(review=review, **asdict(seen))
            for review, draft in zip(made, reviews, strict=True) for seen in draft.figures
        ],
        batch_size=500,
    )  # fmt: skip
    log.record_each("programmes.reviewed", by=by, subjects=[draft.programme for draft in reviews])
    return made


def _require_sound(draft: ReviewDraft) -> None:
    if not draft.finding.strip():
        raise BadInput(
            [
                Problem(
                    N_("%(programme)s: say what was found, and why it ends so."),
                    {"programme": draft.programme.reference}, column="finding",
                )
            ]
        )  # fmt: skip
    began = began_on(draft.programme)
    if began is None or draft.on < began:
        raise NothingToReview(
            N_("%(programme)s had not begun to run on %(day)s; review it after it has."),
            programme=draft.programme.reference, day=draft.on,
        )  # fmt: skip


def _refuse_standing(reviews: Sequence[ReviewDraft]) -> None:
    standing = set(
        ProgrammeReview.objects.filter(programme__in=[draft.programme for draft in reviews]).values_list(
            "programme", "reviewed_on"
        )
    )
    for draft in reviews:
        if (draft.programme.pk, draft.on) in standing:
            raise ReviewedThatDay(
                N_("%(programme)s was reviewed on %(day)s already; a review is not written over."),
                programme=draft.programme.reference, day=draft.on,
            )  # fmt: skip
        standing.add((draft.programme.pk, draft.on))
