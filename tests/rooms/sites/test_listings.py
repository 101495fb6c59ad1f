"""One place may carry several brands, each by a listing with its own days; acceptance is of the listing."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.rooms.sites.actions import (
    AlreadyAccepted,
    ListedAlready,
    NotListedThen,
    ReferenceTaken,
    accept_listing,
    end_listing,
    list_sites_under_brands,
    make_brands,
)
from corridor.rooms.sites.drafts import ListingDraft
from corridor.rooms.sites.models import Listing
from corridor.rooms.sites.queries import get_brand, get_listing, list_brands, list_listings
from tests.factories.actors import make_actor
from tests.factories.sites import make_brand, make_listing, make_site

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
FIRST, ACCEPTED, END = date(2022, 10, 10), date(2023, 3, 15), date(2024, 1, 1)


@pytest.fixture
def site():
    return make_site()


def test_brands_have_codes_that_are_given_once():
    make_brands(brands={"panda": "Panda Workshop", "silk": "Silk Bridge"}, by=LI)
    assert [brand.code for brand in list_brands(by=VISITOR)] == ["panda", "silk"]
    assert get_brand(code="Panda", by=VISITOR) == get_brand(code="panda workshop", by=VISITOR)
    with pytest.raises(ReferenceTaken):
        make_brands(brands={"panda": "Another"}, by=LI)
    with pytest.raises(NotFound):
        get_brand(code="none", by=VISITOR)
    with pytest.raises(AccessDenied):
        make_brands(brands={"own": "Own"}, by=make_actor("coordinator"))


def test_a_place_stands_under_two_brands_at_once(site):
    drafts = [ListingDraft(site, make_brand("panda"), FIRST), ListingDraft(site, make_brand("silk"), ACCEPTED)]
    list_sites_under_brands(listings=drafts, by=LI)
    counted = {day: list_listings(by=VISITOR, on=day).count() for day in (date(2022, 10, 9), FIRST, ACCEPTED)}
    assert list(counted.values()) == [0, 1, 2]
    assert list_listings(by=VISITOR, on=ACCEPTED, brand="Panda").count() == 1
    assert Entry.objects.filter(event="sites.listed").count() == 2


def test_but_under_one_brand_once_at_a_time(site):
    brand = make_brand()
    make_listing(site, brand, starts_on=FIRST, ends_before=END)
    with pytest.raises(ListedAlready):
        list_sites_under_brands(listings=[ListingDraft(site, brand, date(2023, 12, 31))], by=LI)
    list_sites_under_brands(listings=[ListingDraft(site, brand, END)], by=LI)
    assert Listing.objects.count() == 2


def test_days_in_the_wrong_order_are_refused(site):
    wrong = [ListingDraft(site, make_brand(), END, FIRST), ListingDraft(site, make_brand("silk"), FIRST, END, END)]
    with pytest.raises(BadInput) as refused:
        list_sites_under_brands(listings=wrong, by=LI)
    assert len(refused.value.problems) == 2


def test_its_manager_lists_it_under_no_brand(site):
    with pytest.raises(AccessDenied):
        by = make_actor("site_manager", ("site", site.pk))
        list_sites_under_brands(listings=[ListingDraft(site, make_brand(), FIRST)], by=by)


def test_a_listing_is_accepted_once_on_a_day_on_which_it_stands(site):
    make_listing(site, starts_on=FIRST, ends_before=END)
    listing = get_listing(site=site.reference, brand="panda", on=FIRST, by=VISITOR)
    with pytest.raises(NotListedThen):
        accept_listing(listing=listing, on=END, by=LI)
    with pytest.raises(AccessDenied):
        accept_listing(listing=listing, on=ACCEPTED, by=make_actor("coordinator", ("member", site.host_id)))
    assert accept_listing(listing=listing, on=ACCEPTED, by=LI).accepted_on == ACCEPTED
    with pytest.raises(AlreadyAccepted):
        accept_listing(listing=listing, on=ACCEPTED, by=LI)


def test_a_listing_ends_and_does_not_end_again_later(site):
    listing = make_listing(site)
    end_listing(listing=listing, ends_before=END, by=LI)
    assert not list_listings(by=VISITOR, on=END).exists()
    with pytest.raises(WrongMoment):
        end_listing(listing=listing, ends_before=date(2025, 1, 1), by=LI)
    with pytest.raises(AccessDenied):
        end_listing(listing=listing, ends_before=ACCEPTED, by=VISITOR)
    with pytest.raises(NotFound):
        get_listing(site=site.reference, brand="panda", on=END, by=VISITOR)
