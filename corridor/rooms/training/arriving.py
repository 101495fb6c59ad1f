"""
The code of a session that changes twice a minute: what it holds, and how it is read back.

A code names a showing and a step of time, and is signed with the key of that showing. Whoever holds the key makes codes without a network,
so the page of the trainer goes on when the network does not (docs/rules/journal.md, "Learners who say that they are there").
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from corridor.kernel.wording import N_

from .models import ArrivalScreen
from .refusals import CodeIsOld, NoSuchCode

STEP_SECONDS = 30
# A code is taken in its own step and in the two after it: time to raise the phone, and to open the page on a slow line.
OLDEST_STEPS = 2
SIGNATURE_BYTES = 12
CODE_BYTES = 16 + 4 + SIGNATURE_BYTES


@dataclass(frozen=True, slots=True)
class ReadCode:
    """A code whose signature is right; how old it is has not been asked."""

    screen: ArrivalScreen
    step: int


def key_of(screen: ArrivalScreen) -> bytes:
    """The key of one showing; from the nonce alone nobody makes it."""
    return salted_hmac("corridor.arrivals", screen.nonce, algorithm="sha256").digest()


def step_at(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def code_of(screen: ArrivalScreen, step: int) -> str:
    """43 letters, digits, - and _."""
    body = screen.pk.bytes + step.to_bytes(4, "big")
    return urlsafe_b64encode(body + _signature(screen, body)).rstrip(b"=").decode()


def address_of(code: str) -> str:
    return f"{settings.PUBLIC_URL}/arrive/{code}/"


def read_code(code: str) -> ReadCode:
    """:raises NoSuchCode: if it is none, of no showing, or signed with another key."""
    try:
        raw = urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except (Error, ValueError):
        raw = b""
    if len(raw) == CODE_BYTES:
        screen = ArrivalScreen.objects.select_related("session__cohort__site").filter(pk=UUID(bytes=raw[:16])).first()
        if screen is not None and hmac.compare_digest(raw[20:], _signature(screen, raw[:20])):
            return ReadCode(screen, int.from_bytes(raw[16:20], "big"))
    raise NoSuchCode(N_("This is no code of a session. Scan the one on the screen in the room."))


def require_fresh(read: ReadCode, *, scanned_at: datetime) -> None:
    """:raises CodeIsOld: if it was not on the screen when it was scanned, or within a minute before."""
    if not -1 <= step_at(scanned_at) - read.step <= OLDEST_STEPS:
        raise CodeIsOld(N_("This code is not on the screen any more. Scan the one that is there now."))


def phone_print(phone: str) -> str:
    """What is kept of a phone: enough to know it again, and nothing that says which."""
    return salted_hmac("corridor.phones", phone, algorithm="sha256").hexdigest()


def _signature(screen: ArrivalScreen, body: bytes) -> bytes:
    return hmac.new(key_of(screen), body, sha256).digest()[:SIGNATURE_BYTES]
