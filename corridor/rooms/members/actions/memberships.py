"""The lives of memberships: many steps at once in the order in which they happened, or one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.kernel.errors import WrongMoment
from corridor.kernel.wording import N_

from ..drafts import MembershipStep
from ..lifecycle import MembershipStatus
from ..models import Membership, MembershipChange, Organisation
from ..refusals import MembershipUnderWay, NoOpenMembership

ENDED = {MembershipStatus.WITHDRAWN.value, MembershipStatus.REJECTED.value}


@transaction.atomic
def move_memberships(*, steps: Sequence[MembershipStep], by: Actor) -> int:
    """
    Take many steps, in the order given; a step to "applied" opens a new membership. All are taken or none; returns how many.

    :raises MembershipUnderWay: if an organisation applies that has a membership which has not ended.
    :raises NoOpenMembership: if another step is to be taken by an organisation without one.
    :raises WrongMoment: if a membership's state does not lead there, or it changed after that day.
    """
    by.require(Permission.MEMBER_CHANGE_STATE)
    if any(step.to == MembershipStatus.APPLIED for step in steps):
        by.require(Permission.MEMBER_REGISTER)
    organisations = {step.organisation.pk for step in steps}
    # Hold the organisations: of two applications at once the second must see the first.
    list(Organisation.objects.select_for_update(no_key=True).filter(pk__in=organisations).order_by("pk"))
    rows = Membership.objects.select_for_update().filter(organisation__in=organisations).exclude(status__in=ENDED)
    under_way = {each.organisation_id: each for each in rows.select_related("organisation")}
    for lap in _laps(steps):
        _take(lap, under_way, by)
    log.record_each("members.moved", by=by, subjects=list(under_way.values()))
    return len(steps)


def _laps(steps: Sequence[MembershipStep]) -> list[list[MembershipStep]]:
    """Steps up to the second application of an organisation: the first membership must have ended in the database before."""
    laps: list[list[MembershipStep]] = [[]]
    applied: dict[UUID, int] = {}
    lap_of: dict[UUID, int] = {}
    for step in steps:
        key = step.organisation.pk
        if step.to == MembershipStatus.APPLIED:
            applied[key] = applied.get(key, 0) + 1
            lap_of[key] = applied[key]
        lap = lap_of.get(key, 0)
        while len(laps) <= lap:
            laps.append([])
        laps[lap].append(step)
    return laps


def _take(steps: list[MembershipStep], under_way: dict[UUID, Membership], by: Actor) -> None:
    opened = []
    first_days = {}
    for step in steps:
        if step.to == MembershipStatus.APPLIED:
            _require_none_under_way(step, under_way)
            membership = Membership(organisation=step.organisation, status=MembershipStatus.APPLIED.value)
            under_way[step.organisation.pk] = membership
            opened.append(membership)
            first_days[membership.pk] = step
    _require_after_the_last(opened, first_days)
    Membership.objects.bulk_create(opened, batch_size=500)
    # A membership's first row comes from no state: the day of the application is part of its history.
    MembershipChange.objects.bulk_create(
        [
            MembershipChange(
                membership=membership,
                from_status="",
                to_status=MembershipStatus.APPLIED,
                effective_on=first_days[membership.pk].on,
                by_label=by.label,
                reason=first_days[membership.pk].reason,
            )
            for membership in opened
        ],
        batch_size=500,
    )
    moves = []
    for step in steps:
        if step.to != MembershipStatus.APPLIED:
            moving = under_way.get(step.organisation.pk)
            if moving is None:
                raise NoOpenMembership(
                    N_("%(organisation)s has no membership under way."), organisation=step.organisation.reference
                )
            moves.append(Step(moving, step.to, step.on, step.reason))
    take_steps(moves, by=by)


def _require_none_under_way(step: MembershipStep, under_way: dict[UUID, Membership]) -> None:
    now = under_way.get(step.organisation.pk)
    if now is not None and now.status not in ENDED:
        raise MembershipUnderWay(
            N_("%(organisation)s has a membership under way already."), organisation=step.organisation.reference
        )


def _require_after_the_last(opened: list[Membership], first_days: dict[UUID, MembershipStep]) -> None:
    """Two memberships of one organisation never overlap: its state on a day would have two answers."""
    earlier = MembershipChange.objects.filter(membership__organisation__in=[each.organisation_id for each in opened])
    last: dict[UUID, date] = {}
    for key, day in earlier.values_list("membership__organisation_id", "effective_on"):
        last[key] = max(day, last.get(key, day))
    for membership in opened:
        latest = last.get(membership.organisation_id)
        if latest is not None and latest > first_days[membership.pk].on:
            raise WrongMoment(
                N_("%(thing)s has changed on %(last)s; a new change cannot take effect before that day."),
                thing=str(membership), last=latest,
            )  # fmt: skip


def move_membership(*, organisation: Organisation, to: MembershipStatus, on: date, by: Actor, reason: str = "") -> None:
    """One step of one membership; refuses as move_memberships."""
    move_memberships(steps=[MembershipStep(organisation, to, on, reason)], by=by)


def apply_for_membership(*, organisation: Organisation, on: date, by: Actor, reason: str = "") -> None:
    """:raises MembershipUnderWay: if it has a membership that has not ended."""
    move_membership(organisation=organisation, to=MembershipStatus.APPLIED, on=on, by=by, reason=reason)


def suspend_member(*, organisation: Organisation, on: date, by: Actor, reason: str) -> None:
    """From that day it is not counted among the members, until it is reinstated."""
    move_membership(organisation=organisation, to=MembershipStatus.SUSPENDED, on=on, by=by, reason=reason)


@transaction.atomic
def reinstate_member(*, organisation: Organisation, on: date, by: Actor, reason: str = "") -> None:
    """
    Let a suspended or dormant member count again from that day.

    :raises WrongMoment: if it is neither: an approved application is activated, not reinstated.
    """
    by.require(Permission.MEMBER_CHANGE_STATE)
    stands_still = {MembershipStatus.SUSPENDED.value, MembershipStatus.DORMANT.value}
    if not Membership.objects.filter(organisation=organisation, status__in=stands_still).exists():
        raise WrongMoment(N_("%(thing)s is neither suspended nor dormant."), thing=organisation.reference)
    move_membership(organisation=organisation, to=MembershipStatus.ACTIVE, on=on, by=by, reason=reason)


def withdraw_member(*, organisation: Organisation, on: date, by: Actor, reason: str) -> None:
    """Its membership ends; who comes back applies again."""
    move_membership(organisation=organisation, to=MembershipStatus.WITHDRAWN, on=on, by=by, reason=reason)
