"""Accounts with a password, and signing in with it by the page, as people do."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from corridor.foundations.accounts.models import User
from tests.factories.actors import make_user

PASSWORD = "nine-bridges-over-the-river"


def make_account(name: str = "mei", *, email: str = "") -> User:
    user = make_user(name, password=PASSWORD)
    if email:
        user.emailaddress_set.create(email=email, verified=True, primary=True)
    return user


def sign_in(name: str = "mei", password: str = PASSWORD, *, client: Client | None = None) -> Client:
    client = client or Client()
    assert client.post("/sign-in/", {"username": name, "password": password}).status_code == 302
    return client


def set_up_app(client: Client) -> str:
    """Set up the app for codes; return its secret."""
    page = client.get("/account/app/").content.decode()
    secret = re.search(r'id="secret"[^>]*value="([A-Z2-7]+)"', page).group(1)
    assert client.post("/account/app/", {"code": code_of(secret)}).status_code == 302
    return secret


def code_of(secret: str, *, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())) + ahead))


def links_in(letter: mail.EmailMessage) -> list[str]:
    return [re.sub(r"^https?://[^/]+", "", link) for link in re.findall(r"https?://\S+", letter.body)]


def forget_the_sign_in(client: Client) -> None:
    """As if it had been more than a quarter of an hour ago."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 16 * 60
    session.save()
