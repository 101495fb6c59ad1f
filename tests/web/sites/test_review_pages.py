"""What panels found, on pages and for machines."""

import pytest
from django.test import Client

from corridor.rooms.sites.models import Review
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_seat
from tests.factories.reviews import make_criterion, make_review
from tests.factories.sites import make_listing, make_site
from tests.factories.tokens import machine_of
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/sites/wks-vientiane/listings/panda/"


@pytest.fixture
def listing():
    make_alliance()
    made = make_listing(make_site())
    make_criterion(made.brand)
    return made


def test_the_secretariat_writes_down_what_a_panel_found(listing):
    mei = browser_of("secretariat")
    sent = {
        "held_on": "2024-01-15", "panel": "Its owner", "verdict": "with_actions", "valid_until": "2026-12-31", "met_A1": "partly",
        "words_A1": "One trainer so far", "what_1": "Appoint another", "owner_1": listing.site.host.reference, "due_1": "2024-01-31",
    }  # fmt: skip
    assert mei.post(f"{PAGE}review/", sent | {"owner_1": "nobody"}).status_code == 422
    assert mei.post(f"{PAGE}review/", sent)["Location"] == PAGE
    page = text_of(Client().get(PAGE))
    for part in ("Two trainers teach in Chinese", "One trainer so far", "Appoint another", "Overdue"):
        assert part in page
    correction = Review.objects.get().corrections.get()
    assert mei.post(f"{PAGE}corrections/{correction.pk}/", {"on": "2024-02-01"})["Location"] == PAGE
    assert "Put right" in text_of(Client().get(PAGE))


def test_rooms_and_the_address_stand_on_the_page_of_the_site(listing):
    mei = browser_of("secretariat")
    mei.post("/sites/wks-vientiane/rooms/", {"name": "Hall", "capacity": "36"})
    mei.post("/sites/wks-vientiane/address/", {"language": "en", "text": "Road 13, Phonthan"})
    page = text_of(Client().get("/sites/wks-vientiane/"))
    assert "Hall: 36 people" in page
    assert "Road 13, Phonthan" in page


def test_machines_read_it_and_write_it_once_under_a_key(listing):
    user = make_user("machine")
    make_seat(user, "secretariat")
    machine = machine_of(user)
    sent = {
        "brand": "panda", "held_on": "2024-01-15", "panel": "Its owner", "verdict": "with_actions",
        "findings": [{"criterion": "A1", "met": "met"}],
        "corrections": [{"what": "Mark the ways out", "owner": listing.site.host.reference, "due_on": "2024-03-31"}],
    }  # fmt: skip
    made = [machine.post("/sites/wks-vientiane/reviews", sent, idempotency_key="r1").json()["id"] for _time in range(2)]
    assert (made[0], Review.objects.count()) == (made[1], 1)
    wrong = sent | {"held_on": "2024-01-16", "findings": [{"criterion": "Z9", "met": "met"}]}
    assert machine.post("/sites/wks-vientiane/reviews", wrong, idempotency_key="r2").status_code == 422
    where = f"/reviews/{made[0]}"
    read = machine.get(where)
    done = f"{where}/corrections/{read.json()['corrections'][0]['id']}/done"
    assert (
        machine.post(done, {"on": "2024-02-01"}, if_match=read["ETag"]).json()["corrections"][0]["done_on"]
        == "2024-02-01"
    )
    assert machine.post(done, {"on": "2024-02-01"}, if_match=read["ETag"]).status_code == 412


def test_a_place_that_never_stood_under_a_brand_has_no_such_page(listing):
    make_review(listing)
    assert Client().get("/sites/wks-vientiane/listings/chuyi/").status_code == 404
