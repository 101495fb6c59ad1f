"""What members run together: under which agreements, keeping which announcements, with which curriculum, where."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.draft_programme import draft_programme
from corridor.rooms.programmes import actions, queries
from corridor.rooms.programmes.lifecycle import ProgrammeStatus

from .asking import After, Code, Day, Limit, On, Page, Reference, Search, States, Words, page
from .etags import require_version, tagged
from .once import MAKES, made_once
from .programme_shapes import (
    ProgrammeChangeIn,
    ProgrammeIn,
    ProgrammeOut,
    ProgrammeRowOut,
    programme_out,
    row_of,
    words_of,
)
from .tokens import PRIVATE, PUBLIC

TAG = "programmes"
router = Router(auth=PUBLIC)


class ProgrammeMoveIn(Schema):
    to: Literal["approved", "running", "completed", "suspended", "cancelled"]
    on: Day
    reason: Words = Field("", max_length=300)


@router.get("/programmes", response=Page[ProgrammeRowOut])
def list_programmes(
    request: HttpRequest,
    on: On = None,
    kind: Code = "",
    country: Code = "",
    brand: Code = "",
    status: States = [],  # noqa: B006 (read, never changed)
    member: Code = "",
    site: Code = "",
    agreement: Code = "",
    announcement: Code = "",
    demand: Code = "",
    search: Search = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Programmes as they were on a day, by reference; ``agreement``, ``announcement`` and ``demand``: any that they stand on."""
    found = queries.list_programmes(
        by=request.auth, on=on or clock.today(), kind=kind, country=country, brand=brand, states=status, member=member,
        site=site, agreement=agreement, announcement=announcement, demand=demand, words=search, after=after,
    )  # fmt: skip
    return page(found, lambda each: ProgrammeRowOut(**row_of(each)), limit=limit, key=lambda each: each.reference)


@router.post("/programmes", response={201: ProgrammeOut}, openapi_extra=MAKES, auth=PRIVATE)
def propose_programme(request: HttpRequest, response: HttpResponse, sent: ProgrammeIn) -> Status[ProgrammeOut]:
    """Propose what members want to run together."""
    by = request.auth
    by.require(Permission.PROGRAMME_PROPOSE)

    def make() -> ProgrammeOut:
        draft = draft_programme(words=words_of(sent, reference=sent.reference), by=by)
        made = actions.propose_programme(programme=draft, by=by)
        return _read(request, made.reference)

    return Status(201, made_once(request, response, ProgrammeOut, make))


@router.get("/programmes/{reference}", response=ProgrammeOut)
def get_programme(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> ProgrammeOut:
    found = queries.get_programme(reference=reference, by=request.auth, on=on or clock.today())
    return tagged(programme_out(found), response)


@router.put("/programmes/{reference}", response=ProgrammeOut, auth=PRIVATE)
def change_programme(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ProgrammeChangeIn
) -> ProgrammeOut:
    """Say everything of it anew. What was approved is added to: its kind, curriculum, agreements, members and sites stay."""
    by = request.auth
    by.require(Permission.PROGRAMME_PROPOSE)
    require_version(request, _read(request, reference))
    programme = queries.get_programme(reference=reference, by=by)
    draft = draft_programme(words=words_of(sent, reference=reference), by=by)
    actions.change_programme(programme=programme, draft=draft, by=by)
    return tagged(_read(request, reference), response)


@router.post("/programmes/{reference}/moves", response=ProgrammeOut, auth=PRIVATE)
def move_programme(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ProgrammeMoveIn
) -> ProgrammeOut:
    """Take it further in its life. It is approved, and runs, once every step that it needs is approved (409 StepStillOpen names it)."""
    request.auth.require(Permission.PROGRAMME_CHANGE_STATE)
    require_version(request, _read(request, reference))
    programme = queries.get_programme(reference=reference, by=request.auth)
    actions.move_programme(
        programme=programme, to=ProgrammeStatus(sent.to), on=sent.on, reason=sent.reason, by=request.auth
    )
    return tagged(_read(request, reference), response)


def _read(request: HttpRequest, reference: str) -> ProgrammeOut:
    return programme_out(queries.get_programme(reference=reference, by=request.auth, on=clock.today()))
