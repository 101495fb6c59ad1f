"""What is held about whoever asks, on a page: with a record of a person, and for an account with which none stands."""

import pytest

from tests.factories.actors import make_user
from tests.factories.people import make_person
from tests.web.people_at_work import sign_in
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_an_account_without_a_record_reads_and_takes_away_what_is_held_with_it():
    browser = browser_of("secretariat")
    page = text_of(browser.get("/my-data/"))
    assert "No record of a person stands with this account." in page
    assert "Account and tokens" in page and "Where you are signed in" in page
    assert "You yourself" in page and ">Learner<" not in page
    assert '<a href="/my-data/"' in text_of(browser.get("/"))
    file = browser.get("/my-data/account/")
    assert file.json()["parts"][0]["code"] == "account"
    assert file["Content-Disposition"] == 'attachment; filename="my-account.json"'


def test_languages_countries_and_roles_stand_in_words():
    user = make_user("khamla")
    make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="", residence_country="LA", user=user)
    page = text_of(sign_in(user).get("/my-data/"))
    assert ">Lao<" in page and ">Laos<" in page
    assert ">lo<" not in page


def test_nobody_reads_it_unsigned(client):
    assert client.get("/my-data/")["Location"].startswith("/sign-in/")
    assert client.get("/my-data/account/")["Location"].startswith("/sign-in/")
