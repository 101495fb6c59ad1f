"""The letter of an invitation: the alliance's name, the link and its last day, and nothing about anyone."""

import logging
from datetime import datetime
from functools import partial
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

_log = logging.getLogger(__name__)


def send_on_commit(*, address: str, link: str, until: datetime, language: str) -> None:
    """Send it once the account exists. A mail server that is away costs the letter, never the account: it can be sent again."""
    transaction.on_commit(partial(_send, address=address, link=link, until=until, language=language))


def _send(*, address: str, link: str, until: datetime, language: str) -> None:
    with translation.override(language):
        shown = {"link": link, "until": until}
        subject = " ".join(render_to_string("mail/invitation_subject.txt", shown).split())
        message = EmailMessage(subject, render_to_string("mail/invitation.txt", shown), to=[address])
    try:
        message.send()
    except (SMTPException, OSError):
        _log.exception("An invitation could not be sent; its link can be sent again from the list of accounts.")
