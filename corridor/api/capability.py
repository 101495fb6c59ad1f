"""What may be assessed at a site on a day and why not, how it was through a period, exceptions, and licences to assess."""

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.vocabularies.sentences import sentence
from corridor.journeys.site_capability import capability_of_site
from corridor.kernel.periods import ONE_DAY
from corridor.rooms.assessment import actions, queries
from corridor.rooms.people import queries as people
from corridor.rooms.sites import queries as sites

from .asking import Code, Day, Limit, On, Page, Reference, Words, page
from .etags import require_version, tagged
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "assessment"
router = Router(auth=PRIVATE)

YEAR = timedelta(days=365)
AfterKey = Annotated[UUID | None, Query()]
OnlyOn = Annotated[Day | None, Query(description="In force on that day")]
First = Annotated[Day | None, Query(description="Without it, a year before the last day")]
Last = Annotated[Day | None, Query(description="Without it, today")]


class LackOut(Schema):
    """One thing in the way: its stable name, the sentence in the reader's language, since when, and which machine."""

    code: str
    detail: str
    since: date | None
    equipment: UUID | None


class CapabilityOut(Schema):
    """
    ``is_asked``: somebody has stated what the unit needs; else ``unstated`` says what nobody has written down, which refuses nothing.
    ``exception`` is its reason, where there is one.
    """

    unit: UUID
    code: str
    curriculum: str
    version: str
    may: bool
    is_asked: bool
    lacks: list[LackOut]
    unstated: list[LackOut]
    exception: str | None


class StretchOut(Schema):
    """The same answer on all of these days, both inside."""

    first: date
    last: date
    lacks: list[LackOut]


class LicenceOut(Schema):
    id: UUID
    person: str
    unit: UUID
    code: str
    curriculum: str
    starts_on: date
    ends_before: date | None
    granted_by: str


class LicenceIn(Schema):
    person: Words = Field(description="The reference of the person's record")
    unit: UUID
    starts_on: Day
    ends_on: Day | None = Field(None, description="The last day inside")
    granted_by: Words = Field(description="The office that says so")


class LicenceEndIn(Schema):
    on: Day = Field(description="The first day without it")


class ExceptionIn(Schema):
    starts_on: Day
    ends_on: Day = Field(description="The last day inside")
    reason: Words


@router.get("/sites/{reference}/capability", response=list[CapabilityOut])
def list_capability(request: HttpRequest, reference: Reference, on: On = None) -> list[CapabilityOut]:
    """The units of every programme that is held there, on a day."""
    day = on or clock.today()
    site = sites.get_site(reference=reference, by=request.auth)
    return [_drawn(each) for each in capability_of_site(site=site, on=day, by=request.auth)]


@router.get("/sites/{reference}/capability/{unit}", response=CapabilityOut)
def get_capability(
    request: HttpRequest, response: HttpResponse, reference: Reference, unit: UUID, on: On = None
) -> CapabilityOut:
    return tagged(_read(reference, unit, on or clock.today(), request.auth), response)


@router.get("/sites/{reference}/capability/{unit}/history", response=list[StretchOut])
def get_capability_history(
    request: HttpRequest, reference: Reference, unit: UUID, first: First = None, last: Last = None
) -> list[StretchOut]:
    """What stood in the way from day to day."""
    until = last or clock.today()
    found = queries.capability_history(
        site=sites.get_site(reference=reference, by=request.auth),
        unit=queries.get_unit_by_key(key=unit, by=request.auth),
        first=min(first or until - YEAR, until), last=until, by=request.auth,
    )  # fmt: skip
    return [StretchOut(first=each.first, last=each.last, lacks=[_lack(lack) for lack in each.lacks]) for each in found]


@router.post("/sites/{reference}/capability/{unit}/exceptions", response={201: CapabilityOut}, openapi_extra=MAKES)
def except_capability(
    request: HttpRequest, response: HttpResponse, reference: Reference, unit: UUID, sent: ExceptionIn
) -> Status[CapabilityOut]:
    """Let the unit be assessed there for some days although something stands in the way. Answers as on the first of them."""

    def make() -> CapabilityOut:
        actions.except_capability(
            site=sites.get_site(reference=reference, by=request.auth),
            unit=queries.get_unit_by_key(key=unit, by=request.auth),
            starts_on=sent.starts_on, ends_before=sent.ends_on + ONE_DAY, reason=sent.reason, by=request.auth,
        )  # fmt: skip
        return _read(reference, unit, sent.starts_on, request.auth)

    return Status(201, made_once(request, response, CapabilityOut, make))


@router.get("/licences", response=Page[LicenceOut])
def list_licences(
    request: HttpRequest, on: OnlyOn = None, person: Code = "", unit: Code = "", after: AfterKey = None, limit: Limit = 50
) -> dict[str, Any]:  # fmt: skip
    """Licences to assess; whoever does not oversee them reads their own."""
    found = queries.list_licences(by=request.auth, on=on, person=person, unit=unit).order_by("pk")
    if after:
        found = found.filter(pk__gt=after)
    return page(found, _licence, limit=limit, key=lambda each: str(each.pk))


@router.post("/licences", response={201: LicenceOut}, openapi_extra=MAKES)
def grant_licence(request: HttpRequest, response: HttpResponse, sent: LicenceIn) -> Status[LicenceOut]:
    def make() -> LicenceOut:
        draft = actions.LicenceDraft(
            people.get_person(reference=sent.person, by=request.auth),
            queries.get_unit_by_key(key=sent.unit, by=request.auth),
            sent.starts_on, sent.ends_on + ONE_DAY if sent.ends_on else None, sent.granted_by,
        )  # fmt: skip
        made = actions.grant_licences(licences=[draft], by=request.auth)[0]
        return _licence(queries.get_licence(key=made.pk, by=request.auth))

    return Status(201, made_once(request, response, LicenceOut, make))


@router.get("/licences/{key}", response=LicenceOut)
def get_licence(request: HttpRequest, response: HttpResponse, key: UUID) -> LicenceOut:
    return tagged(_licence(queries.get_licence(key=key, by=request.auth)), response)


@router.post("/licences/{key}/end", response=LicenceOut)
def end_licence(request: HttpRequest, response: HttpResponse, key: UUID, sent: LicenceEndIn) -> LicenceOut:
    found = queries.get_licence(key=key, by=request.auth)
    require_version(request, _licence(found))
    actions.end_licence(licence=found, ends_before=sent.on, by=request.auth)
    return tagged(_licence(queries.get_licence(key=key, by=request.auth)), response)


def _read(reference: str, unit: UUID, on: date, by: Any) -> CapabilityOut:
    site = sites.get_site(reference=reference, by=by)
    return _drawn(queries.capability_of(site=site, unit=queries.get_unit_by_key(key=unit, by=by), on=on, by=by))


def _drawn(found: Any) -> CapabilityOut:
    version = found.unit.version
    return CapabilityOut(
        unit=found.unit.pk, code=found.unit.code, curriculum=version.curriculum.reference, version=version.version,
        may=found.may, is_asked=found.is_asked, lacks=[_lack(each) for each in found.lacks],
        unstated=[_lack(each) for each in found.unstated],
        exception=found.exception.reason if found.exception else None,
    )  # fmt: skip


def _lack(lack: Any) -> LackOut:
    return LackOut(code=lack.code, detail=sentence(lack), since=lack.since, equipment=lack.equipment)


def _licence(licence: Any) -> LicenceOut:
    return LicenceOut(
        id=licence.pk, person=licence.person.reference, unit=licence.unit_id, code=licence.unit.code,
        curriculum=licence.unit.version.curriculum.reference, starts_on=licence.starts_on,
        ends_before=licence.ends_before, granted_by=licence.granted_by,
    )  # fmt: skip
