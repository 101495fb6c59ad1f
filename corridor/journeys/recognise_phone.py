"""
The phone of a learner, known again by what it carries, and for whom it says that they are there where the learner wished so.

What it carries opens nothing else, and ends when the password of the account changes or the account is closed.
"""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.core import signing
from django.utils.crypto import constant_time_compare

from corridor.foundations.access import VISITOR, Actor
from corridor.foundations.accounts.models import User

from .recognise import recognise

_SALT = "corridor.own-phone"


@dataclass(frozen=True, slots=True)
class OwnPhone:
    """``key`` knows the phone again; ``by`` is whoever it speaks for, the visitor where it speaks for nobody."""

    key: str
    by: Actor
    carried: str


def read_phone(*, carried: str, on: date) -> OwnPhone:
    """What a phone carries, as it holds today; a phone without it, or with something else, is a new one that speaks for nobody."""
    try:
        told = signing.loads(carried, salt=_SALT)
        key, user_id, mark = str(told["key"]), str(told["user"]), str(told["mark"])
    except (signing.BadSignature, ValueError, TypeError, KeyError):
        return phone_of(key=str(uuid4()), user=None, on=on)
    user = User.objects.filter(pk=user_id).first() if user_id else None
    if user is None or not constant_time_compare(mark, _mark_of(user)):
        return phone_of(key=key, user=None, on=on)
    return OwnPhone(key, recognise(user, on=on), carried)


def phone_of(*, key: str, user: User | None, on: date) -> OwnPhone:
    """The phone with this key, from now on speaking for that account, or for nobody."""
    told = {"key": key, "user": str(user.pk) if user else "", "mark": _mark_of(user) if user else ""}
    return OwnPhone(key, recognise(user, on=on) if user else VISITOR, signing.dumps(told, salt=_SALT))


def _mark_of(user: User) -> str:
    return user.get_session_auth_hash()[:16]
