"""Signing in and out by the page."""

import pytest

from corridor.foundations.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.ui.pages")]


@pytest.fixture
def mei(db) -> User:
    user = User(username="mei")
    user.set_password("corridor-of-land-and-sea")
    user.save()
    return user


def test_a_private_page_asks_for_sign_in_and_comes_back(client, mei):
    answer = client.get("/private/")
    assert answer.headers["Location"] == "/sign-in/?next=/private/"
    answer = client.post("/sign-in/", {"username": "mei", "password": "corridor-of-land-and-sea", "next": "/private/"})
    assert answer.headers["Location"] == "/private/"
    assert client.get("/private/").content == b"private"


def test_a_wrong_password_is_refused_in_words_that_do_not_tell_which_accounts_exist(client, mei):
    known = client.post("/sign-in/", {"username": "mei", "password": "wrong"}).content.decode()
    unknown = client.post("/sign-in/", {"username": "nobody", "password": "wrong"}).content.decode()
    assert "do not fit together" in known
    assert "do not fit together" in unknown


def test_guessing_is_slowed_down(client, mei, settings):
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(2):
        answer = client.post("/sign-in/", {"username": "mei", "password": "wrong"})
    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()


def test_signing_out_needs_a_form(client, mei):
    client.force_login(mei)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/private/").status_code == 302


def test_only_those_signed_in_see_the_way_to_their_desk(client, mei):
    assert "/desk/" not in client.get("/public/").content.decode()
    client.force_login(mei)
    page = client.get("/public/").content.decode()
    assert 'href="/desk/"' in page
    assert "Sign out" in page
