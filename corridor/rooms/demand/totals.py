"""How many people employers look for on a day, by sector, country, quarter or unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from corridor.foundations.access import Actor
from corridor.rooms.members.models import OrganisationSector

from .models import DemandStatement
from .narrowing import NO_SECTOR, quarter_of
from .queries import open_demands

type Dimension = Literal["sector", "country", "quarter", "unit"]
DIMENSIONS: tuple[str, ...] = get_args(Dimension.__value__)


@dataclass(frozen=True)
class DemandTotal:
    """
    The open statements that share a sector, a country, a quarter or a unit, and the posts that they want together. ``thing`` is the sector
    or the unit itself, for its name. A statement that wants several units is counted with each of them.
    """

    key: str
    thing: Any
    statements: int
    posts: int


def totals_of_demand(*, per: Dimension, by: Actor, on: date) -> list[DemandTotal]:
    """By key; each opens as the list of statements narrowed to it."""
    statements = list(open_demands(by=by, on=on))
    sums: dict[str, DemandTotal] = {}
    sectors = _main_sectors(statements) if per == "sector" else {}
    for statement in statements:
        for key, thing in _places(statement, per, sectors):
            before = sums.get(key, DemandTotal(key, thing, 0, 0))
            sums[key] = DemandTotal(key, thing, before.statements + 1, before.posts + statement.posts)
    return [sums[key] for key in sorted(sums)]


def address_of(unit: Any) -> str:
    """How a unit is written in an address and in a sheet: vehicle-inspection/1.0/VI-1."""
    return f"{unit.version.curriculum.reference}/{unit.version.version}/{unit.code}"


def _places(statement: DemandStatement, per: Dimension, sectors: dict[Any, Any]) -> list[tuple[str, Any]]:
    if per == "country":
        return [(statement.country, None)]
    if per == "quarter":
        return [(quarter_of(statement.needed_by), None)]
    if per == "sector":
        sector = sectors.get(statement.employer_id)
        return [(sector.code, sector) if sector else (NO_SECTOR, None)]
    return [(address_of(wanted.unit), wanted.unit) for wanted in statement.units.all()]


def _main_sectors(statements: list[DemandStatement]) -> dict[Any, Any]:
    employers = {statement.employer_id for statement in statements}
    rows = OrganisationSector.objects.filter(organisation__in=employers, weight=OrganisationSector.Weight.MAIN)
    return {row.organisation_id: row.sector for row in rows.select_related("sector").prefetch_related("sector__titles")}
