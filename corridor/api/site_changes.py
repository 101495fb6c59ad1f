"""What machines write of a site: it is moved on, listed, described and accredited; refused as on the pages."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.journeys.equip_site import name_agreement as name_the_agreement
from corridor.journeys.leave_site import end_listing as end_the_listing
from corridor.journeys.leave_site import move_site as move_the_site
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts import AccreditationDraft, ListingDraft
from corridor.rooms.sites.lifecycle import SiteStatus

from .asking import Day, Reference, Words
from .etags import require_version, tagged
from .once import MAKES, made_once
from .sites import SiteOut, agreement_of, whole_site
from .tokens import PRIVATE, PUBLIC

TAG = "sites"
router = Router(auth=PRIVATE)


class SiteStepIn(Schema):
    to: SiteStatus
    on: Day
    reason: Words = ""


class SiteAgreementIn(Schema):
    agreement: Words = Field(max_length=20, description="Its reference; empty: none")


class SiteListingIn(Schema):
    brand: Words
    starts_on: Day
    ends_on: Day | None = Field(None, description="The last day inside; none: until somebody ends it")
    accepted_on: Day | None = None


class ListingDayIn(Schema):
    on: Day


class RoomIn(Schema):
    name: Words = Field(max_length=80)
    capacity: int = Field(ge=1, le=5_000)


class AddressIn(Schema):
    language: Words = Field(max_length=12, description="BCP 47")
    text: Words = Field(max_length=300)


class AccreditationOut(Schema):
    """``ends_before`` is the first day without it; without ``curricula`` it holds for all that is taught there."""

    id: UUID
    accredited_by: str
    accredited_for: str
    number: str
    starts_on: date
    ends_before: date | None
    curricula: list[str]


class AccreditationIn(Schema):
    accredited_by: Words
    accredited_for: Words
    number: Words = Field("", max_length=80)
    starts_on: Day
    ends_on: Day | None = Field(None, description="The last day inside")
    curricula: list[Words] = Field([], max_length=50, description="References; none: all that is taught there")


class AccreditationEndIn(Schema):
    on: Day = Field(description="The first day without it")


@router.post("/sites/{reference}/steps", response=SiteOut)
def move_site(request: HttpRequest, response: HttpResponse, reference: Reference, sent: SiteStepIn) -> SiteOut:
    """It is agreed, equipped, operates, is accepted, suspended, handed over, closed."""
    require_version(request, whole_site(reference, request))
    found = queries.get_site(reference=reference, by=request.auth)
    move_the_site(site=found, to=sent.to, on=sent.on, reason=sent.reason, by=request.auth)
    return tagged(whole_site(reference, request), response)


@router.put("/sites/{reference}/agreement", response=SiteOut)
def name_agreement(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: SiteAgreementIn
) -> SiteOut:
    """Say in which agreement it was agreed that there is such a place. That it opened is a delivery under it."""
    require_version(request, whole_site(reference, request))
    site = queries.get_site(reference=reference, by=request.auth)
    under = agreement_of(sent.agreement, request)
    name_the_agreement(site=site, agreement=under, today=clock.today(), by=request.auth)
    return tagged(whole_site(reference, request), response)


@router.post("/sites/{reference}/listings", response={201: SiteOut}, openapi_extra=MAKES)
def list_site(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: SiteListingIn
) -> Status[SiteOut]:
    """Put the place under a brand."""

    def make() -> SiteOut:
        draft = ListingDraft(
            queries.get_site(reference=reference, by=request.auth), queries.get_brand(code=sent.brand, by=request.auth),
            sent.starts_on, sent.ends_on + ONE_DAY if sent.ends_on else None, sent.accepted_on,
        )  # fmt: skip
        actions.list_sites_under_brands(listings=[draft], by=request.auth)
        return whole_site(reference, request)

    return Status(201, made_once(request, response, SiteOut, make))


@router.post("/sites/{reference}/listings/{brand}/acceptance", response=SiteOut)
def accept_listing(
    request: HttpRequest, response: HttpResponse, reference: Reference, brand: Reference, sent: ListingDayIn
) -> SiteOut:
    """The owner of the brand accepts the place from that day."""
    listing = queries.get_listing(site=reference, brand=brand, on=sent.on, by=request.auth)
    require_version(request, whole_site(reference, request))
    actions.accept_listing(listing=listing, on=sent.on, by=request.auth)
    return tagged(whole_site(reference, request), response)


@router.post("/sites/{reference}/listings/{brand}/end", response=SiteOut)
def end_listing(
    request: HttpRequest, response: HttpResponse, reference: Reference, brand: Reference, sent: ListingDayIn
) -> SiteOut:
    """The place leaves the brand; ``on`` is the first day without it."""
    listing = queries.get_listing(site=reference, brand=brand, on=sent.on - ONE_DAY, by=request.auth)
    require_version(request, whole_site(reference, request))
    end_the_listing(listing=listing, ends_before=sent.on, by=request.auth)
    return tagged(whole_site(reference, request), response)


@router.put("/sites/{reference}/rooms", response=SiteOut)
def describe_room(request: HttpRequest, response: HttpResponse, reference: Reference, sent: RoomIn) -> SiteOut:
    """A room of that name gets the new number of people; without one it is written down."""
    require_version(request, whole_site(reference, request))
    site = queries.get_site(reference=reference, by=request.auth)
    actions.describe_room(site=site, name=sent.name, capacity=sent.capacity, by=request.auth)
    return tagged(whole_site(reference, request), response)


@router.put("/sites/{reference}/addresses", response=SiteOut)
def write_address(request: HttpRequest, response: HttpResponse, reference: Reference, sent: AddressIn) -> SiteOut:
    """In the form of the country, once in each language; what stands is replaced."""
    require_version(request, whole_site(reference, request))
    site = queries.get_site(reference=reference, by=request.auth)
    actions.write_address(site=site, language=sent.language, text=sent.text, by=request.auth)
    return tagged(whole_site(reference, request), response)


@router.get("/sites/{reference}/accreditations", response=list[AccreditationOut], auth=PUBLIC)
def list_accreditations(request: HttpRequest, reference: Reference) -> list[AccreditationOut]:
    """What authorities have accredited the place for, ended ones too, the latest first."""
    queries.get_site(reference=reference, by=request.auth)
    return [_accreditation(each) for each in queries.accreditations_of(by=request.auth, site=reference)]


@router.post("/sites/{reference}/accreditations", response={201: AccreditationOut}, openapi_extra=MAKES)
def accredit_site(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: AccreditationIn
) -> Status[AccreditationOut]:
    """Write down what an authority accredited. The paper is sent on the page."""

    def make() -> AccreditationOut:
        by = request.auth
        draft = AccreditationDraft(
            queries.get_site(reference=reference, by=by), sent.accredited_by, sent.accredited_for, sent.starts_on,
            sent.ends_on + ONE_DAY if sent.ends_on else None, sent.number,
            curricula=[_curriculum(each, request) for each in sent.curricula],
        )  # fmt: skip
        made = actions.accredit_sites(accreditations=[draft], at=clock.now(), by=by)[0]
        return _accreditation(queries.get_accreditation(site=reference, key=made.pk, by=by))

    return Status(201, made_once(request, response, AccreditationOut, make))


@router.get("/sites/{reference}/accreditations/{key}", response=AccreditationOut, auth=PUBLIC)
def get_accreditation(
    request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID
) -> AccreditationOut:  # fmt: skip
    return tagged(_accreditation(queries.get_accreditation(site=reference, key=key, by=request.auth)), response)


@router.post("/sites/{reference}/accreditations/{key}/end", response=AccreditationOut)
def end_accreditation(
    request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID, sent: AccreditationEndIn
) -> AccreditationOut:  # fmt: skip
    found = queries.get_accreditation(site=reference, key=key, by=request.auth)
    require_version(request, _accreditation(found))
    actions.end_accreditation(accreditation=found, ends_before=sent.on, by=request.auth)
    return tagged(_accreditation(queries.get_accreditation(site=reference, key=key, by=request.auth)), response)


def _curriculum(reference: str, request: HttpRequest) -> Any:
    """:raises BadInput: at the field, if there is none."""
    found = curricula.list_versions(by=request.auth, curriculum=reference).first() if reference else None
    if found is None:
        raise BadInput(
            [Problem(N_("There is no curriculum %(curriculum)s."), {"curriculum": reference}, column="curricula")]
        )
    return found.curriculum


def _accreditation(row: Any) -> AccreditationOut:
    return AccreditationOut(
        id=row.pk, accredited_by=row.accredited_by, accredited_for=row.accredited_for, number=row.number,
        starts_on=row.starts_on, ends_before=row.ends_before,
        curricula=sorted(each.curriculum.reference for each in row.curricula.all()),
    )  # fmt: skip
