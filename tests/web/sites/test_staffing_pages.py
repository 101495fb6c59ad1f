"""A site's managers and its brands, as the secretariat writes them down."""

import pytest

from corridor.rooms.sites.models import Listing, SitePost
from tests.factories.actors import make_user
from tests.factories.members import make_alliance
from tests.factories.sites import make_brand, make_site
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "alliance")]

PAGE = "/sites/wks-vientiane/"


@pytest.fixture
def alliance():
    return make_alliance()


def test_a_manager_is_appointed_once_and_relieved():
    make_site()
    khamla, mei = make_user("khamla"), browser_of("secretariat")
    sent = {"username": "khamla", "on": "2024-02-01"}
    assert mei.post(f"{PAGE}managers/", sent).status_code == 302
    again = mei.post(f"{PAGE}managers/", sent)
    assert again.status_code == 409
    assert "khamla manages wks-vientiane already." in text_of(again)
    assert "Relieve a manager" in text_of(mei.get(PAGE))
    assert mei.post(f"{PAGE}managers/relieve/", sent | {"on": "2024-02-02"}).status_code == 302
    assert SitePost.objects.get(user=khamla).held_before is not None


def test_an_account_that_nobody_has_is_said_at_the_field():
    make_site()
    answer = browser_of("secretariat").post(f"{PAGE}managers/", {"username": "nobody", "on": "2024-02-01"})
    assert answer.status_code == 422
    assert "There is no account nobody." in text_of(answer)


def test_a_site_is_listed_under_a_brand_and_accepted():
    make_site()
    make_brand("panda")
    mei = browser_of("secretariat")
    sent = {"brand": "panda", "starts_on": "2024-02-01"}
    assert mei.post(f"{PAGE}listings/", sent).status_code == 302
    assert mei.post(f"{PAGE}listings/", sent).status_code == 409
    assert "Accept the listing" in text_of(mei.get(PAGE))
    assert mei.post(f"{PAGE}listings/panda/accept/", {"on": "2024-02-02"}).status_code == 302
    assert Listing.objects.get().accepted_on is not None
    assert "Accept the listing" not in text_of(mei.get(PAGE))


def test_a_reader_is_offered_none_of_it(client):
    make_site()
    page = text_of(client.get(PAGE))
    assert "Appoint a manager" not in page
    assert "List it under a brand" not in page
