"""The agenda of a conference: read by anyone in instants, put together by who plans it."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from corridor.foundations import clock
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import ItemDraft
from corridor.rooms.conferences.kinds import ItemKind
from corridor.rooms.conferences.wall_clock import shown_at

from .asking import After, Instant, Limit, Page, Reference, Words, page, rows_after
from .conferences import Tag
from .etags import require_version, tagged
from .files import body_of, upload_of
from .once import MAKES, made_once
from .parts import Texts, texts
from .tokens import PRIVATE, PUBLIC

TAG = "conferences"
router = Router(auth=PUBLIC)
Names = Annotated[list["SpeakerIn"], Field(max_length=30)]


class SpeakerOut(Schema):
    name: str
    comes_from: str


class ItemOut(Schema):
    """
    Instants in UTC; the zone of the place stands with its conference. ``language`` is the one that is spoken. ``contribution``: what a member
    offered; ``taken_back``: the member took it back since.
    """

    id: str
    kind: str
    titles: Texts
    room: str | None
    starts_at: datetime
    ends_at: datetime
    language: str
    speakers: list[SpeakerOut]
    contribution: str | None
    taken_back: bool


class SpeakerIn(Schema):
    name: Words = Field(min_length=1, max_length=150)
    comes_from: Words = ""


class ItemIn(Schema):
    """With a ``contribution`` its title, speakers and language stand where none are given."""

    kind: ItemKind
    titles: dict[Tag, Words] = {}
    room: Words = Field("", max_length=80)
    starts_at: Instant
    ends_at: Instant
    language: Tag | None = None
    speakers: Names = []
    contribution: Words = ""


class ConferenceDocumentOut(Schema):
    """``file`` is where anyone opens it; ``sha256`` its fingerprint."""

    reference: str
    title: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    file: str


class ConferenceDocumentIn(Schema):
    title: Words = Field(min_length=1, max_length=300)


@router.get("/conferences/{reference}/agenda", response=Page[ItemOut])
def read_agenda(request: HttpRequest, reference: Reference, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """In the order of time."""

    def key(item: Any) -> str:
        return str(item.pk)

    conference = queries.get_conference(reference=reference, by=request.auth)
    rows = queries.agenda_of(conference=conference, by=request.auth)
    return page(rows_after(rows, after, key), _item, limit=limit, key=key)


@router.post("/conferences/{reference}/agenda", response={201: ItemOut}, auth=PRIVATE, openapi_extra=MAKES)
def put_on_agenda(request: HttpRequest, response: HttpResponse, reference: Reference, sent: ItemIn) -> Status[ItemOut]:
    """Put an item on the agenda; nobody and no room is in two places at once."""
    by = request.auth
    conference = queries.get_conference(reference=reference, by=by)

    def make() -> ItemOut:
        (made,) = actions.put_on_agenda(conference=conference, items=[_draft(sent, conference, by)], by=by)
        return _read(reference, made.pk, by)

    return Status(201, made_once(request, response, ItemOut, make))


@router.get("/conferences/{reference}/agenda/{key}", response=ItemOut)
def get_agenda_item(request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID) -> ItemOut:
    return tagged(_read(reference, key, request.auth), response)


@router.put("/conferences/{reference}/agenda/{key}", response=ItemOut, auth=PRIVATE)
def change_agenda_item(
    request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID, sent: ItemIn
) -> ItemOut:
    """Another item in its place."""
    by = request.auth
    require_version(request, _read(reference, key, by))
    standing = queries.get_item(conference=reference, key=key, by=by)
    draft = _draft(sent, standing.conference, by)
    actions.put_on_agenda(conference=standing.conference, items=[draft], by=by, replaces=standing)
    return tagged(_read(reference, key, by), response)


@router.api_operation(["DELETE"], "/conferences/{reference}/agenda/{key}", response={204: None}, auth=PRIVATE)
def take_from_agenda(request: HttpRequest, reference: Reference, key: UUID) -> Status[None]:
    by = request.auth
    require_version(request, _read(reference, key, by))
    actions.take_from_agenda(item=queries.get_item(conference=reference, key=key, by=by), by=by)
    return Status(204, None)


@router.get("/conferences/{reference}/documents", response=list[ConferenceDocumentOut])
def list_conference_documents(request: HttpRequest, reference: Reference) -> list[ConferenceDocumentOut]:
    """What anyone may open, in the order in which it came."""
    conference = queries.get_conference(reference=reference, by=request.auth)
    return [_document(reference, each) for each in queries.documents_of(conference=conference, by=request.auth)]


@router.post(
    "/conferences/{reference}/documents", response={201: ConferenceDocumentOut}, auth=PRIVATE, openapi_extra=MAKES
)
def add_conference_document(
    request: HttpRequest, response: HttpResponse, reference: Reference, given: Form[ConferenceDocumentIn], file: File[UploadedFile]
) -> Status[ConferenceDocumentOut]:  # fmt: skip
    """Add a document that anyone may open from then on."""

    def make() -> ConferenceDocumentOut:
        conference = queries.get_conference(reference=reference, by=request.auth)
        upload = upload_of(file, title=given.title, kind="conference")
        made = actions.add_document(conference=conference, upload=upload, at=clock.now(), by=request.auth)
        return _document(reference, made.document)

    return Status(201, made_once(request, response, ConferenceDocumentOut, make, sent=body_of(given, file)))


def _draft(sent: ItemIn, conference: Any, by: Any) -> ItemDraft:
    offered = queries.get_contribution(reference=sent.contribution, by=by) if sent.contribution else None

    def wall(instant: datetime) -> datetime:
        return shown_at(instant.astimezone(UTC), conference.zone).replace(tzinfo=None)

    return ItemDraft(
        kind=sent.kind, starts=wall(sent.starts_at), ends=wall(sent.ends_at), titles=sent.titles, language=sent.language or "",
        hall=sent.room, speakers=[(each.name, each.comes_from) for each in sent.speakers], contribution=offered,
    )  # fmt: skip


def _read(reference: str, key: UUID, by: Any) -> ItemOut:
    return _item(queries.get_item(conference=reference, key=key, by=by))


def _item(item: Any) -> ItemOut:
    offered = item.contribution
    return ItemOut(
        id=str(item.pk), kind=item.kind, titles=texts(item.titles.all()), room=item.hall.name if item.hall else None,
        starts_at=item.starts_at, ends_at=item.ends_at, language=item.language,
        speakers=[SpeakerOut(name=each.name, comes_from=each.comes_from) for each in item.speakers.all()],
        contribution=offered.reference if offered else None, taken_back=offered is not None and offered.status == "withdrawn",
    )  # fmt: skip


def _document(conference: str, kept: Any) -> ConferenceDocumentOut:
    return ConferenceDocumentOut(
        reference=kept.reference, title=kept.title, file_name=kept.file_name, media_type=kept.media_type, size=kept.size,
        sha256=kept.sha256, file=f"/conferences/{conference}/documents/{kept.reference}/",
    )  # fmt: skip
