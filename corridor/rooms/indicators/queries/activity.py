"""Who is at risk, since when or from when, and what counted; computed on every day anew, never stored."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Max, Q

from corridor.foundations.access import Actor, Permission
from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.periods import Period
from corridor.rooms.members.lifecycle import MembershipStatus
from corridor.rooms.members.merging import merged_organisations
from corridor.rooms.members.models import Membership, MembershipChange, Organisation

from ..activity import Activity, activities_in, at_risk_from

EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class Risk:
    """
    An active member on a day: what counted in the 12 months to it, the last day with evidence ever, and the first day on which it is (or would
    be) at risk. ``active_since`` is the day on which it last became active. Names of the organisation are prefetched.
    """

    organisation: Organisation
    membership_id: UUID
    on: date
    active_since: date
    last_on: date | None
    at_risk_on: date
    counted: list[Activity] = field(default_factory=list)

    @property
    def is_at_risk(self) -> bool:
        return self.at_risk_on <= self.on

    @property
    def days_left(self) -> int:
        """Days until it would be at risk; zero or less where it is."""
        return (self.at_risk_on - self.on).days


def risk_of(*, organisation: Organisation, on: date, by: Actor) -> Risk | None:
    """
    How one member stands on that day; None where it is not active then.

    :raises AccessDenied: for who neither may see every state nor speaks for it.
    """
    if not by.holds_everywhere(Permission.MEMBER_VIEW_ANY_STATE):
        by.require(Permission.MEMBER_EDIT, on=organisation)
    return next(iter(_risks(on, organisation.pk)), None)


def risks_on(*, on: date, by: Actor, within_days: int | None = None) -> list[Risk]:
    """
    Every active member of that day, the soonest at risk first; with ``within_days`` only those that are, or would be within so many days.

    :raises AccessDenied: for who may not see every state.
    """
    by.require(Permission.MEMBER_VIEW_ANY_STATE)
    found = sorted(_risks(on), key=lambda each: (each.at_risk_on, each.organisation.reference))
    return found if within_days is None else [each for each in found if each.days_left <= within_days]


def _risks(on: date, organisation: UUID | None = None) -> list[Risk]:
    active = with_status_on(Membership.objects.all(), on).filter(status_then=MembershipStatus.ACTIVE)
    if organisation is not None:
        active = active.filter(organisation=organisation)
    memberships = list(active.select_related("organisation").prefetch_related("organisation__names"))
    since = dict(
        MembershipChange.objects.filter(
            Q(membership__in=[each.pk for each in memberships]) if organisation else Q(),
            to_status=MembershipStatus.ACTIVE, effective_on__lte=on,
        ).order_by().values_list("membership").annotate(Max("effective_on"))
    )  # fmt: skip
    ever = activities_in(Period.through(EARLIEST, on), organisations={organisation} if organisation else None)
    window = activities_in(Period.months_to(on), organisations={organisation} if organisation else None)
    stays = merged_organisations()
    risks = []
    for each in memberships:
        member = stays.get(each.organisation_id, each.organisation_id)
        last_on = max((one.last_on for one in ever.get(member, ())), default=None)
        risks.append(
            Risk(
                organisation=each.organisation,
                membership_id=each.pk,
                on=on,
                active_since=since[each.pk],
                last_on=last_on,
                at_risk_on=at_risk_from(last_on, active_since=since[each.pk]),
                counted=window.get(member, []),
            )
        )
    return risks
