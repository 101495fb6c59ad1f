"""A phone, as the page on it behaves: it keeps a chain of events, sends them in any way that networks have, and shows what it knows."""

import base64
import gzip
import json
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from corridor.foundations.accounts.models import User
from corridor.foundations.journal.keeping import register_device
from corridor.foundations.journal.models import Device, Event
from corridor.foundations.journal.reading import read_batch
from corridor.journeys.apply_device_events import Told, take_events
from corridor.journeys.recognise import recognise
from corridor.kernel.identifiers import new_id
from corridor.rooms.training.queries import registers_to_carry

NOON = datetime(2023, 3, 6, 5, 0, tzinfo=UTC)
TODAY = NOON.date()


def public_text(key: EllipticCurvePrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@dataclass
class Phone:
    """``kept`` is the whole chain; ``seen`` what the server last told of each session: by place, which entry stood there."""

    user: User
    device: Device
    key: EllipticCurvePrivateKey
    kept: list[dict[str, Any]] = field(default_factory=list)
    seen: dict[tuple[UUID, UUID], UUID | None] = field(default_factory=dict)
    sent: int = 0

    @classmethod
    def of(cls, user: User, *, at: datetime = NOON) -> "Phone":
        key = generate_private_key(SECP256R1())
        by = recognise(user, on=at.date())
        return cls(user, register_device(key=new_id(), name="Phone", public_key=public_text(key), at=at, by=by), key)

    def do(
        self,
        kind: str,
        subject: UUID,
        payload: dict[str, Any],
        *,
        clock: datetime = NOON,
        version: int = 1,
        seen: datetime | None = None,
    ) -> dict[str, Any]:
        event = {
            "id": str(new_id()), "device": str(self.device.pk), "sequence": len(self.kept) + 1,
            "previous": self.kept[-1]["id"] if self.kept else None, "kind": kind, "version": version, "subject": str(subject),
            "at": clock.isoformat(), "seen": seen.isoformat() if seen else None, "payload": payload,
        }  # fmt: skip
        self.kept.append(self.signed(event))
        return event

    def signed(self, event: dict[str, Any]) -> dict[str, Any]:
        """Sign it as it stands now, anew where something in it was changed."""
        event.pop("signature", None)
        text = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        r, s = decode_dss_signature(self.key.sign(text.encode(), ECDSA(SHA256())))
        event["signature"] = base64.b64encode(r.to_bytes(32) + s.to_bytes(32)).decode()
        return event

    def mark(
        self, session: Any, marks: dict[Any, str | tuple[str, int]], *, held_on: date | None = None, **more: Any
    ) -> dict[str, Any]:
        """Say what learners were, having before its eyes what it knows of each."""
        told = []
        for place, given in marks.items():
            word, minutes = given if isinstance(given, tuple) else (given, None)
            saw = self.seen.get((session.pk, place.pk))
            told.append({"place": str(place.pk), "mark": word, "minutes": minutes, "saw": str(saw) if saw else None})
        payload = {"held_on": (held_on or session.held_on).isoformat(), "marks": told}
        event = self.do("register.marked", session.pk, payload | more.pop("payload", {}), **more)
        for place in marks:
            self.seen[session.pk, place.pk] = UUID(event["id"])
        return event

    def sign(self, session: Any, **more: Any) -> dict[str, Any]:
        return self.do("register.signed", session.pk, {"held_on": session.held_on.isoformat()}, **more)

    def send(
        self,
        events: list[dict[str, Any]] | None = None,
        *,
        at: datetime = NOON,
        route: Event.Route = Event.Route.NETWORK,
    ) -> Told:
        """Send events as they stand, else all that the server has not said to have."""
        chosen = self.kept[self.sent :] if events is None else events
        body = gzip.compress(
            json.dumps({"format": 1, "device": str(self.device.pk), "oldest": 1, "events": deepcopy(chosen)}).encode()
        )
        by = recognise(self.user, on=at.date())
        told = take_events(device=self.device, batch=read_batch(body), route=route, on=at.date(), at=at, by=by)
        self.sent = told.last
        return told

    def look(self, *, on: date = TODAY) -> None:
        """Take along what stands on the server, except where something of one's own still waits to be sent."""
        waiting = {
            (UUID(event["subject"]), UUID(each["place"]))
            for event in self.kept[self.sent :] if event["kind"] == "register.marked" for each in event["payload"]["marks"]
        }  # fmt: skip
        for register in registers_to_carry(on=on, by=recognise(self.user, on=on)):
            for row in register.rows:
                if (register.session.pk, row.place.pk) not in waiting:
                    self.seen[register.session.pk, row.place.pk] = row.entry
