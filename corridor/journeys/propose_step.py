"""Proposing a step of a membership to the council, with what counts for the member today, frozen."""

from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.kernel.errors import WrongMoment
from corridor.kernel.periods import Period
from corridor.kernel.wording import N_
from corridor.rooms.indicators.queries import risk_of
from corridor.rooms.members.actions import propose_step as propose
from corridor.rooms.members.actions.proposals import Counted
from corridor.rooms.members.lifecycle import MembershipStatus
from corridor.rooms.members.models import Membership, Organisation, Proposal


@transaction.atomic
def propose_step(
    *, organisation: Organisation, to: MembershipStatus, reason: str, on: date, at: datetime, by: Actor
) -> Proposal:
    """
    Ask the council to make an active member dormant, to suspend it or to end its membership.

    :raises WrongMoment: if it is not active that day. Else as the action of the members' room.
    """
    risk = risk_of(organisation=organisation, on=on, by=by)
    if risk is None:
        raise WrongMoment(N_("%(member)s is not an active member on that day."), member=organisation.reference)
    counted = [
        Counted(each.kind, each.role, each.reference, each.count, each.first_on, each.last_on) for each in risk.counted
    ]
    return propose(
        membership=Membership.objects.get(pk=risk.membership_id), to=to, reason=reason, counted=counted,
        counted_from=Period.months_to(on).first_day, on=on, at=at, by=by,
    )  # fmt: skip
