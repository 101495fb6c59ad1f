"""
What devices did while they were away, handed to the rooms: each kind of event to the action that it asks for.

Here alone stands which room a kind belongs to; no room knows of devices, and the journal knows of no room.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.journal import keeping
from corridor.foundations.journal.keeping import ConflictDraft
from corridor.foundations.journal.models import Conflict, Device, Event
from corridor.foundations.journal.queries import last_of_chain, payload_of
from corridor.foundations.journal.reading import Batch, Elsewhere
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Refusal
from corridor.rooms.training import actions as training
from corridor.rooms.training.actions.saying import Said, SaidDraft
from corridor.rooms.training.agreeing import Value, contested_of
from corridor.rooms.training.models import Session
from corridor.rooms.training.refusals import (
    RegisterContested,
    RegisterIsClosed,
    RegisterIsEmpty,
    RegisterLocked,
    SessionIsCancelled,
)

from ._devices.judging import scope_of, take_evidence, take_evidence_off, take_judgement, take_signature
from ._devices.telling import tell_of_conflicts
from .lock_session import lock_session
from .recognise import recognise

# Written once the two who differed say the same, so that a conflict never lies in an inbox for nothing.
THEY_AGREE = "Both say the same now."
WHY_UNSIGNED = {
    RegisterContested: "signature_contested",
    RegisterIsEmpty: "signature_empty",
    RegisterLocked: "signature_locked",
    RegisterIsClosed: "closed",
    SessionIsCancelled: "cancelled",
    AccessDenied: "not_trainer",
}


@dataclass(frozen=True, slots=True)
class Told:
    """
    What a device is answered: what it may mark as sent, what was other than the first time, and up to which number its chain is whole
    here; it sends again what comes after that.
    """

    kept: tuple[UUID, ...]
    other: tuple[UUID, ...]
    last: int


def take_events(*, device: Device, batch: Batch, route: Event.Route, on: date, at: datetime, by: Actor) -> Told:
    """
    Keep a batch, then apply what is whole of the chain. First the one, then the other: what was kept is never lost to what follows.

    :raises DeviceIsAnothers: if another account sends it.
    """
    kept = keeping.keep_events(device=device, events=batch.events, route=route, at=at, by=by)
    _apply_waiting(device=device, oldest=batch.oldest, elsewhere=batch.elsewhere, on=on, at=at)
    _raise_other_contents(kept.other, on=on, at=at, by=by)
    return Told(kept.kept, kept.other, last_of_chain(device, oldest=batch.oldest))


@transaction.atomic
def _apply_waiting(
    *, device: Device, oldest: int = 1, elsewhere: Sequence[Elsewhere] = (), on: date, at: datetime
) -> int:
    """Apply the events of a device whose turn it is, as its account may today. Return how many. Done twice it is done once."""
    ready = keeping.events_to_apply(device=device, oldest=oldest, elsewhere=elsewhere)
    if not ready:
        return 0
    # Whoever was a trainer when the phone left may be none any more: then a person decides.
    by = recognise(device.user, on=on)
    for event in ready:
        drafts, state = _apply(event, at=at, by=by)
        keeping.raise_conflicts(event=event, drafts=drafts, at=at)
        tell_of_conflicts(drafts, on=on, at=at, by=by)
        keeping.note_applied([event], state=state)
    _close_what_agrees({event.subject for event in ready}, at=at, by=by)
    return len(ready)


def _close_what_agrees(sessions: set[UUID], *, at: datetime, by: Actor) -> None:
    """Conflicts between two marks end by themselves where both say the same by now."""
    waiting = Conflict.objects.filter(
        event__subject__in=sessions, reason="other_mark", outcome=Conflict.Outcome.WAITING
    )
    found = list(waiting.select_related("event"))
    for session in Session.objects.filter(pk__in={each.event.subject for each in found}):
        contested = contested_of(session)
        for each in found:
            if each.event.subject == session.pk and each.about not in contested:
                keeping.settle(conflict=each, outcome=Conflict.Outcome.BROUGHT_TAKEN, reason=THEY_AGREE, at=at, by=by)


def _marks_in(payload: Mapping[str, Any]) -> tuple[SaidDraft, ...]:
    """
    What an event of the kind ``register.marked`` says of learners.

    :raises ValueError, TypeError, KeyError, AttributeError: for what is no such payload.
    """
    return tuple(
        SaidDraft(
            UUID(str(each["place"])),
            Value(str(each["mark"]), _whole_number(each.get("minutes")), str(each.get("remark") or "")),
            UUID(str(each["saw"])) if each.get("saw") else None,
        )
        for each in payload["marks"]
    )


def _apply(event: Event, *, at: datetime, by: Actor) -> tuple[Sequence[ConflictDraft], Event.State]:
    handler = HANDLERS.get((event.kind, event.version))
    try:
        if handler is None:
            return [_unread(event)], Event.State.UNREAD
        with transaction.atomic():
            drafts = handler(event, at, by)
    except (BadInput, NotFound, ValueError, TypeError, KeyError, AttributeError):
        return [_unread(event)], Event.State.UNREAD
    return drafts, Event.State.CONTESTED if drafts else Event.State.APPLIED


def _marked(event: Event, at: datetime, by: Actor) -> Sequence[ConflictDraft]:
    payload = payload_of(event)
    said = Said(
        key=event.pk, session=event.subject, marks=_marks_in(payload), held_on=_day(payload.get("held_on")), said_at=event.said_at,
        seen_at=event.seen_at, reason=str(payload.get("reason") or ""), guests=tuple(str(name) for name in payload.get("guests", [])),
    )  # fmt: skip
    scope = _scope_of(event)
    return [
        ConflictDraft(
            reason=each.reason, scope_kind=scope[0], scope_key=scope[1], about=each.enrolment,
            standing=each.standing.written() if each.standing else "", standing_by=each.standing_by, standing_at=each.standing_at,
            brought=each.brought.written(),
        )
        for each in training.say_marks(said=said, at=at, by=by)
    ]  # fmt: skip


def _signed(event: Event, at: datetime, by: Actor) -> Sequence[ConflictDraft]:
    session = Session.objects.select_related("cohort__site").filter(pk=event.subject).first()
    if session is None:
        return [_unread(event)]
    if session.signed_by == by.label and session.status == "locked":
        return []
    try:
        with transaction.atomic():
            lock_session(session=session, version=session.version, at=max(at, session.begins_at), by=by)
    except Refusal as refusal:
        reason = WHY_UNSIGNED.get(type(refusal), "signature_refused")
        return [
            ConflictDraft(
                reason=reason, scope_kind="cohort", scope_key=session.cohort_id, standing_by=session.signed_by,
                standing_at=session.signed_at,
            )
        ]  # fmt: skip
    return []


Handler = Callable[[Event, datetime, Actor], Sequence[ConflictDraft]]
# Every kind and version that was ever sent stays here: a phone may come back after years.
HANDLERS: dict[tuple[str, int], Handler] = {
    ("register.marked", 1): _marked,
    ("register.signed", 1): _signed,
    ("assessment.judged", 1): take_judgement,
    ("assessment.signed", 1): take_signature,
    ("assessment.evidence", 1): take_evidence,
    ("assessment.evidence_taken_off", 1): take_evidence_off,
}


def _raise_other_contents(keys: Sequence[UUID], *, on: date, at: datetime, by: Actor) -> None:
    for event in Event.objects.filter(pk__in=keys).select_related("device"):
        kind, key = _scope_of(event)
        drafts = [ConflictDraft(reason="other_content", scope_kind=kind, scope_key=key)]
        keeping.raise_conflicts(event=event, drafts=drafts, at=at)
        tell_of_conflicts(drafts, on=on, at=at, by=by)


def _scope_of(event: Event) -> tuple[str, UUID]:
    """Whose inbox it lies in: that of the cohort, or of the account where nobody knows what it is about."""
    cohort = Session.objects.filter(pk=event.subject).values_list("cohort_id", flat=True).first()
    return ("cohort", cohort) if cohort else scope_of(event) or ("account", event.device.user_id)


def _unread(event: Event) -> ConflictDraft:
    kind, key = _scope_of(event)
    return ConflictDraft(reason="unread", scope_kind=kind, scope_key=key)


def _whole_number(told: object) -> int | None:
    return None if told in {None, ""} else int(str(told))


def _day(told: object) -> date | None:
    return date.fromisoformat(str(told)) if told else None
