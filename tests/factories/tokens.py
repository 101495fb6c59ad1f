"""Machines that ask the API: tokens, and a client that carries one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from corridor.foundations import clock
from corridor.foundations.accounts.models import User
from corridor.foundations.accounts.tokens import make_token
from corridor.journeys.recognise import recognise

API = "/api/v1"


def token_of(user: User, *, lasts: timedelta = timedelta(days=1)) -> str:
    """A token that acts as that account from now on."""
    by = recognise(user, on=clock.today())
    return make_token(name="a machine", at=clock.real_now(), by=by, lasts=lasts).secret


class Machine:
    """A client of the API. ``token`` empty: a visitor."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token}"} if token else {})

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.client.get(API + path, headers=_named(headers))

    def put(self, path: str, sent: dict[str, Any], **headers: str) -> HttpResponse:
        return self._write(self.client.put, path, sent, headers)

    def post(self, path: str, sent: dict[str, Any], **headers: str) -> HttpResponse:
        return self._write(self.client.post, path, sent, headers)

    def delete(self, path: str, **headers: str) -> HttpResponse:
        return self.client.delete(API + path, headers=_named(headers))

    def send(self, path: str, given: dict[str, Any], **headers: str) -> HttpResponse:
        """A form of several parts, as a browser sends one with a file."""
        return self.client.post(API + path, given, headers=_named(headers))

    def etag(self, path: str) -> str:
        return self.get(path)["ETag"]

    def _write(self, method: Callable[..., Any], path: str, sent: dict[str, Any], headers: dict[str, str]) -> Any:
        return method(API + path, sent, content_type="application/json", headers=_named(headers))


def machine_of(user: User) -> Machine:
    return Machine(token_of(user))


def _named(headers: dict[str, str]) -> dict[str, str]:
    """``if_match="..."`` is the header If-Match."""
    return {name.replace("_", "-").title(): value for name, value in headers.items()}
