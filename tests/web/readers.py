"""Who looks at a page in tests: a browser in which an account with a seat is signed in."""

import re
import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY as OF_WHOM
from allauth.account.internal.userkit import user_id_to_str
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corridor.foundations.accounts.models import User
from corridor.rooms.members.models import Organisation
from tests.factories.actors import make_user
from tests.factories.members import make_seat


def browser_of(role: str, *, member: Organisation | None = None, username: str = "") -> Client:
    """A browser in which somebody with that seat is signed in."""
    user = make_user(username or (f"{role}-{member.reference}" if member else role))
    make_seat(user, role, member=member)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response) -> str:
    """The page without the marks that keep a name in its own direction."""
    return re.sub("</?bdi>|[\u2068\u2069]", "", response.content.decode())


def statements_of(browser: Client, address: str) -> int:
    """How often the page asks the database, once what a first page keeps is kept."""
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    return len(asked)


def just_proved(browser: Client, *, method: str = "password") -> Client:
    """The same browser, in which its account has proved itself a moment ago: by a password, or twice (``mfa``)."""
    session = browser.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time()}]
    session[OF_WHOM] = user_id_to_str(User.objects.get(pk=session[SESSION_KEY]))
    session.save()
    return browser
