"""
Reminding members, every night: before they would be at risk, and of data calls before and after the deadline. Each reminder goes out once.

Who is told is whoever speaks for the member that night, or stands in for them; who took the seat over since is told too. Where nobody
does, the secretariat is told so. Asked again the same night, nothing happens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.tasks import task

from corridor.foundations.access import NIGHTLY, Actor, Permission, Role
from corridor.foundations.jobs.holding import start_job
from corridor.foundations.jobs.models import Job
from corridor.foundations.jobs.working import take_up
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.rooms.indicators.queries import risks_on
from corridor.rooms.members.lifecycle import CallStatus
from corridor.rooms.members.models import AskedMember, DataCall
from corridor.rooms.members.seating import speakers_on
from corridor.rooms.people.secretariat import secretariat_ids

from .first_delivery import note_deliveries
from .remind_obligations import remind_of_obligations

KIND = "members.remind"
BEFORE_AT_RISK = (60, 14)
BEFORE_DEADLINE = (14, 3)
AFTER_DEADLINE = (1, 14)


@dataclass(frozen=True)
class Reminded:
    """How many accounts were told of what."""

    at_risk: int
    before_deadline: int
    after_deadline: int


@transaction.atomic
def remind_members(*, on: date, at: datetime, by: Actor) -> Reminded:
    """
    Tell whoever speaks for a member, else the secretariat: 60 and 14 days before it would be at risk; 14 and 3 days before the deadline of
    a data call it has not answered; and one and 14 days after. A night that was missed is made up for by the next.
    """
    by.require(Permission.DATA_CALL_MAKE)
    speakers, house = speakers_on(on, roles=[Role.COORDINATOR]), secretariat_ids(on=on)
    risk = 0
    for each in risks_on(on=on, by=by, within_days=max(BEFORE_AT_RISK)):
        days = min((before for before in BEFORE_AT_RISK if each.days_left <= before), default=None)
        to = speakers.get(each.organisation.pk, [])
        if days is None or each.is_at_risk:
            continue
        reference = each.organisation.reference
        event = Event.AT_RISK_SOON if to else Event.AT_RISK_UNSPOKEN
        risk += tell(
            event, to=to or house, about=reference, link=f"/members/{reference}/", at=at, by=by,
            places={"day": each.at_risk_on.isoformat()}, once=f"{reference}-{each.at_risk_on.isoformat()}-{days}",
        )  # fmt: skip
    before = after = 0
    for call in DataCall.objects.filter(status=CallStatus.OPEN):
        days_left = (call.due_on - on).days
        if days_left >= 0:
            mark = min((days for days in BEFORE_DEADLINE if days_left <= days), default=None)
            before += _remind(call, Event.DATA_CALL_SOON, mark, speakers, house, at=at, by=by)
        else:
            mark = max((days for days in AFTER_DEADLINE if -days_left >= days), default=None)
            after += _remind(call, Event.DATA_CALL_LATE, mark, speakers, house, at=at, by=by)
    return Reminded(risk, before, after)


def remind_of_call(*, call: DataCall, on: date, at: datetime, by: Actor) -> int:
    """Remind everyone who has not answered now, once a day at most, and tell the secretariat for whom nobody speaks. Return how many were told."""
    by.require(Permission.DATA_CALL_MAKE)
    speakers = speakers_on(on, roles=[Role.COORDINATOR])
    event = Event.DATA_CALL_SOON if on <= call.due_on else Event.DATA_CALL_LATE
    return _remind(call, event, on.toordinal(), speakers, secretariat_ids(on=on), at=at, by=by)


def remind_tonight(*, on: date, at: datetime, by: Actor) -> Job | None:
    """Start the night's reminders as a job, once a night; None where they are done, or under way. ``at`` is the world's own clock."""
    begun = Job.objects.filter(kind=KIND, subject=on.isoformat()).exclude(state=Job.State.FAILED)
    return None if begun.exists() else start_job(kind=KIND, subject=on.isoformat(), task=_remind_all, by=by, at=at)


@task
def _remind_all(job_id: str) -> None:
    with take_up(job_id) as held:
        on = date.fromisoformat(held.job.subject)
        note_deliveries(until=on, by=NIGHTLY)
        remind_members(on=on, at=held.job.asked_at, by=NIGHTLY)
        remind_of_obligations(on=on, at=held.job.asked_at, by=NIGHTLY)


def _remind(
    call: DataCall,
    event: Event,
    mark: int | None,
    speakers: Mapping[UUID, Sequence[UUID]],
    house: Sequence[UUID],
    *,
    at: datetime,
    by: Actor,
) -> int:
    if mark is None:
        return 0
    open_ones = AskedMember.objects.filter(call=call, answered_at__isnull=True)
    waiting = list(
        open_ones.order_by("organisation__reference").values_list("organisation_id", "organisation__reference")
    )
    day = call.due_on.isoformat()
    told = tell(
        event, to=[user for key, _reference in waiting for user in speakers.get(key, ())], about=call.reference,
        link=f"/data-calls/{call.reference}/", at=at, by=by, places={"day": day}, once=f"{call.reference}-{mark}",
    )  # fmt: skip
    for key, reference in waiting:
        if not speakers.get(key):
            told += tell(
                Event.DATA_CALL_UNSPOKEN, to=house, about=reference, link=f"/members/{reference}/", at=at, by=by,
                places={"day": day, "call": call.reference}, once=f"{call.reference}-{reference}-{mark}",
            )  # fmt: skip
    return told
