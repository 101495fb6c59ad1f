"""
Which units may be assessed at a place on a day: its equipment works, its accreditation is in force, and somebody is licensed
(docs/rules/capability.md). Computed for any day, never stored; an exception of the secretariat is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.people.models import Person
from corridor.rooms.sites.capability import Lack, SiteGround, Stretch, stretches
from corridor.rooms.sites.models import Site

from .models import CapabilityException, Licence
from .refusals import NotCapable, NotLicensed

_NO_LICENCE = N_("No licence to assess %(unit)s has been written down.")


@dataclass(frozen=True)
class Capability:
    """
    What stands in the way of one unit at one place on one day; nothing: it may be assessed. ``is_asked``: somebody has said what it needs;
    where nobody has, ``unstated`` says what is not written down. That is told, and refuses nothing.
    """

    unit: Unit
    lacks: list[Lack]
    exception: CapabilityException | None
    is_asked: bool
    unstated: list[Lack] = field(default_factory=list)

    @property
    def may(self) -> bool:
        return not self.lacks or self.exception is not None


class Ground:
    """Everything that capability stands on, read in sets."""

    def __init__(self, *, sites: Iterable[Site], units: Iterable[Unit]) -> None:
        units = list(units)
        sites = list(sites)
        self._site = SiteGround(sites=sites, units=units)
        self._licences: dict[UUID, list[Licence]] = {}
        self._exceptions: dict[tuple[UUID, UUID], list[CapabilityException]] = {}
        for licence in Licence.objects.filter(unit__in=units):
            self._licences.setdefault(licence.unit_id, []).append(licence)
        for row in CapabilityException.objects.filter(unit__in=units, site__in=sites):
            self._exceptions.setdefault((row.site_id, row.unit_id), []).append(row)

    def on(self, day: date, *, site: Site, unit: Unit) -> Capability:
        lacks = self._site.lacks(site, unit, on=day)
        is_asked = self._site.asks(unit, on=day)
        unstated = self._site.unstated(site, unit, on=day)
        licences = self._licences.get(unit.pk, [])
        if not any(each.is_in_force(on=day) for each in licences):
            if is_asked or self.licenses(unit, on=day):
                lacks = [*lacks, self._nobody_licensed(unit, licences, day)]
            else:
                unstated = [*unstated, Lack("licence_not_written", _NO_LICENCE, {"unit": unit.code})]
        excepted = self._exceptions.get((site.pk, unit.pk), [])
        exception = next((each for each in excepted if each.starts_on <= day < each.ends_before), None)
        return Capability(unit, lacks, exception, is_asked, unstated)

    def licenses(self, unit: Unit, *, on: date) -> bool:
        """Whether anybody has ever been licensed for it by that day: from then on, who is not decides nothing."""
        return any(each.starts_on <= on for each in self._licences.get(unit.pk, []))

    def licensed(self, unit: Unit, *, on: date) -> set[UUID]:
        """Who holds a licence for it that day."""
        return {each.person_id for each in self._licences.get(unit.pk, []) if each.is_in_force(on=on)}

    def history(self, *, site: Site, unit: Unit, first: date, last: date) -> list[Stretch]:
        """What stood in the way from day to day; an exception does not change what stood in the way."""
        days = self._site.turning_days(site, unit)
        for licence in self._licences.get(unit.pk, []):
            days |= {licence.starts_on, *([licence.ends_before] if licence.ends_before else [])}
        return stretches(days, first=first, last=last, ask=lambda day: self.on(day, site=site, unit=unit).lacks)

    @staticmethod
    def _nobody_licensed(unit: Unit, licences: Iterable[Licence], day: date) -> Lack:
        ended = [each.ends_before for each in licences if each.ends_before and each.ends_before <= day]
        message = N_("Nobody holds a licence to assess %(unit)s.")
        return Lack("nobody_licensed", message, {"unit": unit.code}, max(ended, default=None))


def require_capable(wanted: Iterable[tuple[Site, Unit, Person, date]]) -> None:
    """
    Refuse a decision on a day on which its unit cannot be assessed at its place, or its assessor is not licensed for it.

    :raises NotCapable: names what stands in the way. :raises NotLicensed: an exception of the secretariat lets both pass.
    """
    rows = list(dict.fromkeys(wanted))
    ground = Ground(
        sites={site.pk: site for site, _unit, _person, _day in rows}.values(),
        units={unit.pk: unit for _site, unit, _person, _day in rows}.values(),
    )
    known: dict[tuple[UUID, UUID, date], Capability] = {}
    selves: dict[UUID, set[UUID]] = {}
    for site, unit, assessor, day in rows:
        key = (site.pk, unit.pk, day)
        if key not in known:
            known[key] = ground.on(day, site=site, unit=unit)
        found = known[key]
        if found.exception is not None:
            continue
        if found.lacks:
            raise NotCapable(
                N_("%(unit)s cannot be assessed at %(site)s on %(day)s. %(why)s"),
                unit=unit.code, site=site.reference, day=day, why=found.lacks[0],
            )  # fmt: skip
        _require_licence(ground, unit, assessor, day, selves, is_asked=found.is_asked)


def require_licensed(wanted: Iterable[tuple[Unit, Person, date]]) -> None:
    """
    Refuse somebody who judges on a day without the licence for its unit, wherever they sit: a second judgement looks at what was kept.

    :raises NotLicensed: where anybody holds a licence for the unit.
    """
    rows = list(dict.fromkeys(wanted))
    ground = Ground(sites=[], units={unit.pk: unit for unit, _person, _day in rows}.values())
    selves: dict[UUID, set[UUID]] = {}
    for unit, assessor, day in rows:
        _require_licence(ground, unit, assessor, day, selves, is_asked=False)


def _require_licence(
    ground: Ground, unit: Unit, assessor: Person, day: date, selves: dict[UUID, set[UUID]], *, is_asked: bool
) -> None:
    licensed = ground.licensed(unit, on=day)
    if assessor.pk in licensed or not (is_asked or ground.licenses(unit, on=day)):
        return
    if assessor.pk not in selves:
        selves |= {key: set(same) for key, same in same_person_ids({assessor.pk}).items()}
    if not selves[assessor.pk] & licensed:
        raise NotLicensed(
            N_("%(assessor)s holds no licence to assess %(unit)s on %(day)s. The secretariat grants licences."),
            assessor=assessor.reference, unit=unit.code, day=day,
        )  # fmt: skip
