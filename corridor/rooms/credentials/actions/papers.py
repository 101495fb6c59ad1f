"""The words of papers, signed later: for what was issued before there were such words, or while its issuer had no key."""

from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log

from ..lifecycle import CredentialStatus
from ..models import Credential
from ..papers import sign_papers_held

AT_ONCE = 50


@transaction.atomic
def sign_papers(*, at: datetime, by: Actor, after: str = "", limit: int = AT_ONCE) -> tuple[int, str]:
    """
    Sign the words of up to ``limit`` certificates in force that have none, after the reference ``after``. Return how many were signed and the
    last reference that was looked at: call again with it until that is empty. Whose issuer signs no more stays without.
    """
    by.require(Permission.CREDENTIAL_AWARD)
    waiting = Credential.objects.select_for_update(of=("self",)).filter(
        status=CredentialStatus.ISSUED, signed_words="", reference__gt=after
    )
    held = list(waiting.exclude(document="").select_related("cohort").order_by("reference")[:limit])
    signed = sign_papers_held(held, at=at)
    log.record_each("credentials.words_signed", by=by, subjects=signed)
    return len(signed), held[-1].reference if held else ""
