"""Writing into the ledger that personal data leaves the product for another country, once for each country it leaves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.rooms.credentials.models import Credential
from corridor.rooms.indicators.frozen import persons_behind
from corridor.rooms.people.actions.transfers import TransferDraft, record_transfer
from corridor.rooms.people.models import DataClass, Occasion, Person, Transfer, TransferBasis
from corridor.rooms.training.models import Enrolment


@dataclass(frozen=True)
class Leaving:
    """What leaves, for which country, on which ground; ``over_because`` lets it leave over a threshold."""

    to_country: str
    basis: TransferBasis
    occasion: Occasion
    about: str
    data_class: DataClass = DataClass.OTHER
    over_because: str = ""


@transaction.atomic
def note_leaving(*, persons: Collection[UUID], leaving: Leaving, on: date, at: datetime, by: Actor) -> list[Transfer]:
    """
    Write one transfer for each country of origin; persons who live in the country that it goes to are none. Whoever lives nobody knows where comes
    from the country of the site where they learn.

    :raises ThresholdReached: before anything leaves, if a threshold is reached and no reason is given.
    """
    wanted = list(dict.fromkeys(persons))
    origins: dict[str, list[UUID]] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        homes = dict(
            Enrolment.objects.filter(person__in=part).order_by("pk").values_list("person_id", "cohort__site__country")
        )
        for key, country in Person.objects.filter(pk__in=part).values_list("pk", "residence_country"):
            origins.setdefault(country or homes.get(key, ""), []).append(key)
    return [
        record_transfer(
            draft=TransferDraft(
                happened_on=on, from_country=country, to_country=leaving.to_country, data_class=leaving.data_class,
                basis=leaving.basis, occasion=leaving.occasion, about=leaving.about, persons=keys,
                over_because=leaving.over_because,
            ),
            at=at, by=by,
        )
        for country, keys in sorted(origins.items())
        if country and country != leaving.to_country
    ]  # fmt: skip


def note_credentials(*, leaving: Leaving, on: date, at: datetime, by: Actor) -> list[Transfer]:
    """All signed credentials leave: those of everybody who holds one."""
    holders = Credential.objects.exclude(document="").values_list("enrolment__person_id", flat=True).distinct()
    return note_leaving(persons=list(holders), leaving=leaving, on=on, at=at, by=by)


def note_edition(*, edition: str, leaving: Leaving, on: date, at: datetime, by: Actor) -> list[Transfer]:
    """The evidence of an edition leaves: rows about persons without names, which can be led back to them."""
    return note_leaving(persons=persons_behind(edition), leaving=leaving, on=on, at=at, by=by)
