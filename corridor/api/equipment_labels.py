"""Labels of equipment for machines: the address behind each QR code, and the sheet to print."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.labels import address_of

from .asking import Reference
from .once import MAKES, REPEATABLE, made_once
from .tokens import PRIVATE

TAG = "equipment"
router = Router(auth=PRIVATE)
PDF: dict[str, Any] = {
    "responses": {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}
}


class LabelOut(Schema):
    """``address`` is what the QR code holds: whoever opens it reports a fault of this one machine."""

    equipment: UUID
    inventory_number: str
    address: str
    made_on: date


class LabelsOut(Schema):
    site: str
    labels: list[LabelOut]


class SheetIn(Schema):
    """Without ``equipment`` all that is not retired."""

    equipment: list[UUID] = Field([], max_length=500)


class LabelsIn(SheetIn):
    """``anew``: labels that stuck on the named equipment so far lead nowhere any more."""

    anew: bool = False


@router.post("/sites/{reference}/labels", response={201: LabelsOut}, openapi_extra=MAKES)
def label_equipment(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: LabelsIn
) -> Status[LabelsOut]:
    """The label that stands for each machine, made where there was none, for a printer of one's own."""

    def make() -> LabelsOut:
        site = queries.get_site(reference=reference, by=request.auth)
        machines = _machines(site, sent.equipment, request)
        if sent.anew and not sent.equipment:
            raise BadInput([Problem(N_("Name the equipment whose labels are made anew."), column="equipment")])
        labels = actions.label_equipment(equipment=machines, on=clock.today(), anew=sent.anew, by=request.auth)
        return LabelsOut(
            site=reference,
            labels=[
                LabelOut(
                    equipment=each.equipment_id, inventory_number=each.equipment.inventory_number, address=address_of(each),
                    made_on=each.made_on,
                )
                for each in labels
            ],
        )  # fmt: skip

    return Status(201, made_once(request, response, LabelsOut, make))


@router.post("/sites/{reference}/labels/sheet", openapi_extra=REPEATABLE | PDF)
def print_labels(request: HttpRequest, reference: Reference, sent: SheetIn) -> HttpResponse:
    """The sheet of labels as a PDF. Asked for again, the same labels are printed again."""
    site = queries.get_site(reference=reference, by=request.auth)
    only = [each.pk for each in _machines(site, sent.equipment, request)]
    content = actions.label_sheet(site=site, only=only, on=clock.today(), by=request.auth)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="labels-{reference}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _machines(site: Any, keys: list[UUID], request: Any) -> list[Any]:
    """:raises BadInput: at the field, for one that does not stand there."""
    request.auth.require(Permission.EQUIPMENT_KEEP, on=site)
    found = {each.pk: each for each in queries.equipment_to_label(site=site.reference, keys=keys, by=request.auth)}
    if unknown := [str(key) for key in keys if key not in found]:
        problem = Problem(N_("There is no equipment %(which)s here."), {"which": unknown[0]}, column="equipment")
        raise BadInput([problem])
    return [found[key] for key in dict.fromkeys(keys)] or list(found.values())
