"""Which units employers want that no curriculum of a site's programmes covers; and which are taught, but not where they are wanted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from corridor.foundations.access import Actor
from corridor.rooms.demand import queries as demand
from corridor.rooms.demand.totals import address_of
from corridor.rooms.programmes import queries as programmes


@dataclass(frozen=True)
class UnitWanted:
    """
    A unit that open statements want: how many statements and posts, and in which countries. ``taught_in`` are the countries of the sites
    where a programme with it is approved or runs, under whichever version of its curriculum.
    """

    key: str
    unit: Any
    statements: int
    posts: int
    wanted_in: frozenset[str]
    taught_in: frozenset[str]

    @property
    def missing_in(self) -> frozenset[str]:
        return self.wanted_in - self.taught_in


@dataclass(frozen=True)
class DemandGaps:
    """
    ``nowhere``: no site teaches it. ``elsewhere``: sites do, but not in every country where it is wanted. ``unnamed``: open statements that
    name no units.
    """

    nowhere: list[UnitWanted]
    elsewhere: list[UnitWanted]
    unnamed: list[Any]


def demand_gaps(*, by: Actor, on: date) -> DemandGaps:
    """What is wanted on a day and not taught, the most posts first."""
    statements = list(demand.open_demands(by=by, on=on))
    taught = _taught(by=by, on=on)
    found: dict[str, UnitWanted] = {}
    for statement in statements:
        for wanted in statement.units.all():
            key, unit = address_of(wanted.unit), wanted.unit
            before = found.get(key)
            found[key] = UnitWanted(
                key, unit, (before.statements if before else 0) + 1, (before.posts if before else 0) + statement.posts,
                (before.wanted_in if before else frozenset()) | {statement.country},
                frozenset(taught.get((unit.version.curriculum.reference, unit.code), ())),
            )  # fmt: skip
    lacking = sorted((each for each in found.values() if each.missing_in), key=lambda each: (-each.posts, each.key))
    return DemandGaps(
        nowhere=[each for each in lacking if not each.taught_in],
        elsewhere=[each for each in lacking if each.taught_in],
        unnamed=[statement for statement in statements if not statement.units.all()],
    )


def _taught(*, by: Actor, on: date) -> dict[tuple[str, str], set[str]]:
    """The countries in which each unit (curriculum, code) is taught at a site."""
    running = programmes.list_programmes(by=by, on=on, states=["approved", "running"])
    found: dict[tuple[str, str], set[str]] = {}
    for programme in running.select_related("curriculum_version__curriculum").prefetch_related(
        "curriculum_version__units"
    ):
        version = programme.curriculum_version
        countries = {place.site.country for place in programme.places.all()}
        if version is not None:
            for unit in version.units.all():
                found.setdefault((version.curriculum.reference, unit.code), set()).update(countries)
    return found
