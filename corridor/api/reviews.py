"""What panels found at sites for brands, and what was put right."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_
from corridor.rooms.sites import actions, queries

from .asking import Code, Day, Reference, Words
from .equipment import organisation_named
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import Texts, texts
from .tokens import PRIVATE, PUBLIC

TAG = "sites"
router = Router(auth=PUBLIC)


class FindingOut(Schema):
    criterion: str
    wording: Texts
    met: str
    words: str


class CorrectionOut(Schema):
    """Something to put right; ``owner`` is the reference of an organisation."""

    id: UUID
    what: str
    owner: str
    due_on: date
    done_on: date | None


class ListingReviewOut(Schema):
    """What a panel decided about a place under a brand; ``valid_before`` is the first day on which it no longer holds."""

    id: UUID
    site: str
    brand: str
    held_on: date
    panel: str
    verdict: str
    valid_before: date | None
    findings: list[FindingOut]
    corrections: list[CorrectionOut]


class FindingIn(Schema):
    criterion: Words
    met: Literal["met", "partly", "not_met"]
    words: Words = ""


class CorrectionIn(Schema):
    what: Words
    owner: Words = Field(description="The reference of an organisation")
    due_on: Day


class ListingReviewIn(Schema):
    brand: Words
    held_on: Day
    panel: Words = Field(description="Offices, never persons")
    verdict: Literal["accepted", "with_actions", "refused"]
    valid_until: Day | None = Field(None, description="The last day on which it holds")
    findings: list[FindingIn] = Field(max_length=100)
    corrections: list[CorrectionIn] = Field([], max_length=50)


class DoneIn(Schema):
    on: Day


@router.get("/sites/{reference}/reviews", response=list[ListingReviewOut])
def list_listing_reviews(request: HttpRequest, reference: Reference, brand: Code = "") -> list[ListingReviewOut]:
    """The latest first."""
    queries.get_site(reference=reference, by=request.auth)
    return [_drawn(each) for each in queries.reviews_of(site=reference, brand=brand, by=request.auth)]


@router.post("/sites/{reference}/reviews", response={201: ListingReviewOut}, openapi_extra=MAKES, auth=PRIVATE)
def review_listing(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ListingReviewIn
) -> Status[ListingReviewOut]:
    """Write down what a panel found. The report is sent on the page."""

    def make() -> ListingReviewOut:
        by = request.auth
        listing = queries.get_listing(site=reference, brand=sent.brand, on=sent.held_on, by=by)
        criteria = {each.code: each for each in queries.criteria_of(brand=sent.brand, by=by)}
        if wrong := next((each.criterion for each in sent.findings if each.criterion not in criteria), ""):
            text = N_("%(brand)s has no criterion %(criterion)s.")
            raise BadInput([Problem(text, {"brand": sent.brand, "criterion": wrong}, column="findings")])
        draft = actions.ReviewDraft(
            listing, sent.held_on, sent.panel, sent.verdict, sent.valid_until + ONE_DAY if sent.valid_until else None,
            [actions.FindingDraft(criteria[each.criterion], each.met, each.words) for each in sent.findings],
            [
                actions.CorrectionDraft(each.what, organisation_named(each.owner, request, field="owner"), each.due_on)
                for each in sent.corrections
            ],
        )  # fmt: skip
        made = actions.review_listing(review=draft, at=clock.now(), by=by)
        return _drawn(queries.get_review(key=made.pk, by=by))

    return Status(201, made_once(request, response, ListingReviewOut, make))


@router.get("/reviews/{key}", response=ListingReviewOut)
def get_review(request: HttpRequest, response: HttpResponse, key: UUID) -> ListingReviewOut:
    return tagged(_drawn(queries.get_review(key=key, by=request.auth)), response)


@router.post("/reviews/{key}/corrections/{correction}/done", response=ListingReviewOut, auth=PRIVATE)
def put_right(
    request: HttpRequest, response: HttpResponse, key: UUID, correction: UUID, sent: DoneIn
) -> ListingReviewOut:  # fmt: skip
    """It was put right that day."""
    found = queries.get_review(key=key, by=request.auth)
    require_version(request, _drawn(found))
    wanted = queries.get_correction(site=found.listing.site.reference, key=correction, by=request.auth)
    actions.finish_correction(correction=wanted, on=sent.on, by=request.auth)
    return tagged(_drawn(queries.get_review(key=key, by=request.auth)), response)


def _drawn(review: Any) -> ListingReviewOut:
    return ListingReviewOut(
        id=review.pk, site=review.listing.site.reference, brand=review.listing.brand.code, held_on=review.held_on,
        panel=review.panel, verdict=review.verdict, valid_before=review.valid_before,
        findings=[
            FindingOut(
                criterion=each.criterion.code, wording=texts(each.criterion.texts.all()), met=each.met, words=each.words
            )
            for each in review.findings.all()
        ],
        corrections=[
            CorrectionOut(
                id=each.pk, what=each.what, owner=each.owner.reference, due_on=each.due_on, done_on=each.done_on
            )
            for each in review.corrections.all()
        ],
    )  # fmt: skip
