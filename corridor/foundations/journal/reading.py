"""What a device sends, read: bytes, perhaps compressed, that hold a batch of events. Nothing here trusts what it reads."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .refusals import AppIsTooOld

# The form of a batch: raised when an old page could no longer be understood. The kinds of events have versions of their own.
FORMAT, OLDEST_FORMAT = 1, 1
MOST_EVENTS = 500
MOST_BYTES = 2_000_000
LONGEST_EVENT = 60_000


@dataclass(frozen=True, slots=True)
class EventDraft:
    """
    One event as a device tells it; ``content`` is all of it as canonical JSON (keys in order, no spaces), without the signature, which
    the device made over exactly these bytes.
    """

    device: UUID
    key: UUID
    sequence: int
    previous: UUID | None
    kind: str
    version: int
    subject: UUID
    content: str
    signature: str
    said_at: datetime | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The place in a chain of an event that a file does not bring, since it is of no concern to who reads it."""

    device: UUID
    key: UUID
    sequence: int
    previous: UUID | None


@dataclass(frozen=True, slots=True)
class Batch:
    """
    ``oldest`` is the first number of the chain that the device still has: what came before will never come. For what stands ``elsewhere`` nothing
    waits.
    """

    device: UUID
    oldest: int
    events: tuple[EventDraft, ...]
    elsewhere: tuple[Elsewhere, ...] = ()


def unpacked(body: bytes, *, most: int = MOST_BYTES) -> bytes:
    """
    The body as it was before ``gzip``; a body that is none stays as it is.

    :raises BadInput: for one that breaks off in the middle, or grows beyond what is taken at once.
    """
    if not body.startswith(b"\x1f\x8b"):
        text = body
    else:
        opened = zlib.decompressobj(wbits=31)
        try:
            text = opened.decompress(body, most + 1)
        except zlib.error as wrong:
            raise _no_batch() from wrong
        if not opened.eof and len(text) <= most:
            raise _no_batch()
    if len(text) > most:
        raise BadInput(
            [Problem(N_("This is more than is taken at once. Send at most %(most)s events."), {"most": MOST_EVENTS})]
        )
    return text


def read_batch(body: bytes) -> Batch:
    """
    :raises AppIsTooOld: if the page that sent it is older than is understood; it keeps what it has.
    :raises BadInput: for what is no batch, too many events, or an event without its head.
    """
    try:
        sent = json.loads(unpacked(body))
        form = int(sent["format"])
        device, oldest, told = UUID(str(sent["device"])), int(sent.get("oldest", 1)), sent["events"]
        if not isinstance(told, list):
            raise ValueError("no list")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
        raise _no_batch() from wrong
    if not OLDEST_FORMAT <= form <= FORMAT:
        raise AppIsTooOld(
            N_(
                "This page is of another version than the house. Open it again with a network; what you marked stays on the device "
                "and can be saved as a file."
            )
        )
    if len(told) > MOST_EVENTS:
        raise BadInput(
            [Problem(N_("This is more than is taken at once. Send at most %(most)s events."), {"most": MOST_EVENTS})]
        )
    problems: list[Problem] = []
    events = []
    for number, each in enumerate(told, start=1):
        try:
            events.append(read_event(each))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
            problems.append(Problem(N_("Event %(number)s cannot be read."), {"number": number}, column="events"))
    if problems:
        raise BadInput(problems[:20])
    return Batch(device, oldest, tuple(events))


def read_event(told: Mapping[str, Any]) -> EventDraft:
    """:raises ValueError, TypeError, KeyError: for one that has no head, or is longer than any event is."""
    signed = {name: value for name, value in told.items() if name != "signature"}
    content = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sequence, version, kind = int(told["sequence"]), int(told["version"]), str(told["kind"])
    # What is not Unicode cannot be stored; a zero byte no database keeps as text.
    content.encode()
    if len(content) > LONGEST_EVENT or "\\u0000" in content or "\x00" in content:
        raise ValueError("longer than an event is, or no text")
    if (
        not 1 <= sequence < 2**53
        or not 0 < version < 1000
        or not 0 < len(kind) <= 40
        or not isinstance(told["payload"], dict)
    ):
        raise ValueError("no head")
    previous = UUID(str(told["previous"])) if told.get("previous") else None
    return EventDraft(
        UUID(str(told["device"])), UUID(str(told["id"])), sequence, previous, kind, version, UUID(str(told["subject"])),
        content, str(told["signature"]), read_instant(told.get("at")), read_instant(told.get("seen")),
    )  # fmt: skip


def read_instant(told: object) -> datetime | None:
    """An instant of whatever year; None for what is no instant: the clock of a device is told, never relied on."""
    try:
        return datetime.fromisoformat(str(told)).astimezone(UTC) if told else None
    except (ValueError, OverflowError):
        return None


def _no_batch() -> BadInput:
    return BadInput(
        [
            Problem(
                N_("These are no events of a device, or only a part of them. Send them again; nothing was taken."),
                column="events",
            )
        ]
    )
