"""What a member's page puts together: its record, and what other rooms say of it."""

from collections.abc import Callable, Iterable
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
from corridor.rooms.members.queries import MemberRecord, Profile
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries as sites
from corridor.web.sites.story import accreditations_then


@dataclass(frozen=True)
class MemberStory:
    """A member's record on a day, and the things in which it takes part that day."""

    record: MemberRecord
    profile: Profile
    accreditations: list[Any] = field(default_factory=list)
    old_references: list[str] = field(default_factory=list)
    merges: list[Any] = field(default_factory=list)
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
    # Rows of other rooms still name the records that were merged into this one.
    same = members.references_of(organisation=organisation, by=by)
    return MemberStory(
        record=record,
        old_references=same[1:],
        accreditations=accreditations_then(_of_each(same, lambda one: sites.accreditations_of(by=by, host=one)), on),
        profile=members.get_profile(organisation=organisation, on=on, by=by),
        merges=list(members.merges_of(organisation=organisation, by=by)),
        risk=indicators.risk_of(organisation=organisation, on=on, by=by) if sees_risk else None,
        proposals=list(members.list_proposals(organisation=organisation, by=by)) if sees_risk else [],
        announcements=_of_each(
            same, lambda one: conferences.list_announcements(by=by, on=on, owner=one, sort="newest")
        ),
        agreements=_of_each(same, lambda one: agreements.list_agreements(by=by, on=on, member=one)),
        programmes=_of_each(same, lambda one: programmes.list_programmes(by=by, on=on, member=one)),
        sites=_of_each(same, lambda one: sites.list_sites(by=by, on=on, host=one)),
        demands=_of_each(same, lambda one: demand.list_demands(by=by, on=on, employer=one)),
    )


def _of_each(references: Iterable[str], ask: Callable[[str], Iterable[Any]]) -> list[Any]:
    """What each of the records of one organisation takes part in, once."""
    return list({row.pk: row for reference in references for row in ask(reference)}.values())
