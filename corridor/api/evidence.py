"""
Evidence of assessments. A device names a file with its fingerprint, then sends its pieces in any order and as often as it must; what is
missing is told at every step, so that nothing that arrived is sent again.
"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Router, Schema, Status

from corridor.foundations import clock
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.pieces import PIECE_BYTES, missing_pieces
from corridor.rooms.training import queries as training
from corridor.rooms.training.queries import path as paths

from .asking import Limit, Number, Page, Reference, Words, page
from .etags import require_version, tagged
from .leaving import Read, note_read
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "assessment"
router = Router(auth=PRIVATE)

UnitCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,20}$")]
DIGEST = "X-Piece-SHA256"
PIECE: dict[str, Any] = {
    "parameters": [
        {
            "name": DIGEST, "in": "header", "required": True, "schema": {"type": "string", "pattern": "^[0-9a-fA-F]{64}$"},
            "description": "SHA-256 of the piece, so that half a piece is noticed",
        }
    ],
    "requestBody": {
        "required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
}  # fmt: skip


class EvidenceFileOut(Schema):
    """
    ``missing`` are the numbers of the pieces that have not come, each of ``piece_bytes`` but the last; none: the file is whole and kept.
    ``sha256`` is of the file as it was sent; ``criteria`` are those that it shows.
    """

    id: UUID
    cohort: str
    number: int
    unit: str
    attempt: int
    kind: str
    file_name: str
    caption: str
    size: int
    sha256: str
    added_at: datetime
    criteria: list[UUID]
    piece_bytes: int
    missing: list[int]


class EvidenceFileIn(Schema):
    id: UUID | None = Field(
        None, description="Of the device's own making, so that it can name the file before it is heard"
    )
    file_name: Words
    size: int = Field(ge=0, le=2**40)
    sha256: Words = Field(max_length=64)
    attempt: int = Field(1, ge=1, le=50)
    caption: Words = ""
    criteria: list[UUID] = Field([], max_length=60)


class OwnFileOut(Schema):
    """A file that a learner added for one unit, or for the whole (``unit`` null)."""

    id: UUID
    unit: str | None
    file_name: str
    sha256: str
    words: str
    added_at: datetime


class OwnFileIn(Schema):
    own: UUID = Field(description="The key of the learner's file")
    attempt: int = Field(1, ge=1, le=50)
    criteria: list[UUID] = Field([], max_length=60)


@router.get("/evidence", response=Page[EvidenceFileOut])
def list_evidence(
    request: HttpRequest,
    response: HttpResponse,
    read: Read,
    cohort: Words = "",
    after: UUID | None = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Evidence about learners that this account may see, as it was added."""
    found = queries.list_evidence(by=request.auth).order_by("pk")
    found = found.filter(enrolment__cohort__reference=cohort) if cohort else found
    found = found.filter(pk__gt=after) if after else found
    places = list(found.values_list("enrolment_id", flat=True)[:limit])
    note_read(request, response, read, about="/evidence", records=places)
    return page(found, drawn, limit=limit, key=lambda each: str(each.pk))


@router.get("/evidence/{key}", response=EvidenceFileOut)
def get_evidence(request: HttpRequest, response: HttpResponse, key: UUID, read: Read) -> EvidenceFileOut:
    found = queries.get_evidence(key=key, by=request.auth)
    note_read(request, response, read, about="/evidence", records=[found.enrolment_id])
    return tagged(drawn(found), response)


@router.post(
    "/cohorts/{reference}/learners/{number}/units/{unit}/evidence", response={201: EvidenceFileOut}, openapi_extra=MAKES
)
def declare_evidence(
    request: HttpRequest,
    response: HttpResponse,
    reference: Reference,
    number: Number,
    unit: UnitCode,
    sent: EvidenceFileIn,
) -> Status[EvidenceFileOut]:
    """Say that a file is on its way. Said again with the same content, it is the same evidence."""

    def make() -> EvidenceFileOut:
        by = request.auth
        cohort = training.get_cohort(reference=reference, by=by)
        wanted = queries.get_unit(cohort=cohort, code=unit, by=by)
        candidate = queries.get_candidate(cohort=cohort, unit=wanted, number=number, by=by)
        draft = actions.EvidenceDraft(
            enrolment=candidate.enrolment, unit=wanted, file_name=sent.file_name, size=sent.size, sha256=sent.sha256,
            attempt=sent.attempt, caption=sent.caption, criteria=tuple(sent.criteria), key=sent.id,
        )  # fmt: skip
        made = actions.declare_evidence(draft=draft, at=clock.now(), by=by)
        return drawn(queries.get_evidence(key=made.pk, by=by))

    return Status(201, made_once(request, response, EvidenceFileOut, make))


@router.get("/cohorts/{reference}/learners/{number}/own-files", response=list[OwnFileOut])
def list_own_files(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, read: Read
) -> list[OwnFileOut]:
    """Files that the learner added to the own path, the latest first, for the learner and for who assesses."""
    place = training.get_enrolment(cohort=reference, number=number, by=request.auth)
    found = paths.evidence_of_places(enrolments=[place], by=request.auth).get(place.pk, [])
    note_read(request, response, read, about=f"/cohorts/{reference}/own-files", records=[place.pk] if found else [])
    return [
        OwnFileOut(
            id=each.pk, unit=each.unit.code if each.unit else None, file_name=each.document.file_name,
            sha256=each.document.sha256, words=each.words, added_at=each.added_at,
        )
        for each in found
    ]  # fmt: skip


@router.post(
    "/cohorts/{reference}/learners/{number}/units/{unit}/own-files",
    response={201: EvidenceFileOut},
    openapi_extra=MAKES,
)
def take_own_file(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, unit: UnitCode, sent: OwnFileIn
) -> Status[EvidenceFileOut]:
    """Take a file of the learner as evidence of the unit: it is kept once, and stays the learner's."""

    def make() -> EvidenceFileOut:
        by = request.auth
        place = training.get_enrolment(cohort=reference, number=number, by=by)
        wanted = queries.get_unit(cohort=training.get_cohort(reference=reference, by=by), code=unit, by=by)
        own = paths.evidence_of_place(enrolment=place, key=sent.own, by=by)
        made = actions.take_own_file(
            own=own, unit=wanted, attempt=sent.attempt, criteria=sent.criteria, at=clock.now(), by=by
        )
        return drawn(queries.get_evidence(key=made.pk, by=by))

    return Status(201, made_once(request, response, EvidenceFileOut, make))


@router.put("/evidence/{key}/pieces/{piece}", response=EvidenceFileOut, openapi_extra=PIECE)
def send_piece(
    request: HttpRequest, response: HttpResponse, key: UUID, piece: Annotated[int, Path(ge=0, le=100_000)]
) -> EvidenceFileOut:
    """Send one piece as it is (no JSON). Sent again, it does no harm; with the last one the file is looked at and kept."""
    by = request.auth
    found = queries.get_evidence(key=key, by=by)
    actions.add_piece(
        evidence=found,
        number=piece,
        content=request.body,
        fingerprint=request.headers.get(DIGEST, ""),
        at=clock.now(),
        by=by,
    )
    return tagged(drawn(queries.get_evidence(key=key, by=by)), response)


@router.api_operation(["DELETE"], "/evidence/{key}", response={204: None})
def discard_evidence(request: HttpRequest, key: UUID) -> Status[None]:
    """Take a file off the list: it never came, or shows what it should not."""
    found = queries.get_evidence(key=key, by=request.auth)
    require_version(request, drawn(found))
    actions.discard_evidence(evidence=found, by=request.auth)
    return Status(204, None)


def drawn(found: Any) -> EvidenceFileOut:
    return EvidenceFileOut(
        id=found.pk, cohort=found.enrolment.cohort.reference, number=found.enrolment.number, unit=found.unit.code,
        attempt=found.attempt, kind=found.kind, file_name=found.file_name, caption=found.caption, size=found.size,
        sha256=found.sha256, added_at=found.added_at, criteria=[each.criterion_id for each in found.shows.all()],
        piece_bytes=PIECE_BYTES, missing=missing_pieces(found),
    )  # fmt: skip
