"""Guests of registers from sheets: they are added to those who stand there, until the register is signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.wording import N_

from ..agreeing import remove_empty_entries
from ..keeping_time import Rules
from ..lifecycle import SessionStatus
from ..models import EntryOrigin, Guest, RegisterEntry, Session
from .registers import _hold_all, _require_begun


@dataclass(frozen=True, slots=True)
class GuestBrought:
    """Somebody who was in the room without a place; ``key`` is that of the new row."""

    key: UUID
    session: Session
    name: str
    reason: str = ""


@transaction.atomic
def bring_guests(*, guests: Sequence[GuestBrought], at: datetime, by: Actor) -> int:
    """
    Write guests into registers that are not signed. Return how many.

    :raises RegisterLocked, SessionIsCancelled, SessionHasNotBegun, RegisterIsClosed, SaysNoReason: names the first session.
    """
    sessions = _hold_all({each.session.pk: each.session for each in guests}, by=by)
    rules = Rules(sessions.values(), at=at)
    for each in guests:
        _require_begun(sessions[each.session.pk], at=at)
        rules.require_in_time(sessions[each.session.pk], reason=each.reason)
    entries = {
        (key, reason): RegisterEntry(
            session=sessions[key], origin=EntryOrigin.SHEET, entered_by=by.label, entered_at=at, reason=reason
        )
        for key, reason in dict.fromkeys((each.session.pk, each.reason) for each in guests)
    }
    RegisterEntry.objects.bulk_create(entries.values())
    Guest.objects.bulk_create(
        [Guest(pk=each.key, entry=entries[each.session.pk, each.reason], name=each.name) for each in guests]
    )
    Session.objects.filter(pk__in=list(sessions)).update(version=F("version") + 1)
    log.record_each("training.register_taken", by=by, subjects=list(sessions.values()))
    return len(guests)


@transaction.atomic
def remove_guests(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take away guests that an import wrote by mistake.

    :raises BuiltOn: if a register was signed since, or a guest was taken back on its page.
    """
    guests = list(Guest.objects.select_related("entry").filter(pk__in=keys))
    rows = Session.objects.select_for_update(of=("self",)).select_related("cohort__site")
    sessions = rows.in_bulk({guest.entry.session_id for guest in guests})
    for session in sessions.values():
        by.require(Permission.REGISTER_TAKE, on=session)
    for guest in guests:
        session = sessions[guest.entry.session_id]
        if session.status == SessionStatus.LOCKED:
            raise BuiltOn(
                N_("The register of %(session)s was signed since; the import cannot be taken back."),
                session=str(session),
            )
        if guest.taken_back_at is not None:
            raise BuiltOn(
                N_("%(record)s was changed again since (%(column)s); the import cannot be taken back."),
                record=f"{session} {guest.name}", column="guest",
            )  # fmt: skip
    Guest.objects.filter(pk__in=[guest.pk for guest in guests]).delete()
    remove_empty_entries([guest.entry_id for guest in guests])
    Session.objects.filter(pk__in=list(sessions)).update(version=F("version") + 1)
    log.record_each("training.import_undone", by=by, subjects=list(sessions.values()))
    return len(guests)
