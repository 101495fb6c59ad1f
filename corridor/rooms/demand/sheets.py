"""The sheet of demand statements."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation, SourceMark

from . import actions
from .drafts import DemandDraft
from .models import DemandStatement, Strength


def take_demand(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """A statement may replace one of the same sheet: the older is taken first, wherever its row stands."""
    findings = Findings()
    employers = by_reference(Organisation.objects.all(), (row["employer"] for row in rows))
    units = _units(rows)
    there = by_reference(DemandStatement.objects.all(), (row["replaces"] for row in rows))
    in_sheet = dict.fromkeys(row["reference"] for row in rows)
    wanted: dict[str, list[Unit]] = {}
    for row in rows:
        findings.find(row, "employer", employers)
        if row["replaces"] and row["replaces"] not in there and row["replaces"] not in in_sheet:
            findings.add(row, "replaces", N_("There is no “%(cell)s”."), cell=row["replaces"])
        wanted[row["reference"]] = _units_of(row, units, findings)
    findings.refuse_if_any()
    waiting = list(rows)
    while waiting:
        ready = [row for row in waiting if not row["replaces"] or row["replaces"] in there]
        for row in waiting if not ready else ():
            findings.add(row, "replaces", N_("These statements replace each other in a circle."))
        findings.refuse_if_any()
        drafts = [
            DemandDraft(
                employer=employers[row["employer"]], occupation_code=row["occupation_code"],
                occupation_title=row["occupation_title"], posts=row["posts"], country=row["country"],
                needed_by=row["needed_by"], stated_on=row["stated_on"], strength=row["strength"],
                units=wanted[row["reference"]], replaces=there.get(row["replaces"]), reference=row["reference"],
                source_mark=row["source_mark"],
            )
            for row in ready
        ]  # fmt: skip
        with refusals_in(rows):
            there |= {made.reference: made for made in actions.state_demands(demands=drafts, by=by)}
        waiting = [row for row in waiting if row["reference"] not in there]
    return len(rows)


def _units(rows: Sequence[Row]) -> dict[tuple[str, str, str], Unit]:
    """Every unit of the curricula named, by curriculum, version and code."""
    named = Unit.objects.filter(version__curriculum__reference__in={row["curriculum"] for row in rows})
    return {
        (unit.version.curriculum.reference, unit.version.version, unit.code): unit
        for unit in named.select_related("version__curriculum")
    }


def _units_of(row: Row, units: dict[tuple[str, str, str], Unit], findings: Findings) -> list[Unit]:
    if row["units"] and not (row["curriculum"] and row["version"]):
        findings.add(row, "units", N_("Units are units of a curriculum in a version; name both."))
        return []
    found = [findings.find(row, "units", units, key=(row["curriculum"], row["version"], code)) for code in row["units"]]
    return [unit for unit in found if unit is not None]


SHEETS: tuple[SheetKind, ...] = (
    SheetKind(
        name="demand",
        pattern="demand.*",
        columns=(
            Column("reference", read.reference(20)),
            Column("employer", read.reference(60)),
            Column("occupation_code", read.text(4), about="ISCO-08"),
            Column("occupation_title", read.text(150)),
            Column("posts", read.whole(1, 1_000_000)),
            Column("country", read.country),
            Column("stated_on", read.day, required=False, about="Empty: a draft."),
            Column("needed_by", read.day),
            Column("strength", read.choice(Strength)),
            Column("curriculum", read.reference(60), required=False),
            Column("version", read.text(20), required=False),
            Column("units", read.many(read.text(20)), required=False),
            Column("replaces", read.reference(20), required=False),
            Column("source_mark", read.choice(SourceMark)),
        ),
        take=take_demand,
        unique=("reference",),
    ),
)
