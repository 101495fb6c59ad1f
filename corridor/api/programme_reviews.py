"""What was found when programmes were looked at after a year, and which are late with it."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.journeys.review_programme import figures_decided_on, review_programmes
from corridor.rooms.programmes import queries
from corridor.rooms.programmes.drafts import ReviewDraft
from corridor.rooms.programmes.reviews import review_due_on

from .asking import Day, On, Reference
from .once import MAKES, made_once
from .tokens import PRIVATE, PUBLIC

TAG = "programmes"
router = Router(auth=PUBLIC)


class ReviewFigureOut(Schema):
    """
    A figure as the review was decided on it, and its question answered from the records of now (``value_now``); "·" is a count that this
    reader may not see. ``is_same``: the very same rows stand behind both, by their fingerprint.
    """

    code: str
    definition_version: int
    counted_at: datetime
    value: int | str
    content_hash: str
    value_now: int | str | None
    is_same: bool


class ReviewOut(Schema):
    """``figures``: none for a review that was brought in from a sheet."""

    reviewed_on: date
    ending: str
    finding: str
    figures: list[ReviewFigureOut]


class ReviewsOut(Schema):
    """``due_on`` is the day by which it is to be reviewed again; null where it does not run."""

    programme: str
    due_on: date | None
    reviews: list[ReviewOut]


class ReviewIn(Schema):
    on: Day
    ending: Literal["scale", "fix", "stop"]
    finding: str = Field(min_length=1, max_length=500)


class LateReviewOut(Schema):
    programme: str
    due_on: date


@router.get("/programmes/{reference}/reviews", response=ReviewsOut)
def list_programme_reviews(request: HttpRequest, reference: Reference, on: On = None) -> ReviewsOut:
    return _read(request, reference, on or clock.today())


@router.post("/programmes/{reference}/reviews", response={201: ReviewsOut}, openapi_extra=MAKES, auth=PRIVATE)
def review(request: HttpRequest, response: HttpResponse, reference: Reference, sent: ReviewIn) -> Status[ReviewsOut]:
    """Write down what was found and what follows. A review is not written over."""

    def make() -> ReviewsOut:
        programme = queries.get_programme(reference=reference, by=request.auth)
        draft = ReviewDraft(programme, sent.on, sent.ending, sent.finding)
        review_programmes(reviews=[draft], at=clock.now(), by=request.auth)
        return _read(request, reference, clock.today())

    return Status(201, made_once(request, response, ReviewsOut, make))


@router.get("/late-reviews", response=list[LateReviewOut])
def list_late_reviews(request: HttpRequest, on: On = None) -> list[LateReviewOut]:
    """Running programmes that nobody has looked at for more than a year, the longest first."""
    late = queries.reviews_due(by=request.auth, on=on or clock.today())
    return [LateReviewOut(programme=programme.reference, due_on=day) for day, programme in late]


def _read(request: HttpRequest, reference: str, on: date) -> ReviewsOut:
    programme = queries.get_programme(reference=reference, by=request.auth, on=on)
    reviews = [each for each in queries.reviews_of(programme=programme, by=request.auth) if each.reviewed_on <= on]
    return ReviewsOut(
        programme=programme.reference, due_on=review_due_on(programme=programme, reviews=reviews, on=on),
        reviews=[_review(each, request) for each in reviews],
    )  # fmt: skip


def _review(review: Any, request: HttpRequest) -> ReviewOut:
    figures = figures_decided_on(review=review, at=clock.now(), by=request.auth)
    return ReviewOut(
        reviewed_on=review.reviewed_on, ending=review.ending, finding=review.finding,
        figures=[ReviewFigureOut(**vars(each)) for each in figures],
    )  # fmt: skip
