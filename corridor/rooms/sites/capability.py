"""
What of a place's own keeps a unit from being assessed there on a day: equipment and accreditation (docs/rules/capability.md).

Whether anybody is licensed to assess it is known further on (assessment/capability.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from corridor.foundations.lifecycles import own_reasons
from corridor.foundations.vocabularies.sentences import sentence
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit

from .calibrating import due_on
from .lifecycle import EquipmentStatus
from .models import Accreditation, Equipment, Site, UnitNeeds


@dataclass(frozen=True)
class Lack:
    """One thing that stands in the way: a whole sentence, since when (where that is known), and which machine, if it is one."""

    code: str
    message: str
    places: Mapping[str, object] = field(default_factory=dict)
    since: date | None = None
    equipment: UUID | None = None

    def __str__(self) -> str:
        return sentence(self)


class SiteGround:
    """Equipment, accreditations and needs, read in sets, for any number of days."""

    def __init__(self, *, sites: Iterable[Site], units: Iterable[Unit]) -> None:
        self._sites = {site.pk: site for site in sites}
        self._units = {unit.pk: unit for unit in units}
        rows = UnitNeeds.objects.filter(unit__in=self._units).prefetch_related("equipment")
        self.needs = {each.unit_id: each for each in rows}
        self._equipment: dict[UUID, list[Equipment]] = {}
        self._accredited: dict[UUID, list[Accreditation]] = {}
        if any(each.equipment.all() for each in self.needs.values()):
            machines = Equipment.objects.filter(site__in=self._sites).prefetch_related("changes", "calibrations")
            for machine in machines.order_by("inventory_number"):
                self._equipment.setdefault(machine.site_id, []).append(machine)
        papers = Accreditation.objects.filter(site__in=self._sites).prefetch_related("curricula")
        for paper in papers.order_by("starts_on"):
            self._accredited.setdefault(paper.site_id, []).append(paper)

    def asks(self, unit: Unit, *, on: date) -> bool:
        """Whether anybody has written down what assessing it needs, for that day."""
        needs = self.needs.get(unit.pk)
        return needs is not None and needs.asked_from <= on

    def lacks(self, site: Site, unit: Unit, *, on: date) -> list[Lack]:
        """
        Everything that stands in the way that day, equipment first. Of a unit for which nobody has stated what it needs, what is written down
        holds all the same: an accreditation that ended stands in its way, one that nobody wrote down does not (``unstated`` says so).
        """
        if not self.asks(unit, on=on):
            return [each for each in self._lacks_of_accreditation(site, unit, on) if each.code == "accreditation_ended"]
        found = [
            lack
            for needed in self.needs[unit.pk].equipment.all()
            for lack in self._lacks_of_kind(site, needed.kind, needed.count, on)
        ]
        return found + self._lacks_of_accreditation(site, unit, on)

    def unstated(self, site: Site, unit: Unit, *, on: date) -> list[Lack]:
        """What nobody has written down of a unit for which nothing is asked that day: that is told, and refuses nothing."""
        if self.asks(unit, on=on):
            return []
        message = N_("Nobody has stated which equipment assessing %(unit)s needs.")
        found = [Lack("needs_not_stated", message, {"unit": unit.code})]
        return found + [each for each in self._lacks_of_accreditation(site, unit, on) if each.code == "not_accredited"]

    def turning_days(self, site: Site, unit: Unit) -> set[date]:
        """Every day on which the answer may be another than the day before."""
        needs = self.needs.get(unit.pk)
        kinds = {_folded(each.kind) for each in needs.equipment.all()} if needs is not None else set()
        days = {needs.asked_from} if needs is not None else set()
        for machine in self._equipment.get(site.pk, []):
            if _folded(machine.kind) in kinds:
                days |= _days_of(machine)
        for paper in self._accredited.get(site.pk, []):
            days |= {paper.starts_on, *([paper.ends_before] if paper.ends_before else [])}
        return days

    def _lacks_of_kind(self, site: Site, kind: str, count: int, on: date) -> list[Lack]:
        there = [
            each
            for each in self._equipment.get(site.pk, [])
            if _folded(each.kind) == _folded(kind) and (each.acquired_on is None or each.acquired_on <= on)
        ]
        standing = [(each, _change_then(each, on)) for each in there]
        standing = [(each, change) for each, change in standing if _status(change) != EquipmentStatus.RETIRED]
        broken = [lack for each, change in standing if (lack := _lack_of_machine(each, change, on))]
        stopped = {lack.equipment for lack in broken}
        works = sum(each.count for each, _change in standing if each.pk not in stopped)
        if works >= count:
            return []
        if broken:
            return broken
        places = {"site": site.reference, "kind": kind, "have": works, "needed": count}
        if not works:
            return [Lack("no_equipment", N_("%(site)s has no %(kind)s."), places)]
        return [Lack("too_little", N_("%(site)s has %(have)s of the %(needed)s needed: %(kind)s."), places)]

    def _lacks_of_accreditation(self, site: Site, unit: Unit, on: date) -> list[Lack]:
        curriculum = unit.version.curriculum
        covering = [each for each in self._accredited.get(site.pk, []) if _covers(each, curriculum.pk)]
        if any(each.is_in_force(on=on) for each in covering):
            return []
        ended = max(
            (each.ends_before for each in covering if each.ends_before and each.ends_before <= on), default=None
        )
        places: dict[str, object] = {"site": site.reference, "curriculum": curriculum.reference}
        if ended is None:
            return [Lack("not_accredited", N_("%(site)s is not accredited for %(curriculum)s."), places)]
        message = N_("The accreditation of %(site)s for %(curriculum)s ended; its last day was %(last)s.")
        return [Lack("accreditation_ended", message, {**places, "last": ended - ONE_DAY}, ended)]


def _lack_of_machine(machine: Equipment, change: Any, on: date) -> Lack | None:
    places: dict[str, object] = {"number": machine.inventory_number, "kind": machine.kind, "mender": machine.mended_by}
    if _status(change) != EquipmentStatus.WORKING:
        places |= {
            "since": change.effective_on, "why": own_reasons.in_words(change.reason) or EquipmentStatus(change.to_status).label,
        }  # fmt: skip
        message = (
            N_("%(kind)s %(number)s has not worked since %(since)s: %(why)s. %(mender)s can mend it.")
            if machine.mended_by
            else N_("%(kind)s %(number)s has not worked since %(since)s: %(why)s. Nobody is named who can mend it.")
        )
        return Lack(
            "not_working", message, places | {"why": str(places["why"]).rstrip(".。")}, change.effective_on, machine.pk
        )
    due = due_on(machine, [each for each in machine.calibrations.all() if each.calibrated_on <= on])
    if due is not None and due <= on:
        message = N_("The calibration of %(kind)s %(number)s was due on %(since)s.")
        return Lack("calibration_due", message, places | {"since": due}, due, machine.pk)
    return None


def _change_then(machine: Equipment, on: date) -> Any:
    """The last step by that day: since when it is as it is, over steps that only changed how it does not work."""
    steps = sorted(machine.changes.all(), key=lambda each: (each.effective_on, each.recorded_at, each.pk))
    steps = [each for each in steps if each.effective_on <= on]
    if not steps or steps[-1].to_status in {EquipmentStatus.WORKING, EquipmentStatus.RETIRED}:
        return steps[-1] if steps else None
    first = steps[-1]
    for each in reversed(steps):
        if each.to_status in {EquipmentStatus.WORKING, EquipmentStatus.RETIRED}:
            break
        first = each
    return first


def _status(change: Any) -> str:
    return EquipmentStatus.WORKING.value if change is None else str(change.to_status)


def _days_of(machine: Equipment) -> set[date]:
    days = {each.effective_on for each in machine.changes.all()}
    if machine.acquired_on is not None:
        days.add(machine.acquired_on)
    known: list[Any] = []
    for each in [None, *sorted(machine.calibrations.all(), key=lambda each: each.calibrated_on)]:
        if each is not None:
            known.append(each)
            days.add(each.calibrated_on)
        if (due := due_on(machine, known)) is not None:
            days.add(due)
    return days


def _covers(paper: Any, curriculum: UUID) -> bool:
    named = [each.curriculum_id for each in paper.curricula.all()]
    return not named or curriculum in named


def _folded(kind: str) -> str:
    return " ".join(kind.split()).casefold()


@dataclass(frozen=True)
class Stretch:
    """The same answer from a day until another (both inside): nothing in the way, or what."""

    first: date
    last: date
    lacks: Sequence[Lack]


def stretches(days: Iterable[date], *, first: date, last: date, ask: Any) -> list[Stretch]:
    """What ``ask(day)`` says from day to day between two days, equal answers put together."""
    starts = sorted({first, *(day for day in days if first < day <= last)})
    found: list[Stretch] = []
    for place, day in enumerate(starts):
        until = starts[place + 1] - timedelta(days=1) if place + 1 < len(starts) else last
        lacks = ask(day)
        if found and [str(each) for each in found[-1].lacks] == [str(each) for each in lacks]:
            found[-1] = Stretch(found[-1].first, until, lacks)
        else:
            found.append(Stretch(day, until, lacks))
    return found
