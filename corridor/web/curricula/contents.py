"""A curriculum version as its page shows it: hours by kind, and the claims about each unit with what they are worth on the day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.curricula.published_frameworks import UNION
from corridor.rooms.curricula.queries import VersionRecord


@dataclass(frozen=True)
class ClaimRow:
    """A claim how a unit compares with another country's; ``holds`` on the day: in time, reviewed, with evidence."""

    claim: Any
    holds: bool
    has_expired: bool

    @property
    def country(self) -> str:
        return self.claim.foreign_unit.country if self.claim.foreign_unit else self.claim.searched_country

    @property
    def last_day(self) -> date | None:
        return self.claim.expires_before - timedelta(days=1) if self.claim.expires_before else None


@dataclass(frozen=True)
class UnitRow:
    unit: Any
    claims: list[ClaimRow] = field(default_factory=list)

    @property
    def hours(self) -> int:
        return sum(each.hours for each in self.unit.hours.all())

    @property
    def countries(self) -> list[str]:
        """Where a claim about it holds on the day."""
        return sorted({row.country for row in self.claims if row.holds})


@dataclass(frozen=True)
class Contents:
    """A version and its units, with the sums that a table prints below."""

    version: Any
    units: list[Any]
    rows: list[UnitRow] = field(default_factory=list)

    @property
    def hours(self) -> int:
        return sum(sum(each.hours for each in unit.hours.all()) for unit in self.units)

    @property
    def hours_by_kind(self) -> list[tuple[str, int]]:
        """("Theory", 320), ... in the order in which kinds first appear."""
        sums: dict[str, int] = {}
        for unit in self.units:
            for each in unit.hours.all():
                sums[each.get_kind_display()] = sums.get(each.get_kind_display(), 0) + each.hours
        return list(sums.items())

    @property
    def languages(self) -> list[str]:
        return sorted(title.language for title in self.version.titles.all())

    @property
    def mapped(self) -> int:
        """Units about which at least one claim holds on the day that compares them with a country's standard."""
        return sum(any(each != UNION for each in row.countries) for row in self.rows)


def contents_of(record: VersionRecord, *, on: date) -> Contents:
    rows = [UnitRow(unit, _claims(unit.mapping_claims.all(), on)) for unit in record.units]
    return Contents(record.version, record.units, rows)


def unit_in(record: VersionRecord, *, code: str, on: date) -> UnitRow:
    """:raises NotFound: if the version has no such unit."""
    for unit in record.units:
        if unit.code == code:
            return UnitRow(unit, _claims(unit.mapping_claims.all(), on))
    raise NotFound(N_("There is no unit %(unit)s in %(version)s."), unit=code, version=str(record.version))


def _claims(claims: Iterable[Any], on: date) -> list[ClaimRow]:
    rows = [
        ClaimRow(each, each.holds_on(on), each.expires_before is not None and each.expires_before <= on)
        for each in claims
    ]
    return sorted(rows, key=lambda row: (row.country, row.claim.claimed_on))
