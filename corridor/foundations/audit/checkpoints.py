"""
A checkpoint is how far the chain was on a day, signed with the alliance's own key, as a file that anybody can keep.

The chain alone shows what was altered inside it. Whoever rewrites the whole chain, or cuts its end, is found by a checkpoint kept elsewhere.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.contested import contested
from corridor.foundations.private_keys import seal, unseal
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from . import log
from .models import AuditKey, ChainEnd, Checkpoint, Entry
from .sealing import seal_entries

FORMAT = "corridor-audit-checkpoint-1"
SIGNED = ("format", "alliance", "day", "place", "seal", "entries", "made_at", "key")
AT_ONCE = 1000


@dataclass(frozen=True)
class CheckpointReport:
    """What a kept checkpoint says about the chain that stands here now; it holds if all three do."""

    day: str
    place: int
    is_signed: bool  # the signature is good, and of a key of this alliance
    is_there: bool  # the entry at that place carries that seal
    is_whole: bool  # no fewer entries up to that place than there were

    @property
    def holds(self) -> bool:
        return self.is_signed and self.is_there and self.is_whole


@transaction.atomic
def make_key(*, at: datetime, by: Actor) -> AuditKey:
    """Make the key pair that signs from now on; the one before signs nothing more. :raises NoEncryptionKey: without the setting."""
    by.require(Permission.AUDIT_KEY_MAKE)
    private, row = Ed25519PrivateKey.generate(), new_id()
    AuditKey.objects.select_for_update().filter(ended_at__isnull=True).update(ended_at=at)
    key = AuditKey.objects.create(
        id=row,
        public_hex=private.public_key().public_bytes_raw().hex(),
        sealed_private=seal(private, row=row),
        made_at=at,
    )
    log.record("audit.key_made", by=by, subject=key)
    return key


@transaction.atomic
def make_checkpoint(*, on: date, at: datetime, by: Actor) -> Checkpoint:
    """
    Seal what is open and sign where the chain ends; one a day.

    :raises WrongMoment: if there is one of that day, no key, or nothing in the log yet.
    """
    by.require(Permission.AUDIT_CHECKPOINT_MAKE)
    _require_none(on)
    key = AuditKey.objects.filter(ended_at__isnull=True).order_by("made_at").last()
    if key is None:
        raise WrongMoment(N_("The alliance has no key for checkpoints yet: ./run audit key makes one."))
    while seal_entries(at_most=AT_ONCE) == AT_ONCE:
        continue
    end = ChainEnd.objects.filter(pk=1).first()
    if end is None or not end.place:
        raise WrongMoment(N_("Nothing has happened yet; there is no chain to sign."))
    made = Checkpoint(day=on, place=end.place, seal=end.seal, entries=end.place, made_at=at, key=key)
    made.signature = unseal(bytes(key.sealed_private), row=key.pk).sign(_line(_said(made))).hex()
    with contested(lambda: _require_none(on)):
        made.save(force_insert=True)
    log.record("audit.checkpoint_made", by=by, subject=made)
    return made


def is_due(*, on: date) -> bool:
    """Whether the nightly work should make one: there is a key, and none of that day."""
    return AuditKey.objects.filter(ended_at__isnull=True).exists() and not Checkpoint.objects.filter(day=on).exists()


def list_checkpoints(*, by: Actor) -> QuerySet[Checkpoint]:
    """The latest first. They hold no personal value: whoever signs in may keep them."""
    if not by.holds_somewhere(Permission.AUDIT_CHECKPOINT_VIEW):
        by.require(Permission.AUDIT_CHECKPOINT_VIEW)
    return Checkpoint.objects.select_related("key")


def checkpoint_file(*, day: date, by: Actor) -> dict[str, Any]:
    """The file of one day: what was signed, the signature and the public key, all as text. :raises NotFound: if there is none."""
    found = list_checkpoints(by=by).filter(day=day).first()
    if found is None:
        raise NotFound(N_("There is no checkpoint of that day."))
    return {**_said(found), "signature": found.signature}


def check_against(document: Mapping[str, Any], *, by: Actor) -> CheckpointReport:
    """Hold a kept checkpoint against the chain here. :raises BadInput: if it is no such file."""
    by.require(Permission.AUDIT_VIEW)
    place, seal_then = document.get("place"), document.get("seal")
    if document.get("format") != FORMAT or not isinstance(place, int) or not isinstance(seal_then, str):
        raise BadInput([Problem(N_("This is no checkpoint of the audit log."))])
    there = Entry.objects.filter(place=place).values_list("seal", flat=True).first()
    return CheckpointReport(
        day=str(document.get("day")),
        place=place,
        is_signed=_is_signed(document),
        is_there=there == seal_then,
        is_whole=Entry.objects.filter(place__lte=place).count() == document.get("entries"),
    )


def _require_none(day: date) -> None:
    if Checkpoint.objects.filter(day=day).exists():
        raise WrongMoment(N_("There is a checkpoint of %(day)s already."), day=day)


def _said(checkpoint: Checkpoint) -> dict[str, Any]:
    return {
        "format": FORMAT, "alliance": settings.PUBLIC_URL, "day": checkpoint.day.isoformat(), "place": checkpoint.place,
        "seal": checkpoint.seal, "entries": checkpoint.entries,
        "made_at": checkpoint.made_at.astimezone(UTC).isoformat(timespec="seconds"), "key": checkpoint.key.public_hex,
    }  # fmt: skip


def _line(said: Mapping[str, Any]) -> bytes:
    return json.dumps([[name, said.get(name)] for name in SIGNED], ensure_ascii=False, separators=(",", ":")).encode()


def _is_signed(document: Mapping[str, Any]) -> bool:
    """Only a key that this alliance made counts: anybody can sign a file with a key of their own."""
    key = AuditKey.objects.filter(public_hex=str(document.get("key"))).first()
    try:
        signature = bytes.fromhex(str(document.get("signature")))
    except ValueError:
        return False
    if key is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public_hex)).verify(signature, _line(document))
    except InvalidSignature:
        return False
    return True
