"""
A journal as a file, for places without a network: the events of one device or of a whole house, each with its device's own signature.

Whoever carries it can neither change an event nor add one; what is missing comes with the next file.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.foundations.accounts.models import User
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .carried import MOST_CARRIED, CarriedFile, read_carried
from .keeping import require_public_key
from .models import Device, Event
from .reading import Elsewhere, EventDraft, read_event, unpacked
from .refusals import DeviceIsAnothers

KIND, FORMAT = "corridor-journal", 1
MOST_IN_FILE = 50_000
MOST_BYTES_OF_FILE = 20_000_000


@dataclass(frozen=True, slots=True)
class DeviceTold:
    """A device as a file tells of it; ``user`` is the key of the account or its name."""

    key: UUID
    name: str
    public_key: str
    user: str


@dataclass(frozen=True, slots=True)
class JournalFile:
    devices: tuple[DeviceTold, ...]
    events: tuple[EventDraft, ...]
    elsewhere: tuple[Elsewhere, ...] = ()
    carried: tuple[CarriedFile, ...] = ()


def read_file(body: bytes) -> JournalFile:
    """:raises BadInput: for what is no journal, only a part of one, or of a form that is not understood."""
    try:
        told = json.loads(unpacked(body, most=MOST_BYTES_OF_FILE))
        if told["kind"] != KIND or int(told["format"]) != FORMAT or len(told["events"]) > MOST_IN_FILE:
            raise ValueError("another file")
        devices = tuple(
            DeviceTold(
                UUID(str(each["id"])), str(each.get("name", ""))[:80], str(each["public_key"]), str(each["user"])
            )
            for each in told["devices"]
        )
        events = tuple(read_event(each) for each in told["events"])
        elsewhere = tuple(
            Elsewhere(
                UUID(str(each["device"])), UUID(str(each["id"])), int(each["sequence"]),
                UUID(str(each["previous"])) if each.get("previous") else None,
            )
            for each in list(told.get("elsewhere", []))[:MOST_IN_FILE]
        )  # fmt: skip
        carried = tuple(read_carried(each) for each in list(told.get("files", []))[:MOST_CARRIED])
        if not {each.device for each in carried} <= {each.key for each in devices}:
            raise ValueError("a file of nobody's device")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as wrong:
        raise BadInput(
            [Problem(N_("This file is no journal, or only a part of one. Nothing was taken."), column="file")]
        ) from wrong
    return JournalFile(devices, events, elsewhere, carried)


def device_of(told: DeviceTold, *, may_vouch: bool, at: datetime, by: Actor) -> Device:
    """
    The device of a file: one that is registered, with the same key. One that is not known here is registered for its account when
    whoever brings it may vouch for that.

    :raises DeviceIsAnothers: if it is registered with another key, or nobody vouches for it. :raises BadInput: if there is no such account.
    """
    standing = Device.objects.filter(pk=told.key).first()
    if standing is not None:
        if standing.public_key != told.public_key:
            raise DeviceIsAnothers(
                N_("This device is registered for another account, or with another key. Register it anew.")
            )
        return standing
    if not may_vouch:
        raise DeviceIsAnothers(
            N_("The device %(device)s was never seen here. Ask the secretariat to bring its file."),
            device=told.name or str(told.key),
        )
    require_public_key(told.public_key)
    user = _account(told.user)
    if user is None:
        raise BadInput([Problem(N_("There is no account %(account)s here."), {"account": told.user}, column="file")])
    device = Device.objects.create(
        pk=told.key, user=user, name=told.name or "?", public_key=told.public_key, registered_at=at
    )
    log.record("journal.device_registered", by=by, subject=device)
    return device


def file_of(events: Iterable[Event]) -> bytes:
    """
    A file with these events and the devices that they are of. Of what stands between them in a chain and is not for who reads this file only its
    place is told, so that nothing behind it waits.
    """
    rows = list(events)
    last = {each.device_id: each.sequence for each in sorted(rows, key=lambda each: each.sequence)}
    given = {each.pk for each in rows}
    chains = Event.objects.filter(device__in=last).order_by("device", "sequence", "pk")
    between = [
        {"device": str(device), "id": str(key), "sequence": sequence, "previous": str(previous) if previous else None}
        for device, key, sequence, previous in chains.values_list("device", "pk", "sequence", "previous")
        if key not in given and sequence < last[device]
    ]
    devices = Device.objects.select_related("user").in_bulk({each.device_id for each in rows})
    told: dict[str, Any] = {
        "kind": KIND,
        "format": FORMAT,
        "devices": [
            {"id": str(each.pk), "name": each.name, "public_key": each.public_key, "user": each.user.username}
            for each in devices.values()
        ],
        "events": [{**json.loads(each.content), "signature": each.signature} for each in rows],
        **({"elsewhere": between} if between else {}),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _account(told: str) -> User | None:
    try:
        return User.objects.filter(pk=UUID(told)).first()
    except ValueError:
        return User.objects.filter(username=told).first()
