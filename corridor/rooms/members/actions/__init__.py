"""Every way the alliance's record, its organisations, their memberships and seats can change."""

from ..refusals import AnotherAlliance, MembershipUnderWay, NoOpenMembership
from .alliance import describe_alliance, list_places, name_alliance, record_founding_places
from .memberships import (
    apply_for_membership,
    move_membership,
    move_memberships,
    reinstate_member,
    suspend_member,
    withdraw_member,
)
from .organisations import add_names, edit_organisation, register_organisation, register_organisations
from .seats import end_seat, end_seat_now, give_seat, give_seats, hand_over_seat
from .substitutes import end_substitute, name_substitute

__all__ = [
    "AnotherAlliance",
    "MembershipUnderWay",
    "NoOpenMembership",
    "add_names",
    "apply_for_membership",
    "describe_alliance",
    "edit_organisation",
    "end_seat",
    "end_seat_now",
    "end_substitute",
    "give_seat",
    "give_seats",
    "hand_over_seat",
    "list_places",
    "move_membership",
    "move_memberships",
    "name_alliance",
    "name_substitute",
    "record_founding_places",
    "register_organisation",
    "register_organisations",
    "reinstate_member",
    "suspend_member",
    "withdraw_member",
]
