"""Signing lists again before they end, and taking over what was published after an older copy of the records was put back."""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import Step, take_steps

from ..addresses import status_list_url
from ..keys import usable_keys
from ..lifecycle import CREDENTIAL, CredentialStatus
from ..lists import lists_due, sign_lists
from ..models import Credential, StatusList, StrayEntry
from ..proofs.companions import Reason, State, read_reasons
from ..proofs.json_reading import read_object
from ..refusals import OlderThanPublished
from ..remembering import Remembered, lists_behind

logger = logging.getLogger(__name__)
_TO = {
    State.SUSPENDED: CredentialStatus.SUSPENDED,
    State.REVOKED: CredentialStatus.REVOKED,
    State.REPLACED: CredentialStatus.REPLACED,
}


@dataclass(frozen=True)
class CaughtUp:
    """What was taken over from a published list: credentials whose state was missing, and entries that no credential here explains."""

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

    A credential that was revoked or suspended is so again, with the published reason. An entry that no credential here explains stays set, and
    the list gives out no further places.
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
    reasons = {each.index: each for each in read_reasons(read_object(seen.companion))}
    rows = Credential.objects.select_for_update(of=("self",)).filter(status_list=listed)
    known = {each.status_index: each for each in rows.select_related("enrolment__cohort")}
    steps, strays = [], []
    for index, reason in sorted(reasons.items()):
        credential = known.get(index)
        if credential is None or not _leads_there(credential, reason):
            if credential is None or credential.status != _TO[reason.state]:
                strays.append(_stray(listed, reason))
        else:
            last = max(each.effective_on for each in credential.changes.all())
            steps.append(Step(credential, _TO[reason.state], min(max(reason.since, last), on), reason.why))
    take_steps(steps, by=by)
    StrayEntry.objects.bulk_create(strays, ignore_conflicts=True)
    listed.sequence = seen.sequence
    listed.save(update_fields=["sequence"])
    changed = tuple(sorted(step.thing.reference for step in steps if isinstance(step.thing, Credential)))
    return CaughtUp(status_list_url(listed.organisation.reference, listed.number), changed, len(strays))


def _leads_there(credential: Credential, reason: Reason) -> bool:
    # What was replaced has its successor among what was lost: only the published entry can say so.
    return reason.state != State.REPLACED and CREDENTIAL.may_become(credential.status, _TO[reason.state])


def _stray(listed: StatusList, reason: Reason) -> StrayEntry:
    return StrayEntry(
        status_list=listed, index=reason.index, meaning=reason.state.value, since=reason.since, why=reason.why,
        replaced_by=reason.replaced_by,
    )  # fmt: skip
