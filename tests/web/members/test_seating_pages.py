"""Seats of a member are given and ended on its page, by the secretariat."""

import pytest

from corridor.rooms.members.models import Seat
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_member
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "alliance")]


@pytest.fixture
def alliance():
    return make_alliance()


def test_a_seat_is_given_and_ended():
    vientiane, mei = make_member("vientiane", country="LA"), browser_of("secretariat")
    make_user("khamla")
    sent = {"username": "khamla", "role": "coordinator", "held_from": "2024-02-01"}
    assert mei.post("/members/vientiane/seats/", sent).status_code == 302
    seat = Seat.objects.get(organisation=vientiane)
    assert f"/members/vientiane/seats/{seat.pk}/end/" in text_of(mei.get("/members/vientiane/who-speaks/"))
    early = mei.post(f"/members/vientiane/seats/{seat.pk}/end/", {"on": "2024-01-01"})
    assert early.status_code == 409
    assert "it cannot end before" in text_of(early)
    assert mei.post(f"/members/vientiane/seats/{seat.pk}/end/", {"on": "2024-02-02"}).status_code == 302
    seat.refresh_from_db()
    assert seat.held_before is not None


def test_an_account_that_nobody_has_is_said_at_the_field():
    make_member("vientiane", country="LA")
    sent = {"username": "nobody", "role": "coordinator", "held_from": "2024-02-01"}
    answer = browser_of("secretariat").post("/members/vientiane/seats/", sent)
    assert answer.status_code == 422
    assert "There is no account nobody." in text_of(answer)


def test_a_member_s_own_coordinator_gives_no_seats():
    khamla = browser_of("coordinator", member=make_member("vientiane", country="LA"))
    assert "Give a seat" not in text_of(khamla.get("/members/vientiane/"))
    assert khamla.get("/members/vientiane/seats/").status_code == 403
