"""Signing the register of issuers: a new edition when what it says has changed, or before the last one ends."""

from datetime import date, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.models import AuditKey
from corridor.foundations.contested import contested
from corridor.kernel.wording import N_

from ..addresses import alliance_did, register_url
from ..alliance import alliance_signer
from ..issuers import listed_issuers
from ..models import RegisterEdition
from ..proofs.data_integrity import as_text
from ..proofs.registers import content_sha256, sign_register
from ..refusals import RegisterIsSigned
from ..remembering import remember_number_later, remembered_number

MEMORY = "register"


@transaction.atomic
def sign_issuers(*, on: date, at: datetime, by: Actor) -> RegisterEdition:
    """
    Sign who might issue what as the next edition. ``at`` is the world's own instant.

    :raises NoAllianceKey: without the alliance's key. :raises RegisterIsSigned: if the last edition says the same and lasts.
    """
    by.require(Permission.ISSUERS_SIGN)
    issuers = listed_issuers()
    content = content_sha256(issuers)
    last = RegisterEdition.objects.order_by("-number").first()
    if last is not None and last.content_sha256 == content and not _ends_soon(last, at):
        raise RegisterIsSigned(
            N_("Edition %(number)s says the same and may be relied on until %(day)s."),
            number=last.number, day=last.valid_until.date(),
        )  # fmt: skip
    key, signer = alliance_signer()
    # Above everything that ever left, also where an older copy of the records was put back.
    number = max(last.number if last else 0, remembered_number(MEMORY)) + 1
    ends = at + timedelta(days=max(1, settings.REGISTER_DAYS))
    document = sign_register(
        url=register_url(number), alliance=settings.PUBLIC_URL, alliance_did=alliance_did(), number=number, day=on,
        previous=sha256(last.document.encode()).hexdigest() if last else "", issuers=issuers, key=signer, created=at,
        valid_until=ends,
    )  # fmt: skip
    made = RegisterEdition(
        number=number,
        day=on,
        signed_at=at,
        valid_until=ends,
        content_sha256=content,
        document=as_text(document),
        key=key,
    )
    with contested(lambda: _require_free(number)):
        made.save(force_insert=True)
    remember_number_later(MEMORY, number)
    log.record("credentials.issuers_signed", by=by, subject=made)
    return made


def register_is_due(*, at: datetime, by: Actor) -> bool:
    """Whether the nightly work should sign one: the alliance has a key and issuers, and what is published is past or says something else."""
    by.require(Permission.ISSUERS_SIGN)
    if not AuditKey.objects.filter(ended_at__isnull=True).exists():
        return False
    last = RegisterEdition.objects.order_by("-number").first()
    issuers = listed_issuers()
    if last is None:
        return bool(issuers)
    return _ends_soon(last, at) or last.content_sha256 != content_sha256(issuers)


def _ends_soon(last: RegisterEdition, at: datetime) -> bool:
    return at + (last.valid_until - last.signed_at) / 2 > last.valid_until


def _require_free(number: int) -> None:
    if RegisterEdition.objects.filter(number=number).exists():
        raise RegisterIsSigned(N_("Edition %(number)s was signed a moment ago."), number=number)
