"""Photos and films that came in the journal of a phone, by the way of the pieces that a network would have brought."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.journal.carried import CarriedFile
from corridor.foundations.journal.models import Device
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.pieces import PIECE_BYTES

from ..recognise import recognise


def take_carried(
    *, files: Sequence[CarriedFile], devices: Mapping[UUID, Device], on: date, at: datetime
) -> tuple[int, int]:
    """
    Keep each as the account of its device may today. Return how many are there now that were not, and how many were not taken: of those
    no event that counts has told, or they are none that is kept. Their phone still has them, and hears why from the network.
    """
    actors = {key: recognise(devices[key].user, on=on) for key in {each.device for each in files}}
    whole = left = 0
    for each in files:
        try:
            whole += _take(each, at=at, by=actors[each.device])
        except Refusal:
            left += 1
    return whole, left


def _take(file: CarriedFile, *, at: datetime, by: Actor) -> bool:
    found, missing = queries.evidence_on_its_way(key=file.key, fingerprint=file.sha256, by=by)
    by.require(Permission.DECISION_RECORD, on=found)
    if found.sha256 != file.sha256:
        raise NotFound(N_("There is no such evidence that you may see."))
    for number in missing:
        piece = file.content[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]
        actions.add_piece(
            evidence=found, number=number, content=piece, fingerprint=sha256(piece).hexdigest(), at=at, by=by
        )
    return bool(missing)
