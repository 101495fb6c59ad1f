"""Spare parts in the stores of sites: what lies there, what came and went."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts import PartDraft, PartStep

from .asking import After, Code, Day, Limit, Page, Words, page
from .etags import require_version, tagged
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "sites"
router = Router(auth=PRIVATE)


class PartOut(Schema):
    id: UUID
    site: str
    number: str
    name: str
    fits: str
    stock: int
    reorder_level: int
    is_low: bool


class SparePartIn(Schema):
    site: Words
    number: Words = Field(max_length=60)
    name: Words = Field(max_length=150)
    fits: Words = Field("", max_length=150)
    stock: int = Field(0, ge=0, le=1_000_000)
    reorder_level: int = Field(0, ge=0, le=1_000_000)


class PartMovementIn(Schema):
    change: int = Field(ge=-1_000_000, le=1_000_000, description="3 came, or -3 went")
    on: Day
    reason: Words


@router.get("/spare-parts", response=Page[PartOut])
def list_parts(
    request: HttpRequest, site: Code = "", low: bool = False, after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """What lies in the stores of sites, by site and number; ``low``: what has to be ordered."""
    found = queries.list_parts(by=request.auth, site=site, low_only=low, after=after)
    return page(found, _part, limit=limit, key=str)


@router.post("/spare-parts", response={201: PartOut}, openapi_extra=MAKES)
def add_part(request: HttpRequest, response: HttpResponse, sent: SparePartIn) -> Status[PartOut]:
    def make() -> PartOut:
        site = queries.get_site(reference=sent.site, by=request.auth)
        return _part(actions.add_parts(parts=[PartDraft(site, **sent.dict(exclude={"site"}))], by=request.auth)[0])

    return Status(201, made_once(request, response, PartOut, make))


@router.get("/spare-parts/{key}", response=PartOut)
def get_part(request: HttpRequest, response: HttpResponse, key: UUID) -> PartOut:
    return tagged(_part(queries.get_part(key=key, by=request.auth)), response)


@router.post("/spare-parts/{key}/movements", response=PartOut)
def move_part(request: HttpRequest, response: HttpResponse, key: UUID, sent: PartMovementIn) -> PartOut:
    found = queries.get_part(key=key, by=request.auth)
    require_version(request, _part(found))
    actions.move_parts(steps=[PartStep(found, sent.change, sent.on, sent.reason)], by=request.auth)
    return tagged(_part(queries.get_part(key=key, by=request.auth)), response)


def _part(part: Any) -> PartOut:
    return PartOut(
        id=part.pk, site=part.site.reference, number=part.number, name=part.name, fits=part.fits, stock=part.stock,
        reorder_level=part.reorder_level, is_low=part.is_low,
    )  # fmt: skip
