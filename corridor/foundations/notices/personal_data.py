"""What accounts were told, and how they wish to be told. An erasure takes all of it: nobody reads for a closed account."""

from collections.abc import Collection
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .events import Event
from .models import Mute, Notice, NoticePlace, Rhythm, Wishes

_WITH_THE_ACCOUNT = N_("As long as the account is open.")
_NOBODY_READS = N_("Nobody reads them once the account is closed.")


def personal_data(accounts: Collection[UUID]) -> list[PersonalPart]:
    """Three statements."""
    wishes = [
        {
            "what": "mail", "rhythm": each.rhythm, "language": each.language, "zone": each.zone,
            "quiet": f"{each.quiet_from:%H:%M}–{each.quiet_until:%H:%M}" if each.quiet_from and each.quiet_until else None,
        }
        for each in Wishes.objects.filter(user__in=accounts)
    ]  # fmt: skip
    muted = [{"what": event} for event in Mute.objects.filter(user__in=accounts).values_list("event", flat=True)]
    told = Notice.objects.filter(user__in=accounts).order_by("-told_at", "-pk")
    return [
        PersonalPart(
            "notices", N_("What you were told"), ("notices.Notice",), Permission.RIGHTS_USE,
            N_("To tell you what waits for you and what became of it."), _WITH_THE_ACCOUNT, OnErasure.GOES, _NOBODY_READS,
            {"event": N_("About"), "about": N_("Reference"), "told_at": N_("At"), "read_at": N_("Read at")},
            [
                {
                    "event": each.event, "about": each.about, "told_at": each.told_at.isoformat(timespec="minutes"),
                    "read_at": each.read_at.isoformat(timespec="minutes") if each.read_at else None,
                }
                for each in told
            ],
            {"event": dict(Event.choices)},
        ),
        PersonalPart(
            "wishes", N_("How you wish to be told"), ("notices.Wishes", "notices.Mute"), Permission.RIGHTS_USE,
            N_("To write to you in your language and when it suits you."), _WITH_THE_ACCOUNT, OnErasure.GOES, _NOBODY_READS,
            {
                "what": N_("What"), "rhythm": N_("How often"), "language": N_("Language"), "zone": N_("Time zone"),
                "quiet": N_("Quiet hours"),
            },
            [*wishes, *muted],
            {"what": dict(Event.choices) | {"mail": N_("Mail")}, "rhythm": dict(Rhythm.choices)},
        ),
    ]  # fmt: skip


def forget(accounts: Collection[UUID], *, by: Actor) -> int:
    """Delete what these accounts were told and how they wish to be told. Return how many notices went."""
    by.require(Permission.PERSON_ERASE)
    told = Notice.objects.filter(user__in=accounts)
    NoticePlace.objects.filter(notice__in=told).delete()
    count, _models = told.delete()
    Mute.objects.filter(user__in=accounts).delete()
    Wishes.objects.filter(user__in=accounts).delete()
    return count
