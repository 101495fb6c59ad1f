"""What is known of one organisation beside its membership: names with their days, numbers, sectors, parents and places."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..identifiers import SCHEMES, address_of
from ..models import (
    Campus,
    NameKind,
    Organisation,
    OrganisationIdentifier,
    OrganisationName,
    OrganisationParent,
    OrganisationSector,
)


@dataclass(frozen=True)
class Number:
    """``address`` is the page of the register that shows it; empty where there is none."""

    identifier: OrganisationIdentifier
    address: str

    @property
    def title(self) -> str:
        """What the register is called, for the reader."""
        scheme = SCHEMES.get(self.identifier.scheme)
        return str(scheme.title) if scheme else self.identifier.scheme


@dataclass(frozen=True)
class Missing:
    """Something that a whole profile has: ``code`` says what, so that a page can lead to where it is filled in."""

    code: str


@dataclass(frozen=True)
class Profile:
    """``former`` are names out of use on the day; ``branches`` and ``campuses`` those of the day. ``missing`` is for who may edit."""

    organisation: Organisation
    names: list[OrganisationName]
    former: list[OrganisationName]
    numbers: list[Number]
    sectors: list[OrganisationSector]
    parents: list[OrganisationParent]
    branches: list[OrganisationParent]
    campuses: list[Campus]
    missing: list[Missing]

    @property
    def filled_percent(self) -> int:
        return round(100 * (len(PARTS) - len(self.missing)) / len(PARTS))


# What a whole profile has, in the order in which a page asks for it.
PARTS = ("own_name", "english_name", "coordinates", "region", "identifier", "sector")


def get_profile(*, organisation: Organisation, on: date, by: Actor) -> Profile:
    """Seven statements. The organisation was found by get_organisation or get_member, with its names."""
    names = sorted(organisation.names.all(), key=lambda each: (each.language, each.kind, each.valid_from or date.min))
    numbers = [Number(each, address_of(each.scheme, each.value)) for each in organisation.identifiers.all()]
    sectors = list(organisation.sectors.select_related("sector").prefetch_related("sector__titles"))
    parents = organisation.parents.select_related("parent").prefetch_related("parent__names").order_by("starts_on")
    branches = organisation.branches.select_related("organisation").prefetch_related("organisation__names")
    may_edit = by.may(Permission.MEMBER_EDIT, on=organisation)
    return Profile(
        organisation=organisation,
        names=[each for each in names if each.is_used(on=on)],
        former=[each for each in names if not each.is_used(on=on)],
        numbers=numbers,
        sectors=sectors,
        parents=list(parents),
        branches=[each for each in branches.order_by("organisation__reference") if each.stands(on=on)],
        campuses=[each for each in organisation.campuses.prefetch_related("names") if each.stands(on=on)],
        missing=_missing(organisation, names, numbers, sectors) if may_edit else [],
    )


def _missing(
    organisation: Organisation,
    names: list[OrganisationName],
    numbers: list[Number],
    sectors: list[OrganisationSector],
) -> list[Missing]:
    official = {each.language for each in names if each.kind == NameKind.OFFICIAL and each.valid_before is None}
    has = {
        "own_name": bool(official - {"en"}) or organisation.country in _ENGLISH_ALONE,
        "english_name": "en" in official,
        "coordinates": organisation.latitude is not None,
        "region": bool(organisation.region),
        "identifier": bool(numbers),
        "sector": bool(sectors),
    }
    return [Missing(part) for part in PARTS if not has[part]]


# Where English is the language of official papers, no other name is missed.
_ENGLISH_ALONE = {"AU", "GB", "IE", "NZ", "US"}


def get_name(*, organisation: Organisation, key: int, by: Actor) -> OrganisationName:
    """One name, for who may edit it. :raises NotFound: if the organisation has none of that key."""
    by.require(Permission.MEMBER_EDIT, on=organisation)
    found = OrganisationName.objects.prefetch_related("corrections").filter(organisation=organisation, pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such name."))
    return found


def get_identifier(*, organisation: Organisation, key: UUID, by: Actor) -> OrganisationIdentifier:
    """:raises NotFound: if the organisation has none of that key."""
    by.require(Permission.MEMBER_EDIT, on=organisation)
    found = OrganisationIdentifier.objects.filter(organisation=organisation, pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such number."))
    return found


def get_campus(*, organisation: Organisation, key: UUID, by: Actor) -> Campus:
    """:raises NotFound: if the organisation has none of that key."""
    by.require(Permission.MEMBER_EDIT, on=organisation)
    found = Campus.objects.prefetch_related("names").filter(organisation=organisation, pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such campus."))
    return found
