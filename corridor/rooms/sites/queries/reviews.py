"""What panels found at places for brands. Like sites and listings, this is public."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..models import Correction, Criterion, Finding, Listing, Met, Review, Verdict

# (code, label) of what a form offers.
VERDICTS, MET = Verdict.choices, Met.choices


def criteria_of(*, brand: str, by: Actor) -> list[Criterion]:  # noqa: ARG001 (public)
    """What a brand (its code) looks at, in its order, with the wordings."""
    return list(Criterion.objects.filter(brand__code=brand).prefetch_related("texts").order_by("position"))


def reviews_of(*, site: str, brand: str = "", by: Actor) -> QuerySet[Review]:  # noqa: ARG001 (public)
    """Of the listings of a site (its reference), under one brand or all, the latest first, with all that was found."""
    found = Review.objects.filter(listing__site__reference=site).select_related(
        "listing__brand", "listing__site", "document"
    )
    if brand:
        found = found.filter(listing__brand__code=brand)
    findings = Prefetch("findings", Finding.objects.select_related("criterion").order_by("criterion__position"))
    corrections = Prefetch("corrections", Correction.objects.select_related("owner").order_by("due_on", "pk"))
    return found.prefetch_related(findings, "findings__criterion__texts", corrections, "corrections__owner__names")


def listings_under(*, site: str, brand: str, by: Actor) -> list[Listing]:  # noqa: ARG001 (public)
    """Every listing of a site under a brand, ended ones too. :raises NotFound: if it never stood under it."""
    found = Listing.objects.filter(site__reference=site, brand__code=brand).select_related("site", "brand")
    rows = list(found.order_by("-starts_on"))
    if not rows:
        raise NotFound(N_("%(site)s never stood under %(brand)s."), site=site, brand=brand)
    return rows


def get_review(*, key: UUID, by: Actor) -> Review:
    """:raises NotFound: if there is none of that key."""
    site = Review.objects.filter(pk=key).values_list("listing__site__reference", flat=True).first()
    found = reviews_of(site=site, by=by).filter(pk=key).first() if site else None
    if found is None:
        raise NotFound(N_("There is no such review."))
    return found


def get_correction(*, site: str, key: UUID, brand: str = "", by: Actor) -> Correction:  # noqa: ARG001 (public)
    """:raises NotFound: if nothing such was to be put right at the site."""
    rows = Correction.objects.select_related("review__listing__site", "review__listing__brand", "owner")
    rows = rows.filter(review__listing__brand__code=brand) if brand else rows
    found = rows.filter(pk=key, review__listing__site__reference=site).first()
    if found is None:
        raise NotFound(N_("There is nothing such to put right."))
    return found


def open_review_paper(*, site: str, key: UUID, by: Actor) -> tuple[Document, bytes]:
    """The report of a panel. :raises NotFound: if there is none."""
    found = reviews_of(site=site, by=by).filter(pk=key).first()
    if found is None or found.document is None:
        raise NotFound(N_("No paper is kept with it."))
    return found.document, bytes_of(found.document)
