"""Merging announcements: the conferences' room keeps the lines, the agreements' room says which promise was answered already."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.kernel.wording import N_
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.agreements.lifecycle import AgreementStatus
from corridor.rooms.conferences import actions
from corridor.rooms.conferences.actions import BothAnswered, Merging
from corridor.rooms.conferences.models import Announcement

RUNNING = (AgreementStatus.IN_FORCE.value, AgreementStatus.ACTIVATED.value)


@transaction.atomic
def merge_announcements(*, merges: Sequence[Merging], by: Actor) -> list[Announcement]:
    """
    Merge announcements with others that stand; see the room's action for what it refuses.

    :raises BothAnswered: if both have agreements in force that answer them.
    """
    merged = actions.merge_announcements(merges=merges, by=by)
    for merge in merges:
        here = _running(merge.announcement, merge, by=by)
        there = _running(merge.into, merge, by=by)
        if here and there:
            raise BothAnswered(
                N_(
                    "Both have agreements in force: %(agreement)s answers %(announcement)s, and %(other)s answers %(standing)s. "
                    "End or supersede one of the two agreements first; then merge the announcements."
                ),
                agreement=here, announcement=merge.announcement.reference, other=there, standing=merge.into.reference,
            )  # fmt: skip
    return merged


def _running(announcement: Announcement, merge: Merging, *, by: Actor) -> str:
    answering: Iterable[Any] = agreements.agreements_answering(announcement=announcement.reference, by=by, on=merge.on)
    return next((each.reference for each in answering if each.status_then in RUNNING), "")
