"""
Writing into the ledger that personal data leaves the product for another country, once for each country it leaves.

Data are at home where their person lives; who takes them away sits where their office is. Whatever takes personal data out of the product (a sheet, a
package, the rows of a figure, an edition) calls ``note_leaving`` before it answers, in one transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import NIGHTLY, Actor, Role
from corridor.foundations.vocabularies.countries import country_of_zone
from corridor.rooms.credentials.models import Credential
from corridor.rooms.indicators.frozen import persons_behind, persons_of
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.standing import home_zone
from corridor.rooms.people.actions.transfers import TransferDraft, record_reading, record_transfer
from corridor.rooms.people.merging import final_person_ids
from corridor.rooms.people.models import DataClass, Occasion, Person, Transfer, TransferBasis, TransferThreshold
from corridor.rooms.people.transfer_counting import WARN_AT_PERCENT, counter_of
from corridor.rooms.sites.models import Site
from corridor.rooms.training.models import Cohort, Enrolment

AT_ONCE = 500
# Roles that come with no office: they say nothing of where somebody sits.
_NO_OFFICE = frozenset({Role.APPLICANT, Role.LEARNER, Role.OVERRIDE, Role.VISITOR})
# What CLDR calls a region that is not known.
_UNKNOWN = "ZZ"


@dataclass(frozen=True)
class Leaving:
    """What leaves, for which country, on which ground; ``over_because`` lets it leave over a threshold."""

    to_country: str
    basis: TransferBasis
    occasion: Occasion
    about: str
    data_class: DataClass = DataClass.OTHER
    over_because: str = ""


@dataclass(frozen=True)
class Crossing:
    """
    What would be written: ``persons`` leave ``from_country``; ``total`` different ones would then have left it in the year, of ``limit`` allowed
    (None: no threshold).
    """

    from_country: str
    persons: int
    total: int
    limit: int | None

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.total > self.limit

    @property
    def is_near(self) -> bool:
        return self.limit is not None and not self.is_over and self.total * 100 >= self.limit * WARN_AT_PERCENT


def receiving_country(*, by: Actor) -> str:
    """
    Where whoever asks sits: at the site, the cohort or the member of their office; for an office of the whole alliance and for the machine, at the
    alliance's home; else where they live. Where nobody knows it is no country, and what would leave is refused until somebody says where it goes.
    """
    offices = [each for each in by.grants if each.role not in _NO_OFFICE]
    keys: dict[str, list[UUID]] = {}
    for each in offices:
        if each.scope is not None:
            keys.setdefault(each.scope[0], []).append(each.scope[1])
    places = (
        Site.objects.filter(pk__in=keys.get("site", ())).values_list("country", flat=True),
        Cohort.objects.filter(pk__in=keys.get("cohort", ())).values_list("site__country", flat=True),
        Organisation.objects.filter(pk__in=keys.get("member", ())).values_list("country", flat=True),
    )
    for rows in places:
        if found := next(iter(rows.order_by("pk")), ""):
            return str(found)
    if any(each.scope is None for each in offices):
        return _home_country()
    lives = Person.objects.filter(pk=by.person_id).values_list("residence_country", flat=True).first()
    return lives or _home_country()


def _home_country() -> str:
    """The country of the zone in which the alliance has its home; for a zone of no country (UTC) none that could be written down."""
    return country_of_zone(home_zone()) or _UNKNOWN


def preview_leaving(*, persons: Collection[UUID], to_country: str, on: date, by: Actor) -> list[Crossing]:
    """What ``note_leaving`` would write, country by country; nothing where all stays in its country. Changes nothing."""
    limits = dict(TransferThreshold.objects.filter(data_class=DataClass.OTHER).values_list("from_country", "persons"))
    return [
        Crossing(
            country, len(set(final_person_ids(keys).values())), counter_of(country, DataClass.OTHER, on.year, more=keys), limits.get(country)
        )
        for country, keys in sorted(_origins(persons, by).items())
        if country and country != to_country
    ]  # fmt: skip


@transaction.atomic
def note_leaving(*, persons: Collection[UUID], leaving: Leaving, on: date, at: datetime, by: Actor) -> list[Transfer]:
    """
    Write one transfer for each country of origin; persons who live in the country that it goes to are none, nor is whoever asks. Whoever lives nobody
    knows where comes from the country of the site where they learn. The house writes the ledger, whoever may take the data.

    :raises ThresholdReached: before anything leaves, if a threshold is reached and no reason is given.
    """
    return [record_transfer(draft=each, at=at, by=_house(by)) for each in _drafts(persons, leaving, on, by)]


@transaction.atomic
def note_reading(
    *, persons: Collection[UUID], records: Collection[UUID] = (), leaving: Leaving, on: date, at: datetime, by: Actor
) -> list[Transfer]:
    """
    As ``note_leaving``, for what a machine reads page by page: ``persons``, and ``records`` that stand in evidence about them (an enrolment, a
    certificate). What one account reads of one thing (``leaving.about``) on a day is one transfer for each country; only the transfers to which
    something was added are answered.
    """
    drafts = _drafts([*persons, *sorted(persons_of(records))], leaving, on, by)
    written = [record_reading(draft=each, at=at, by=_house(by)) for each in drafts]
    return [each for each in written if each is not None]


def _house(by: Actor) -> Actor:
    """The house under the name of whoever asks."""
    return Actor(label=by.label, user_id=by.user_id, grants=NIGHTLY.grants)


def _drafts(persons: Collection[UUID], leaving: Leaving, on: date, by: Actor) -> list[TransferDraft]:
    """One for each country that the data leave."""
    return [
        TransferDraft(
            happened_on=on, from_country=country, to_country=leaving.to_country, data_class=leaving.data_class,
            basis=leaving.basis, occasion=leaving.occasion, about=leaving.about, persons=keys, over_because=leaving.over_because,
        )
        for country, keys in sorted(_origins(persons, by).items())
        if country and country != leaving.to_country
    ]  # fmt: skip


def note_credentials(*, leaving: Leaving, on: date, at: datetime, by: Actor) -> list[Transfer]:
    """All signed credentials leave: those of everybody who holds one."""
    holders = Credential.objects.exclude(document="").values_list("enrolment__person_id", flat=True).distinct()
    return note_leaving(persons=list(holders), leaving=leaving, on=on, at=at, by=by)


def note_edition(*, edition: str, leaving: Leaving, on: date, at: datetime, by: Actor) -> list[Transfer]:
    """The evidence of an edition leaves: rows about persons without names, which can be led back to them."""
    return note_leaving(persons=persons_behind(edition), leaving=leaving, on=on, at=at, by=by)


def _origins(persons: Collection[UUID], by: Actor) -> dict[str, list[UUID]]:
    """The persons by the country where their data are at home; what is one's own is taken from nobody."""
    wanted = [key for key in dict.fromkeys(persons) if key != by.person_id]
    origins: dict[str, list[UUID]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        homes = dict(
            Enrolment.objects.filter(person__in=part).order_by("pk").values_list("person_id", "cohort__site__country")
        )
        for key, country in Person.objects.filter(pk__in=part, erased_at__isnull=True).values_list(
            "pk", "residence_country"
        ):
            origins.setdefault(country or homes.get(key, ""), []).append(key)
    return origins
