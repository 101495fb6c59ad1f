"""The sheet that says what assessing units needs."""

from collections.abc import Sequence
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings
from corridor.rooms.curricula.models import Unit

from .actions.needing import NeedsDraft, describe_needs


def take_needs(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """A row for each kind; one row without a kind for a unit that needs no equipment."""
    findings = Findings()
    named = {row["curriculum"] for row in rows}
    units = {
        (each.version.curriculum.reference, each.version.version, each.code): each
        for each in Unit.objects.filter(version__curriculum__reference__in=named).select_related("version__curriculum")
    }
    wanted: dict[Unit, dict[str, int]] = {}
    days: dict[Unit, date] = {}
    for row in rows:
        unit = findings.find(row, "unit", units, key=(row["curriculum"], row["version"], row["unit"]))
        if unit is not None:
            kinds = wanted.setdefault(unit, {})
            days[unit] = row["asked_from"]
            if row["kind"]:
                kinds[row["kind"]] = row["count"] or 1
    findings.refuse_if_any()
    with refusals_in(rows):
        drafts = [NeedsDraft(unit, kinds, days[unit]) for unit, kinds in wanted.items()]
        describe_needs(needs=drafts, by=by)
    return len(rows)


NEEDS = SheetKind(
    name="unit_needs",
    pattern="unit_needs.*",
    columns=(
        Column("curriculum", read.reference(60)),
        Column("version", read.text(20)),
        Column("unit", read.text(20)),
        Column("kind", read.text(150), required=False, about="a kind of equipment; empty: none is needed"),
        Column("count", read.whole(1, 999), required=False),
        Column("asked_from", read.day),
    ),
    take=take_needs,
    optional=True,
    unique=("curriculum", "version", "unit", "kind"),
)
