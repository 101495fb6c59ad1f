"""The version of a single thing as it was read (ETag), and the one that a write must name (If-Match)."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_


class NoVersionNamed(Refusal):
    """A write must say which version it changes. Doors answer 428."""


class VersionIsPast(Refusal):
    """The thing is no longer the one that was read. The API answers 412."""


def etag_of(thing: Schema) -> str:
    """The same for the same content as this reader sees it."""
    return f'"{sha256(thing.model_dump_json().encode()).hexdigest()[:32]}"'


def tagged[Thing: Schema](thing: Thing, response: HttpResponse) -> Thing:
    """The thing, with its ETag on the response that will carry it."""
    response["ETag"] = etag_of(thing)
    response["Cache-Control"] = "private, no-cache"
    return thing


def require_version(request: HttpRequest, thing: Schema) -> None:
    """:raises NoVersionNamed: without If-Match, or with ``*``. :raises VersionIsPast: if it names another version."""
    named = [part.strip() for part in request.headers.get("If-Match", "").split(",") if part.strip()]
    if not named or named == ["*"]:
        raise NoVersionNamed(
            N_("Read it first, then send its ETag in the header If-Match, so that nobody's change is lost.")
        )
    if etag_of(thing) not in named:
        raise VersionIsPast(N_("It was changed since you read it. Read it again, compare, and send it again."))
