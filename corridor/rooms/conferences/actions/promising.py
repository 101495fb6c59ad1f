"""Write down the words of an announcement, who stands behind it, and what it promises to reach."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..drafts import TargetDraft, WordingDraft
from ..kinds import Said, StandsAs
from ..ledger import hold, require_loader
from ..lifecycle import ENDED
from ..models import Announcement, AnnouncementMember, AnnouncementTarget, AnnouncementWording
from ..promising import faults_of_members, faults_of_target, faults_of_wordings, target_of, wording_of


@transaction.atomic
def write_wording(*, announcement: Announcement, wording: WordingDraft, by: Actor) -> AnnouncementWording:
    """
    Write down the words in one language. What was read out is settled once a second person has confirmed it; a translation may be bettered.

    :raises WrongMoment: for other words than those that were confirmed. :raises BadInput: if there are none.
    """
    by.require(Permission.ANNOUNCEMENT_MAKE)
    announcement = hold([announcement.pk])[0]
    if problems := faults_of_wordings([wording]):
        raise BadInput(problems)
    standing = announcement.wordings.filter(language=wording.language).first()
    is_read_out = wording.said == Said.READ_OUT or (standing is not None and standing.said == Said.READ_OUT)
    if announcement.confirmed_by and is_read_out:
        raise WrongMoment(
            N_("%(announcement)s is confirmed: the words that were read out stay. Write a translation in another language."),
            announcement=announcement.reference,
        )  # fmt: skip
    if standing is None:
        standing = wording_of(announcement, wording)
    else:
        standing.text, standing.said = wording.text.strip(), Said(wording.said)
    standing.save()
    log.record("conferences.wording_written", by=by, subject=announcement)
    return standing


@transaction.atomic
def name_members(*, announcement: Announcement, members: Mapping[Organisation, StandsAs], by: Actor) -> Announcement:
    """
    Say which members stand behind it beside the owner, and as what: the whole list.

    :raises BadInput: if the owner is among them. :raises WrongMoment: if it has ended.
    """
    by.require(Permission.ANNOUNCEMENT_MAKE)
    announcement = hold([announcement.pk])[0]
    _require_open(announcement)
    if problems := faults_of_members(announcement.owner, members):
        raise BadInput(problems)
    announcement.members.exclude(organisation__in=members).delete()
    AnnouncementMember.objects.bulk_create(
        [AnnouncementMember(announcement=announcement, organisation=each, role=role) for each, role in members.items()],
        update_conflicts=True,
        unique_fields=["announcement", "organisation"],
        update_fields=["role"],
    )
    log.record("conferences.members_named", by=by, subject=announcement)
    return announcement


@transaction.atomic
def set_targets(*, targets: Sequence[tuple[Announcement, TargetDraft, date]], by: Actor) -> list[AnnouncementTarget]:
    """
    Say what announcements promise to reach, each from a day on. The target before stays readable, with the reason for the new one.

    :raises BadInput: if it is none, or replaces another without a reason. :raises WrongMoment: if the announcement has ended.
    """
    by.require(Permission.ANNOUNCEMENT_MAKE)
    held = {row.pk: row for row in hold([announcement.pk for announcement, _draft, _on in targets])}
    latest = {each.announcement_id: each for each in AnnouncementTarget.objects.filter(announcement__in=held)}
    made = []
    for announcement, draft, on in targets:
        announcement = held[announcement.pk]
        if draft.made_by:
            require_loader(by)
        else:
            _require_open(announcement)
        problems = faults_of_target(draft, announced_on=announcement.announced_on)
        before = latest.get(announcement.pk)
        if before is not None and not draft.reason.strip():
            problems.append(Problem(N_("Say why the target changes; the one before stays readable."), column="reason"))
        if before is not None and on < before.set_on:
            problems.append(
                Problem(N_("There is a target of %(day)s; a new one cannot be older."), {"day": before.set_on}, column="set_on")
            )  # fmt: skip
        if problems:
            raise BadInput(problems)
        made.append(target_of(announcement, draft, on=on, by=by))
        latest[announcement.pk] = made[-1]
    AnnouncementTarget.objects.bulk_create(made)
    log.record_each("conferences.target_set", by=by, subjects=[each.announcement for each in made])
    return made


def set_target(*, announcement: Announcement, target: TargetDraft, on: date, by: Actor) -> AnnouncementTarget:
    return set_targets(targets=[(announcement, target, on)], by=by)[0]


def _require_open(announcement: Announcement) -> None:
    if announcement.status in ENDED:
        raise WrongMoment(
            N_("%(announcement)s is “%(now)s”; what it promises does not change any more."),
            announcement=announcement.reference, now=announcement.get_status_display(),
        )  # fmt: skip
