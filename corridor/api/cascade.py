"""Who trained whom, and teachers away from home: as far as the account may know them."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.periods import Period
from corridor.rooms.sites import queries as sites
from corridor.rooms.training.actions import staying
from corridor.rooms.training.queries import knowing, stays
from corridor.rooms.training.queries.cascade import cascade_for
from corridor.rooms.training.queries.trainer_choices import StayKind
from corridor.rooms.training.trainer_drafts import StayDraft

from .asking import After, Code, Day, Limit, On, Page, Words, page, rows_after
from .equipment import organisation_named
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import MoneyOut, money
from .tokens import PRIVATE
from .upkeep_shapes import Amount, Currency

TAG = "training"
router = Router(auth=PRIVATE)


class CascadeRowOut(Schema):
    """
    One person in the cascade on the day. ``generation`` 0 was sent by the alliance; none: nobody wrote down who trained them. ``lines`` is how
    often they were trained; the shortest line gives the generation. ``trained_by`` leaves out whom the account may not know.
    """

    person: str
    generation: int | None
    lines: int
    trained_by: list[str]
    cohort: str
    trained_on: date | None
    teaching: str | None
    first_taught_on: date | None
    last_taught_on: date | None
    sessions: int
    minutes: int


class StayOut(Schema):
    """A posting to a site, a trip, or a time away to learn; ``ends_before`` is the first day after, ``cost`` what it cost in all."""

    id: UUID
    person: str
    kind: str
    sent_by: str
    site: str | None
    country: str
    city: str
    starts_on: date
    ends_before: date | None
    purpose: str
    paid_by: str | None
    cost: MoneyOut | None


class StayFacts(Schema):
    """``cost`` and ``currency`` come together, or neither."""

    kind: Literal["posting", "trip", "learning"]
    sent_by: Words = Field(min_length=1, description="The reference of an organisation")
    site: Words = Field("", description="A posting has one")
    country: Words = Field("", pattern="^([A-Z]{2})?$", description="ISO 3166-1; of a site it is known")
    city: Words = Field("", max_length=100)
    starts_on: Day
    ends_before: Day | None = Field(None, description="The first day after; a posting may have none yet")
    purpose: str = Field(max_length=300)
    paid_by: Words = Field("", description="The reference of an organisation")
    cost: Amount | None = None
    currency: Currency = ""


class StayIn(StayFacts):
    person: Words = Field(description="The reference of the person's record")


class OverlapOut(Schema):
    """Two stays of one person share these days; they are counted once, under the first."""

    first: UUID
    second: UUID
    days: int


class DaysAwayOut(Schema):
    first_day: date
    last_day: date
    person_days: int
    overlaps: list[OverlapOut]


@router.get("/cascade", response=Page[CascadeRowOut])
def list_cascade(
    request: HttpRequest,
    on: On = None,
    generation: Code = "",
    teaching: Code = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Who trained whom, by generation and reference. ``teaching``: teaches, taught_before, not_taught_yet, has_not_taught."""
    view = cascade_for(on=on or clock.today(), by=request.auth, generation=generation, teaching=teaching)

    def key(row: Any) -> str:
        return str(row.who.reference)

    return page(rows_after(view.rows, after, key), _cascade_row, limit=limit, key=key)


@router.get("/stays", response=Page[StayOut])
def list_stays(
    request: HttpRequest,
    kind: Literal["", "posting", "trip", "learning"] = "",
    member: Code = "",
    site: Code = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Postings and trips that the account may see, the latest first. ``member`` is who sent."""
    knowing.require_stays(by=request.auth)
    found = list(stays.stays_of(by=request.auth, kind=kind, member=member, site=site))
    return page(rows_after(found, after, lambda each: str(each.pk)), _stay, limit=limit, key=lambda each: str(each.pk))


@router.get("/days-away", response=DaysAwayOut)
def count_days_away(
    request: HttpRequest,
    first_day: Day,
    last_day: Day,
    kind: Literal["", "posting", "trip", "learning"] = "",
    member: Code = "",
    site: Code = "",
) -> DaysAwayOut:
    """The person-days of those stays, both days included: one person on one day is one, however many stays it lies in."""
    knowing.require_stays(by=request.auth)
    period = Period.through(first_day, last_day)
    found = stays.days_in(period=period, by=request.auth, kind=kind, member=member, site=site)
    return DaysAwayOut(
        first_day=first_day, last_day=last_day, person_days=found.person_days,
        overlaps=[OverlapOut(first=each.first.pk, second=each.second.pk, days=each.days) for each in found.overlaps],
    )  # fmt: skip


@router.post("/stays", response={201: StayOut}, openapi_extra=MAKES)
def write_stay(request: HttpRequest, response: HttpResponse, sent: StayIn) -> Status[StayOut]:
    """Write down a posting or a trip."""

    def make() -> StayOut:
        person = knowing.person_to_register(reference=sent.person, by=request.auth)
        made = staying.write_stays(stays=[_draft(sent, person, request)], by=request.auth)[0]
        return _stay(stays.get_stay(key=made.pk, by=request.auth))

    return Status(201, made_once(request, response, StayOut, make))


@router.get("/stays/{key}", response=StayOut)
def get_stay(request: HttpRequest, response: HttpResponse, key: UUID) -> StayOut:
    return tagged(_stay(stays.get_stay(key=key, by=request.auth)), response)


@router.put("/stays/{key}", response=StayOut)
def correct_stay(request: HttpRequest, response: HttpResponse, key: UUID, sent: StayFacts) -> StayOut:
    """Correct it, whole. Whose it is stays."""
    found = stays.get_stay(key=key, by=request.auth)
    require_version(request, _stay(found))
    staying.correct_stays(changes=[(found, _draft(sent, found.person, request))], by=request.auth)
    return tagged(_stay(stays.get_stay(key=key, by=request.auth)), response)


@router.api_operation(["DELETE"], "/stays/{key}", response={204: None})
def remove_stay(request: HttpRequest, key: UUID) -> Status[None]:
    """Take away what was written by mistake."""
    found = stays.get_stay(key=key, by=request.auth)
    require_version(request, _stay(found))
    staying.remove_stays(keys=[found.pk], by=request.auth)
    return Status(204, None)


def _cascade_row(row: Any) -> CascadeRowOut:
    node = row.node
    return CascadeRowOut(
        person=row.who.reference, generation=node.generation, lines=row.lines,
        trained_by=[each.reference for each in row.by if each.reference], cohort=row.cohort, trained_on=node.trained_on,
        teaching=str(row.teaching) if row.teaching else None, first_taught_on=node.first_taught_on,
        last_taught_on=node.last_taught_on, sessions=len(node.own), minutes=node.minutes,
    )  # fmt: skip


def _stay(stay: Any) -> StayOut:
    return StayOut(
        id=stay.pk, person=stay.person.reference, kind=stay.kind, sent_by=stay.sent_by.reference,
        site=stay.site.reference if stay.site else None, country=stay.country, city=stay.city, starts_on=stay.starts_on,
        ends_before=stay.ends_before, purpose=stay.purpose, paid_by=stay.paid_by.reference if stay.paid_by else None,
        cost=money(stay.cost) if stay.cost else None,
    )  # fmt: skip


def _draft(sent: StayFacts, person: Any, request: HttpRequest) -> StayDraft:
    return StayDraft(
        person=person, kind=StayKind(sent.kind), sent_by=organisation_named(sent.sent_by, request, field="sent_by"),
        starts_on=sent.starts_on, ends_before=sent.ends_before, purpose=sent.purpose, site=_site(sent.site, request),
        country=sent.country, city=sent.city, paid_by=organisation_named(sent.paid_by, request, field="paid_by"),
        cost=sent.cost, currency=sent.currency,
    )  # fmt: skip


def _site(reference: str, request: HttpRequest) -> Any:
    if not reference:
        return None
    try:
        return sites.get_site(reference=reference, by=request.auth)
    except NotFound as unknown:
        raise BadInput([Problem(unknown.message, dict(unknown.places), column="site")]) from None
