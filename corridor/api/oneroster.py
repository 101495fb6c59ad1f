"""OneRoster 1.2, rostering, read: what a learning platform asks to know who learns and teaches in which cohort."""

from collections.abc import Sequence
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


@router.get(ROOT + "/{collection}/{key}/{part}", response=dict[str, Any])
def list_roster_of(
    request: HttpRequest,
    response: HttpResponse,
    collection: Collection,
    key: Key,
    part: Collection,
    read: Read,
    limit: RowLimit = 100,
    offset: Offset = 0,
    sort: Words = "",
    order: Order = "asc",
    filter: Words = "",  # noqa: A002 (the word of the standard)
    fields: Words = "",
) -> dict[str, Any]:
    """
    What belongs to one record: students and teachers of classes; classes of courses, schools, terms, users, students and teachers; courses,
    enrollments, students, teachers and terms of schools.
    """
    asked = Asked(limit=limit, offset=offset, sort=sort, order=order, filter=filter, fields=fields)
    return _page(request, response, read, part, asked, within=[(collection, key)])


@router.get(ROOT + "/schools/{key}/classes/{group}/{part}", response=dict[str, Any])
def list_roster_of_class_in_school(
    request: HttpRequest,
    response: HttpResponse,
    key: Key,
    group: Key,
    part: Literal["enrollments", "students", "teachers"],
    read: Read,
    limit: RowLimit = 100,
    offset: Offset = 0,
    sort: Words = "",
    order: Order = "asc",
    filter: Words = "",  # noqa: A002 (the word of the standard)
    fields: Words = "",
) -> dict[str, Any]:
    """Who learns and teaches in one cohort of one site."""
    asked = Asked(limit=limit, offset=offset, sort=sort, order=order, filter=filter, fields=fields)
    return _page(request, response, read, part, asked, within=[("schools", key), ("classes", group)])


def _page(
    request: HttpRequest, response: HttpResponse, read: Any, name: str, asked: Asked, *, within: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:  # fmt: skip
    found = serve_roster.collection(
        name=name, asked=asked, on=clock.today(), at=clock.now(), root=_root(request), by=request.auth, within=within
    )
    note_read(request, response, read, about=f"{ROOT}/{name}", persons=found.persons)
    response["X-Total-Count"] = str(found.total)
    if links := _links(request, asked, found.total):
        response["Link"] = ", ".join(links)
    return {serve_roster.COLLECTIONS[name][0]: found.things}


def _links(request: HttpRequest, asked: Asked, total: int) -> list[str]:
    """Where the other pages of the same question are; none where this is all."""
    last = max(total - 1, 0) // asked.limit * asked.limit
    places = {"first": 0, "prev": max(asked.offset - asked.limit, 0), "next": asked.offset + asked.limit, "last": last}
    if asked.offset == 0:
        del places["prev"]
    if asked.offset + asked.limit >= total:
        del places["next"]
    if asked.offset == 0 and total <= asked.limit:
        return []
    links = []
    for word, offset in places.items():
        question = request.GET.copy()
        question["limit"], question["offset"] = str(asked.limit), str(offset)
        links.append(f'<{request.build_absolute_uri(f"{request.path}?{question.urlencode()}")}>; rel="{word}"')
    return links


def _root(request: HttpRequest) -> str:
    return request.build_absolute_uri("/api/v1" + ROOT)
