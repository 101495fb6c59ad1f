"""What stands at sites, as those may see it who work there, who host them and who oversee."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import EquipmentStatus
from ..models import Condition, Equipment, EquipmentChange

# (code, label) of what a form offers.
CONDITIONS = Condition.choices


def list_equipment(
    *, by: Actor, on: date, site: str = "", words: str = "", state: str = "", after: str = ""
) -> QuerySet[Equipment]:
    """
    What stands at sites that this actor may look into, by site and number, each with ``status_then`` and the document that came with it.

    ``site`` is a reference; ``words`` are looked for in kinds and numbers; ``after`` is the last one read, like "wks-one/INV-17".
    """
    found: QuerySet[Any] = with_status_on(Equipment.objects.visible_to(by), on)
    if site:
        found = found.filter(site__reference=site)
    if words:
        found = found.filter(Q(kind__icontains=words) | Q(inventory_number__icontains=words))
    if state:
        found = found.filter(status_then=state)
    if after:
        there, _slash, number = after.partition("/")
        found = found.filter(Q(site__reference__gt=there) | Q(site__reference=there, inventory_number__gt=number))
    changes = Prefetch("changes", EquipmentChange.objects.order_by("effective_on", "recorded_at", "pk"))
    return (
        found.select_related("site", "document", "owner", "donor", "running_costs_by")
        .prefetch_related(changes)
        .order_by("site__reference", "inventory_number")
    )


def count_equipment(*, by: Actor, on: date, site: str) -> dict[str, int]:
    """How many things of a site are in each state that day; "all" leaves the retired out."""
    counts = {"all": 0}
    for state, count in list_equipment(by=by, on=on, site=site).values_list("status_then", "count"):
        counts[state] = counts.get(state, 0) + count
        counts["all"] += 0 if state == EquipmentStatus.RETIRED else count
    return counts


def get_equipment(*, key: UUID, by: Actor, on: date | None = None, site: str = "") -> Equipment:
    """With ``on`` it has ``status_then``. :raises NotFound: if (the site of that reference has) none of that key that this actor may look at."""
    rows = Equipment.objects.visible_to(by).select_related("site") if on is None else list_equipment(by=by, on=on)
    found = rows.filter(pk=key, **({"site__reference": site} if site else {})).first()
    if found is None:
        raise NotFound(N_("There is no such equipment."))
    return found


def equipment_to_label(*, site: str, keys: Collection[UUID], by: Actor) -> list[Equipment]:
    """Of a site (its reference) all that is not retired, or those with these keys; as far as this actor may look at it."""
    rows = Equipment.objects.visible_to(by).filter(site__reference=site).select_related("site")
    found = rows.filter(pk__in=keys) if keys else rows.exclude(status=EquipmentStatus.RETIRED)
    return list(found.order_by("inventory_number"))


def open_equipment_paper(*, site: str, key: UUID, by: Actor, on: date) -> tuple[Document, bytes]:
    """The document that came with it, for whoever may look at it. :raises NotFound: if there is none."""
    found = get_equipment(site=site, key=key, by=by, on=on)
    if found.document is None:
        raise NotFound(N_("No paper is kept with it."))
    return found.document, bytes_of(found.document)
