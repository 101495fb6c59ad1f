"""The sheets of acceptance: what brands look at, what panels found, what is put right; and the rooms and addresses of sites."""

from collections.abc import Sequence
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind, languages
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.periods import ONE_DAY
from corridor.rooms.members.models import Organisation

from .actions.reviewing import (
    CorrectionDraft,
    CriterionDraft,
    FindingDraft,
    ReviewDraft,
    describe_criteria,
    describe_room,
    review_listing,
    write_address,
)
from .models import Brand, Criterion, Listing, Met, Site, Verdict


def take_criteria(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    brands = by_reference(Brand.objects.all(), (row["brand"] for row in rows), field="code")
    drafts = [
        CriterionDraft(brand, row["code"], row.family("text_"))
        for row in rows
        if (brand := findings.find(row, "brand", brands))
    ]
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(describe_criteria(criteria=drafts, by=by))


def take_reviews(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """A row for each criterion that a review looked at, or for each thing to put right; its own columns are the same in all of them."""
    findings = Findings()
    listings = _listings(rows)
    owners = by_reference(Organisation.objects.all(), (row["owner"] for row in rows))
    criteria = {(each.brand.code, each.code): each for each in Criterion.objects.select_related("brand")}
    found: dict[tuple[str, str, date], tuple[Row, Listing, list[FindingDraft], list[CorrectionDraft]]] = {}
    for row in rows:
        listing = _listing_on(listings, row)
        if listing is None:
            findings.find(row, "brand", {}, key=(row["site"], row["brand"]))
            continue
        key = (row["site"], row["brand"], row["held_on"])
        _first, _listing, seen, right = found.setdefault(key, (row, listing, [], []))
        criterion = (
            findings.find(row, "criterion", criteria, key=(row["brand"], row["criterion"]))
            if row["criterion"]
            else None
        )
        if criterion is not None:
            seen.append(FindingDraft(criterion, row["met"] or "", row["words"]))
        owner = findings.find(row, "owner", owners)
        if owner is not None and row["due_on"] is not None:
            right.append(CorrectionDraft(row["put_right"], owner, row["due_on"], row["done_on"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        for (_site, _brand, held_on), (row, listing, seen, right) in found.items():
            valid_before = row["valid_until"] + ONE_DAY if row["valid_until"] else None
            draft = ReviewDraft(listing, held_on, row["panel"], row["verdict"], valid_before, seen, right)
            review_listing(review=draft, at=at, by=by)
    return len(rows)


def take_rooms(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    sites = by_reference(Site.objects.all(), (row["site"] for row in rows))
    found = [(row, site) for row in rows if (site := findings.find(row, "site", sites))]
    findings.refuse_if_any()
    with refusals_in(rows):
        for row, site in found:
            describe_room(site=site, name=row["name"], capacity=row["capacity"], by=by)
    return len(found)


def take_addresses(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    sites = by_reference(Site.objects.all(), (row["site"] for row in rows))
    found = [(row, site) for row in rows if (site := findings.find(row, "site", sites))]
    findings.refuse_if_any()
    with refusals_in(rows):
        for row, site in found:
            for language, text in row.family("address_").items():
                write_address(site=site, language=language, text=text, by=by)
    return len(found)


def _listings(rows: Sequence[Row]) -> dict[tuple[str, str], list[Listing]]:
    found: dict[tuple[str, str], list[Listing]] = {}
    there = Listing.objects.filter(site__reference__in={row["site"] for row in rows}).select_related("site", "brand")
    for each in there:
        found.setdefault((each.site.reference, each.brand.code), []).append(each)
    return found


def _listing_on(listings: dict[tuple[str, str], list[Listing]], row: Row) -> Listing | None:
    there = listings.get((row["site"], row["brand"]), [])
    return next((each for each in there if each.is_in_force(on=row["held_on"])), None)


REVIEWS: tuple[SheetKind, ...] = (
    SheetKind(
        name="acceptance_criteria",
        pattern="acceptance_criteria.*",
        columns=(Column("brand", read.reference(40)), Column("code", read.text(20))),
        take=take_criteria,
        extra=languages("text"),
        extra_reader=read.text(300),
        optional=True,
        unique=("brand", "code"),
    ),
    SheetKind(
        name="listing_reviews",
        pattern="listing_reviews.*",
        columns=(
            Column("site", read.reference(60)),
            Column("brand", read.reference(40)),
            Column("held_on", read.day),
            Column("panel", read.text(300)),
            Column("verdict", read.choice(Verdict)),
            Column("valid_until", read.day, required=False),
            Column("criterion", read.text(20), required=False),
            Column("met", read.choice(Met), required=False),
            Column("words", read.text(300), required=False),
            Column("put_right", read.text(300), required=False),
            Column("owner", read.reference(60), required=False),
            Column("due_on", read.day, required=False),
            Column("done_on", read.day, required=False),
        ),
        take=take_reviews,
        optional=True,
    ),
    SheetKind(
        name="site_rooms",
        pattern="site_rooms.*",
        columns=(
            Column("site", read.reference(60)),
            Column("name", read.text(80)),
            Column("capacity", read.whole(1, 5_000)),
        ),
        take=take_rooms,
        optional=True,
        unique=("site", "name"),
    ),
    SheetKind(
        name="site_addresses",
        pattern="site_addresses.*",
        columns=(Column("site", read.reference(60)),),
        take=take_addresses,
        extra=languages("address"),
        extra_reader=read.text(300),
        optional=True,
        unique=("site",),
    ),
)
