"""
The first delivery under an agreement, whatever it is (docs/adr/0024): a register that was signed, a site that opened, equipment that another party
gave to such a site, an obligation whose keeping a record or a document shows.

Agreements stand before the rooms in which that happens. This looks there, and writes down the first day.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from corridor.foundations.access import NIGHTLY, Actor
from corridor.foundations.lifecycles import own_reasons
from corridor.rooms.agreements.actions import activate_agreement
from corridor.rooms.agreements.lifecycle import AgreementStatus
from corridor.rooms.agreements.models import Agreement, AgreementChange, ObligationOccurrence
from corridor.rooms.sites.lifecycle import SiteStatus
from corridor.rooms.sites.models import Equipment, SiteChange

_OPENED = [SiteStatus.UNVEILED, SiteStatus.OPERATING]


@dataclass(frozen=True, order=True)
class Delivery:
    """What was delivered on which day, in words; "" where it was taught."""

    on: date
    what: str = ""


@transaction.atomic
def note_deliveries(
    *, agreements: Collection[UUID] | None = None, taught: Mapping[UUID, date] | None = None, until: date | None = None,
    by: Actor,
) -> list[Agreement]:  # fmt: skip
    """
    Activate those of the agreements (all, without any named) under which something was delivered by ``until``; what is activated stays as it is.

    ``taught`` names the day of a register that was signed, by agreement. Returned are those that were activated.
    """
    done = AgreementChange.objects.filter(to_status=AgreementStatus.ACTIVATED).values("agreement")
    waiting = Agreement.objects.filter(status=AgreementStatus.IN_FORCE, amends__isnull=True).exclude(pk__in=done)
    if agreements is not None:
        waiting = waiting.filter(pk__in=agreements)
    found: dict[UUID, list[Delivery]] = {}
    for key, delivery in _deliveries(waiting):
        found.setdefault(key, []).append(delivery)
    for key, day in (taught or {}).items():
        found.setdefault(key, []).append(Delivery(day))
    rows = {row.pk: row for row in waiting.filter(pk__in=found).order_by("pk")}
    # That an agreement is activated follows from what was delivered; nobody needs a right of their own for it.
    follows = replace(NIGHTLY, label=by.label)
    made = []
    for key, agreement in rows.items():
        first = min((each for each in found[key] if _counts(agreement, each, until)), default=None)
        if first is not None:
            made.append(activate_agreement(agreement=agreement, on=first.on, what=first.what, by=follows))
    return made


def _counts(agreement: Agreement, delivery: Delivery, until: date | None) -> bool:
    """What was taught or given before an agreement began, or after its end, was not delivered under it."""
    return (until is None or delivery.on <= until) and agreement.is_in_force(on=delivery.on)


def _deliveries(waiting: QuerySet[Agreement]) -> Iterator[tuple[UUID, Delivery]]:
    keys = waiting.values("pk")
    opened = SiteChange.objects.filter(site__agreement__in=keys, to_status__in=_OPENED)
    for key, site, day in opened.values_list("site__agreement", "site__reference", "effective_on"):
        yield key, Delivery(day, own_reasons.written(own_reasons.SITE_OPENED, site=site))
    given = Equipment.objects.filter(
        ~Q(donor=F("site__host")), site__agreement__in=keys, acquired_on__isnull=False,
        donor__in=F("site__agreement__parties__organisation"),
    )  # fmt: skip
    for key, site, number, came_on in given.values_list(
        "site__agreement", "site__reference", "inventory_number", "acquired_on"
    ):
        assert came_on is not None
        words = own_reasons.written(own_reasons.EQUIPMENT_GIVEN, equipment=f"{site}/{number}")
        yield key, Delivery(came_on, words)
    kept = ObligationOccurrence.objects.filter(
        ~Q(record_reference="") | Q(evidence__isnull=False), obligation__agreement__in=keys,
        settled_as=ObligationOccurrence.Settled.FULFILLED,
    )  # fmt: skip
    for key, obligation, day in kept.values_list("obligation__agreement", "obligation__reference", "settled_on"):
        yield key, Delivery(day, own_reasons.written(own_reasons.OBLIGATION_KEPT, obligation=obligation))
