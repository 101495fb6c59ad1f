"""Sheets, and what came of them. The query keeps a sheet from other reviewers until they have handed in their own."""

from dataclasses import dataclass, field
from math import sqrt
from statistics import mean
from typing import Any

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.wording import N_

from ..application_refusals import NotYours
from ..models import Application, Decision, FormPart, PartSort, Reviewer, Score


@dataclass(frozen=True)
class CriterionLine:
    """A criterion on a reviewer's own sheet."""

    criterion: FormPart
    title: str
    language: str
    help: str
    points: int | None
    comment: str


@dataclass(frozen=True)
class Sheet:
    reviewer: Reviewer
    lines: list[CriterionLine]

    @property
    def is_closed(self) -> bool:
        return self.reviewer.handed_in_at is not None or self.reviewer.stepped_aside_at is not None


@dataclass(frozen=True)
class CriterionSummary:
    """``mean`` and ``spread`` (the largest less the smallest) over the sheets that are in; comments with who wrote them."""

    criterion: FormPart
    title: str
    language: str
    weight: int
    mean: float
    least: int
    most: int
    comments: list[tuple[str, str]]

    @property
    def spread(self) -> int:
        return self.most - self.least


@dataclass(frozen=True)
class ReviewState:
    """Who judges and how far they are. ``summary`` is None while the sheets are still secret for this reader."""

    reviewers: list[Reviewer]
    asked: int
    handed_in: int
    summary: list[CriterionSummary] | None = None
    total: float | None = None
    deviation: float | None = None
    decision: Decision | None = None
    own: Reviewer | None = None
    interests: list[Any] = field(default_factory=list)


def own_sheet(*, application: Application, by: Actor, language: str) -> Sheet:
    """The asking account's sheet. :raises NotYours: if it was not asked to judge this application."""
    reviewer = Reviewer.objects.filter(application=application, user_id=by.user_id).select_related("user").first()
    if by.user_id is None or reviewer is None:
        raise NotYours(N_("You were not asked to judge this application."))
    given = {each.criterion_id: each for each in Score.objects.filter(reviewer=reviewer)}
    lines = []
    for part in _criteria(application):
        title, help_text, tag = part.said(language)
        score = given.get(part.pk)
        lines.append(
            CriterionLine(part, title, tag, help_text, score.points if score else None, score.comment if score else "")
        )
    return Sheet(reviewer, lines)


def review_of(*, application: Application, by: Actor, language: str) -> ReviewState:
    """
    How far the review is; and what the sheets say, once this reader may know: a reviewer when their own sheet is in, everyone else who
    sees the application when all sheets are in or the review is closed.
    """
    reviewers = list(Reviewer.objects.filter(application=application).select_related("user"))
    judging = [each for each in reviewers if each.stepped_aside_at is None]
    own = next((each for each in reviewers if by.user_id is not None and each.user_id == by.user_id), None)
    handed_in = [each for each in judging if each.handed_in_at is not None]
    decision = (
        Decision.objects.filter(application=application)
        .select_related("vote")
        .prefetch_related("vote__interests")
        .first()
    )
    sees_all = by.may(Permission.APPLICATION_VIEW, on=application)
    state: dict[str, Any] = {
        "reviewers": reviewers if sees_all or (own and own.handed_in_at) else [each for each in reviewers if each == own],
        "asked": len(judging), "handed_in": len(handed_in), "own": own,
        "decision": decision if sees_all else None,
    }  # fmt: skip
    if not handed_in or not _may_read(application, by, own, judging):
        return ReviewState(**state)
    summary = _summary(application, handed_in, language)
    totals = _totals(handed_in)
    middle = mean(totals)
    deviation = sqrt(sum((each - middle) ** 2 for each in totals) / len(totals))
    return ReviewState(**state, summary=summary, total=middle, deviation=deviation)


def _may_read(application: Application, by: Actor, own: Reviewer | None, judging: list[Reviewer]) -> bool:
    closed = application.review_closed_at is not None or all(each.handed_in_at for each in judging)
    if own is not None and own.stepped_aside_at is None:
        return own.handed_in_at is not None or application.review_closed_at is not None
    if own is not None:
        return False
    return by.may(Permission.APPLICATION_VIEW, on=application) and closed


def _criteria(application: Application) -> QuerySet[FormPart]:
    found = FormPart.objects.filter(version=application.version_id, sort=PartSort.CRITERION)
    return found.prefetch_related("texts").order_by("place")


def _summary(application: Application, sheets: list[Reviewer], language: str) -> list[CriterionSummary]:
    labels = {each.pk: each.user.username for each in sheets}
    given: dict[Any, list[Score]] = {}
    for score in Score.objects.filter(reviewer__in=sheets, points__isnull=False).order_by("reviewer__handed_in_at"):
        given.setdefault(score.criterion_id, []).append(score)
    lines = []
    for part in _criteria(application):
        scores = given.get(part.pk, [])
        if not scores:
            continue
        points = [score.points for score in scores if score.points is not None]
        title, _help, tag = part.said(language)
        comments = [(labels[score.reviewer_id], score.comment) for score in scores if score.comment]
        lines.append(
            CriterionSummary(part, title, tag, part.weight or 1, mean(points), min(points), max(points), comments)
        )
    return lines


def _totals(sheets: list[Reviewer]) -> list[float]:
    """The weighted mean of each sheet, out of 5."""
    weighed: dict[Any, tuple[int, int]] = {each.pk: (0, 0) for each in sheets}
    for score in Score.objects.filter(reviewer__in=sheets, points__isnull=False).select_related("criterion"):
        weight = score.criterion.weight or 1
        points, weights = weighed[score.reviewer_id]
        weighed[score.reviewer_id] = (points + weight * (score.points or 0), weights + weight)
    return [points / weights if weights else 0.0 for points, weights in weighed.values()]
