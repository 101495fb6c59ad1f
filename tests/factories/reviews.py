"""A panel looks at a place for a brand."""

from collections.abc import Mapping
from datetime import date

from corridor.foundations.access import NIGHTLY
from corridor.rooms.sites import actions
from corridor.rooms.sites.models import Brand, Criterion, Listing, Review

from .upkeep import AT

HELD_ON, DUE_ON = date(2023, 3, 15), date(2023, 6, 30)


def make_criterion(brand: Brand, code: str = "A1", **texts: str) -> Criterion:
    draft = actions.CriterionDraft(brand, code, texts or {"en": "Two trainers teach in Chinese"})
    return actions.describe_criteria(criteria=[draft], by=NIGHTLY)[0]


def make_review(
    listing: Listing,
    *,
    verdict: str = "with_actions",
    met: Mapping[str, str] | None = None,
    held_on: date = HELD_ON,
    valid_before: date | None = None,
    due_on: date = DUE_ON,
) -> Review:
    """What was found of each criterion by its code ("partly" where nothing is said), and one thing that the host puts right."""
    findings = [
        actions.FindingDraft(each, (met or {}).get(each.code, "partly"), "Seen")
        for each in Criterion.objects.filter(brand=listing.brand)
    ]
    right = [actions.CorrectionDraft("Mark the ways out", listing.site.host, due_on)]
    draft = actions.ReviewDraft(listing, held_on, "Its owner and the host", verdict, valid_before, findings, right)
    return actions.review_listing(review=draft, at=AT, by=NIGHTLY)
