"""The sheets of the curricula's room, in the order in which they load. A version is published when its units are in."""

from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, SheetKind, languages
from corridor.rooms.members.models import SourceMark

from ..models import HoursKind, Relation, Unit
from .drafting import (
    TextKind,
    take_curricula,
    take_framework_levels,
    take_publications,
    take_unit_texts,
    take_units,
)
from .mapping import take_mapping_claims

_VERSION = (Column("curriculum", read.reference(60)), Column("version", read.text(20)))
_UNIT = (*_VERSION, Column("unit", read.text(20)))
_CURRICULA = (
    *_VERSION,
    Column("developer", read.reference(60)),
    Column("framework", read.text(30), required=False),
    Column("edition", read.text(30), required=False),
    Column("level", read.text(20), required=False),
    Column("published_on", read.day, required=False),
    Column("superseded_on", read.day, required=False),
    Column("source_mark", read.choice(SourceMark)),
)

SHEETS: tuple[SheetKind, ...] = (
    SheetKind(
        name="framework_levels",
        pattern="framework_levels.*",
        columns=(
            Column("framework", read.text(30)),
            Column("edition", read.text(30)),
            Column("name", read.text(200)),
            Column("country", read.country, required=False),
            Column("source", read.text(300)),
            Column("source_mark", read.choice(SourceMark)),
            Column("level", read.text(20)),
            Column("rank", read.whole(0, 1_000)),
            Column("title", read.text(200)),
        ),
        take=take_framework_levels,
        extra=languages("name"),
        unique=("framework", "edition", "level"),
    ),
    SheetKind(
        name="curricula",
        pattern="curricula.*",
        columns=_CURRICULA,
        take=take_curricula,
        extra=languages("title"),
        unique=("curriculum", "version"),
    ),
    SheetKind(
        name="units",
        pattern="units.*",
        columns=(
            *_VERSION,
            Column("code", read.text(20)),
            Column("position", read.whole(1, 999)),
            Column("requirement", read.choice(Unit.Requirement)),
            *(Column(f"hours_{kind.value}", read.whole(0, 9_999), required=False) for kind in HoursKind),
        ),
        take=take_units,
        extra=languages("title"),
        unique=("curriculum", "version", "code"),
    ),
    SheetKind(
        name="unit_texts",
        pattern="unit_texts.*",
        columns=(
            *_UNIT,
            Column("kind", read.choice(TextKind)),
            Column("element", read.whole(1, 999), required=False),
            Column("position", read.whole(1, 999)),
        ),
        take=take_unit_texts,
        extra=languages("text"),
        unique=("curriculum", "version", "unit", "kind", "element", "position"),
    ),
    SheetKind(
        name="curriculum_publications",
        pattern="curricula.*",
        columns=_CURRICULA,
        take=take_publications,
        extra=languages("title"),
    ),
    SheetKind(
        name="mapping_claims",
        pattern="mapping_claims.*",
        columns=(
            *_UNIT,
            Column("relation", read.choice(Relation)),
            Column("country", read.country),
            Column("body", read.text(60), required=False),
            Column("qualification", read.text(60), required=False),
            Column("foreign_code", read.text(40), required=False),
            Column("foreign_title", read.text(300), required=False),
            Column("source_url", read.text(400), required=False),
            Column("coverage", read.text(5_000), required=False),
            Column("claimant", read.reference(60)),
            Column("claimed_on", read.day),
            Column("expires_on", read.day, required=False),
            Column("reviewed_by", read.text(150), required=False),
            Column("reviewed_on", read.day, required=False),
            Column("evidence", read.reference(60), required=False),
        ),
        take=take_mapping_claims,
    ),
)
