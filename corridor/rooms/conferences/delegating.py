"""The link by which a delegate comes back, and the code on the name card."""

from hashlib import sha256
from secrets import choice

from django.conf import settings

from corridor.foundations.access import Actor, Grant, Role

from .models import Delegate

# No letters that are read as digits: a code is typed at the door when the camera does not read it.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CARD_LETTERS = 8


def new_card_code() -> str:
    """Forty bits and a little: nobody guesses one of five hundred, and one is typed in a moment."""
    return "".join(choice(LETTERS) for _ in range(CARD_LETTERS))


def card_print(card: str) -> str:
    """What a phone at the door knows of a card."""
    return sha256(card.encode()).hexdigest()


def as_delegate(delegate: Delegate, by: Actor) -> Actor:
    """Whoever came with the link: may do what they could before, and write their own registration."""
    grant = Grant(Role.DELEGATE, ("delegate", delegate.pk))
    return Actor(label=f"delegate {delegate.reference}", user_id=by.user_id, grants=by.grants | {grant})


def link_of(secret: str) -> str:
    return f"{settings.PUBLIC_URL}/delegates/{secret}/"
