"""OneRoster 1.2, rostering, read: what a learning platform asks to know who learns and teaches in which cohort."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from corridor.foundations import clock
from corridor.journeys import serve_roster
from corridor.journeys.serve_roster import Asked

from .asking import Words
from .leaving import Read, note_read

TAG = "oneroster"
ROOT = "/ims/oneroster/rostering/v1p2"
MOST_ROWS = 1_000
router = Router()

Collection = Annotated[str, Path(pattern=r"^[A-Za-z]{1,30}$")]
Key = Annotated[str, Path(pattern=r"^[A-Za-z0-9.-]{1,80}$")]
RowLimit = Annotated[int, Query(ge=1, le=MOST_ROWS)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Order = Annotated[Literal["asc", "desc"], Query(alias="orderBy")]


@router.get(ROOT + "/{collection}", response=dict[str, Any])
def list_roster(
    request: HttpRequest,
    response: HttpResponse,
    collection: Collection,
    read: Read,
    limit: RowLimit = 100,
    offset: Offset = 0,
    sort: Words = "",
    order: Order = "asc",
    filter: Words = "",  # noqa: A002 (the word of the standard)
    fields: Words = "",
) -> dict[str, Any]:
    """A page of academicSessions, terms, orgs, schools, courses, classes, users, students, teachers or enrollments."""
    asked = Asked(limit=limit, offset=offset, sort=sort, order=order, filter=filter, fields=fields)
    return _page(request, response, read, collection, asked)


@router.get(ROOT + "/{collection}/{key}", response=dict[str, Any])
def get_from_roster(
    request: HttpRequest, response: HttpResponse, collection: Collection, key: Key, read: Read
) -> dict[str, Any]:
    word, thing, persons = serve_roster.single(
        name=collection, key=key, on=clock.today(), at=clock.now(), root=_root(request), by=request.auth
    )
    note_read(request, response, read, about=f"{ROOT}/{collection}", persons=persons)
    return {word: thing}


@router.get(ROOT + "/classes/{key}/{part}", response=dict[str, Any])
def list_roster_of_class(
    request: HttpRequest,
    response: HttpResponse,
    key: Key,
    part: Literal["students", "teachers"],
    read: Read,
    limit: RowLimit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Who learns, or who teaches, in one cohort."""
    return _page(request, response, read, "classes", Asked(limit=limit, offset=offset), group=key, part=part)


def _page(
    request: HttpRequest, response: HttpResponse, read: Any, name: str, asked: Asked, *, group: str = "", part: str = ""
) -> dict[str, Any]:
    found = serve_roster.collection(
        name=name,
        asked=asked,
        on=clock.today(),
        at=clock.now(),
        root=_root(request),
        by=request.auth,
        group=group,
        part=part,
    )
    shown = part or name
    note_read(request, response, read, about=f"{ROOT}/{shown}", persons=found.persons)
    response["X-Total-Count"] = str(found.total)
    if asked.offset + asked.limit < found.total:
        after = f"{request.path}?limit={asked.limit}&offset={asked.offset + asked.limit}"
        response["Link"] = f'<{request.build_absolute_uri(after)}>; rel="next"'
    return {serve_roster.COLLECTIONS[shown][0]: found.things}


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/api/v1" + ROOT)
