"""What assessing units needs, at a site that has it, with an assessor who is licensed."""

from collections.abc import Mapping
from datetime import date

from corridor.foundations.access import NIGHTLY
from corridor.rooms.assessment import actions as assessment
from corridor.rooms.assessment.models import Licence
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.sites import actions
from corridor.rooms.sites.actions.needing import NeedsDraft
from corridor.rooms.sites.drafts import AccreditationDraft
from corridor.rooms.sites.models import Accreditation, Site, UnitNeeds

from .upkeep import AT

ASKED_FROM = date(2022, 1, 1)


def make_needs(unit: Unit, equipment: Mapping[str, int] | None = None, *, asked_from: date = ASKED_FROM) -> UnitNeeds:
    """One brake tester, where nothing else is said."""
    wanted = {"Brake tester": 1} if equipment is None else equipment
    return actions.describe_needs(needs=[NeedsDraft(unit, wanted, asked_from)], by=NIGHTLY)[0]


def make_accreditation(
    site: Site, *, starts_on: date = ASKED_FROM, ends_before: date | None = None, curricula: tuple = ()
) -> Accreditation:
    draft = AccreditationDraft(site, "Board", "Vehicle inspection", starts_on, ends_before, curricula=curricula)
    return actions.accredit_sites(accreditations=[draft], at=AT, by=NIGHTLY)[0]


def make_licence(
    person: Person, unit: Unit, *, starts_on: date = ASKED_FROM, ends_before: date | None = None
) -> Licence:
    draft = assessment.LicenceDraft(person, unit, starts_on, ends_before, "Assessment board")
    return assessment.grant_licences(licences=[draft], by=NIGHTLY)[0]
