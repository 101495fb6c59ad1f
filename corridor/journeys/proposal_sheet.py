"""The sheet of proposals to the council: about which member, what, and why. What counted is counted when it is read, for the day of the proposal."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import choice, day, reference, text
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.rooms.members.lifecycle import MembershipStatus
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.standing import home_zone

from .propose_step import propose_step


def _take(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, zone = Findings(), ZoneInfo(home_zone())
    members = by_reference(Organisation.objects.all(), (row["organisation"] for row in rows))
    for row in rows:
        findings.find(row, "organisation", members)
    findings.refuse_if_any()
    for row in rows:
        proposed_at = datetime.combine(row["proposed_on"], time(9), tzinfo=zone).astimezone(UTC)
        with refusals_in([row]):
            propose_step(
                organisation=members[row["organisation"]], to=row["to_status"], reason=row["reason"], on=row["proposed_on"],
                at=proposed_at, by=by,
            )  # fmt: skip
    return len(rows)


PROPOSALS = SheetKind(
    name="proposals",
    pattern="proposals.*",
    columns=(
        Column("organisation", reference(60)),
        Column("to_status", choice(MembershipStatus)),
        Column("proposed_on", day),
        Column("reason", text(500)),
    ),
    take=_take,
    unique=("organisation",),
)
