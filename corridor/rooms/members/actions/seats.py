"""Who speaks for a member, or for the alliance: giving a seat, ending it on a day or at once, and handing it over."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.accounts.models import User
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import differences
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from ..drafts import SeatDraft
from ..held_days import days_held, take_days
from ..models import Seat
from ..seating import require_own

OF_A_MEMBER = {Role.COORDINATOR}
OF_THE_ALLIANCE = {Role.SECRETARIAT, Role.COUNCIL, Role.AUDITOR}
OF_EITHER = {Role.KEY_HOLDER}
HELD_ALREADY = N_("%(account)s holds this seat in these days.")


def give_seat(*, seat: SeatDraft, by: Actor) -> Seat:
    """:raises BadInput: as give_seats."""
    return give_seats(seats=[seat], by=by)[0]


@transaction.atomic
def give_seats(*, seats: Sequence[SeatDraft], by: Actor, keys: Sequence[UUID] = ()) -> list[Seat]:
    """
    Seat accounts in roles, each from its first day. ``keys`` are those that an import has promised to the new seats.

    :raises BadInput: for every role that is no seat, that lacks its member or has one too many, or ends before it begins; and for a seat
        that the account holds already in these days, for one of two would outlive the other.
    """
    by.require(Permission.SEAT_GIVE)
    _hold([seat.user for seat in seats])
    problems = [problem for seat in seats for problem in _faults_of(seat)] + _held_twice(seats)
    if problems:
        raise BadInput(problems)
    made = [
        Seat(
            pk=key,
            user=seat.user,
            organisation=seat.organisation,
            role=seat.role.value,
            held_from=seat.held_from,
            held_before=seat.held_before,
        )
        for seat, key in zip(seats, keys or [new_id() for _ in seats], strict=True)
    ]
    Seat.objects.bulk_create(made, batch_size=500)
    log.record_each("members.seat_given", by=by, subjects=made)
    return made


def _faults_of(seat: SeatDraft) -> list[Problem]:
    role: dict[str, object] = {"role": seat.role.value}
    faults = []
    if seat.role not in OF_A_MEMBER | OF_THE_ALLIANCE | OF_EITHER:
        faults.append(
            Problem(N_("%(role)s is no seat; it comes with a site, a cohort or a person."), role, column="role")
        )
    elif seat.role in OF_A_MEMBER and seat.organisation is None:
        faults.append(Problem(N_("A seat as %(role)s is of one member; name it."), role, column="scope"))
    elif seat.role in OF_THE_ALLIANCE and seat.organisation is not None:
        faults.append(Problem(N_("A seat as %(role)s is of the whole alliance, of no member."), role, column="scope"))
    if seat.held_before is not None and seat.held_before <= seat.held_from:
        faults.append(Problem(N_("A seat ends after it begins."), column="held_before"))
    return faults


def _hold(users: Sequence[User]) -> None:
    """Of the same seat given twice at once the second must see the first."""
    keys = sorted({user.pk for user in users})
    for start in range(0, len(keys), 500):
        rows = User.objects.select_for_update(no_key=True).filter(pk__in=keys[start : start + 500])
        list(rows.order_by("pk").values_list("pk"))


def _held_twice(seats: Sequence[SeatDraft]) -> list[Problem]:
    held = days_held(seat.user.pk for seat in seats)
    return [
        Problem(HELD_ALREADY, {"account": seat.user.username}, column="user")
        for seat in seats
        if not take_days(seat, held)
    ]


@transaction.atomic
def end_seat(*, seat: Seat, on: date, by: Actor) -> Seat:
    """
    ``on`` is the first day on which the seat is not held any more.

    :raises WrongMoment: if it has ended before, or would end before it begins.
    """
    by.require(Permission.SEAT_GIVE)
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    if on <= seat.held_from:
        raise WrongMoment(N_("This seat is held from %(day)s; it cannot end before."), day=seat.held_from)
    _require_held_until(seat, on)
    changes = differences({"held_before": seat.held_before}, {"held_before": on})
    seat.held_before = on
    seat.save(update_fields=["held_before"])
    log.record("members.seat_ended", by=by, subject=seat, changes=changes)
    return seat


@transaction.atomic
def end_seat_now(*, seat: Seat, on: date, at: datetime, by: Actor) -> Seat:
    """
    End a seat this minute: ``on`` is today, ``at`` the instant. The very next request of its holder, of a machine with the holder's token, or
    of a substitute has none of its rights. A seat that was still to begin never begins.

    :raises WrongMoment: if it has ended before.
    """
    by.require(Permission.SEAT_GIVE)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=seat.pk)
    _require_held_until(seat, on)
    before = {"held_before": seat.held_before}
    _cut(seat, on, at)
    changes = differences(before, {"held_before": seat.held_before})
    log.record("members.seat_ended_at_once", by=by, subject=seat, changes=changes)
    _tell(Event.SEAT_ENDED, seat, on, at=at, by=by)
    return seat


@transaction.atomic
def hand_over_seat(*, seat: Seat, to: User, on: date, today: date, at: datetime, by: Actor) -> tuple[Seat, Seat]:
    """
    End a seat and begin the same for another account on that day, in one step: there is no day with two, and none with nobody. From ``today`` it
    passes this minute. Return what ended and what begins.

    Its holder may, and whoever gives seats. A substitute may not: they act for the holder, they do not leave in their place.

    :raises WrongMoment: if it has ended by then, was handed over already, or the day has passed. :raises BadInput: for the same account again.
    """
    require_own(seat, Permission.SEAT_HAND_OVER, by)
    seat = Seat.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=seat.pk)
    if seat.user_id == to.pk:
        raise BadInput([Problem(N_("%(account)s holds this seat."), {"account": to.username}, column="account")])
    _hold([to])
    if _held_twice([SeatDraft(to, Role(seat.role), on, seat.organisation, seat.held_before)]):
        raise BadInput([Problem(HELD_ALREADY, {"account": to.username}, column="account")])
    if on < today:
        raise WrongMoment(N_("A seat is handed over today or on a day to come; %(day)s has passed."), day=on)
    if Seat.objects.filter(follows=seat).exists():
        raise WrongMoment(N_("This seat has been handed over already."))
    _require_held_until(seat, on)
    # What had an end of its own keeps it: the office passes on, not more of it.
    until = seat.held_before
    if on == today:
        _cut(seat, on, at)
    elif on <= seat.held_from:
        raise WrongMoment(N_("This seat is held from %(day)s; it cannot end before."), day=seat.held_from)
    else:
        seat.held_before = on
        seat.save(update_fields=["held_before"])
    begun = Seat.objects.create(
        user=to, organisation=seat.organisation, role=seat.role, held_from=on, held_before=until, follows=seat
    )
    log.record("members.seat_handed_over", by=by, subject=seat)
    log.record("members.seat_given", by=by, subject=begun)
    _tell(Event.SEAT_ENDED, seat, on, at=at, by=by)
    _tell(Event.SEAT_GIVEN, begun, on, at=at, by=by)
    return seat, begun


def _require_held_until(seat: Seat, on: date) -> None:
    if seat.held_before is not None and seat.held_before <= on:
        raise WrongMoment(N_("This seat ended before %(day)s."), day=seat.held_before)


def _cut(seat: Seat, on: date, at: datetime) -> None:
    seat.held_before, seat.ended_at = max(on, seat.held_from), at
    seat.save(update_fields=["held_before", "ended_at"])


def _tell(event: Event, seat: Seat, on: date, *, at: datetime, by: Actor) -> None:
    member = seat.organisation
    link = f"/members/{member.reference}/who-speaks/" if member else "/profile/"
    about = member.reference if member else seat.role
    tell(event, to=[seat.user_id], about=about, link=link, at=at, by=by, places={"day": on.isoformat()})
