"""Who may open which record: a thing that its own room does not show this reader is not opened from a figure either."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.rooms.agreements.models import Agreement, AgreementParty
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.curricula.models import CurriculumVersion, Unit
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.funding.models import Commitment, Movement
from corridor.rooms.members.lifecycle import MembershipStatus
from corridor.rooms.members.models import Membership, MembershipChange, Organisation

from .cards import ABOUT_PERSONS


def memberships_for(by: Actor) -> QuerySet[Membership]:
    """Memberships that came to be; applications only for those who may see any state, and each member's own."""
    if by.holds_everywhere(Permission.MEMBER_VIEW_ANY_STATE):
        return Membership.objects.all()
    came_to_be = Membership.objects.filter(changes__to_status=MembershipStatus.ACTIVE)
    return Membership.objects.filter(
        Q(pk__in=came_to_be.values("pk")) | Q(organisation__in=by.ids_with(Permission.MEMBER_EDIT, "member"))
    )


def _organisations(by: Actor) -> QuerySet[Organisation]:
    # Who founded the alliance is public, member or not.
    return Organisation.objects.filter(
        Q(pk__in=Organisation.objects.visible_to(by).values("pk")) | ~Q(founding_mark="")
    )


_SHOWN: Mapping[str, Callable[[Actor], QuerySet[Any]]] = {
    "agreement_party": lambda by: AgreementParty.objects.filter(agreement__in=Agreement.objects.visible_to(by)),
    "announcement": Announcement.objects.visible_to,
    "commitment": Commitment.objects.visible_to,
    "demand_statement": DemandStatement.objects.visible_to,
    "membership": memberships_for,
    "membership_change": lambda by: MembershipChange.objects.filter(membership__in=memberships_for(by)),
    "movement": lambda by: Movement.objects.filter(commitment__in=Commitment.objects.visible_to(by)),
    "organisation": _organisations,
    "unit": lambda by: Unit.objects.filter(version__in=CurriculumVersion.objects.visible_to(by)),
}


def may_open(kind: str, record_id: str, *, by: Actor) -> bool:
    """Whether this reader may open that record; one statement at most. Places and programmes are public in every state."""
    if kind in ABOUT_PERSONS:
        return by.holds_everywhere(Permission.EVIDENCE_VIEW_ROWS)
    return kind not in _SHOWN or _SHOWN[kind](by).filter(pk=record_id).exists()
