"""Telling holders what became of their certificates, each in their own language, as far as they have accounts."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell

from .lifecycle import CredentialStatus
from .models import Credential

_EVENTS = {
    CredentialStatus.SUSPENDED: Event.CERTIFICATE_SUSPENDED,
    CredentialStatus.REVOKED: Event.CERTIFICATE_REVOKED,
    CredentialStatus.ISSUED: Event.CERTIFICATE_LIFTED,
    CredentialStatus.REPLACED: Event.CERTIFICATE_REPLACED,
}


def tell_holders(credentials: Sequence[Credential], *, to: CredentialStatus, at: datetime, by: Actor) -> int:
    """Return how many accounts were told. The reason stands on the page, never in the notice: it may travel by mail."""
    told = 0
    for each in credentials:
        user = each.enrolment.person.user_id
        if user is not None:
            link = f"/c/{each.token}/verify/"
            told += tell(_EVENTS[to], to=[user], about=each.reference, link=link, at=at, by=by)
    return told
