"""What sites teach with, as those may see it who work there, who host them and who oversee."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.journeys.equip_site import add_equipment as add_equipment_there
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.rooms.members import queries as members
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts import EquipmentDraft, EquipmentStep
from corridor.rooms.sites.lifecycle import EquipmentStatus

from .asking import After, Code, Day, Limit, On, Page, Search, Words, page
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import Step, steps
from .tokens import PRIVATE

TAG = "sites"
router = Router(auth=PRIVATE)

Amount = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=3)]
WHOSE = ("owner", "donor", "running_costs_by")


class EquipmentOut(Schema):
    """
    ``status`` is the state of the day asked for. Several of one kind may stand under one number of the inventory. Organisations are
    references; ``value`` is exact, in ``currency``.
    """

    id: UUID
    site: str
    kind: str
    inventory_number: str
    count: int
    status: str
    acquired_on: date | None
    document: str | None
    owner: str | None
    donor: str | None
    value: str | None
    currency: str
    serial: str
    condition: str
    calibration_months: int | None
    running_costs_by: str | None
    mended_by: str
    timeline: list[Step]


class EquipmentFacts(Schema):
    kind: Words
    count: int = Field(1, ge=1, le=1_000_000)
    acquired_on: Day | None = None
    owner: Words = Field("", description="The reference of an organisation")
    donor: Words = Field("", description="The reference of an organisation")
    value: Amount | None = None
    currency: Words = Field("", pattern="^([A-Z]{3})?$", description="ISO 4217")
    serial: Words = Field("", max_length=80)
    condition: Literal["", "new", "good", "worn", "poor"] = ""
    calibration_months: int | None = Field(None, ge=1, le=240)
    running_costs_by: Words = Field("", description="The reference of an organisation")
    mended_by: Words = Field("", description="A firm or an office, never a person")


class EquipmentIn(EquipmentFacts):
    site: Words
    inventory_number: Words = Field(max_length=60)


class EquipmentStepIn(Schema):
    to: Literal["working", "faulty", "in_repair", "retired"]
    on: Day
    reason: Words = ""


@router.get("/equipment", response=Page[EquipmentOut])
def list_equipment(
    request: HttpRequest,
    on: On = None,
    site: Code = "",
    status: Code = "",
    search: Search = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """What stands at the sites that the account may look into, by site and number of the inventory."""
    found = queries.list_equipment(
        by=request.auth, on=on or clock.today(), site=site, words=search, state=status, after=after
    )
    return page(found, drawn, limit=limit, key=str)


@router.post("/equipment", response={201: EquipmentOut}, openapi_extra=MAKES)
def add_equipment(request: HttpRequest, response: HttpResponse, sent: EquipmentIn) -> Status[EquipmentOut]:
    """Write down something that a site teaches with."""

    def make() -> EquipmentOut:
        site = queries.get_site(reference=sent.site, by=request.auth)
        draft = EquipmentDraft(site, inventory_number=sent.inventory_number, **_facts(sent, request))
        made = add_equipment_there(equipment=[draft], at=clock.now(), by=request.auth)[0]
        return read(made.pk, request)

    return Status(201, made_once(request, response, EquipmentOut, make))


@router.get("/equipment/{key}", response=EquipmentOut)
def get_equipment(request: HttpRequest, response: HttpResponse, key: UUID, on: On = None) -> EquipmentOut:
    return tagged(drawn(queries.get_equipment(key=key, by=request.auth, on=on or clock.today())), response)


@router.put("/equipment/{key}", response=EquipmentOut)
def correct_equipment(request: HttpRequest, response: HttpResponse, key: UUID, sent: EquipmentFacts) -> EquipmentOut:
    """Correct all that is written about it. Its site and its number stay."""
    require_version(request, read(key, request))
    found = queries.get_equipment(key=key, by=request.auth, on=clock.today())
    actions.correct_equipment(
        equipment=found,
        values=_facts(sent, request),
        paper=None,
        version=found.version,
        at=clock.now(),
        by=request.auth,
    )
    return tagged(read(key, request), response)


@router.post("/equipment/{key}/steps", response=EquipmentOut)
def move_equipment(request: HttpRequest, response: HttpResponse, key: UUID, sent: EquipmentStepIn) -> EquipmentOut:
    """It breaks, is repaired, works again, is retired."""
    require_version(request, read(key, request))
    found = queries.get_equipment(key=key, by=request.auth, on=clock.today())
    actions.move_equipment(
        steps=[EquipmentStep(found, EquipmentStatus(sent.to), sent.on, sent.reason)], by=request.auth
    )
    return tagged(read(key, request), response)


def read(key: UUID, request: HttpRequest) -> EquipmentOut:
    """As it stands today."""
    return drawn(queries.get_equipment(key=key, by=request.auth, on=clock.today()))


def drawn(item: Any) -> EquipmentOut:
    return EquipmentOut(
        id=item.pk, site=item.site.reference, kind=item.kind, inventory_number=item.inventory_number, count=item.count,
        status=item.status_then, acquired_on=item.acquired_on, document=item.document.reference if item.document else None,
        value=None if item.value is None else f"{item.value.normalize():f}", currency=item.currency, serial=item.serial,
        condition=item.condition, calibration_months=item.calibration_months, mended_by=item.mended_by,
        timeline=steps(item.changes.all()),
        **{name: named.reference if (named := getattr(item, name)) else None for name in WHOSE},
    )  # fmt: skip


def organisation_named(reference: str, request: HttpRequest, *, field: str) -> Any:
    """The organisation of that reference, None for none. :raises BadInput: at the field, if there is none."""
    if not reference:
        return None
    try:
        return members.get_organisation(reference=reference, by=request.auth)
    except NotFound as unknown:
        raise BadInput([Problem(unknown.message, dict(unknown.places), column=field)]) from None


def _facts(sent: EquipmentFacts, request: HttpRequest) -> dict[str, Any]:
    facts = sent.dict(exclude={"site", "inventory_number"})
    return facts | {name: organisation_named(facts[name], request, field=name) for name in WHOSE}
