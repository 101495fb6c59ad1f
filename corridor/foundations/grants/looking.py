"""Looking where one usually may not, for a while: an override of one record, and seeing the product as a role does. Both read alone."""

from datetime import datetime, timedelta

from django.db import transaction

from corridor.foundations.access import NOT_GIVEN, Actor, Permission, Role
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import differences, values_of
from corridor.foundations.contested import contested
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.errors import AccessDenied, BadInput, Problem
from corridor.kernel.wording import N_

from .drafts import Closed, Place
from .giving import PLACES_OF
from .models import Override, OverrideTold, RecordKind, Viewing
from .refusals import HasEnded, HeldAlready

LONGEST_OVERRIDE = timedelta(minutes=60)
LONGEST_VIEWING = timedelta(minutes=30)
SHORTEST_REASON = 20
SAID = ("record_kind", "record_reference")


@transaction.atomic
def begin_override(*, kind: RecordKind, record: Closed, minutes: int, reason: str, at: datetime, by: Actor) -> Override:
    """
    Open one record for reading, for at most 60 minutes. The accounts that it names are told.

    :raises BadInput: for a reason of fewer than 20 letters, or a longer time. :raises AccessDenied: for anyone but oversight.
    """
    by.require(Permission.OVERRIDE_BEGIN)
    if by.user_id is None:
        raise AccessDenied(N_("Only somebody who is signed in opens a record, and only one."))
    problems = []
    if len(" ".join(reason.split())) < SHORTEST_REASON:
        problems.append(
            Problem(N_("Say why in %(least)s letters or more."), {"least": SHORTEST_REASON}, column="reason")
        )
    if not 1 <= minutes <= LONGEST_OVERRIDE.total_seconds() // 60:
        problems.append(Problem(N_("An hour at most."), column="minutes"))
    if problems:
        raise BadInput(problems)
    made = Override.objects.create(
        user_id=by.user_id, record_kind=kind, record_key=record.key, record_reference=record.reference,
        reason=reason.strip(), begins_at=at, ends_at=at + timedelta(minutes=minutes),
    )  # fmt: skip
    told = [OverrideTold(override=made, user_id=key) for key in dict.fromkeys(record.user_ids)]
    OverrideTold.objects.bulk_create(told)
    # The log names what was opened by its kind and reference; the reason may name a person and stays in the row.
    log.record("grants.override_begun", by=by, subject=made, changes=differences({}, values_of(made, SAID)))
    tell(Event.OVERRIDE_BEGUN, to=record.user_ids, about=record.reference, link="/people/me/looked/", at=at, by=by)
    return made


@transaction.atomic
def end_override(*, override: Override, at: datetime, by: Actor) -> Override:
    """Close it before its time. :raises HasEnded: if it is closed."""
    if by.user_id != override.user_id:
        by.require(Permission.GRANT_GIVE)
    held = Override.objects.select_for_update(of=("self",)).get(pk=override.pk)
    if not held.is_open(at):
        raise HasEnded(N_("This record is closed again already."))
    held.ended_at = at
    held.save(update_fields=["ended_at"])
    log.record("grants.override_ended", by=by, subject=held)
    return held


@transaction.atomic
def begin_viewing(*, role: Role, place: Place, at: datetime, by: Actor) -> Viewing:
    """
    See the product as that role does there, for half an hour, reading alone; one at a time.

    :raises BadInput: for a role that nobody holds there. :raises HeldAlready: if one is open.
    """
    by.require(Permission.ACCESS_SEE_AS)
    if by.user_id is None:
        raise AccessDenied(N_("Only somebody who is signed in sees as a role."))
    is_held_there = role == Role.VISITOR or (role not in NOT_GIVEN and place.kind in PLACES_OF.get(role.value, ()))
    if not is_held_there:
        raise BadInput([Problem(N_("This role cannot be held for such a place."), column="place")])
    open_one = Viewing.objects.filter(user_id=by.user_id, ended_at__isnull=True)
    open_one.filter(ends_at__lte=at).update(ended_at=at)

    def refuse_second() -> None:
        if open_one.exists():
            raise HeldAlready(N_("You see as a role already; end that first."))

    refuse_second()
    with contested(refuse_second):
        made = Viewing.objects.create(
            user_id=by.user_id, role=role.value, scope_kind=place.kind, scope_key=place.key,
            scope_reference=place.reference, begins_at=at, ends_at=at + LONGEST_VIEWING,
        )  # fmt: skip
    log.record("grants.viewing_begun", by=by, subject=made)
    return made


@transaction.atomic
def end_viewing(*, at: datetime, by: Actor) -> None:
    """See as oneself again; nothing happens where nobody looks as a role. The actor may be the narrowed one."""
    found = Viewing.objects.select_for_update(of=("self",)).filter(user_id=by.user_id, ended_at__isnull=True).first()
    if found is not None:
        found.ended_at = min(at, found.ends_at) if found.ends_at > found.begins_at else at
        found.save(update_fields=["ended_at"])
        log.record("grants.viewing_ended", by=by, subject=found)
