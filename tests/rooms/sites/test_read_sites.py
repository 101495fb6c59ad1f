from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.kernel.errors import NotFound
from corridor.rooms.sites.queries import get_site, list_sites
from tests.factories.agreements import find_or_make_member
from tests.factories.sites import make_brand, make_listing, make_site

pytestmark = pytest.mark.django_db
TODAY = date(2024, 2, 2)


@pytest.fixture
def sites():
    vientiane = make_site("wks-vientiane")
    colombo = make_site(
        "sch-colombo", country="LK", city="Colombo", zone="Asia/Colombo", kind="technology_school",
        host=find_or_make_member("colombo"), operating_from=date(2024, 2, 3), names={"en": "School", "si": "පාසල"},
    )  # fmt: skip
    make_listing(vientiane, make_brand("panda"))
    make_listing(vientiane, make_brand("silk"), starts_on=date(2023, 5, 22))
    make_listing(colombo, make_brand("panda"), ends_before=date(2023, 1, 1))


def found(**asked):
    return [site.reference for site in list_sites(by=VISITOR, **({"on": TODAY} | asked))]


def test_the_list_filters_and_goes_on_after_a_reference(sites):
    assert found() == ["sch-colombo", "wks-vientiane"]
    assert found(brand="Panda") == ["wks-vientiane"]
    assert found(brand="panda", on=date(2022, 12, 31)) == found()
    assert found(country="LK") == found(kind="technology_school") == found(host="colombo") == ["sch-colombo"]
    assert found(states=["operating", "accepted"]) == ["wks-vientiane"]
    assert found(states=["operating"], on=date(2024, 2, 3)) == found()
    assert found(words="පාසල") == ["sch-colombo"]
    assert found(after="sch-colombo") == ["wks-vientiane"]


def test_one_site_comes_with_host_names_listings_and_timeline(sites, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        shown = get_site(reference="wks-vientiane", by=VISITOR, on=TODAY)
        assert shown.status_then == "operating"
        assert shown.host.names.all()[0].name == "Vientiane College"
        assert [listing.brand.code for listing in shown.listings.all()] == ["panda", "silk"]
        assert [change.to_status for change in shown.changes.all()][-1] == "operating"


def test_what_is_not_there_is_not_found(sites):
    with pytest.raises(NotFound):
        get_site(reference="wks-nowhere", by=VISITOR)


def test_a_longer_list_takes_no_more_statements(sites, django_assert_num_queries):
    for number in range(6):
        make_listing(make_site(f"wks-{number}"))
    with django_assert_num_queries(4):
        rows = list(list_sites(by=VISITOR, on=TODAY))
        shown = [
            (
                site.status_then,
                site.names.all()[0].text,
                site.host.names.all()[0].name,
                [each.brand.code for each in site.listings_then],
            )
            for site in rows
        ]
    assert len(shown) == 8
