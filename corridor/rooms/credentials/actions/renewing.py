"""Signing lists again before they end, and taking over what was published after an older copy of the records was put back."""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log

from ..addresses import status_list_url
from ..following import follow
from ..keys import usable_keys
from ..lists import lists_due, sign_lists
from ..models import StatusList
from ..proofs.companions import read_reasons
from ..proofs.json_reading import read_published
from ..refusals import OlderThanPublished
from ..remembering import Remembered, lists_behind

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class CaughtUp:
    """What was taken over from a published list: what had another state here, by reference, and entries that nothing here explains."""

    address: str
    credentials: tuple[str, ...]
    strays: int


def renew_lists(*, at: datetime, by: Actor) -> int:
    """Sign the lists again of which half the time is over; return how many. Lists of members without a key that signs are left."""
    by.require(Permission.CREDENTIAL_REVOKE)
    renewed = 0
    for listed in lists_due(at=at).select_related("organisation"):
        if not usable_keys(listed.organisation_id, at=at).exists():
            continue
        try:
            with transaction.atomic():
                sign_lists([listed], at=at)
        except OlderThanPublished:
            logger.warning("A list is older than the one that was published; see ./run check.")
        else:
            renewed += 1
    return renewed


@transaction.atomic
def catch_up(*, on: date, at: datetime, by: Actor, dry_run: bool = False) -> list[CaughtUp]:
    """
    After an older copy of the records was put back: bring every list to what was published, and sign it with a higher number.

    A credential or an attestation that was revoked or suspended is so again, with the published reason. An entry that nothing here explains
    stays set, and the list gives out no further places.
    """
    by.require(Permission.CREDENTIAL_REVOKE)
    done = []
    for listed, seen in lists_behind():
        held = StatusList.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=listed.pk)
        done.append(_take_over(held, seen, on=on, by=by))
        sign_lists([held], at=at)
        log.record("credentials.list_caught_up", by=by, subject=held)
    if dry_run:
        transaction.set_rollback(True)
    return done


def _take_over(listed: StatusList, seen: Remembered, *, on: date, by: Actor) -> CaughtUp:
    done = follow(listed, read_reasons(read_published(seen.companion)), on=on, by=by)
    listed.sequence = seen.sequence
    listed.save(update_fields=["sequence"])
    return CaughtUp(status_list_url(listed.organisation.reference, listed.number), done.changed, done.strays)
