"""Make announcements, let a second person confirm them, and write down what became of them."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from ..drafts import AnnouncementDraft, AnnouncementStep
from ..ledger import AlreadyConfirmed, SameHand, hold, refuse_taken, require_loader
from ..lifecycle import AnnouncementStatus
from ..models import (
    Announcement,
    AnnouncementMember,
    AnnouncementTarget,
    AnnouncementTitle,
    AnnouncementWording,
    Conference,
)
from ..promising import faults_of_members, faults_of_target, faults_of_wordings, target_of, wording_of


@transaction.atomic
def make_announcements(*, announcements: Sequence[AnnouncementDraft], by: Actor) -> list[Announcement]:
    """
    Put announcements on the ledger. They are public once a second person has confirmed them.

    Who signs in makes them in their own name. Only the loader of earlier records, which is no person, writes down who made and
    who confirmed them then.

    :raises NumberTaken: if a given number is in use. :raises BadInput: for one without a title, or made before its conference.
    """
    by.require(Permission.ANNOUNCEMENT_MAKE)
    if any(draft.made_by or draft.confirmed_by for draft in announcements):
        require_loader(by)
    problems = [problem for draft in announcements for problem in _faults_of(draft)]
    if problems:
        raise BadInput(problems)
    # The numbers come first: whoever holds the gate also sees which given numbers are free.
    unnumbered = [draft for draft in announcements if not draft.reference]
    numbers = iter(
        give_numbers(
            model=Announcement, prefix="ANN", days=[draft.announced_on for draft in unnumbered], gate=Conference
        )
    )
    references = [draft.reference or next(numbers) for draft in announcements]
    refuse_taken(Announcement, references)
    made = Announcement.objects.bulk_create(
        [
            Announcement(
                pk=draft.key or new_id(), reference=reference, status=AnnouncementStatus.ANNOUNCED, conference=draft.conference, owner=draft.owner,
                country=draft.country, announced_on=draft.announced_on, next_report_due_on=draft.next_report_due_on,
                made_by=draft.made_by or by.label, confirmed_by=draft.confirmed_by, confirmed_on=draft.confirmed_on,
                source_mark=draft.source_mark,
            )
            for reference, draft in zip(references, announcements, strict=True)
        ]
    )  # fmt: skip
    AnnouncementTitle.objects.bulk_create(
        [
            AnnouncementTitle(announcement=announcement, language=language, text=text)
            for announcement, draft in zip(made, announcements, strict=True)
            for language, text in draft.titles.items()
        ]
    )
    AnnouncementWording.objects.bulk_create(
        wording_of(announcement, each)
        for announcement, draft in zip(made, announcements, strict=True)
        for each in draft.wordings
    )
    AnnouncementMember.objects.bulk_create(
        AnnouncementMember(announcement=announcement, organisation=organisation, role=role)
        for announcement, draft in zip(made, announcements, strict=True)
        for organisation, role in draft.members.items()
    )
    AnnouncementTarget.objects.bulk_create(
        target_of(announcement, draft.target, on=draft.announced_on, by=by)
        for announcement, draft in zip(made, announcements, strict=True)
        if draft.target
    )
    log.record_each("conferences.announced", by=by, subjects=made)
    return made


def make_announcement(*, announcement: AnnouncementDraft, by: Actor) -> Announcement:
    return make_announcements(announcements=[announcement], by=by)[0]


@transaction.atomic
def confirm_announcement(*, announcement: Announcement, on: date, by: Actor) -> Announcement:
    """
    The second person stands for it too; from now on it is public.

    :raises SameHand: if it is the one who made it. :raises AlreadyConfirmed: if somebody has.
    """
    by.require(Permission.ANNOUNCEMENT_CONFIRM)
    announcement = Announcement.objects.select_for_update().get(pk=announcement.pk)
    if announcement.confirmed_by:
        raise AlreadyConfirmed(
            N_("%(announcement)s was confirmed on %(day)s."),
            announcement=announcement.reference, day=announcement.confirmed_on,
        )  # fmt: skip
    if announcement.made_by == by.label:
        raise SameHand(
            N_("You made %(announcement)s yourself; a second person has to confirm it."),
            announcement=announcement.reference,
        )
    announcement.confirmed_by, announcement.confirmed_on = by.label, on
    announcement.save(update_fields=["confirmed_by", "confirmed_on"])
    log.record("conferences.announcement_confirmed", by=by, subject=announcement)
    return announcement


@transaction.atomic
def move_announcements(*, steps: Sequence[AnnouncementStep], by: Actor) -> list[Announcement]:
    """
    Write down what became of announcements; a thing may take several steps, in the order given.

    :raises WrongMoment: if the state of one does not lead there, it is not confirmed, or it has changed after that day.
    :raises BadInput: for one that is withdrawn without a reason. Merging is an action of its own.
    """
    by.require(Permission.ANNOUNCEMENT_MOVE)
    problems = [
        Problem(N_("Say why %(announcement)s is withdrawn; it stays readable."), {"announcement": step.announcement.reference}, column="reason")
        for step in steps if step.to == AnnouncementStatus.WITHDRAWN and not step.reason.strip()
    ]  # fmt: skip
    problems += [
        Problem(N_("Merge %(announcement)s with the announcement that stands."), {"announcement": step.announcement.reference}, column="to")
        for step in steps if step.to == AnnouncementStatus.MERGED
    ]  # fmt: skip
    if problems:
        raise BadInput(problems)
    held = {row.pk: row for row in hold([step.announcement.pk for step in steps])}
    for announcement in held.values():
        if not announcement.confirmed_by:
            raise WrongMoment(
                N_("%(announcement)s waits for a second person; it can move once it is confirmed."),
                announcement=announcement.reference,
            )
    taken = [Step(held[step.announcement.pk], step.to, step.on, step.reason) for step in steps]
    take_steps(taken, by=by)
    log.record_each("conferences.announcement_moved", by=by, subjects=[step.thing for step in taken])
    return list(held.values())


def move_announcement(
    *, announcement: Announcement, to: AnnouncementStatus, on: date, by: Actor, reason: str = ""
) -> Announcement:
    return move_announcements(steps=[AnnouncementStep(announcement, to, on, reason)], by=by)[0]


def _faults_of(draft: AnnouncementDraft) -> list[Problem]:
    """What is wrong with an announcement, before it is made."""
    places: dict[str, object] = {"title": draft.reference or next(iter(draft.titles.values()), "?")}
    faults = []
    if not draft.titles:
        faults.append(Problem(N_("An announcement needs a title (%(title)s)."), places))
    if draft.announced_on < draft.conference.starts_on:
        faults.append(Problem(N_("“%(title)s” cannot be announced before its conference begins."), places))
    if draft.next_report_due_on <= draft.announced_on:
        faults.append(Problem(N_("The first report on “%(title)s” is due after the day of the announcement."), places))
    if bool(draft.confirmed_by) != bool(draft.confirmed_on) or (
        draft.confirmed_by and draft.confirmed_by == draft.made_by
    ):
        faults.append(Problem(N_("“%(title)s” is confirmed by a second person on a day, or not at all."), places))
    faults += faults_of_wordings(draft.wordings) + faults_of_members(draft.owner, draft.members)
    if draft.target:
        faults += faults_of_target(draft.target, announced_on=draft.announced_on)
    return faults
