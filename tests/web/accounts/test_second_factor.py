"""A second factor: asked for at sign-in, needed by some offices, guarded by proving oneself again."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from corridor.foundations.accounts.tokens import make_token
from corridor.foundations.clock import real_now
from tests.factories.actors import make_actor
from tests.factories.members import make_member, make_seat
from tests.factories.tokens import Machine

from .signing import PASSWORD, code_of, forget_the_sign_in, make_account, set_up_app, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def half_signed_in(name: str = "mei") -> Client:
    client = Client()
    answer = client.post("/sign-in/", {"username": name, "password": PASSWORD})
    assert answer.headers["Location"].startswith("/account/second-factor/code/")
    assert client.get("/profile/").status_code == 302
    return client


def test_the_app_is_set_up_by_its_code_and_its_secret_lies_encrypted():
    user = make_account()
    secret = set_up_app(sign_in())
    kept = Authenticator.objects.get(user=user, type="totp")
    assert secret not in str(kept.data)


def test_with_an_app_the_password_alone_opens_nothing():
    make_account()
    secret = set_up_app(sign_in())
    client = half_signed_in()
    assert client.post("/account/second-factor/code/", {"code": "000000"}).status_code == 422
    assert client.get("/profile/").status_code == 302
    assert client.post("/account/second-factor/code/", {"code": code_of(secret, ahead=1)}).status_code == 302
    assert client.get("/profile/").status_code == 200


def test_spare_codes_are_shown_once_and_work_once():
    make_account()
    client = sign_in()
    set_up_app(client)
    shown = re.findall(r"<li>([\w-]{8,})</li>", client.get("/account/spare-codes/").content.decode())
    assert len(shown) == 10
    assert shown[0] not in client.get("/account/spare-codes/").content.decode()
    assert half_signed_in().post("/account/second-factor/code/", {"code": shown[0]}).status_code == 302
    assert half_signed_in().post("/account/second-factor/code/", {"code": shown[0]}).status_code == 422


def test_guessing_codes_is_stopped(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "codes"}}
    make_account()
    secret = set_up_app(sign_in())
    client = half_signed_in()
    for number in range(6):
        answer = client.post("/account/second-factor/code/", {"code": f"00000{number}"})
    assert "Too many attempts" in answer.content.decode()
    answer = client.post("/account/second-factor/code/", {"code": code_of(secret, ahead=1)})
    assert "Too many attempts" in answer.content.decode()


@pytest.mark.parametrize("role", ["secretariat", "key_holder"])
def test_these_offices_reach_nothing_until_they_have_one(role: str, required):
    make_seat(make_account(), role)
    client = sign_in()
    for page in ("/desk/", "/members/", "/profile/", "/accounts/", "/"):
        assert client.get(page).headers["Location"] == "/account/second-factor/"
    assert client.get("/account/second-factor/").status_code == 200
    set_up_app(client)
    assert client.get("/desk/").status_code == 200
    assert client.get("/account/second-factor/").headers["Location"] == "/account/"


def test_they_may_sign_out_without_one(required):
    make_seat(make_account(), "secretariat")
    assert sign_in().post("/sign-out/").headers["Location"] == "/"


def test_other_offices_need_none(required):
    make_seat(make_account("khamla"), "coordinator", member=make_member("vientiane", country="LA"))
    make_seat(make_account("nimali"), "council")
    for name in ("khamla", "nimali"):
        assert sign_in(name).get("/desk/").status_code == 200


def test_a_token_of_such_an_office_opens_nothing_without_one(required):
    user = make_account()
    make_seat(user, "secretariat")
    secret = make_token(name="A machine", at=real_now(), by=make_actor("secretariat", user=user)).secret
    assert Machine(secret).get("/cohorts").status_code == 403
    set_up_app(sign_in())
    assert Machine(secret).get("/cohorts").status_code == 200


@pytest.mark.parametrize("page", ["/account/app/", "/account/passkeys/add/", "/account/spare-codes/new/"])
def test_changing_the_factors_asks_again_after_a_quarter_of_an_hour(page: str):
    make_account()
    client = sign_in()
    assert client.get(page).status_code == 200
    forget_the_sign_in(client)
    assert client.get(page).headers["Location"].startswith("/account/confirm/?next=")
    assert client.post(f"/account/confirm/?next={page}", {"password": "wrong-wrong"}).status_code == 422
    assert client.post(f"/account/confirm/?next={page}", {"password": PASSWORD}).status_code == 302
    assert client.get(page).status_code == 200


def test_a_token_is_made_after_proving_oneself_again():
    user = make_account()
    make_seat(user, "auditor")
    client = sign_in()
    forget_the_sign_in(client)
    answer = client.post("/profile/", {"name": "A machine", "days": "30"})
    assert answer.headers["Location"].startswith("/account/confirm/")
    assert user.tokens.count() == 0
    made = client.post(answer.headers["Location"], {"password": PASSWORD, "next": "/profile/"})
    assert "crd_" in made.content.decode()
    assert user.tokens.count() == 1


def test_adding_and_removing_an_address_asks_again_too():
    make_account(email="mei@example.org")
    client = sign_in()
    forget_the_sign_in(client)
    answer = client.post("/account/e-mail/", {"action_add": "", "email": "other@example.org"})
    assert answer.headers["Location"].startswith("/account/confirm/")


def test_the_app_is_switched_off_by_its_holder():
    user = make_account()
    client = sign_in()
    set_up_app(client)
    assert client.get("/account/app/off/").status_code == 200
    assert client.post("/account/app/off/").status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    sign_in()
