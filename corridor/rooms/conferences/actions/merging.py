"""Merge an announcement with another: its number leads to the one that stands, and both lines stay on the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..ledger import AlreadyMerged, MergedInACircle, hold
from ..lifecycle import AnnouncementStatus
from ..models import Announcement


@dataclass(frozen=True)
class Merging:
    """``announcement`` no longer stands by itself from that day on; ``into`` stands in its place."""

    announcement: Announcement
    into: Announcement
    on: date
    reason: str


@transaction.atomic
def merge_announcements(*, merges: Sequence[Merging], by: Actor) -> list[Announcement]:
    """
    Merge announcements with others. Call journeys.merge_announcements, which also asks for the agreements that answer them.

    What was reported under the old number is read with the one that stands, and nothing more is due under it.

    :raises AlreadyMerged: if one of the two was merged before. :raises MergedInACircle: if it would lead to itself.
    :raises WrongMoment: if one is not confirmed, or has ended. :raises BadInput: without a reason.
    """
    by.require(Permission.ANNOUNCEMENT_MERGE)
    held = {row.pk: row for row in hold([each.pk for merge in merges for each in (merge.announcement, merge.into)])}
    for merge in merges:
        gone, standing = held[merge.announcement.pk], held[merge.into.pk]
        _refuse(gone, standing, merge.reason)
        gone.merged_into = standing
        gone.save(update_fields=["merged_into"])
        move(gone, to=AnnouncementStatus.MERGED, on=merge.on, by=by, reason=merge.reason.strip())
    log.record_each("conferences.announcement_merged", by=by, subjects=[held[each.announcement.pk] for each in merges])
    return [held[merge.announcement.pk] for merge in merges]


def _refuse(gone: Announcement, standing: Announcement, reason: str) -> None:
    if not reason.strip():
        raise BadInput([Problem(N_("Say why the two are one promise."), column="reason")])
    if gone.pk == standing.pk:
        raise MergedInACircle(
            N_("%(announcement)s cannot be merged with itself; choose the one that stands."),
            announcement=gone.reference,
        )
    for each in (gone, standing):
        if each.merged_into is not None:
            raise AlreadyMerged(
                N_("%(announcement)s was merged with %(standing)s before; choose the one that stands."),
                announcement=each.reference, standing=each.standing().reference,
            )  # fmt: skip
        if not each.confirmed_by:
            raise WrongMoment(
                N_("%(announcement)s waits for a second person; it can move once it is confirmed."),
                announcement=each.reference,
            )
    if standing.status == AnnouncementStatus.WITHDRAWN:
        raise WrongMoment(
            N_("%(announcement)s is “%(now)s”; a promise is merged with one that stands."),
            announcement=standing.reference, now=standing.get_status_display(),
        )  # fmt: skip
