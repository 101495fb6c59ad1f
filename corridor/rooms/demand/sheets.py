"""The sheet of demand statements."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind, languages
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation, SourceMark

from . import actions
from .drafts import DemandDraft, OccupationDraft
from .models import DemandStatement, Strength, WagePeriod


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
                source_mark=row["source_mark"], place=row["place"], wage_from=row["wage_from"], wage_to=row["wage_to"],
                wage_currency=row["wage_currency"], wage_period=row["wage_period"] or "", languages=row["languages"] or (),
                paper=row["paper"],
            )
            for row in ready
        ]  # fmt: skip
        with refusals_in(rows):
            there |= {made.reference: made for made in actions.state_demands(demands=drafts, by=by)}
        waiting = [row for row in waiting if row["reference"] not in there]
    return len(rows)


def take_occupations(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """Titles in columns like title_en, other words in columns like aliases_en with “;” between them."""
    drafts = [
        OccupationDraft(
            row["code"],
            row.family("title_"),
            {
                language: [word.strip() for word in text.split(";") if word.strip()]
                for language, text in row.family("aliases_").items()
            },
        )
        for row in rows
    ]
    with refusals_in(rows):
        return actions.read_occupations(occupations=drafts, by=by)


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
            Column("place", read.text(100), required=False),
            Column("wage_from", read.decimal(3, 0), required=False),
            Column("wage_to", read.decimal(3, 0), required=False),
            Column("wage_currency", read.text(3), required=False, about="ISO 4217"),
            Column("wage_period", read.choice(WagePeriod), required=False),
            Column("languages", read.many(read.text(30)), required=False, about="HSK 4, or CEFR B1 en"),
            Column("paper", read.text(300), required=False, about="Which letter or contract, and where it is kept."),
        ),
        take=take_demand,
        unique=("reference",),
    ),
    SheetKind(
        name="occupations",
        pattern="occupations.*",
        columns=(Column("code", read.text(4), about="ISCO-08"),),
        take=take_occupations,
        extra=languages("title", "aliases"),
        extra_reader=read.text(2_000),
        optional=True,
        unique=("code",),
    ),
)
