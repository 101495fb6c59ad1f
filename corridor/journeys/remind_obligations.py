"""
Reminding members of what they owe under agreements: before it is due, by so many days as its kind asks for, and after. Each reminder goes out
once for each time that it falls due. Where nobody speaks for a member, the secretariat is told in its place.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.rooms.agreements.lifecycle import ObligationStatus
from corridor.rooms.agreements.models import REMIND_BEFORE, Obligation
from corridor.rooms.members.seating import speakers_on
from corridor.rooms.people.secretariat import secretariat_ids

AFTER = (1, 14)
# A night that was missed is made up for in so many days; what is late for longer stands on the list of what is late.
MADE_UP_IN = timedelta(days=60)
_EARLIEST = timedelta(days=max(days for each in REMIND_BEFORE.values() for days in each))


@dataclass(frozen=True)
class ObligationsReminded:
    """How many accounts were told, before the day and after it."""

    before: int
    after: int


@transaction.atomic
def remind_of_obligations(*, on: date, at: datetime, by: Actor) -> ObligationsReminded:
    """Tell whoever speaks for the member that owes it, else the secretariat. Asked again the same night, nothing happens."""
    by.require(Permission.OBLIGATION_SET)
    speakers, house = speakers_on(on, roles=[Role.COORDINATOR]), secretariat_ids(on=on)
    near = Obligation.objects.filter(
        status=ObligationStatus.OPEN, due_on__gte=on - MADE_UP_IN, due_on__lte=on + _EARLIEST
    )
    before = after = 0
    for owed in near.order_by("due_on", "reference"):
        left = (owed.due_on - on).days
        marks = REMIND_BEFORE[owed.shown_by]
        if left >= 0:
            mark = min((days for days in marks if left <= days), default=None)
        else:
            mark = max((days for days in AFTER if -left >= days), default=None)
        if mark is None:
            continue
        event = Event.OBLIGATION_SOON if left >= 0 else Event.OBLIGATION_LATE
        told = tell(
            event, to=speakers.get(owed.organisation_id) or house, about=owed.reference, link=f"/obligations/{owed.reference}/",
            at=at, by=by, places={"day": owed.due_on.isoformat()}, once=f"{owed.reference}.{owed.turn}-{mark}",
        )  # fmt: skip
        before, after = (before + told, after) if left >= 0 else (before, after + told)
    return ObligationsReminded(before, after)
