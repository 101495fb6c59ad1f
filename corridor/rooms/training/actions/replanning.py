"""A session that is planned gets another time, or needs something else."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.notices.events import Event
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.periods import local_day
from corridor.kernel.wording import N_

from ..booking import Needs, refuse_needs, write_needs
from ..clash_words import require_no_clash
from ..clashes import slots_of
from ..lifecycle import SessionStatus
from ..models import EquipmentBooking, Session, SessionKind, SessionMove, SessionTrainer
from ..refusals import MarksAreThere, SessionIsHeld
from ..telling import tell_of
from .sessions import Clashing


@transaction.atomic
def move_session(
    *,
    session: Session,
    begins_at: datetime,
    minutes: int,
    reason: str,
    at: datetime,
    by: Actor,
    keeps_marks: bool = False,
    clashing: Clashing = Clashing.REFUSED,
) -> Session:
    """
    Give the session another time, and tell those concerned. Of a joint session every row moves. One whose register was taken is moved
    only where ``keeps_marks`` says so: its marks go with it, and both days stay to be read.

    :raises SessionIsHeld: if its register is signed, or it was called off. :raises MarksAreThere: if it has marks.
    :raises SessionsClash: names both sides. :raises BadInput: without a reason, or for the time that it has.
    """
    by.require(Permission.SESSION_PLAN, on=session)
    rows = _hold_joint(session)
    for each in rows:
        by.require(Permission.SESSION_PLAN, on=each)
        _require_movable(each, keeps_marks=keeps_marks)
    if not reason.strip():
        raise BadInput([Problem(N_("Say why the session is moved: those concerned read it."), column="reason")])
    if minutes < 1:
        raise BadInput([Problem(N_("A session lasts at least one minute."), column="minutes")])
    if all(each.begins_at == begins_at and each.minutes == minutes for each in rows):
        raise BadInput([Problem(N_("That is the time which the session has."), column="begins_at")])
    before = {each.pk: (each.held_on, each.begins_at, each.minutes) for each in rows}
    for each in rows:
        each.begins_at, each.minutes = begins_at, minutes
        each.held_on = local_day(begins_at, each.cohort.site.zone)
    if clashing == Clashing.REFUSED:
        require_no_clash(slots_of(rows), by=by)
    Session.objects.bulk_update(rows, ["begins_at", "minutes", "held_on"])
    SessionMove.objects.bulk_create(
        [
            SessionMove(
                session=each, from_at=before[each.pk][1], from_minutes=before[each.pk][2], to_at=begins_at,
                to_minutes=minutes, reason=reason, by_label=by.label, moved_at=at,
            )
            for each in rows
        ]
    )  # fmt: skip
    log.record_each("training.session_moved", by=by, subjects=rows)
    for each in rows:
        local = begins_at.astimezone(ZoneInfo(each.cohort.site.zone))
        places = {
            "day": before[each.pk][0].isoformat(), "new_day": each.held_on.isoformat(), "time": f"{local:%H:%M}",
        }  # fmt: skip
        tell_of(each, Event.SESSION_MOVED, at=at, by=by, places=places)
    session.refresh_from_db()
    return session


@transaction.atomic
def change_session(
    *,
    session: Session,
    kind: SessionKind,
    topic: str,
    needs: Needs,
    by: Actor,
    clashing: Clashing = Clashing.REFUSED,
) -> Session:
    """
    Say anew what a session is of, and what it needs: unit, room, trainers, machines.

    :raises SessionIsHeld: if its register is signed, or it was called off. :raises SessionsClash: names both sides.
    """
    by.require(Permission.SESSION_PLAN, on=session)
    held = Session.objects.select_for_update(of=("self",)).select_related("cohort__site").get(pk=session.pk)
    _require_movable(held, keeps_marks=True)
    refuse_needs([(held, needs)])
    held.kind, held.topic, held.unit, held.room = kind, topic, needs.unit, needs.room
    held.save(update_fields=["kind", "topic", "unit", "room"])
    SessionTrainer.objects.filter(session=held).delete()
    EquipmentBooking.objects.filter(session=held).delete()
    write_needs([(held, needs)])
    if clashing == Clashing.REFUSED:
        require_no_clash(slots_of([held]), by=by)
    log.record("training.session_changed", by=by, subject=held)
    return held


def _hold_joint(session: Session) -> list[Session]:
    head = session.joint_with_id or session.pk
    rows = Session.objects.select_for_update(of=("self",)).select_related("cohort__site")
    own, joined = rows.filter(pk__in={head, session.pk}), rows.filter(joint_with=head)
    found = {each.pk: each for each in [*own, *joined]}
    return [found[key] for key in sorted(found) if found[key].status != SessionStatus.CANCELLED or key == session.pk]


def _require_movable(session: Session, *, keeps_marks: bool) -> None:
    if session.status in {SessionStatus.LOCKED, SessionStatus.CANCELLED}:
        raise SessionIsHeld(
            N_("%(session)s is “%(now)s”; its plan stays."), session=str(session), now=session.get_status_display()
        )
    if session.status == SessionStatus.HELD and not keeps_marks:
        raise MarksAreThere(
            N_(
                "The register of %(session)s was taken on %(day)s. Say that its marks go with it to the new day, "
                "or plan another session."
            ),
            session=str(session), day=session.held_on,
        )  # fmt: skip
