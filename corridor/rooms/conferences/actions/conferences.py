"""Plan a conference, and write down that it took place."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import available_timezones

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move_each
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from ..drafts import ConferenceDraft
from ..ledger import NotHeldYet, refuse_taken
from ..lifecycle import ConferenceStatus
from ..models import Conference, ConferenceTitle


@transaction.atomic
def plan_conferences(*, conferences: Sequence[ConferenceDraft], by: Actor) -> list[Conference]:
    """:raises NumberTaken: if a reference is in use. :raises BadInput: for a conference without a title or a day."""
    by.require(Permission.CONFERENCE_PLAN)
    problems = [
        Problem(N_("%(conference)s needs a title and at least one day."), {"conference": draft.reference})
        for draft in conferences
        if not draft.titles or draft.ends_before <= draft.starts_on
    ]
    problems += [
        Problem(N_("“%(zone)s” is no time zone; write one like Asia/Vientiane."), {"zone": draft.zone}, column="zone")
        for draft in conferences
        if draft.zone not in available_timezones()
    ]
    if problems:
        raise BadInput(problems)
    refuse_taken(Conference, [draft.reference for draft in conferences])
    made = Conference.objects.bulk_create(
        [
            Conference(
                reference=draft.reference, status=ConferenceStatus.PLANNED, place=draft.place, country=draft.country,
                zone=draft.zone, starts_on=draft.starts_on, ends_before=draft.ends_before, source_mark=draft.source_mark,
            )
            for draft in conferences
        ]
    )  # fmt: skip
    ConferenceTitle.objects.bulk_create(
        [
            ConferenceTitle(conference=conference, language=language, text=text)
            for conference, draft in zip(made, conferences, strict=True)
            for language, text in draft.titles.items()
        ]
    )
    log.record_each("conferences.planned", by=by, subjects=made)
    return made


def plan_conference(*, conference: ConferenceDraft, by: Actor) -> Conference:
    return plan_conferences(conferences=[conference], by=by)[0]


@transaction.atomic
def hold_conferences(*, conferences: Sequence[tuple[Conference, date]], by: Actor) -> list[Conference]:
    """
    Write down that conferences took place; each on the day that it began, or later.

    :raises NotHeldYet: before its first day. :raises WrongMoment: if it is held already.
    """
    by.require(Permission.CONFERENCE_PLAN)
    keys = {conference.pk for conference, _ in conferences}
    held = {row.pk: row for row in Conference.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(held) < len(keys):
        raise NotFound(N_("There is no such conference."))
    for conference, on in conferences:
        if on < held[conference.pk].starts_on:
            raise NotHeldYet(
                N_("%(conference)s begins on %(day)s; it has not been held yet."),
                conference=conference.reference, day=held[conference.pk].starts_on,
            )  # fmt: skip
    move_each([(held[conference.pk], on) for conference, on in conferences], to=ConferenceStatus.HELD, by=by)
    log.record_each("conferences.held", by=by, subjects=list(held.values()))
    return list(held.values())


def hold_conference(*, conference: Conference, on: date, by: Actor) -> Conference:
    return hold_conferences(conferences=[(conference, on)], by=by)[0]
