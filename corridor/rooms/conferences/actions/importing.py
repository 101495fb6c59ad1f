"""What a sheet changes in announcements: titles and places while nobody has confirmed them, and taking an import back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import WrongMoment
from corridor.kernel.wording import N_

from ..ledger import hold
from ..models import (
    Announcement,
    AnnouncementChange,
    AnnouncementMember,
    AnnouncementTarget,
    AnnouncementTitle,
    AnnouncementWording,
)


@dataclass(frozen=True)
class AnnouncementRevised:
    """``titles`` maps a language to the new title (empty: none any more); ``country`` is None where it stays."""

    announcement: Announcement
    titles: Mapping[str, str]
    country: str | None = None


@transaction.atomic
def revise_announcements(*, revised: Sequence[AnnouncementRevised], by: Actor) -> list[Announcement]:
    """
    Correct titles and places of announcements for which no second person stands yet.

    :raises WrongMoment: if one is confirmed.
    """
    by.require(Permission.ANNOUNCEMENT_MAKE)
    held = {row.pk: row for row in hold([each.announcement.pk for each in revised])}
    for each in revised:
        announcement = held[each.announcement.pk]
        if announcement.confirmed_by:
            raise WrongMoment(
                N_("%(announcement)s is confirmed; its title and its place do not change any more."),
                announcement=announcement.reference,
            )
        for language, text in each.titles.items():
            if text:
                AnnouncementTitle.objects.update_or_create(
                    announcement=announcement, language=language, defaults={"text": text}
                )
            else:
                AnnouncementTitle.objects.filter(announcement=announcement, language=language).delete()
        if each.country is not None:
            announcement.country = each.country
            announcement.save(update_fields=["country"])
    log.record_each("conferences.announcement_revised", by=by, subjects=list(held.values()))
    return list(held.values())


@transaction.atomic
def remove_announcements(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take away announcements that an import wrote down by mistake.

    :raises BuiltOn: if one was confirmed or reported on since, or something points at it.
    """
    by.require(Permission.ANNOUNCEMENT_MAKE)
    held = hold(keys) if keys else []
    for announcement in held:
        if announcement.confirmed_by or announcement.reports.exists():
            raise BuiltOn(
                N_("%(announcement)s was confirmed or reported on since; the import cannot be taken back."),
                announcement=announcement.reference,
            )
    parts: tuple[Any, ...] = (
        AnnouncementTitle, AnnouncementWording, AnnouncementMember, AnnouncementTarget, AnnouncementChange,
    )  # fmt: skip
    try:
        with transaction.atomic():
            for part in parts:
                part.objects.filter(announcement__in=held).delete()
            Announcement.objects.filter(pk__in=[each.pk for each in held]).delete()
    except ProtectedError as stands:
        raise BuiltOn(
            N_("Something was built on these announcements since (%(which)s); the import cannot be taken back."),
            which=str(next(iter(stands.protected_objects))),
        ) from None
    log.record_each("conferences.import_undone", by=by, subjects=held)
    return len(held)
