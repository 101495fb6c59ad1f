"""Kept figures: as they were frozen, recounted from the records of now, and in all their versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.differences import Differences, differences
from corridor.kernel.errors import NotFound
from corridor.kernel.fingerprints import content_hash
from corridor.kernel.small_cells import HIDDEN
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import merged_persons

from ..answers import FigureAnswer, answer, sees_rows
from ..asking import count
from ..definitions import definition_of
from ..erased import with_codes_of_erased
from ..keeping import Kept, counted_from_kept, kept, kept_rows, question_of, with_story
from ..lifecycle import FigureStatus
from ..models import Figure
from ..refusals import NotKept


def list_figures(*, by: Actor, code: str = "", state: str = "") -> QuerySet[Figure]:
    """Kept figures, the latest day first, with signatures and neighbouring versions: three statements."""
    by.require(Permission.FIGURE_VIEW)
    figures = with_story()
    if code:
        figures = figures.filter(code=code)
    if state:
        figures = figures.filter(status=state)
    return figures.order_by("-known_at", "reference")


def figures_to_sign(*, by: Actor) -> QuerySet[Figure]:
    """For a desk: frozen figures that this person may sign and has not signed yet; no version that was corrected since."""
    if not by.holds_everywhere(Permission.FIGURE_SIGN) or by.user_id is None:
        return with_story().none()
    waiting = with_story().filter(status=FigureStatus.FROZEN, corrected_by__isnull=True)
    return waiting.exclude(sign_offs__user_id=by.user_id).order_by("reference")


def get_figure(*, reference: str, by: Actor) -> Figure:
    """The kept figure itself, for an action. :raises NotFound: if there is none."""
    by.require(Permission.FIGURE_VIEW)
    figure = with_story().filter(reference=reference).first()
    if figure is None:
        raise NotFound(N_("There is no kept figure %(reference)s."), reference=reference)
    return figure


def show_kept(*, reference: str, at: datetime, by: Actor, known_at: datetime | None = None) -> FigureAnswer:
    """
    One version of a kept figure as it was frozen, whatever was corrected since; asked as of ``known_at``, the kept rows answer.

    :raises NotKept: for any other instant of the past.
    """
    figure = get_figure(reference=reference, by=by)
    if known_at is not None and known_at != figure.known_at:
        raise NotKept(
            N_("%(figure)s is known as of %(known_at)s and as of now; the instants between are not kept."),
            figure=figure.reference,
            known_at=figure.known_at,
        )
    return answer(counted_from_kept(figure), at=at, by=by, figure=kept(figure))


def versions_of(*, answered: FigureAnswer, by: Actor) -> tuple[tuple[Kept, FigureAnswer], ...]:
    """Every kept version of the same question, the newest first."""
    if answered.figure is None:
        return ()
    question = answered.question
    when = question.when
    versions = with_story().filter(code=question.definition.code, scope=str(question.scope)).order_by("-version")
    versions = (
        versions.filter(on_day=when.day)
        if when.is_day
        else versions.filter(starts_on=when.period.starts_on, ends_before=when.period.ends_before)
    )
    return tuple(
        (kept(each), answer(counted_from_kept(each), at=answered.known_at, by=by, figure=kept(each)))
        for each in versions
    )


@dataclass(frozen=True, slots=True)
class Recount:
    """
    A kept figure beside the records of now. ``is_same`` asks both fingerprints.

    ``counts`` says how many records were added, removed and changed and how many subjects merged ("·" for readers who may not see the persons);
    ``differences`` lists them for readers who may see the rows. ``is_intact``: the kept rows still give the fingerprint that was signed.
    """

    figure: Kept
    then: FigureAnswer
    now: FigureAnswer
    is_same: bool
    is_intact: bool
    counts: Mapping[str, int | str]
    differences: Differences | None


def recount_figure(*, reference: str, at: datetime, by: Actor) -> Recount:
    """
    Recompute a kept figure from the records of now and compare it with the kept rows. What was erased of a person is no longer known; the kept
    row of the same record says it.

    :raises NotFound: if there is no such figure. :raises DefinitionsDiffer: if its version of the definition is no longer counted here.
    """
    figure = get_figure(reference=reference, by=by)
    then = counted_from_kept(figure)
    now = with_codes_of_erased(count(question_of(figure)), then.rows)
    merges = {str(gone): str(stays) for gone, stays in merged_persons().items()}
    found = differences(then.rows, now.rows, merges=merges)
    shows = sees_rows(definition_of(figure.code), by)
    counts = {
        "added": len(found.added),
        "removed": len(found.removed),
        "changed": len(found.changed),
        "merged": len(found.merged),
    }
    story = kept(figure)
    return Recount(
        figure=story,
        then=answer(then, at=at, by=by, figure=story),
        now=answer(now, at=at, by=by),
        is_same=(now.result.evidence_hash, now.result.content_hash) == (figure.evidence_hash, figure.content_hash),
        is_intact=content_hash(kept_rows(figure)) == figure.content_hash,
        counts={name: number if shows else HIDDEN for name, number in counts.items()},
        differences=found if shows else None,
    )
