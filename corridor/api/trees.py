"""Checkpoints of certificates for machines, and the proof that a certificate or an attestation stood in one."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from corridor.rooms.credentials import queries
from corridor.rooms.credentials.queries import attestations

from .asking import After, Limit, Page, Reference, page
from .leaving import Read, note_read
from .tokens import PRIVATE, PUBLIC

TAG = "credentials"
router = Router(auth=PRIVATE)


class CheckpointOut(Schema):
    """The signed file stands at ``/checkpoints/NUMBER.json``."""

    number: int
    day: date
    size: int
    root: str
    made_at: datetime


class InclusionProofOut(Schema):
    """The leaf as it was hashed, its place, the hashes beside the way up (RFC 9162), and the signed checkpoint."""

    type: str
    leaf: str
    index: int
    size: int
    path: list[str]
    checkpoint: dict[str, Any]


@router.get("/checkpoints", response=Page[CheckpointOut], auth=PUBLIC)
def list_checkpoints(request: HttpRequest, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """The latest first."""

    def key(tree: Any) -> str:
        return str(tree.number)

    rows = queries.list_trees(by=request.auth)
    if after:
        rows = rows.filter(number__lt=int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else 0)
    return page(list(rows[: limit + 1]), _draw, limit=limit, key=key)


@router.get("/credentials/{reference}/proof", response=InclusionProofOut)
def get_proof(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> dict[str, Any]:
    """409 until the day on which it was issued is over."""
    found = queries.get_credential(reference=reference, by=request.auth)
    note_read(request, response, read, about="/credentials", records=[found.enrolment_id])
    return queries.proof_of(credential=found, by=request.auth)


@router.get("/attestations/{reference}/proof", response=InclusionProofOut)
def get_proof_of_attestation(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """409 until the day on which it was given is over."""
    found = attestations.get_attestation(reference=reference, by=request.auth)
    return queries.proof_of(credential=found, by=request.auth)


def _draw(tree: Any) -> CheckpointOut:
    return CheckpointOut(number=tree.number, day=tree.day, size=tree.size, root=tree.root, made_at=tree.made_at)
