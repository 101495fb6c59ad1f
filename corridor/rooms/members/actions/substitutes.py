"""Who stands in for the holder of a seat while they are away."""

from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.models import User
from corridor.foundations.audit import log
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..models import Seat, Substitute
from ..seating import require_own


@transaction.atomic
def name_substitute(
    *, seat: Seat, user: User, starts_on: date, ends_before: date, today: date, at: datetime, by: Actor
) -> Substitute:
    """
    Let an account act for the holder of the seat in those days, with the same rights. The holder keeps theirs.

    :raises WrongMoment: if the seat is not held on the first of the days, or they have passed, or somebody stands in already.
    :raises BadInput: for the holder, or days that end before they begin.
    """
    require_own(seat, Permission.SUBSTITUTE_NAME, by)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=seat.pk)
    problems = []
    if user.pk == seat.user_id:
        problems.append(Problem(N_("%(account)s holds this seat."), {"account": user.username}, column="account"))
    if ends_before <= starts_on:
        problems.append(Problem(N_("The last day is before the first."), column="last_day"))
    if problems:
        raise BadInput(problems)
    if ends_before <= today:
        raise WrongMoment(N_("These days have passed."))
    if not seat.is_held_on(starts_on):
        raise WrongMoment(N_("The seat is not held on %(day)s."), day=starts_on)
    at_once = seat.substitutes.filter(starts_on__lt=ends_before, ends_before__gt=starts_on)
    if at_once.exists():
        raise WrongMoment(N_("Somebody stands in on some of these days already."))
    made = Substitute.objects.create(seat=seat, user=user, starts_on=starts_on, ends_before=ends_before)
    log.record("members.substitute_named", by=by, subject=made)
    _tell(Event.SUBSTITUTE_NAMED, made, at=at, by=by)
    return made


@transaction.atomic
def end_substitute(*, substitute: Substitute, on: date, at: datetime, by: Actor) -> Substitute:
    """From this minute nobody stands in. ``on`` is today. :raises WrongMoment: if the days have passed."""
    require_own(substitute.seat, Permission.SUBSTITUTE_NAME, by)
    held = Substitute.objects.select_for_update(of=("self",)).select_related("seat__organisation").get(pk=substitute.pk)
    if held.ends_before <= on:
        raise WrongMoment(N_("These days have passed."))
    held.ends_before, held.ended_at = max(on, held.starts_on), at
    held.save(update_fields=["ends_before", "ended_at"])
    log.record("members.substitute_ended", by=by, subject=held)
    _tell(Event.SUBSTITUTE_ENDED, held, at=at, by=by)
    return held


def _tell(event: Event, held: Substitute, *, at: datetime, by: Actor) -> None:
    member = held.seat.organisation
    link = f"/members/{member.reference}/who-speaks/" if member else "/profile/"
    about = member.reference if member else held.seat.role
    tell(event, to=[held.user_id, held.seat.user_id], about=about, link=link, at=at, by=by)
