"""Acts of devices: one account on one phone keeps its chain, and what it sends is taken as if it had come over a network."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from corridor.foundations.access import Actor
from corridor.foundations.journal.files import FORMAT as FORMAT_OF_FILE
from corridor.foundations.journal.files import KIND
from corridor.foundations.journal.keeping import register_device
from corridor.foundations.journal.models import Device, Event
from corridor.foundations.journal.reading import FORMAT, read_batch
from corridor.foundations.sheets.columns import reference, text
from corridor.foundations.sheets.kinds import Column, Row
from corridor.foundations.sheets.resolving import NOTHING_THERE
from corridor.kernel.errors import BadInput
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.training import queries as training

from ..apply_device_events import take_events
from ..take_journal_file import take_journal_file
from .acts import ActKind, instant
from .naming import COHORT, SESSION, session_named
from .roll_call import SAID_COLUMNS, What, roll_call_in

DEVICE = Column("device", reference(), about="the name that the files give it: one account on one phone or computer")
REGISTER_COLUMNS = (DEVICE, Column("name", text(80), about="as its owner reads it"))
SENT_COLUMNS = (
    DEVICE, COHORT, SESSION, Column("clock", instant, about="what the clock of the device showed, which may be years wrong"), *SAID_COLUMNS,
)  # fmt: skip


@dataclass
class Held:
    """
    What one device holds: its key, the end of its chain, and of each register that it carries the day, the places by seat, and the entry whose mark
    it shows.
    """

    device: Device
    key: EllipticCurvePrivateKey
    seen_at: datetime
    last: tuple[int, UUID | None] = (0, None)
    days: dict[UUID, date] = field(default_factory=dict)
    places: dict[UUID, dict[int, UUID]] = field(default_factory=dict)
    shown: dict[tuple[UUID, UUID], UUID | None] = field(default_factory=dict)

    def look(self, *, on: date, at: datetime, by: Actor) -> None:
        """Take along what stands here, as a device does whenever it has a network."""
        self.seen_at = at
        for register in training.registers_to_carry(on=on, by=by):
            key = register.session.pk
            self.days[key] = register.session.held_on
            self.places[key] = {row.place.number: row.place.pk for row in register.rows}
            self.shown |= {(key, row.place.pk): row.entry for row in register.rows}

    def say(self, kind: str, subject: UUID, payload: dict[str, Any], *, clock: datetime) -> dict[str, Any]:
        """The next event of its chain, signed."""
        sequence, previous = self.last
        event: dict[str, Any] = {
            "id": str(new_id()), "device": str(self.device.pk), "sequence": sequence + 1, "previous": str(previous) if previous else None,
            "kind": kind, "version": 1, "subject": str(subject), "at": clock.isoformat(), "seen": self.seen_at.isoformat(), "payload": payload,
        }  # fmt: skip
        content = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        r, s = decode_dss_signature(self.key.sign(content.encode(), ECDSA(SHA256())))
        event["signature"] = base64.b64encode(r.to_bytes(32) + s.to_bytes(32)).decode()
        self.last = (sequence + 1, UUID(event["id"]))
        return event


class Devices:
    """Those of one load. Their keys are made here and kept nowhere."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}

    def register(self, rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
        """Take in a device of the account that asks."""
        row, key = rows[0], generate_private_key(SECP256R1())
        if row["device"] in self._held:
            raise BadInput([row.problem("device", N_("Two devices have this name."))])
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        device = register_device(
            key=new_id(), name=row["name"], public_key=base64.b64encode(public).decode(), at=at, by=by
        )
        held = self._held[row["device"]] = Held(device, key, at)
        held.look(on=on, at=at, by=by)

    def named(self, row: Row) -> Held:
        """:raises BadInput: with the row, if no device of that name was registered before."""
        if row["device"] not in self._held:
            raise BadInput([row.problem("device", NOTHING_THERE, cell=row["device"])])
        return self._held[row["device"]]

    def send(self, held: Held, events: Sequence[dict[str, Any]], *, by: Actor, on: date, at: datetime) -> None:
        """Send events as one batch, and take along what stands after it."""
        sent = {"format": FORMAT, "device": str(held.device.pk), "oldest": 1, "events": list(events)}
        batch = read_batch(json.dumps(sent, ensure_ascii=False).encode())
        take_events(device=held.device, batch=batch, route=Event.Route.NETWORK, on=on, at=at, by=by)
        held.look(on=on, at=at, by=by)

    def send_registers(self, rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
        """Send what a device kept of registers."""
        held = self.named(rows[0])
        self.send(held, self._kept(held, rows), by=by, on=on, at=at)

    def bring_file(self, rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
        """
        Where there is no network somebody carries what a device kept as a file: from its account or another one, which may take it. The device
        itself learns nothing by it.
        """
        held = self.named(rows[0])
        device = {
            "id": str(held.device.pk), "name": held.device.name, "public_key": held.device.public_key, "user": held.device.user.username,
        }  # fmt: skip
        told = {"kind": KIND, "format": FORMAT_OF_FILE, "devices": [device], "events": self._kept(held, rows)}
        take_journal_file(body=json.dumps(told, ensure_ascii=False).encode(), on=on, at=at, by=by)

    def _kept(self, held: Held, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """Rows of one session and one instant of its clock are one event, a signature is one of its own."""
        events: list[dict[str, Any]] = []
        for (_cohort, _session, clock), group in groupby(
            rows, lambda row: (row["cohort"], row["session"], row["clock"])
        ):
            events += self._said(held, list(group), clock)
        return events

    @staticmethod
    def _said(held: Held, rows: Sequence[Row], clock: datetime) -> list[dict[str, Any]]:
        session = session_named(rows[0]).pk
        if session not in held.places:
            message = N_(
                "The device does not carry this session: it has not looked since, or its account does not teach it."
            )
            raise BadInput([rows[0].problem("session", message)])
        said = roll_call_in([row for row in rows if row["what"] != What.SIGNATURE], seats=held.places[session])
        day, events = held.days[session].isoformat(), []
        if said.marks or said.guests:
            places = held.places[session]
            marks = [
                {
                    "place": str(places[seat]), "mark": value.mark, "minutes": value.minutes_late, "remark": value.remark,
                    "saw": str(saw) if (saw := held.shown.get((session, places[seat]))) else None,
                }
                for seat, value in said.marks.items()
            ]  # fmt: skip
            payload = {"held_on": day, "marks": marks, "guests": list(said.guests)}
            events.append(held.say("register.marked", session, payload, clock=clock))
            held.shown |= {(session, places[seat]): UUID(events[0]["id"]) for seat in said.marks}
        if any(row["what"] == What.SIGNATURE for row in rows):
            events.append(held.say("register.signed", session, {"held_on": day}, clock=clock))
        return events


def acts_of(devices: Devices) -> tuple[ActKind, ...]:
    """Those of the devices of one load."""
    return (
        ActKind("devices", REGISTER_COLUMNS, devices.register, unique=("device",)),
        ActKind("device_registers", SENT_COLUMNS, devices.send_registers, together=("device",)),
        ActKind("device_files", SENT_COLUMNS, devices.bring_file, together=("device",)),
    )
