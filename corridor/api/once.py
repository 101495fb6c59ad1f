"""Creations: each is sent under a key (Idempotency-Key), so that sending it again makes nothing twice."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from corridor.foundations import clock
from corridor.foundations.repeats.answering import answer_once
from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_

from .etags import tagged

HEADER = "Idempotency-Key"
# For ``openapi_extra`` of an operation that makes something; description.py then asks for no version.
MAKES: dict[str, Any] = {
    "parameters": [
        {
            "name": HEADER,
            "in": "header",
            "required": True,
            "schema": {"type": "string", "maxLength": 80},
            "description": "A key of your own choice for this one creation; sent again under it, the first answer is given again",
        }
    ]
}

# For ``openapi_extra`` of an operation whose parts carry keys of their own: sent again they are the same, and no version is asked for.
REPEATABLE: dict[str, Any] = {"x-repeatable": True}


class NoKeyNamed(Refusal):
    """A creation must carry a key. Doors answer 428."""


def made_once[Thing: Schema](
    request: HttpRequest, response: HttpResponse, kind: type[Thing], make: Callable[[], Thing], *, sent: bytes | None = None
) -> Thing:  # fmt: skip
    """
    Make the thing, or answer again what was answered under the same key; its ETag goes with the answer. ``sent`` stands for the body where
    that was a form with a file (files.py).

    :raises NoKeyNamed: without the header.
    """
    key = request.headers.get(HEADER, "").strip()
    if not key:
        raise NoKeyNamed(
            N_("Send a key of your own in the header Idempotency-Key, so that sending it again makes nothing twice.")
        )
    answered = answer_once(
        key=key,
        sent=request.path.encode() + b"\n" + (request.body if sent is None else sent),
        make=lambda: make().model_dump_json(),
        at=clock.real_now(),
        by=request.auth,
    )
    if answered.is_again:
        response["Idempotency-Replayed"] = "true"
    return tagged(kind.model_validate_json(answered.text), response)
