"""The own photo for registers: read, sent, taken away. Nobody else's is read by a machine."""

from base64 import b64encode
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from corridor.foundations import clock
from corridor.journeys.find_persons import get_self
from corridor.rooms.people import actions, queries

from .etags import require_version, tagged
from .files import body_of, upload_of
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "me"
router = Router(auth=PRIVATE)


class OwnPhotoOut(Schema):
    """``content`` is a JPEG of at most 240 pixels a side, as base64; ``sha256`` is of its bytes."""

    kept_at: datetime
    sha256: str
    content: str


class _Nothing(Schema):
    pass


@router.get("/me/photo", response=OwnPhotoOut)
def get_own_photo(request: HttpRequest, response: HttpResponse) -> OwnPhotoOut:
    response["Cache-Control"] = "private, no-store"
    return tagged(_own(request), response)


@router.post("/me/photo", response={201: OwnPhotoOut}, openapi_extra=MAKES)
def keep_own_photo(request: HttpRequest, response: HttpResponse, file: File[UploadedFile]) -> Status[OwnPhotoOut]:
    """A photo by the consent that stands, in place of the one before; it is made small, and what the camera wrote is left out."""

    def make() -> OwnPhotoOut:
        person, at = get_self(by=request.auth), clock.now()
        upload = upload_of(file, title="", kind="")
        actions.keep_photo(person=person, upload=upload, on=clock.today(), at=at, by=request.auth)
        return _own(request)

    return Status(201, made_once(request, response, OwnPhotoOut, make, sent=body_of(_Nothing(), file)))


@router.api_operation(["DELETE"], "/me/photo", response={204: None})
def take_own_photo_away(request: HttpRequest) -> Status[None]:
    """The photo and its file go at once. Taking back the consent does the same."""
    require_version(request, _own(request))
    actions.take_photo_away(person=get_self(by=request.auth), by=request.auth)
    return Status(204, None)


def _own(request: HttpRequest) -> OwnPhotoOut:
    found = queries.get_own_photo(person=get_self(by=request.auth), by=request.auth)
    content = queries.bytes_of_photo(photo=found, by=request.auth)
    return OwnPhotoOut(
        kept_at=found.kept_at, sha256=found.document.sha256, content=b64encode(content).decode()
    )  # fmt: skip
