"""Where I am signed in, ending one and all others; and a closed account is out at once."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from corridor.foundations.accounts.sessions import device_words, shortened
from tests.factories.members import make_seat
from tests.web.readers import text_of

from .signing import make_account, sign_in

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Mobile Safari/604.1"


def test_each_browser_is_named_with_its_shortened_address():
    make_account()
    here = sign_in()
    sign_in(client=Client(headers={"user-agent": PHONE}, REMOTE_ADDR="198.51.100.23"))
    page = text_of(here.get("/account/sessions/"))
    assert "Safari on iPhone" in page
    assert "198.51.100.x" in page
    assert "198.51.100.23" not in page


def test_ending_one_signs_that_browser_out():
    user = make_account()
    here, there = sign_in(), sign_in()
    other = UserSession.objects.get(user=user, session_key=there.session.session_key)
    assert here.post(f"/account/sessions/{other.pk}/end/").status_code == 302
    assert there.get("/profile/").status_code == 302
    assert here.get("/profile/").status_code == 200


def test_ending_all_others_leaves_this_one():
    make_account()
    here, others = sign_in(), [sign_in(), sign_in()]
    assert here.post("/account/sessions/others/end/").status_code == 302
    assert [each.get("/profile/").status_code for each in others] == [302, 302]
    assert here.get("/profile/").status_code == 200


def test_nobody_ends_a_session_of_somebody_else():
    make_account()
    khamla = make_account("khamla")
    sign_in("khamla")
    theirs = UserSession.objects.get(user=khamla)
    assert sign_in().post(f"/account/sessions/{theirs.pk}/end/").status_code == 404
    assert UserSession.objects.filter(pk=theirs.pk).exists()


def test_a_closed_account_is_out_at_once_and_stays_out_of_old_sessions_when_opened_again():
    make_seat(make_account("nimali"), "secretariat")
    khamla = make_account("khamla")
    theirs, office = sign_in("khamla"), sign_in("nimali")
    assert office.post(f"/accounts/{khamla.pk}/close/").status_code == 302
    assert theirs.get("/profile/").status_code == 302
    assert office.post(f"/accounts/{khamla.pk}/reopen/").status_code == 302
    assert theirs.get("/profile/").status_code == 302
    sign_in("khamla")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, ("Safari", "iPhone")),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", ("Edge", "Windows")),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile MicroMessenger/8.0", ("WeChat", "Android")),
        ("curl/8.5", ("", "")),
    ],
)
def test_a_browser_is_called_by_its_name(agent: str, words: tuple[str, str]):
    assert device_words(agent) == words


@pytest.mark.parametrize(
    ("address", "short"), [("198.51.100.23", "198.51.100.x"), ("2001:db8:1:2::5", "2001:db8:1::x")]
)
def test_an_address_is_shortened(address: str, short: str):
    assert shortened(address) == short


def test_a_session_is_noted_again_after_an_hour():
    user = make_account()
    client = sign_in()
    began = UserSession.objects.get(user=user).last_seen_at
    client.get("/profile/")
    assert UserSession.objects.get(user=user).last_seen_at == began
    session = client.session
    session["last_noted"] -= 3600
    session.save()
    client.get("/profile/")
    assert UserSession.objects.get(user=user).last_seen_at > began
