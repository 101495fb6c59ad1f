"""How an account wishes to be told: rhythm, language, zone, quiet hours, and what it does not wish to hear of by mail."""

from dataclasses import dataclass
from datetime import time
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from django.core import signing
from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.accounts.models import User
from corridor.foundations.audit import log
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from .events import Event
from .models import MailState, Mute, Notice, Rhythm, Wishes

_MUTING = signing.Signer(salt="corridor.notices.mute")


@dataclass(frozen=True)
class WishesDraft:
    """``language`` is one of the product's; ``zone`` a name of the IANA database; quiet hours are both given or neither."""

    rhythm: Rhythm
    language: str
    zone: str
    quiet_from: time | None = None
    quiet_until: time | None = None
    muted: frozenset[str] = frozenset()


def wishes_of(*, by: Actor) -> Wishes:
    """What the asking account wishes; what holds for who never chose."""
    user_id = own_account(by)
    return Wishes.objects.filter(user=user_id).first() or usual_wishes(user_id)


def usual_wishes(user_id: UUID) -> Wishes:
    return Wishes(user_id=user_id, language=settings.LANGUAGE_CODE, zone=settings.HOME_ZONE)


def muted_by(*, by: Actor) -> frozenset[str]:
    return frozenset(Mute.objects.filter(user=own_account(by)).values_list("event", flat=True))


@transaction.atomic
def wish(*, draft: WishesDraft, by: Actor) -> Wishes:
    """
    Keep how the asking account wishes to be told, whole.

    :raises BadInput: for a language or zone that is none, quiet hours with one end, or an event that is none.
    """
    user_id = own_account(by)
    problems = []
    if draft.language not in dict(settings.LANGUAGES):
        problems.append(Problem(N_("Choose one of the languages."), column="language"))
    if draft.zone not in available_timezones():
        problems.append(
            Problem(
                N_("“%(zone)s” is no time zone; write a name like Asia/Vientiane."), {"zone": draft.zone}, column="zone"
            )
        )
    if (draft.quiet_from is None) != (draft.quiet_until is None):
        problems.append(Problem(N_("Quiet hours need a beginning and an end."), column="quiet_until"))
    if draft.muted - set(Event.values):
        problems.append(Problem(N_("There is no such event."), column="muted"))
    if problems:
        raise BadInput(problems)
    wishes, _made = Wishes.objects.update_or_create(
        user_id=user_id,
        defaults={
            "rhythm": draft.rhythm, "language": draft.language, "zone": draft.zone,
            "quiet_from": draft.quiet_from, "quiet_until": draft.quiet_until,
        },
    )  # fmt: skip
    Mute.objects.filter(user=user_id).exclude(event__in=draft.muted).delete()
    Mute.objects.bulk_create(
        [Mute(user_id=user_id, event=event) for event in sorted(draft.muted)], ignore_conflicts=True
    )
    log.record("notices.wished", by=by, subject=User(pk=user_id))
    return wishes


def muting_key(user_id: UUID, event: str) -> str:
    """What stands in a mail's link: whoever holds it can mute this event for this account, and nothing else."""
    return _MUTING.sign(f"{user_id}.{event}")


def event_of_key(*, key: str) -> Event:
    """:raises NotFound: if the key was not given by this installation."""
    return _opened(key)[1]


@transaction.atomic
def mute_by_key(*, key: str, by: Actor) -> Event:
    """Mute by the link of a mail, without signing in. Done twice it stays muted. :raises NotFound: as event_of_key."""
    user_id, event = _opened(key)
    _made, is_new = Mute.objects.get_or_create(user_id=user_id, event=event)
    if is_new:
        Notice.objects.filter(user=user_id, event=event, mail=MailState.WAITING).update(mail=MailState.NOT_WANTED)
        log.record("notices.muted", by=by, subject=User(pk=user_id))
    return event


def _opened(key: str) -> tuple[UUID, Event]:
    try:
        user_id, event = _MUTING.unsign(key).split(".", 1)
        found = UUID(user_id), Event(event)
    except (signing.BadSignature, ValueError):
        raise NotFound(N_("This link mutes nothing; it may have been cut off.")) from None
    if not User.objects.filter(pk=found[0]).exists():
        raise NotFound(N_("This link mutes nothing; it may have been cut off."))
    return found


def own_account(by: Actor) -> UUID:
    """The asking account. :raises AccessDenied: for a visitor."""
    if by.user_id is None:
        raise AccessDenied(N_("Notices belong to an account; sign in first."))
    return by.user_id
