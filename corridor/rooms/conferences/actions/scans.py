"""Check delegates in at the door: scans come from phones, late and more than once, and none is lost or counted twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..delegating import card_print
from ..models import Conference, Delegate, Scan

AT_ONCE = 500
# A phone's clock is never far off; what it says is from the future is taken as of now.
SKEW = timedelta(minutes=10)


@dataclass(frozen=True)
class ScanDraft:
    """``key`` is made on the device; ``print`` is the fingerprint of the card's code, or ``card`` the code as it was typed."""

    key: UUID
    print: str
    scanned_at: datetime


@dataclass(frozen=True)
class Taken:
    """What became of the scans that were sent: by their keys."""

    kept: tuple[UUID, ...]
    unknown: tuple[UUID, ...]


@transaction.atomic
def check_in(*, conference: Conference, scans: Sequence[ScanDraft], device: str, at: datetime, by: Actor) -> Taken:
    """
    Keep scans of cards. Sent again, a scan is the same scan; a delegate who is scanned twice was there once, at the first of them.

    What is no card of this conference is told back, and nothing is kept of it.

    :raises BadInput: for more than 500 at once.
    """
    by.require(Permission.DELEGATE_CHECK_IN)
    if len(scans) > AT_ONCE:
        raise BadInput([Problem(N_("Send at most %(most)s scans at once."), {"most": AT_ONCE}, column="scans")])
    # Names that were emptied keep their card: who was there is still counted.
    known = {
        card_print(card): key for key, card in Delegate.objects.filter(conference=conference).values_list("pk", "card")
    }
    rows = [
        Scan(
            pk=each.key, delegate_id=known[each.print], device=device[:40], received_at=at,
            scanned_at=each.scanned_at if each.scanned_at <= at + SKEW else at, by_label=by.label,
        )
        for each in scans if each.print in known
    ]  # fmt: skip
    before = set(Scan.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    Scan.objects.bulk_create(rows, ignore_conflicts=True)
    new = len({row.pk for row in rows} - before)
    if new:
        log.record("conferences.checked_in", by=by, subject=conference, count=new)
    return Taken(tuple(row.pk for row in rows), tuple(each.key for each in scans if each.print not in known))
