"""Every way the journal grows: devices, events, and what is decided about them."""

import base64
import binascii
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from .models import Conflict, Device, Event, OtherContent
from .reading import Elsewhere, EventDraft
from .refusals import DecidedAlready, DeviceIsAnothers, FileIsNotGenuine

MOST_DEVICES = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a batch: ``kept`` (now or before) may be marked as sent; of ``other`` the first content counts."""

    kept: tuple[UUID, ...]
    other: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class ConflictDraft:
    """What could not simply be taken of one event."""

    reason: str
    scope_kind: str
    scope_key: UUID
    about: UUID | None = None
    standing: str = ""
    standing_by: str = ""
    standing_at: datetime | None = None
    brought: str = ""


@transaction.atomic
def register_device(*, key: UUID, name: str, public_key: str, at: datetime, by: Actor) -> Device:
    """
    Take in a device of the account that asks. Told again it is the same device.

    :raises DeviceIsAnothers: if the key belongs to a device of another account, or to another public key.
    :raises BadInput: for a key that is none. :raises AccessDenied: if nobody is signed in.
    """
    if by.user_id is None:
        raise AccessDenied(N_("Sign in first; a device keeps the journal of one account."))
    require_public_key(public_key)
    standing = Device.objects.select_for_update().filter(pk=key).first()
    if standing is not None:
        if standing.user_id != by.user_id or standing.public_key != public_key:
            raise DeviceIsAnothers(
                N_("This device is registered for another account, or with another key. Register it anew.")
            )
        return standing
    if Device.objects.filter(user=by.user_id, withdrawn_at__isnull=True).count() >= MOST_DEVICES:
        problem = Problem(N_("An account has at most %(most)s devices. Take one off first."), {"most": MOST_DEVICES})
        raise BadInput([problem])
    device = Device.objects.create(
        pk=key, user_id=by.user_id, name=name.strip()[:80] or "?", public_key=public_key, registered_at=at
    )
    log.record("journal.device_registered", by=by, subject=device)
    return device


@transaction.atomic
def withdraw_device(*, device: Device, at: datetime, by: Actor) -> Device:
    """A phone was lost or given away: it is given no names any more. What it kept is still taken when it comes."""
    if device.user_id != by.user_id:
        raise NotFound(N_("You have no such device."))
    device = Device.objects.select_for_update().get(pk=device.pk)
    if device.withdrawn_at is None:
        device.withdrawn_at = at
        device.save(update_fields=["withdrawn_at"])
        log.record("journal.device_withdrawn", by=by, subject=device)
    return device


@transaction.atomic
def keep_events(*, device: Device, events: Sequence[EventDraft], route: Event.Route, at: datetime, by: Actor) -> Kept:
    """
    Append events as they came. One that is kept already is answered the same; one with other content than the first time is kept beside it.

    The events of a device come from its own account, or from whoever brings its file; signed by its key they are its own either way.

    :raises FileIsNotGenuine: for one that the device did not sign. :raises DeviceIsAnothers:
    """
    if by.user_id is None or (route == Event.Route.NETWORK and device.user_id != by.user_id):
        raise DeviceIsAnothers(
            N_("This device is registered for another account, or with another key. Register it anew.")
        )
    require_signed(events, device=device)
    # One batch of a device after the other: two at once must not both find an event new.
    device = Device.objects.select_for_update().get(pk=device.pk)
    drafts = {each.key: each for each in events}
    standing = Event.objects.in_bulk(list(drafts))
    fresh = [draft for key, draft in drafts.items() if key not in standing]
    Event.objects.bulk_create(
        [
            Event(
                pk=each.key, device=device, sequence=each.sequence, previous=each.previous, kind=each.kind, version=each.version,
                subject=each.subject, content=each.content, signature=each.signature, said_at=each.said_at, seen_at=each.seen_at, received_at=at,
                received_from_id=by.user_id, route=route,
            )
            for each in fresh
        ],
        batch_size=100,
    )  # fmt: skip
    first = {draft.key: draft.content for draft in fresh} | {key: row.content for key, row in standing.items()}
    owners = {key: row.device_id for key, row in standing.items()}
    other = [each for each in events if first[each.key] != each.content or owners.get(each.key, device.pk) != device.pk]
    OtherContent.objects.bulk_create(
        [
            OtherContent(
                event_id=each.key,
                content=each.content,
                fingerprint=sha256(each.content.encode()).hexdigest(),
                received_at=at,
            )
            for each in other
        ],
        ignore_conflicts=True,
    )
    Device.objects.filter(pk=device.pk).update(last_heard_at=at)
    if fresh:
        log.record("journal.events_kept", by=by, subject=device, count=len(fresh))
    differing = {each.key for each in other}
    return Kept(tuple(key for key in drafts if key not in differing), tuple(differing))


def events_to_apply(*, device: Device, oldest: int, elsewhere: Sequence[Elsewhere] = ()) -> list[Event]:
    """
    Events of the device that wait and whose turn it is: the one before was dealt with, will never come, or is of no concern here. Held until the
    transaction ends.

    An event whose predecessor has not come yet stays as it is.
    """
    waiting = list(
        Event.objects.select_for_update()
        .filter(device=device, state=Event.State.WAITING)
        .order_by("sequence", "received_at", "pk")
    )
    before = {each for each in (*(one.previous for one in waiting), *(one.previous for one in elsewhere)) if each}
    done = set(Event.objects.filter(pk__in=before).exclude(state=Event.State.WAITING).values_list("pk", flat=True))
    ready = []
    chain = [(each.sequence, each.pk, each.previous, each) for each in waiting]
    chain += [(each.sequence, each.key, each.previous, None) for each in elsewhere]
    for sequence, key, previous, event in sorted(chain, key=lambda link: link[:2]):
        if previous is None or previous in done or sequence <= oldest:
            done.add(key)
            if event is not None:
                ready.append(event)
    return ready


def note_applied(events: Collection[Event], *, state: Event.State) -> None:
    """Say what became of events that wait. The caller holds them."""
    Event.objects.filter(pk__in=[each.pk for each in events], state=Event.State.WAITING).update(state=state)


def raise_conflicts(*, event: Event, drafts: Sequence[ConflictDraft], at: datetime) -> None:
    """Put what could not be taken into the inbox of its place; nothing of it is dropped. The event counts as dealt with."""
    Conflict.objects.bulk_create(
        [
            Conflict(event=event, raised_at=at, **{name: getattr(each, name) for name in each.__dataclass_fields__})
            for each in drafts
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def settle(*, conflict: Conflict, outcome: Conflict.Outcome, reason: str, at: datetime, by: Actor) -> Conflict:
    """
    Write down what was decided. Who may decide, and what follows from it, is the room's: a journey asks it in the same transaction.

    :raises DecidedAlready: :raises BadInput: without a reason.
    """
    held = Conflict.objects.select_for_update().get(pk=conflict.pk)
    if not held.is_waiting:
        raise DecidedAlready(N_("%(who)s has decided this already."), who=held.decided_by)
    if not reason.strip() or len(reason) > 300:
        raise BadInput([Problem(N_("Say why, in at most %(most)s characters."), {"most": 300}, column="reason")])
    held.outcome, held.decided_by, held.decided_at, held.decided_because = outcome, by.label, at, reason.strip()
    held.save(update_fields=["outcome", "decided_by", "decided_at", "decided_because"])
    log.record("journal.conflict_decided", by=by, subject=held)
    return held


def require_signed(events: Sequence[EventDraft], *, device: Device) -> None:
    """:raises FileIsNotGenuine: names the first event that the key of the device did not sign, or that is of another device."""
    key = require_public_key(device.public_key)
    for each in events:
        try:
            raw = base64.b64decode(each.signature, validate=True)
            pair = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
            if each.device != device.pk or len(raw) != 64:
                raise InvalidSignature
            key.verify(pair, each.content.encode(), ECDSA(SHA256()))
        except (InvalidSignature, ValueError) as wrong:
            raise FileIsNotGenuine(
                N_(
                    "Event %(number)s is not signed by its device. Somebody has changed it on the way; nothing was taken."
                ),
                number=each.sequence,
            ) from wrong


def require_public_key(text: str) -> EllipticCurvePublicKey:
    """:raises BadInput: for what is no public key on P-256."""
    try:
        key = load_der_public_key(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error, UnsupportedAlgorithm) as wrong:
        raise _no_key() from wrong
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1) or len(text) > 200:
        raise _no_key()
    return key


def _no_key() -> BadInput:
    return BadInput([Problem(N_("This is no public key of a device (ECDSA on P-256)."), column="public_key")])
