"""
Letters of applications on their way out: at once after they are written, and by the worker where that failed.

Two senders send nothing twice: each holds the letter that it sends, by the clock of the records (``at``). One that dies leaves it to the
next after ten minutes; then it goes again under the same Message-ID, by which a mail server knows it.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q

from corridor.foundations.access import Actor, Permission

from .models import Letter, LetterMail

_log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 5
AT_ONCE = 50


def _is_free(at: datetime) -> Q:
    waits = Q(mail__in=[LetterMail.WAITING, LetterMail.SENDING])
    return waits & (Q(held_until__isnull=True) | Q(held_until__lt=at))


def send_letters_due(*, at: datetime, by: Actor) -> int:
    """Send what waits and is held by nobody; return how many left. For the worker."""
    by.require(Permission.APPLICATION_MANAGE)
    keys = list(Letter.objects.filter(_is_free(at)).order_by("written_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(send_letter(key, at=at) for key in keys)


def send_letter(key: UUID, *, at: datetime) -> bool:
    """
    Send one letter if it waits and nobody else sends it; answer whether it left. One that fails is tried again later, five times in all;
    then the secretariat finds it among those that could not be sent.
    """
    # One statement decides between two senders.
    taken = Letter.objects.filter(_is_free(at), pk=key).update(
        mail=LetterMail.SENDING, held_until=at + LEASE, attempts=F("attempts") + 1
    )
    if not taken:
        return False
    letter, mine = Letter.objects.select_related("application").get(pk=key), Letter.objects.filter(pk=key)
    if not letter.application.contact_email or not letter.body:
        # An erasure took the address or the text; there is nothing to send any more.
        mine.update(mail=LetterMail.NOT_WANTED, held_until=None)
        return False
    try:
        _message(letter).send()
    except ValueError:
        # An address that is none is not tried again; its words stay out of the server's log.
        _log.warning("A letter of an application has an address that is none.")
        mine.update(mail=LetterMail.FAILED, held_until=None)
        return False
    except (SMTPException, OSError):
        _log.warning("A letter of an application did not leave.", exc_info=True)
        is_last = letter.attempts >= MOST_ATTEMPTS
        mine.update(
            mail=LetterMail.FAILED if is_last else LetterMail.WAITING,
            held_until=None if is_last else at + LEASE * 2 ** (letter.attempts - 1),
        )
        return False
    mine.update(mail=LetterMail.SENT, held_until=None)
    return True


def _message(letter: Letter) -> EmailMessage:
    headers = {
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<letter-{letter.pk}@{urlsplit(settings.PUBLIC_URL).hostname}>",
    }
    return EmailMessage(
        " ".join(letter.subject.split()), letter.body, to=[letter.application.contact_email], headers=headers
    )
