"""What the learner writes about the days in a company, and the mentor's word about each week, by a link."""

from datetime import date, datetime, timedelta

from django.db import transaction

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.audit import log
from corridor.foundations.secret_links import digest_of, new_secret
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from ..logbook import WEEK, logged_in
from ..mentor_links import send_link, the_mentor
from ..models import LogbookEntry, MentorLink, Placement, PlacementTask, PlacementWeek
from ..placement_plans import hold_open
from ..refusals import WeekIsConfirmed

# After the placement the mentor may still confirm its last weeks.
AFTERWARDS = timedelta(days=30)


@transaction.atomic
def write_logbook(
    *,
    placement: Placement,
    on: date,
    minutes: int,
    text: str,
    today: date,
    at: datetime,
    by: Actor,
    task: PlacementTask | None = None,
) -> LogbookEntry:
    """
    What the learner did there on a day; written again, it is changed, until the mentor has confirmed the week.

    :raises AccessDenied: for anybody but the learner. :raises WeekIsConfirmed. :raises BadInput: for a day that is none of the placement.
    """
    if not by.may(Permission.LEARNER_APPLY, on=placement.enrolment.person):
        raise AccessDenied(N_("The logbook is the learner’s own."))
    held = hold_open(placement)
    problems = []
    if not held.starts_on <= on < held.ends_before or on > today:
        problems.append(Problem(N_("Write about a day of the placement, today or before."), column="on"))
    if not 1 <= minutes <= 1_440:
        problems.append(Problem(N_("Write how long, from a minute to a day."), column="minutes"))
    if not text.strip() or len(text) > 500:
        problems.append(Problem(N_("Write in a few lines what you did."), column="text"))
    if problems:
        raise BadInput(problems)
    _require_unconfirmed(held, on)
    entry, _made = LogbookEntry.objects.update_or_create(
        placement=held, done_on=on, defaults={"minutes": minutes, "text": text.strip(), "task": task, "written_at": at}
    )
    log.record("training.logbook_written", by=by, subject=held)
    return entry


@transaction.atomic
def make_mentor_link(*, placement: Placement, at: datetime, by: Actor) -> str:
    """
    A new link for the mentor, sent by mail; the one before opens nothing any more. Return the secret, shown once.

    :raises BadInput: if no mentor's address is written down.
    """
    by.require(Permission.LEARNER_ENROL, on=placement)
    held = hold_open(placement)
    if not held.mentor_email:
        raise BadInput([Problem(N_("Write the mentor’s e-mail address down first."), column="mentor_email")])
    MentorLink.objects.filter(placement=held, ended_at__isnull=True).update(ended_at=at)
    secret, digest = new_secret()
    last = datetime.combine(held.ends_before, datetime.min.time(), at.tzinfo) + AFTERWARDS
    link = MentorLink.objects.create(
        placement=held, digest=digest, made_by=by.label, made_at=at, expires_at=max(last, at + AFTERWARDS)
    )
    send_link(link, secret)
    log.record("training.mentor_link_made", by=by, subject=held)
    return secret


@transaction.atomic
def end_mentor_link(*, placement: Placement, at: datetime, by: Actor) -> int:
    """Take the link away; returns how many were there to take."""
    by.require(Permission.LEARNER_ENROL, on=placement)
    count = MentorLink.objects.filter(placement=placement, ended_at__isnull=True).update(ended_at=at)
    if count:
        log.record("training.mentor_link_ended", by=by, subject=placement)
    return count


@transaction.atomic
def confirm_week(
    *, secret: str, week: date, minutes: int, remark: str, today: date, at: datetime, by: Actor
) -> PlacementWeek:
    """
    The mentor's word about the week from that Monday, once. Other minutes than the logbook's need a remark.

    :raises NotFound: if the link opens nothing. :raises WeekIsConfirmed: if it was confirmed. :raises BadInput: for a week that is not over or
        is none of the placement.
    """
    rows = MentorLink.objects.select_for_update(of=("self",)).select_related("placement")
    link = rows.filter(digest=digest_of(secret)).first()
    if link is None or not link.is_open(at=at):
        raise NotFound(N_("This link opens nothing any more. Ask the site for another."))
    by = the_mentor(link, by)
    by.require(Permission.PLACEMENT_CONFIRM, on=_Scope(link))
    made = _write_word(link.placement, week, minutes, remark, today=today, at=at)
    log.record("training.week_confirmed", by=by, subject=made.placement)
    return made


@transaction.atomic
def note_word(
    *, placement: Placement, week: date, minutes: int, remark: str, today: date, at: datetime, by: Actor
) -> PlacementWeek:
    """
    The site notes the mentor's word that came otherwise than by the link (on paper, with the records of before), once.

    :raises WeekIsConfirmed, BadInput: as ``confirm_week``.
    """
    by.require(Permission.LEARNER_ENROL, on=placement)
    made = _write_word(placement, week, minutes, remark, today=today, at=at)
    log.record("training.week_noted", by=by, subject=made.placement)
    return made


def _write_word(
    placement: Placement, week: date, minutes: int, remark: str, *, today: date, at: datetime
) -> PlacementWeek:
    held = hold_open(placement)
    logged = logged_in(held, week)
    problems = []
    if week.weekday() != 0 or week + WEEK <= held.starts_on or week >= held.ends_before or week > today:
        problems.append(Problem(N_("That is no week of the placement which has begun."), column="week"))
    if not 0 <= minutes <= 7 * 1_440:
        problems.append(Problem(N_("Write the hours of the week."), column="hours"))
    elif minutes != logged and not remark.strip():
        problems.append(Problem(N_("The logbook says otherwise: write in a line what was different."), column="remark"))
    if problems:
        raise BadInput(problems)
    _require_unconfirmed(held, week)
    return PlacementWeek.objects.create(
        placement=held, starts_on=week, minutes=minutes, logged_minutes=logged, remark=remark.strip(), confirmed_at=at
    )


class _Scope:
    def __init__(self, link: MentorLink) -> None:
        self._key = link.placement_id

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("placement", self._key)})


def _require_unconfirmed(placement: Placement, day: date) -> None:
    week = day - timedelta(days=day.weekday())
    if PlacementWeek.objects.filter(placement=placement, starts_on=week).exists():
        raise WeekIsConfirmed(
            N_("The mentor has confirmed the week from %(week)s; it changes no more."), week=week
        )  # fmt: skip
