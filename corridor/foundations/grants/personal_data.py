"""What is held about one human being beside the offices: who opened the record with a written reason. An erasure takes the reasons."""

from collections.abc import Collection
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .models import Override, RecordKind


def personal_data(keys: Collection[UUID]) -> list[PersonalPart]:
    """``keys``: all records of one human being. One statement."""
    opened = Override.objects.filter(record_kind=RecordKind.PERSON, record_key__in=list(keys)).select_related("user")
    return [
        PersonalPart(
            "overrides", N_("Who opened the record with a written reason"), ("grants.Override",), Permission.GRANT_VIEW,
            N_("To show you who looked where one usually may not, when and why."),
            N_("For good. The reason goes with an erasure."), OnErasure.EMPTIED,
            N_("That somebody looked stays; what they wrote may say who you were."),
            {"account": N_("Account"), "begins_at": N_("From"), "ends_at": N_("Until"), "reason": N_("Why")},
            [
                {
                    "account": each.user.username, "begins_at": each.begins_at.isoformat(timespec="minutes"),
                    "ends_at": (each.ended_at or each.ends_at).isoformat(timespec="minutes"), "reason": each.reason,
                }
                for each in opened.order_by("begins_at", "pk")
            ],
        )
    ]  # fmt: skip


def forget(keys: Collection[UUID], *, by: Actor) -> None:
    """Make the reasons empty with which somebody opened these records."""
    by.require(Permission.PERSON_ERASE)
    written = Override.objects.filter(record_kind=RecordKind.PERSON, record_key__in=list(keys)).exclude(reason="")
    held = list(written.select_for_update(of=("self",)))
    written.update(reason="")
    log.record_each("grants.override_emptied", by=by, subjects=held)
