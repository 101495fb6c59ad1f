"""Links that were made for the holder of a certificate, for who hands certificates over, and the sheets on which they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from corridor.foundations.access import Actor, Permission
from corridor.foundations.notices.models import Wishes

from ..holder_letters import MadeLink
from ..holder_sheets import print_sheets
from ..models import Credential, HolderLink
from .printing import certificate_facts


@dataclass(frozen=True)
class LinkRow:
    """``state``: "open", "used", "ended" or "expired"."""

    link: HolderLink
    state: str


def links_of(*, credential: Credential, at: datetime, by: Actor) -> list[LinkRow]:
    """The latest first. :raises AccessDenied: for who hands no certificates over."""
    by.require(Permission.CREDENTIAL_HAND_OVER, on=credential)
    return [LinkRow(each, _state(each, at)) for each in HolderLink.objects.filter(credential=credential)[:20]]


def language_of_holder(*, credential: Credential, by: Actor) -> str:
    """The language that the holder's account reads; that of the house where there is no account."""
    by.require(Permission.CREDENTIAL_HAND_OVER, on=credential)
    user = credential.enrolment.person.user_id
    found = Wishes.objects.filter(user=user).values_list("language", flat=True).first() if user else None
    return found if found in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def holder_sheets(*, made: Sequence[MadeLink], on: date, by: Actor) -> bytes:
    """
    A sheet for each holder (PDF), with the code that opens the certificates once, in the language of its link.

    :raises CannotPrint: if a name holds a character that no font has.
    """
    names = [(each, certificate_facts(credential=each.link.credential, by=by).learner_names) for each in made]
    return print_sheets(names, on=on)


def _state(link: HolderLink, at: datetime) -> str:
    if link.used_at is not None:
        return "used"
    if link.ended_at is not None:
        return "ended"
    return "open" if at < link.expires_at else "expired"
