"""The secretariat invites, and whoever holds the link enters by it once."""

import re

import pytest
from django.test import Client

from corridor.foundations.accounts.models import Invitation, User
from tests.factories.members import make_alliance, make_member, make_seat

from .signing import PASSWORD, links_in, make_account, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db) -> Client:
    make_alliance()
    make_seat(make_account("nimali"), "secretariat")
    return sign_in("nimali")


def invite(office: Client, callbacks, email: str = "khamla@example.org", language: str = "en") -> str:
    with callbacks(execute=True):
        answer = office.post("/accounts/invite/", {"email": email, "language": language})
    assert answer.status_code == 200
    return re.search(r"(/invited/[\w-]+/)", answer.content.decode()).group(1)


@pytest.fixture
def callbacks(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def test_the_link_in_the_letter_lets_in_with_a_password_once(office, callbacks, mailoutbox):
    link = invite(office, callbacks)
    assert links_in(mailoutbox[0]) == [link]
    user = User.objects.get(username="khamla")
    make_seat(user, "coordinator", member=make_member("vientiane", country="LA"))
    page = Client().get(link).content.decode()
    assert "Corridor Alliance" in page
    assert "Vientiane College" in page
    khamla = Client()
    assert khamla.post(link, {"password": PASSWORD}).headers["Location"] == "/desk/"
    assert khamla.get("/profile/").status_code == 200
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"password": PASSWORD}).status_code == 410
    sign_in("khamla@example.org")


def test_an_easy_password_is_refused_beside_its_box_and_the_link_stays_good(office, callbacks):
    link = invite(office, callbacks)
    for easy in ("", "short", "password123"):
        assert Client().post(link, {"password": easy}).status_code == 422
    assert Client().get(link).status_code == 200


def test_a_passkey_may_follow_in_place_of_a_password(office, callbacks):
    link = invite(office, callbacks)
    khamla = Client()
    assert khamla.post(link, {"passkey": "1"}).headers["Location"] == "/account/passkeys/add/"
    assert khamla.get("/account/passkeys/add/").status_code == 200
    assert not User.objects.get(username="khamla").has_usable_password()


def test_the_letter_is_in_the_language_that_was_chosen(office, callbacks, mailoutbox):
    invite(office, callbacks, language="zh-hans")
    assert "走廊联盟" in mailoutbox[0].subject


def test_a_known_address_is_not_invited_again(office, callbacks):
    invite(office, callbacks)
    assert office.post("/accounts/invite/", {"email": "khamla@example.org", "language": "en"}).status_code == 409


def test_a_new_link_replaces_the_old_one_and_a_withdrawn_one_opens_nothing(office, callbacks):
    old = invite(office, callbacks)
    answer = office.post(f"/accounts/invitations/{Invitation.objects.get().pk}/again/")
    new = re.search(r"(/invited/[\w-]+/)", answer.content.decode()).group(1)
    assert Client().get(old).status_code == 410
    assert Client().get(new).status_code == 200
    current = Invitation.objects.get(revoked_at=None)
    assert office.post(f"/accounts/invitations/{current.pk}/withdraw/").status_code == 302
    assert Client().get(new).status_code == 410


def test_the_list_says_who_is_invited_active_or_closed(office, callbacks):
    invite(office, callbacks)
    closed = make_account("chen")
    office.post(f"/accounts/{closed.pk}/close/")
    listed = {
        state: office.get("/accounts/", {"state": state}).content.decode() for state in ("invited", "active", "closed")
    }
    assert "khamla" in listed["invited"]
    assert "nimali" in listed["active"]
    assert "chen" not in listed["active"]
    assert "chen" in listed["closed"]
    assert "khamla" in office.get("/accounts/", {"q": "khamla@exam"}).content.decode()


def test_nobody_closes_the_own_account(office):
    own = User.objects.get(username="nimali")
    assert office.post(f"/accounts/{own.pk}/close/").status_code == 409
    assert office.get("/profile/").status_code == 200


def test_the_list_costs_the_same_for_many_accounts(office, django_assert_max_num_queries):
    User.objects.bulk_create([User(username=f"reader-{n}", password="!") for n in range(60)])
    with django_assert_max_num_queries(16):
        assert office.get("/accounts/").status_code == 200
