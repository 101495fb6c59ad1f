"""Writing down what stands at a site, and in which agreement the site was agreed: both may be the first delivery under that agreement."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.kernel.periods import local_day
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.members.standing import home_zone
from corridor.rooms.sites import actions as sites
from corridor.rooms.sites.drafts import EquipmentDraft
from corridor.rooms.sites.models import Equipment, Site

from .first_delivery import note_deliveries


@transaction.atomic
def add_equipment(*, equipment: Sequence[EquipmentDraft], at: datetime, by: Actor) -> list[Equipment]:
    """What another party of the site's agreement gave is a delivery under it. Refuses as the action of the sites does."""
    made = sites.add_equipment(equipment=equipment, at=at, by=by)
    under = {key for each in made if (key := each.site.agreement_id) is not None}
    note_deliveries(agreements=under, until=local_day(at, home_zone()), by=by)
    return made


@transaction.atomic
def name_agreement(*, site: Site, agreement: Agreement | None, today: date, by: Actor) -> Site:
    """What was delivered there since the agreement began was delivered under it. Refuses as the action of the sites does."""
    named = sites.name_agreement(site=site, agreement=agreement, by=by)
    if agreement is not None:
        note_deliveries(agreements=[agreement.pk], until=today, by=by)
    return named
