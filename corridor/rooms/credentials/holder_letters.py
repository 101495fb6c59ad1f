"""The link by which a holder without an account comes to the own certificates: its secret, the codes that go with it, and the letters."""

import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass
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

from corridor.foundations.attempts import Attempts
from corridor.kernel.wording import N_

from .models import Credential, HolderLink
from .refusals import WrongHolderCode

CODE_LASTS = timedelta(minutes=15)
CODES_TRIED = Attempts("credentials.holder-codes-tried", most=5, within=CODE_LASTS)
OPENING = "opening"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class MadeLink:
    """``secret`` is in the letter or on the paper; nobody can read it again."""

    link: HolderLink
    secret: str

    @property
    def address(self) -> str:
        return address_of_link(self.secret)


def address_of_link(secret: str) -> str:
    return f"{settings.PUBLIC_URL}/claim/{secret}/"


def joining(user: UUID) -> str:
    """What a code is for that joins to this account: it serves nothing else."""
    return f"joining {user}"


def give_code(link: HolderLink, code: str, *, what_for: str, at: datetime) -> None:
    link.code_digest, link.code_expires_at = _digest_of_code(link, code, what_for), at + CODE_LASTS
    link.save(update_fields=["code_digest", "code_expires_at"])


def fits(link: HolderLink, code: str, *, what_for: str, at: datetime) -> bool:
    if not link.code_digest or link.code_expires_at is None or at >= link.code_expires_at:
        return False
    return hmac.compare_digest(link.code_digest, _digest_of_code(link, "".join(code.split()), what_for))


def require_code(link: HolderLink, code: str, *, what_for: str, at: datetime) -> None:
    """:raises WrongHolderCode: if it is not the one that was sent last, or its time is over. :raises TooManyAttempts: after five."""
    CODES_TRIED.require_left(link.pk)
    if fits(link, code, what_for=what_for, at=at):
        return
    if link.code_expires_at is None or at >= link.code_expires_at:
        raise WrongHolderCode(
            N_("There is no code that works now: each lasts a quarter of an hour. Have a new one sent.")
        )
    CODES_TRIED.count(link.pk)
    raise WrongHolderCode(N_("That is not the code that was sent last. Look into the latest letter."))


def send_link(link: HolderLink, secret: str) -> None:
    """By mail, once the transaction is over; the text is kept nowhere."""
    shown = {"link": address_of_link(secret), "until": link.expires_at}
    transaction.on_commit(partial(_send, link.pk, link.email, link.language, "holder_link", shown, at=link.made_at))


def send_code(link: HolderLink, code: str, *, to: str, at: datetime) -> None:
    transaction.on_commit(partial(_send, link.pk, to, link.language, "holder_code", {"code": code}, at=at))


def send_wallet_code(credential: Credential, code: str, *, to: str, language: str) -> None:
    """The transaction code of an offer that an office made for the holder."""
    shown = {"certificate": credential.reference, "code": code}
    transaction.on_commit(partial(_send, None, to, language, "wallet_code", shown, at=None))


def _digest_of_code(link: HolderLink, code: str, what_for: str) -> str:
    # Keyed, for six digits alone are soon tried.
    said = f"{link.pk}:{what_for}:{code}"
    return salted_hmac("corridor.credentials.holder_code", said, algorithm="sha256").hexdigest()


def _send(
    key: UUID | None, address: str, language: str, name: str, shown: Mapping[str, object], *, at: datetime | None
) -> None:
    with translation.override(language):
        subject = " ".join(render_to_string(f"mail/{name}_subject.txt", shown).split())
        message = EmailMessage(subject, render_to_string(f"mail/{name}.txt", shown), to=[address])
        message.extra_headers["Content-Language"] = translation.to_locale(language).replace("_", "-")
        message.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        message.send()
    except (SMTPException, OSError, ValueError):
        _log.exception(
            "A letter to a holder could not be sent; a new one can be sent from the page of the certificate."
        )
        HolderLink.objects.filter(pk=key).update(failed_at=at)
    else:
        HolderLink.objects.filter(pk=key, failed_at__isnull=False).update(failed_at=None)
