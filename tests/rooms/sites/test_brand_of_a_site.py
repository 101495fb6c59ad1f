from datetime import date

import pytest

from corridor.rooms.sites.brands import brand_of, brands_of
from tests.factories.sites import make_brand, make_listing, make_site

pytestmark = pytest.mark.django_db
ONE, TWO, LAST = date(2022, 10, 10), date(2023, 5, 22), date(2024, 1, 1)


@pytest.fixture
def site():
    """Under Panda from the first day until 2024, and under Silk Bridge besides from May 2023."""
    site = make_site()
    make_listing(site, make_brand("panda"), starts_on=ONE, ends_before=LAST)
    make_listing(site, make_brand("silk"), starts_on=TWO)
    return site


def test_it_is_the_brand_of_the_one_listing_and_otherwise_nobodys(site):
    days = [date(2022, 10, 9), ONE, date(2023, 5, 21), TWO, date(2023, 12, 31), LAST]
    found = [brand_of(site, on=day) for day in days]
    assert [brand.code if brand else None for brand in found] == [None, "panda", "panda", None, None, "silk"]


def test_many_sites_at_once_agree_with_one_by_one(site, django_assert_num_queries):
    sites = [site, make_site("wks-colombo"), make_site("wks-phnom-penh")]
    make_listing(sites[1], make_brand("panda"), starts_on=ONE)
    for day in (ONE, TWO, LAST):
        with django_assert_num_queries(1):
            together = brands_of(sites, on=day)
        assert together == {each.pk: brand_of(each, on=day) for each in sites}
