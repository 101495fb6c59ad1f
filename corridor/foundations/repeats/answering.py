"""Doing once what is sent twice: a machine that heard no answer sends the same again, and must not have made two things."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.contested import contested
from corridor.kernel.errors import AccessDenied, BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from .models import KeptAnswer

# Longer than any machine goes on trying.
KEPT_FOR = timedelta(days=7)
LONGEST = 80


class KeyInUse(WrongMoment):
    """The key belongs to something else that was sent, or the first of two has not been answered yet."""


class Answered(NamedTuple):
    text: str
    is_again: bool


@transaction.atomic
def answer_once(*, key: str, sent: bytes, make: Callable[[], str], at: datetime, by: Actor) -> Answered:
    """
    Do ``make`` and keep what it answers; under the same key of the same account the answer that was given is given again.

    What is refused is not kept: it may be sent again, put right, under the same key.

    :raises KeyInUse: if something else was sent under that key, or the same is being done in this moment.
    :raises BadInput: for a key that is too long or holds control characters. :raises AccessDenied: if nobody is signed in.
    """
    if by.user_id is None:
        raise AccessDenied(N_("Only an account makes something; send a token."))
    if not key.isprintable() or len(key) > LONGEST:
        problem = Problem(
            N_("A key has at most %(most)s printable characters."), {"most": LONGEST}, column="Idempotency-Key"
        )
        raise BadInput([problem])
    fingerprint = sha256(sent).hexdigest()
    held = KeptAnswer.objects.filter(user=by.user_id, key=key).first()
    if held is not None:
        if held.sent != fingerprint:
            raise KeyInUse(N_("Something else was sent under this key. Send each new thing under a key of its own."))
        return Answered(held.answer, is_again=True)
    text = make()
    with contested(lambda: _refuse_second(key, by)):
        KeptAnswer.objects.create(user_id=by.user_id, key=key, sent=fingerprint, answer=text, made_at=at)
    return Answered(text, is_again=False)


@transaction.atomic
def forget_answers(*, at: datetime) -> int:
    """Remove the answers that nobody asks for any more. Returns how many went."""
    gone, _kinds = KeptAnswer.objects.filter(made_at__lt=at - KEPT_FOR).delete()
    return gone


def _refuse_second(key: str, by: Actor) -> None:
    if KeptAnswer.objects.filter(user=by.user_id, key=key).exists():
        raise KeyInUse(N_("The same was sent a moment ago and is done already. Send it again to read the answer."))
