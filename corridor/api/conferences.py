"""Conferences: where the alliance meets; planned, and held."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from corridor.foundations import clock
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.drafts import ConferenceDraft

from .asking import After, Day, Limit, Page, Reference, Words, page, rows_after
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import Step, Texts, steps, texts
from .tokens import PRIVATE, PUBLIC

TAG = "conferences"
router = Router(auth=PUBLIC)


# A language as BCP 47 writes it.
Tag = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$")]


class ConferenceRowOut(Schema):
    reference: str
    titles: Texts
    place: str
    country: str
    zone: str
    starts_on: date
    ends_before: date
    status: str
    source_mark: str


class ConferenceOut(ConferenceRowOut):
    timeline: list[Step]


class ConferenceIn(Schema):
    """``ends_before`` is the day after the last; ``zone`` that of the place (IANA)."""

    reference: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")
    titles: dict[Tag, Words]
    place: Words = Field(max_length=80)
    country: str = Field(pattern=r"^[A-Z]{2}$")
    zone: str = Field(max_length=64)
    starts_on: Day
    ends_before: Day


@router.get("/conferences", response=Page[ConferenceRowOut])
def list_conferences(request: HttpRequest, after: After = "", limit: Limit = 50) -> dict[str, Any]:
    """The latest first."""

    def key(conference: Any) -> str:
        return conference.reference

    found = queries.list_conferences(by=request.auth)
    return page(rows_after(found, after, key), lambda each: ConferenceRowOut(**_conference(each)), limit=limit, key=key)


@router.get("/conferences/{reference}", response=ConferenceOut)
def get_conference(request: HttpRequest, response: HttpResponse, reference: Reference) -> ConferenceOut:
    return tagged(_read(reference, request.auth), response)


@router.post("/conferences", response=ConferenceOut, auth=PRIVATE, openapi_extra=MAKES)
def plan_conference(request: HttpRequest, response: HttpResponse, sent: ConferenceIn) -> ConferenceOut:
    """Plan a conference to come."""

    def make() -> ConferenceOut:
        draft = ConferenceDraft(
            reference=sent.reference, place=sent.place, country=sent.country, zone=sent.zone, starts_on=sent.starts_on,
            ends_before=sent.ends_before, titles=sent.titles,
        )  # fmt: skip
        return _read(actions.plan_conference(conference=draft, by=request.auth).reference, request.auth)

    return made_once(request, response, ConferenceOut, make)


@router.post("/conferences/{reference}/held", response=ConferenceOut, auth=PRIVATE)
def hold_conference(request: HttpRequest, response: HttpResponse, reference: Reference) -> ConferenceOut:
    """Write down that it took place."""
    require_version(request, _read(reference, request.auth))
    conference = queries.get_conference(reference=reference, by=request.auth)
    actions.hold_conference(conference=conference, on=clock.today(), by=request.auth)
    return tagged(_read(reference, request.auth), response)


def _read(reference: str, by: Any) -> ConferenceOut:
    found = queries.get_conference(reference=reference, by=by)
    return ConferenceOut(**_conference(found), timeline=steps(found.changes.all()))


def _conference(conference: Any) -> dict[str, Any]:
    return {
        "reference": conference.reference,
        "titles": texts(conference.titles.all()),
        "place": conference.place,
        "country": conference.country,
        "zone": conference.zone,
        "starts_on": conference.starts_on,
        "ends_before": conference.ends_before,
        "status": conference.status,
        "source_mark": conference.source_mark,
    }
