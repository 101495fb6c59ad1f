"""A departed coordinator is out with the next click, in the browser and through the API; who follows finds everything."""

from datetime import date

import pytest
from django.test import Client

from corridor.foundations import clock
from corridor.foundations.accounts.tokens import make_token
from corridor.journeys.recognise import recognise
from corridor.rooms.members.models import Seat
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_member
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "vientiane")]
SEATS = "/members/vientiane/who-speaks/"


@pytest.fixture
def vientiane():
    make_alliance()
    return make_member("vientiane", country="LA")


@pytest.fixture
def khamla(vientiane):
    return browser_of("coordinator", member=vientiane, username="khamla")


def seat_of(name):
    return Seat.objects.get(user__username=name)


def token_of(name):
    user = make_user(name)
    secret = make_token(name="books", at=clock.real_now(), by=recognise(user, on=date(2024, 2, 2))).secret
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def test_the_holder_hands_the_seat_over_and_is_out_with_the_next_click(khamla):
    make_user("nimali")
    machine = token_of("khamla")
    assert Client().get("/api/v1/members/vientiane", **machine).json()["seats"]
    answer = khamla.post(
        f"/members/vientiane/seats/{seat_of('khamla').pk}/hand-over/", {"account": "nimali", "on": "2024-02-02"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")
    assert khamla.get("/members/vientiane/place/").status_code == 403
    assert khamla.get(SEATS).status_code == 403
    assert Client().get("/api/v1/members/vientiane", **machine).json()["seats"] == []
    page = text_of(browser_of("secretariat").get(SEATS))
    assert "Handed over to nimali" in page
    assert "Taken over from khamla." in page


def test_a_seat_ended_now_shuts_the_open_browser_and_the_token(khamla):
    machine = token_of("khamla")
    assert khamla.get("/members/vientiane/place/").status_code == 200
    sent = {"when": "now"}
    assert (
        browser_of("secretariat").post(f"/members/vientiane/seats/{seat_of('khamla').pk}/end/", sent).status_code == 302
    )
    assert khamla.get("/members/vientiane/place/").status_code == 403
    assert Client().get("/api/v1/members/vientiane", **machine).json()["seats"] == []


def test_a_substitute_is_shown_as_one_on_the_page_and_in_the_own_profile(khamla):
    nimali = Client()
    nimali.force_login(make_user("nimali"), backend="django.contrib.auth.backends.ModelBackend")
    sent = {"account": "nimali", "first_day": "2024-02-02", "last_day": "2024-02-09"}
    assert khamla.post(f"/members/vientiane/seats/{seat_of('khamla').pk}/substitute/", sent).status_code == 302
    assert "nimali stands in" in text_of(khamla.get("/members/vientiane/"))
    assert "in the place of khamla until 9 February 2024" in text_of(nimali.get("/profile/"))
    assert nimali.get("/members/vientiane/place/").status_code == 200
    key = seat_of("khamla").substitutes.get().pk
    assert khamla.post(f"/members/vientiane/substitutes/{key}/end/").status_code == 302
    assert nimali.get("/members/vientiane/place/").status_code == 403


def test_an_unknown_account_is_said_at_the_field(khamla):
    for address, sent in (
        ("hand-over", {"account": "nobody", "on": "2024-02-02"}),
        ("substitute", {"account": "nobody", "first_day": "2024-02-02", "last_day": "2024-02-03"}),
    ):
        answer = khamla.post(f"/members/vientiane/seats/{seat_of('khamla').pk}/{address}/", sent)
        assert answer.status_code == 422
        assert "There is no account nobody." in text_of(answer)


def test_nobody_opens_the_seat_of_another(khamla, vientiane):
    browser_of("coordinator", member=vientiane, username="mei")
    for what in ("hand-over", "substitute", "end"):
        assert khamla.get(f"/members/vientiane/seats/{seat_of('mei').pk}/{what}/").status_code == 403


def test_who_has_no_account_is_invited_and_holds_the_seat_at_once(khamla):
    sent = {"account": "nimali@example.org", "on": "2024-02-02"}
    assert khamla.post(f"/members/vientiane/seats/{seat_of('khamla').pk}/hand-over/", sent).status_code == 302
    assert Seat.objects.get(held_before=None).user.emailaddress_set.get().email == "nimali@example.org"
