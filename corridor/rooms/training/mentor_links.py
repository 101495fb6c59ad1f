"""The link by which a mentor without an account confirms the weeks of one placement: its secret, who holds it, and the letter."""

import logging
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from corridor.foundations.access import Actor, Grant, Role

from .models import MentorLink, Placement

_log = logging.getLogger(__name__)


def link_of(secret: str) -> str:
    return f"{settings.PUBLIC_URL}/mentor/{secret}/"


def the_mentor(link: MentorLink, by: Actor) -> Actor:
    """Whoever came with the link: may do what they could before, and confirm the weeks of this placement."""
    grants = by.grants | {Grant(Role.MENTOR, ("placement", link.placement_id))}
    return Actor(label=f"mentor of {link.placement.reference}", user_id=by.user_id, grants=grants)


def send_link(link: MentorLink, secret: str) -> None:
    """By mail, once the transaction is over; the text is kept nowhere."""
    placement = link.placement
    shown = {"placement": placement.reference, "link": link_of(secret), "until": link.expires_at}
    transaction.on_commit(partial(_send, placement, shown))


def _send(placement: Placement, shown: dict[str, object]) -> None:
    with translation.override(placement.mentor_language):
        company = placement.company.display_name(placement.mentor_language)
        subject = " ".join(render_to_string("mail/mentor_link_subject.txt", {**shown, "company": company}).split())
        text = render_to_string("mail/mentor_link.txt", {**shown, "company": company})
        message = EmailMessage(subject, text, to=[placement.mentor_email])
        message.extra_headers["Content-Language"] = translation.to_locale(placement.mentor_language).replace("_", "-")
        message.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        message.send()
    except (SMTPException, OSError, ValueError):
        _log.exception(
            "A letter to a mentor could not be sent; its link can be made again on the page of the placement."
        )
