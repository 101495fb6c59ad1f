"""The link by which a signer without an account signs: its secret, whoever holds it, the code that goes with it, and both letters."""

import hmac
import logging
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac

from corridor.foundations.access import Actor, Grant, Role
from corridor.foundations.vocabularies.languages import bcp47, choose

from .models import SigningLink

CODE_LASTS = timedelta(minutes=15)
_log = logging.getLogger(__name__)


def link_of(secret: str) -> str:
    return f"{settings.PUBLIC_URL}/sign/{secret}/"


def digest_of_code(link: SigningLink, code: str) -> str:
    """Keyed, for six digits alone are soon tried."""
    return salted_hmac("corridor.agreements.signing_code", f"{link.pk}:{code}", algorithm="sha256").hexdigest()


def fits(link: SigningLink, code: str, *, at: datetime) -> bool:
    if not link.code_digest or link.code_expires_at is None or at >= link.code_expires_at:
        return False
    return hmac.compare_digest(link.code_digest, digest_of_code(link, "".join(code.split())))


def the_signer(link: SigningLink, by: Actor) -> Actor:
    """Whoever came with the link: may do what they could before, read this agreement, and sign it in this office."""
    signer, agreement = link.signer, link.signer.party.agreement
    grants = {Grant(Role.SIGNER, ("agreement", agreement.pk)), Grant(Role.SIGNER, ("signer", signer.pk))}
    label = f"signer of {agreement.reference} for {signer.party.organisation.reference}"
    return Actor(label=label, user_id=by.user_id, grants=by.grants | grants)


def masked(address: str) -> str:
    """So much of an address that its holder knows it again, and nobody else does."""
    name, at, place = address.partition("@")
    return f"{name[:1]}…{at}{place}" if at else ""


def send_link(link: SigningLink, secret: str) -> None:
    """By mail, once the transaction is over; the text is kept nowhere. A letter that cannot be sent is told on the page of the signers."""
    _send_on_commit(link, "signing_link", {"link": link_of(secret), "until": link.expires_at}, at=link.made_at)


def send_code_of(link: SigningLink, code: str, *, at: datetime) -> None:
    _send_on_commit(link, "signing_code", {"code": code}, at=at)


def _send_on_commit(link: SigningLink, name: str, shown: dict[str, object], *, at: datetime) -> None:
    signer, agreement = link.signer, link.signer.party.agreement
    language = bcp47(signer.language)
    title, _language = choose({text.language: text.title for text in agreement.texts.all()}, language)
    known = {
        "agreement": agreement.reference, "title": title, "member": signer.party.organisation.display_name(language),
        "office": signer.office, **shown,
    }  # fmt: skip
    transaction.on_commit(partial(_send, link.pk, signer.email, signer.language, name, known, at=at))


def _send(key: UUID, address: str, language: str, name: str, shown: dict[str, object], *, at: datetime) -> None:
    with translation.override(language):
        subject = " ".join(render_to_string(f"mail/{name}_subject.txt", shown).split())
        message = EmailMessage(subject, render_to_string(f"mail/{name}.txt", shown), to=[address])
        message.extra_headers["Content-Language"] = translation.to_locale(language).replace("_", "-")
        message.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        message.send()
    except (SMTPException, OSError, ValueError):
        _log.exception(
            "A letter to a signer could not be sent; its link can be sent again from the page of the signers."
        )
        SigningLink.objects.filter(pk=key).update(failed_at=at)
    else:
        SigningLink.objects.filter(pk=key, failed_at__isnull=False).update(failed_at=None)
