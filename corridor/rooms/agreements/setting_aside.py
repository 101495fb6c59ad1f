"""What becomes of signatures when another text is put before the parties, or none: they stay to be read, and count no more."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.audit import log

from .models import Agreement, AgreementParty, Signature, SigningLink


def set_aside_signatures(agreements: Sequence[Agreement], *, at: datetime, by: Actor) -> int:
    """
    Called by the action that changes the text or takes it off the table; it holds the agreements and has asked who may.

    Links that are open end too, for they are good for the text that they were made for alone. Return how many signatures there were.
    """
    parties = AgreementParty.objects.filter(agreement__in=agreements)
    counting = Signature.objects.filter(party__in=parties, superseded_at__isnull=True)
    held = list(counting)
    counting.update(superseded_at=at)
    parties.filter(signed_on__isnull=False).update(
        signed_on=None, signed_at=None, signed_hash="", signed_by="", signed_as="", signature="", scan=None
    )
    SigningLink.objects.filter(signer__party__in=parties, used_at__isnull=True, ended_at__isnull=True).update(
        ended_at=at
    )
    log.record_each("agreements.signature_set_aside", by=by, subjects=held)
    return len(held)
