"""Mail: what is waiting leaves when each account wishes, gathered into one letter, in its language, never in its quiet hours."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256
from smtplib import SMTPException
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from corridor.foundations.access import NIGHTLY

from .events import Event
from .models import MailState, Mute, Notice, Rhythm, Wishes
from .reading import said
from .telling import tell
from .wishing import muting_key, usual_wishes

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 5
MOST_IN_ONE = 50
# Letters of the day and of the week leave in the morning; those of the week on Monday.
MORNING, MONDAY = time(8), 0
# What nobody was told of in time is no news any more: it stands in the product.
STALE = timedelta(days=14)


@dataclass(frozen=True)
class Letter:
    """How a letter went: to which account, with how many notices."""

    user_id: UUID
    notices: int
    is_sent: bool


def send_due(*, at: datetime) -> list[Letter]:
    """
    Send every account whose time has come one letter with what is new. ``at`` is the world's own instant.

    Two senders at once send nothing twice: each holds the notices it sends. A sender that dies leaves them to the next after ten
    minutes: then the same letter goes again under the same Message-ID, by which a mail server knows it, and is never lost. A letter that
    fails is tried again, five times, each time later; then its reader is told in the product.
    """
    _let_stale_go(at)
    waiting = Notice.objects.filter(_free(at)).order_by().values_list("user_id", flat=True).distinct()
    users = list(waiting)
    wishes = {each.user_id: each for each in Wishes.objects.filter(user__in=users)}
    addresses = dict(
        EmailAddress.objects.filter(user__in=users, verified=True, user__is_active=True)
        .order_by("primary", "pk")
        .values_list("user_id", "email")
    )
    letters = []
    for user_id in users:
        wished = wishes.get(user_id) or usual_wishes(user_id)
        if wished.rhythm == Rhythm.NEVER or user_id not in addresses:
            Notice.objects.filter(_free(at), user=user_id).update(mail=MailState.NOT_WANTED)
        elif is_time(wished, at=at, waiting_since=_oldest(user_id, at)):
            letters += _send(user_id, addresses[user_id], wished, at)
    return letters


def is_time(wished: Wishes, *, at: datetime, waiting_since: datetime) -> bool:
    """Whether a letter may leave at that instant, with notices that wait since another."""
    zone = ZoneInfo(wished.zone)
    here, since = at.astimezone(zone), waiting_since.astimezone(zone)
    if _is_quiet(wished, here.time()):
        return False
    if wished.rhythm == Rhythm.AT_ONCE:
        return True
    # The first morning (of a Monday) after the oldest of them was told.
    morning = datetime.combine(since.date(), MORNING, zone)
    if morning <= since:
        morning += timedelta(days=1)
    if wished.rhythm == Rhythm.WEEKLY:
        morning += timedelta(days=(MONDAY - morning.weekday()) % 7)
    return here >= morning


def _is_quiet(wished: Wishes, clock: time) -> bool:
    first, last = wished.quiet_from, wished.quiet_until
    if first is None or last is None or first == last:
        return False
    return first <= clock < last if first < last else clock >= first or clock < last


def _free(at: datetime) -> Q:
    waits = Q(mail=MailState.WAITING) & (Q(held_until__isnull=True) | Q(held_until__lt=at))
    return waits | Q(mail=MailState.SENDING, held_until__lt=at)


def _oldest(user_id: UUID, at: datetime) -> datetime:
    return Notice.objects.filter(_free(at), user=user_id).order_by("told_at").values_list("told_at", flat=True)[0]


def _let_stale_go(at: datetime) -> None:
    Notice.objects.filter(_free(at), told_at__lt=at - STALE).update(mail=MailState.NOT_WANTED)


def _send(user_id: UUID, address: str, wished: Wishes, at: datetime) -> list[Letter]:
    keys = _next_letter(user_id, at)
    # One statement decides between two senders; who comes second holds nothing.
    taken = Notice.objects.filter(_free(at), pk__in=keys).update(
        mail=MailState.SENDING, held_until=at + LEASE, attempts=F("attempts") + 1
    )
    if taken < len(keys):
        Notice.objects.filter(pk__in=keys, mail=MailState.SENDING, held_until=at + LEASE).update(
            mail=MailState.WAITING, held_until=None
        )
        return []
    notices = list(Notice.objects.filter(pk__in=keys).prefetch_related("places").order_by("pk"))
    muted = set(Mute.objects.filter(user=user_id).values_list("event", flat=True))
    wanted = [each for each in notices if each.event not in muted]
    mine = Notice.objects.filter(pk__in=keys, mail=MailState.SENDING)
    try:
        if wanted:
            _letter(user_id, address, wished.language, wanted).send()
    except ValueError:
        # The address is none that mail can be sent to; its words stay out of the server's log.
        logger.warning("A letter with %d notices has an address that is none.", len(wanted))
        _give_up(mine, user_id, at)
        return [Letter(user_id, len(wanted), is_sent=False)]
    except (SMTPException, OSError):
        logger.warning("A letter with %d notices did not leave.", len(wanted), exc_info=True)
        if notices[0].attempts >= MOST_ATTEMPTS:
            _give_up(mine, user_id, at)
        mine.update(mail=MailState.WAITING, held_until=at + LEASE * 2 ** min(notices[0].attempts, MOST_ATTEMPTS))
        return [Letter(user_id, len(wanted), is_sent=False)]
    mine.update(mail=MailState.SENT, held_until=None)
    return [Letter(user_id, len(wanted), is_sent=True)] if wanted else []


def _next_letter(user_id: UUID, at: datetime) -> list[UUID]:
    """What goes into the next letter: one that was tried before goes again as it was, and what came since then goes in another."""
    free = Notice.objects.filter(_free(at), user=user_id)
    held_until = free.order_by("pk").values_list("held_until", flat=True)[0]
    tried = Q(held_until__isnull=True) if held_until is None else Q(held_until=held_until)
    return list(free.filter(tried).order_by("pk").values_list("pk", flat=True)[:MOST_IN_ONE])


def _give_up(mine: QuerySet[Notice], user_id: UUID, at: datetime) -> None:
    """Tell the reader in the product, once a day at most, and not by the mail that does not arrive."""
    with transaction.atomic():
        mine.update(mail=MailState.FAILED, held_until=None)
        once = f"{at:%Y-%m-%d}"
        tell(Event.LETTER_FAILED, to=[user_id], about="", link="/account/e-mail/", at=at, by=NIGHTLY, once=once)
        told = Notice.objects.filter(user=user_id, event=Event.LETTER_FAILED, once=once)
        told.update(mail=MailState.NOT_WANTED)


def _letter(user_id: UUID, address: str, language: str, notices: Sequence[Notice]) -> EmailMessage:
    """Plain text: sentences, each with its link; no name, no value of anybody."""
    with translation.override(language):
        lines = [(said(each).text, settings.PUBLIC_URL + each.link) for each in notices]
        events = {each.event: each.get_event_display() for each in notices}
        mutes = [
            (label, f"{settings.PUBLIC_URL}/notices/mute/{muting_key(user_id, event)}/")
            for event, label in events.items()
        ]
        subject = ngettext("%(number)s notice", "%(number)s notices", len(lines)) % {"number": len(lines)}
        if len(lines) == 1:
            subject = lines[0][0]
        body = render_to_string(
            "notices/letter.txt",
            {"lines": lines, "mutes": mutes, "settings_url": f"{settings.PUBLIC_URL}/notices/settings/"},
        )
    headers = {
        "Auto-Submitted": "auto-generated",
        "Content-Language": translation.to_locale(language).replace("_", "-"),
        "Message-ID": _message_id(notices),
    }
    if len(mutes) == 1:
        headers["List-Unsubscribe"] = f"<{mutes[0][1]}>"
    return EmailMessage(subject=" ".join(subject.split()), body=body, to=[address], headers=headers)


def _message_id(notices: Sequence[Notice]) -> str:
    """The same notices make the same letter."""
    seal = sha256(" ".join(sorted(str(each.pk) for each in notices)).encode()).hexdigest()[:40]
    return f"<{seal}@{urlsplit(settings.PUBLIC_URL).hostname}>"
