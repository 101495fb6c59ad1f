"""Who speaks for a member, or for the alliance."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..drafts import SeatDraft
from ..models import Seat

OF_A_MEMBER = {Role.COORDINATOR}
OF_THE_ALLIANCE = {Role.SECRETARIAT, Role.COUNCIL, Role.AUDITOR}
OF_EITHER = {Role.KEY_HOLDER}


def give_seat(*, seat: SeatDraft, by: Actor) -> Seat:
    """:raises BadInput: as give_seats."""
    return give_seats(seats=[seat], by=by)[0]


@transaction.atomic
def give_seats(*, seats: Sequence[SeatDraft], by: Actor) -> list[Seat]:
    """
    Seat accounts in roles, each from its first day.

    :raises BadInput: for every role that is no seat, that lacks its member or has one too many, or ends before it begins.
    """
    by.require(Permission.SEAT_GIVE)
    problems = [problem for seat in seats for problem in _faults_of(seat)]
    if problems:
        raise BadInput(problems)
    made = [
        Seat(
            user=seat.user,
            organisation=seat.organisation,
            role=seat.role.value,
            held_from=seat.held_from,
            held_before=seat.held_before,
        )
        for seat in seats
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


@transaction.atomic
def end_seat(*, seat: Seat, on: date, by: Actor) -> Seat:
    """
    ``on`` is the first day on which the seat is not held any more.

    :raises WrongMoment: if it has ended before, or would end before it begins.
    """
    by.require(Permission.SEAT_GIVE)
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    if seat.held_before is not None and seat.held_before <= on:
        raise WrongMoment(N_("This seat ended before %(day)s."), day=seat.held_before)
    if on <= seat.held_from:
        raise WrongMoment(N_("This seat is held from %(day)s; it cannot end before."), day=seat.held_from)
    seat.held_before = on
    seat.save(update_fields=["held_before"])
    log.record("members.seat_ended", by=by, subject=seat)
    return seat
