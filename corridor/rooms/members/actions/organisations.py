"""Registering organisations, naming them and keeping their profile right."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import differences, values_of
from corridor.foundations.contested import contested
from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.errors import BadInput, Problem, StaleForm
from corridor.kernel.identifiers import new_id
from corridor.kernel.references import TAKEN
from corridor.kernel.wording import N_

from ..drafts import OrganisationDraft
from ..models import Organisation, OrganisationName
from ..regions import faults_of_region

PLACE = ("city", "region", "latitude", "longitude")


def register_organisation(*, draft: OrganisationDraft, by: Actor) -> Organisation:
    """:raises BadInput: as register_organisations."""
    return register_organisations(drafts=[draft], by=by)[0]


@transaction.atomic
def register_organisations(*, drafts: Sequence[OrganisationDraft], by: Actor) -> list[Organisation]:
    """
    Write down organisations that the alliance knows; none is a member by that.

    :raises BadInput: with a problem for every reference that is taken and every unknown country.
    """
    by.require(Permission.MEMBER_REGISTER)
    _check(drafts)
    made = [
        Organisation(
            id=draft.key or new_id(),
            reference=draft.reference,
            kind=draft.kind,
            country=draft.country,
            region=draft.region,
            city=draft.city,
            latitude=draft.latitude,
            longitude=draft.longitude,
            founding_mark=draft.founding_mark,
            source_mark=draft.source_mark,
            source=draft.source,
        )
        for draft in drafts
    ]
    with contested(lambda: _check(drafts)):
        Organisation.objects.bulk_create(made, batch_size=500)
    OrganisationName.objects.bulk_create(
        [
            OrganisationName(organisation=organisation, language=language, name=name)
            for organisation, draft in zip(made, drafts, strict=True)
            for language, name in draft.names.items()
        ],
        batch_size=500,
    )
    log.record_each("members.registered", by=by, subjects=made)
    return made


def _check(drafts: Sequence[OrganisationDraft]) -> None:
    references = [draft.reference for draft in drafts]
    taken = set(Organisation.objects.filter(reference__in=references).values_list("reference", flat=True))
    problems = []
    seen: set[str] = set()
    for draft in drafts:
        if draft.reference in taken | seen:
            problems.append(
                Problem(
                    N_("There is already an organisation %(reference)s."),
                    {"reference": draft.reference},
                    column="reference",
                )
            )
        if draft.reference in TAKEN:
            problems.append(
                Problem(
                    N_("“%(reference)s” is the address of another page; choose another reference."),
                    {"reference": draft.reference},
                    column="reference",
                )
            )
        if not is_country(draft.country):
            problems.append(
                Problem(
                    N_("“%(country)s” is no country or region of ISO 3166-1."),
                    {"country": draft.country},
                    column="country",
                )
            )
        if (draft.latitude is None) != (draft.longitude is None):
            problems.append(Problem(N_("A place needs both degrees or none."), column="latitude"))
        problems += faults_of_region(draft.region, draft.country)
        seen.add(draft.reference)
    if problems:
        raise BadInput(problems)


@transaction.atomic
def edit_organisation(
    *,
    organisation: Organisation,
    version: int,
    city: str,
    region: str,
    latitude: Decimal | None,
    longitude: Decimal | None,
    by: Actor,
) -> Organisation:
    """
    Correct where an organisation sits. ``version`` is that of the form that was filled in.

    :raises StaleForm: if somebody else changed it since, with what stands there now and what was sent.
    :raises BadInput: if the city is empty, or one degree is missing or not on earth.
    """
    by.require(Permission.MEMBER_EDIT, on=organisation)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.version != version:
        raise StaleForm(
            N_("Somebody else changed %(organisation)s since you opened it."),
            theirs=_place(organisation.city, organisation.region, organisation.latitude, organisation.longitude),
            yours=_place(city, region, latitude, longitude),
            organisation=organisation.reference,
        )
    _check_place(city, latitude, longitude, faults_of_region(region, organisation.country))
    before = values_of(organisation, PLACE)
    organisation.city, organisation.region = city.strip(), region
    organisation.latitude, organisation.longitude = latitude, longitude
    organisation.version += 1
    organisation.save(update_fields=["city", "region", "latitude", "longitude", "version"])
    changes = differences(before, values_of(organisation, PLACE))
    log.record("members.edited", by=by, subject=organisation, changes=changes)
    return organisation


def _place(city: str, region: str, latitude: Decimal | None, longitude: Decimal | None) -> str:
    return ", ".join(str(part) for part in (city, region, latitude, longitude) if part not in ("", None))


def _check_place(city: str, latitude: Decimal | None, longitude: Decimal | None, found: list[Problem]) -> None:
    problems = list(found)
    if not city.strip():
        problems.append(Problem(N_("Name the city."), column="city"))
    if (latitude is None) != (longitude is None):
        problems.append(Problem(N_("A place needs both degrees or none."), column="latitude"))
    if latitude is not None and abs(latitude) > 90:
        problems.append(Problem(N_("Latitude lies between -90 and 90."), column="latitude"))
    if longitude is not None and abs(longitude) > 180:
        problems.append(Problem(N_("Longitude lies between -180 and 180."), column="longitude"))
    if problems:
        raise BadInput(problems)
