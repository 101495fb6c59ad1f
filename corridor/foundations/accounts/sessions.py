"""Where an account is signed in: each browser with when it began and was last seen. Ending one takes effect at its next page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.kernel.wording import N_

from .models import User


@dataclass(frozen=True)
class SessionRow:
    """``network`` is the address with its last part left out: enough to know a place again, too little to find a person."""

    id: int
    browser: str
    system: str
    network: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def list_sessions(*, this: str | None, by: Actor) -> list[SessionRow]:
    """The asking account's own sessions, this one first, then the latest seen. ``this`` is the key of the one that asks."""
    kept = list(UserSession.objects.filter(user_id=_own(by)))
    alive = set(
        Session.objects.filter(session_key__in=[each.session_key for each in kept]).values_list(
            "session_key", flat=True
        )
    )
    rows = [_row(each, this) for each in kept if each.session_key in alive]
    return sorted(rows, key=lambda row: (not row.is_this, -row.seen_at.timestamp()))


@transaction.atomic
def end_session(*, session_id: int, by: Actor) -> None:
    """:raises NotFound: if the account has no such session."""
    found = UserSession.objects.filter(pk=session_id, user_id=_own(by)).first()
    if found is None:
        raise NotFound(N_("You have no such session."))
    _end([found])
    log.record("accounts.session_ended", by=by, subject=found.user)


@transaction.atomic
def end_other_sessions(*, this: str | None, by: Actor) -> int:
    """End every session of the asking account but this one. Return how many."""
    found = list(UserSession.objects.filter(user_id=_own(by)).exclude(session_key=this or ""))
    _end(found)
    log.record("accounts.other_sessions_ended", by=by, subject=User.objects.get(pk=by.user_id), count=len(found))
    return len(found)


def note_seen(*, key: str, at: datetime) -> None:
    """The session of that key was used just now. Not an action: nobody decides it, and nothing is remembered of it but the last time."""
    UserSession.objects.filter(session_key=key).update(last_seen_at=at)


def end_all_sessions(*, user: User) -> int:
    """For actions that close an account; they have asked already who may. Return how many there were."""
    found = list(UserSession.objects.filter(user=user))
    _end(found)
    return len(found)


def _end(sessions: Sequence[UserSession]) -> None:
    Session.objects.filter(session_key__in=[each.session_key for each in sessions]).delete()
    UserSession.objects.filter(pk__in=[each.pk for each in sessions]).delete()


def _row(session: UserSession, this: str | None) -> SessionRow:
    browser, system = device_words(session.user_agent)
    return SessionRow(
        id=session.pk,
        browser=browser,
        system=system,
        network=shortened(session.ip),
        began_at=session.created_at,
        seen_at=session.last_seen_at,
        is_this=session.session_key == this,
    )


_BROWSERS = (
    ("MicroMessenger", "WeChat"), ("EdgiOS", "Edge"), ("EdgA", "Edge"), ("Edg", "Edge"), ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"), ("FxiOS", "Firefox"), ("Firefox", "Firefox"), ("CriOS", "Chrome"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("Windows", "Windows"),
    ("Macintosh", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_words(user_agent: str) -> tuple[str, str]:
    """The names of the browser and the system, as their makers write them; empty where they are not known."""
    return tuple(next((word for part, word in table if part in user_agent), "") for table in (_BROWSERS, _SYSTEMS))  # type: ignore[return-value]


def shortened(address: str) -> str:
    """198.51.100.x, or the first 48 bits of an IPv6 address."""
    parsed = ip_address(address)
    if parsed.version == 4:
        return address.rpartition(".")[0] + ".x"
    return str(ip_network((parsed, 48), strict=False).network_address) + "x"


def _own(by: Actor) -> UUID:
    if by.user_id is None:
        raise AccessDenied(N_("Sessions belong to an account; sign in first."))
    return by.user_id
