"""Sign-in by the directory of an organisation: a small issuer of OpenID Connect that answers on this machine, and the product that asks it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from corridor.foundations.accounts.models import User

from .signing import make_account

pytestmark = pytest.mark.django_db


class Issuer(HTTPServer):
    """Vouches for one person, whatever code it is given."""

    person: dict[str, object]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Issuer

    def do_GET(self) -> None:
        if self.path.endswith("/openid-configuration"):
            url = self.server.url
            ends = {f"{name}_endpoint": f"{url}/{name}" for name in ("authorization", "token", "userinfo")}
            self.say({"issuer": url, "jwks_uri": f"{url}/keys", **ends})
        else:
            self.say(self.server.person)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.say({"access_token": "of-the-issuer", "token_type": "Bearer"})

    def say(self, what: dict[str, object]) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture
def issuer(settings) -> Iterator[Issuer]:
    server = Issuer(("127.0.0.1", 0), Answers)
    app = {
        "provider_id": "directory", "name": "College directory", "client_id": "corridor", "secret": "known to both",
        "settings": {"server_url": server.url},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def come_back(issuer: Issuer, **person: object):
    issuer.person = {"sub": "person-1", **person}
    client = Client()
    asked = client.post("/account/directory/directory/")
    assert asked.headers["Location"].startswith(f"{issuer.url}/authorization")
    state = parse_qs(urlsplit(asked.headers["Location"]).query)["state"][0]
    return client, client.get("/account/directory/directory/back/", {"code": "any", "state": state})


def test_the_sign_in_page_offers_it(issuer: Issuer):
    assert "Sign in with College directory" in Client().get("/sign-in/").content.decode()


def test_it_opens_the_account_that_has_confirmed_the_address(issuer: Issuer):
    make_account(email="mei@college.example")
    client, answer = come_back(issuer, email="mei@college.example", email_verified=True)
    assert answer.headers["Location"] == "/desk/"
    assert client.get("/profile/").status_code == 200


@pytest.mark.parametrize("is_verified", [False, None])
def test_an_address_for_which_the_directory_does_not_vouch_opens_nothing(issuer: Issuer, is_verified):
    make_account(email="mei@college.example")
    client, _answer = come_back(issuer, email="mei@college.example", email_verified=is_verified)
    assert client.get("/profile/").status_code == 302


def test_an_address_that_the_account_has_not_confirmed_opens_nothing(issuer: Issuer):
    make_account().emailaddress_set.create(email="mei@college.example", verified=False, primary=True)
    client, _answer = come_back(issuer, email="mei@college.example", email_verified=True)
    assert client.get("/profile/").status_code == 302


def test_it_makes_no_account(issuer: Issuer):
    client, answer = come_back(issuer, email="stranger@college.example", email_verified=True)
    assert answer.status_code in {200, 302, 403}
    assert "not invited yet" in client.get("/account/unknown/").content.decode()
    assert not User.objects.exists()


def test_a_second_factor_is_asked_for_all_the_same(issuer: Issuer):
    from .signing import set_up_app, sign_in

    make_account(email="mei@college.example")
    set_up_app(sign_in())
    client, answer = come_back(issuer, email="mei@college.example", email_verified=True)
    assert answer.headers["Location"].startswith("/account/second-factor/code/")
    assert client.get("/profile/").status_code == 302


def test_an_answer_that_nobody_asked_for_is_refused(issuer: Issuer):
    make_account(email="mei@college.example")
    client = Client()
    answer = client.get("/account/directory/directory/back/", {"code": "any", "state": "forged"})
    assert answer.status_code in {200, 401, 403}
    assert client.get("/profile/").status_code == 302
