"""What a member's page puts together: its record, and what other rooms say of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from corridor.foundations.access import Actor, Permission
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.demand import queries as demand
from corridor.rooms.indicators import queries as indicators
from corridor.rooms.members import queries as members
from corridor.rooms.members.lifecycle import MembershipStatus
from corridor.rooms.members.queries import MemberRecord
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries as sites


@dataclass(frozen=True)
class MemberStory:
    """A member's record on a day, and the things in which it takes part that day."""

    record: MemberRecord
    announcements: list[Any] = field(default_factory=list)
    agreements: list[Any] = field(default_factory=list)
    programmes: list[Any] = field(default_factory=list)
    sites: list[Any] = field(default_factory=list)
    demands: list[Any] = field(default_factory=list)
    risk: Any = None
    proposals: list[Any] = field(default_factory=list)

    def spells(self) -> list[list[dict[str, Any]]]:
        """The steps of its memberships for the tag ``changes``, the latest first; who left and came back has several."""
        spells: list[list[dict[str, Any]]] = []
        for step in self.record.timeline:
            if not spells or step.status == MembershipStatus.APPLIED:
                spells.append([])
            spells[-1].insert(0, {"day": step.on, "status": step.status, "by": step.by_label, "reason": step.reason})
        return list(reversed(spells))


def member_story(*, reference: str, on: date, by: Actor) -> MemberStory:
    """:raises NotFound: if there is none of that reference, or none for this actor."""
    record = members.get_member(reference=reference, by=by, on=on)
    organisation = record.organisation
    sees_risk = by.holds_everywhere(Permission.MEMBER_VIEW_ANY_STATE) or by.may(Permission.MEMBER_EDIT, on=organisation)
    return MemberStory(
        record=record,
        risk=indicators.risk_of(organisation=organisation, on=on, by=by) if sees_risk else None,
        proposals=list(members.list_proposals(organisation=organisation, by=by)) if sees_risk else [],
        announcements=list(conferences.list_announcements(by=by, on=on, owner=reference, sort="newest")),
        agreements=list(agreements.list_agreements(by=by, on=on, member=reference)),
        programmes=list(programmes.list_programmes(by=by, on=on, member=reference)),
        sites=list(sites.list_sites(by=by, on=on, host=reference)),
        demands=list(demand.list_demands(by=by, on=on, employer=reference)),
    )
