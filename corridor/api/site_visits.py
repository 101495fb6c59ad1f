"""The visit page of a site for machines: photos, how much equipment works, and the days on which everybody may read it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from corridor.foundations import clock
from corridor.kernel.errors import NotFound
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts_of_plans import PhotoDraft, PhotoWords
from corridor.rooms.training import queries as training

from .asking import Day, Reference, Words
from .etags import require_version, tagged
from .files import body_of, upload_of
from .once import MAKES, made_once
from .tokens import PRIVATE, PUBLIC

TAG = "sites"
router = Router(auth=PUBLIC)


class PhotoTextOut(Schema):
    caption: str
    alternative: str


class PhotoOut(Schema):
    """``file`` is where the picture is; ``texts`` by language. ``persons``: nobody can be recognised, or everybody agreed."""

    id: UUID
    position: int
    persons: str
    file: str
    texts: dict[str, PhotoTextOut]


class EquipmentKindOut(Schema):
    kind: str
    working: int
    all: int


class ShowingOut(Schema):
    """``ends_before`` is the first day on which the page is not public."""

    id: UUID
    starts_on: date
    ends_before: date
    reason: str


class VisitOut(Schema):
    """``showing``: by which everybody may read it today, where that is so. Figures and cohorts have their own addresses."""

    site: str
    on: date
    photos: list[PhotoOut]
    equipment: list[EquipmentKindOut]
    sessions_today: int
    showing: ShowingOut | None


class ShowingIn(Schema):
    starts_on: Day
    ends_on: Day = Field(description="The last day on which it is public")
    reason: Words


class ShowingEndIn(Schema):
    on: Day = Field(description="The first day on which it is not public")


class PhotoTextIn(Schema):
    language: Words = Field(max_length=12, description="BCP 47")
    caption: Words
    alternative: Words


class PhotoIn(PhotoTextIn):
    persons: Words = Field(pattern="^(nobody|agreed)$", description="What the site says of the people in it")


class PhotoPlaceIn(Schema):
    position: int = Field(ge=1, le=12)


@router.get("/sites/{reference}/visit", response=VisitOut)
def get_visit(request: HttpRequest, response: HttpResponse, reference: Reference) -> VisitOut:
    """For everybody on the days on which it is public, else for whoever is signed in."""
    return tagged(_visit(reference, request), response)


@router.post("/sites/{reference}/photos", response={201: VisitOut}, openapi_extra=MAKES, auth=PRIVATE)
def add_photo(
    request: HttpRequest, response: HttpResponse, reference: Reference, given: Form[PhotoIn], photo: File[UploadedFile]
) -> Status[VisitOut]:  # fmt: skip
    """A photo of the place, PNG or JPEG, behind those that are there. What the camera wrote beside it is taken out."""

    def make() -> VisitOut:
        site = queries.get_site(reference=reference, by=request.auth)
        texts = {given.language: PhotoWords(given.caption, given.alternative)}
        draft = PhotoDraft(site, given.persons, texts, upload=upload_of(photo, title=given.caption, kind="photo"))
        actions.add_photos(photos=[draft], at=clock.now(), by=request.auth)
        return _visit(reference, request)

    return Status(201, made_once(request, response, VisitOut, make, sent=body_of(given, photo)))


@router.put("/sites/{reference}/photos/{key}/words", response=VisitOut, auth=PRIVATE)
def describe_photo(
    request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID, sent: PhotoTextIn
) -> VisitOut:
    """What stands below a photo, and what it shows for whoever does not see it."""
    photo = _photo(reference, key, request)
    texts = {sent.language: PhotoWords(sent.caption, sent.alternative)}
    actions.describe_photo(photo=photo, texts=texts, by=request.auth)
    return tagged(_visit(reference, request), response)


@router.put("/sites/{reference}/photos/{key}/place", response=VisitOut, auth=PRIVATE)
def place_photo(
    request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID, sent: PhotoPlaceIn
) -> VisitOut:
    photo = _photo(reference, key, request)
    actions.place_photo(photo=photo, position=sent.position, by=request.auth)
    return tagged(_visit(reference, request), response)


@router.api_operation(["DELETE"], "/sites/{reference}/photos/{key}", response=VisitOut, auth=PRIVATE)
def take_down_photo(request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID) -> VisitOut:
    """It is shown no longer, and its file is forgotten."""
    actions.take_down_photo(photo=_photo(reference, key, request), by=request.auth)
    return tagged(_visit(reference, request), response)


@router.get("/sites/{reference}/showings", response=list[ShowingOut], auth=PRIVATE)
def list_showings(request: HttpRequest, reference: Reference) -> list[ShowingOut]:
    """When the page was, is and will be public, for whoever may change that."""
    queries.get_site(reference=reference, by=request.auth)
    return [_showing(each) for each in queries.list_showings(site=reference, by=request.auth)]


@router.post("/sites/{reference}/showings", response={201: ShowingOut}, openapi_extra=MAKES, auth=PRIVATE)
def show_site(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ShowingIn
) -> Status[ShowingOut]:
    """Make the visit page public for some days, for a reason."""

    def make() -> ShowingOut:
        made = actions.show_site(
            site=queries.get_site(reference=reference, by=request.auth), starts_on=sent.starts_on,
            ends_before=sent.ends_on + ONE_DAY, reason=sent.reason, by=request.auth,
        )  # fmt: skip
        return _showing(made)

    return Status(201, made_once(request, response, ShowingOut, make))


@router.get("/sites/{reference}/showings/{key}", response=ShowingOut, auth=PRIVATE)
def get_showing(request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID) -> ShowingOut:
    return tagged(_showing(queries.get_showing(site=reference, key=key, by=request.auth)), response)


@router.post("/sites/{reference}/showings/{key}/end", response=ShowingOut, auth=PRIVATE)
def stop_showing(
    request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID, sent: ShowingEndIn
) -> ShowingOut:
    found = queries.get_showing(site=reference, key=key, by=request.auth)
    require_version(request, _showing(found))
    return tagged(_showing(actions.stop_showing(showing=found, ends_before=sent.on, by=request.auth)), response)


def _photo(reference: str, key: UUID, request: HttpRequest) -> Any:
    """The photo, over the version of the page that was read."""
    found = queries.get_photo(site=reference, key=key, on=clock.today(), by=request.auth)
    require_version(request, _visit(reference, request))
    return found


def _visit(reference: str, request: HttpRequest) -> VisitOut:
    by, on = request.auth, clock.today()
    site = queries.get_site(reference=reference, by=by)
    if not queries.may_visit(site=reference, on=on, by=by):
        raise NotFound(N_("The visit page of %(site)s is not public today. Sign in to read it."), site=reference)
    showing = queries.showing_on(site=reference, on=on, by=by)
    return VisitOut(
        site=reference, on=on, photos=[_drawn(each, reference) for each in queries.photos_of(site=reference, on=on, by=by)],
        equipment=[
            EquipmentKindOut(kind=each.kind, working=each.working, all=each.all)
            for each in queries.equipment_shown(site=reference, on=on, by=by)
        ],
        sessions_today=training.taught_between(site=site.pk, first=on, last=on, by=by).sessions,
        showing=_showing(showing) if showing else None,
    )  # fmt: skip


def _drawn(photo: Any, reference: str) -> PhotoOut:
    return PhotoOut(
        id=photo.pk, position=photo.position, persons=photo.persons, file=f"/sites/{reference}/visit/photos/{photo.pk}/",
        texts={
            each.language: PhotoTextOut(caption=each.caption, alternative=each.alternative) for each in photo.texts.all()
        },
    )  # fmt: skip


def _showing(row: Any) -> ShowingOut:
    return ShowingOut(id=row.pk, starts_on=row.starts_on, ends_before=row.ends_before, reason=row.reason)
