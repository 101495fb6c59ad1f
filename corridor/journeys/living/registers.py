"""Acts about registers: how a programme keeps them."""

from collections.abc import Sequence
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import choice, reference, whole
from corridor.foundations.sheets.kinds import Column, Row
from corridor.foundations.sheets.resolving import NOTHING_THERE
from corridor.kernel.errors import BadInput
from corridor.rooms.programmes.models import Programme
from corridor.rooms.training import actions as training
from corridor.rooms.training.models import SigningWith

from .acts import ActKind

RULE_COLUMNS = (
    Column("programme", reference()),
    Column("late_after_days", whole(0, 60), required=False, about="from then on a register needs a reason"),
    Column("closes_after_days", whole(1, 365), required=False),
    Column("locks_after_days", whole(0, 60), about="so long a trainer may correct what is signed"),
    Column("sign_with", choice(SigningWith)),
)


def _set_rule(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    programme = Programme.objects.filter(reference=row["programme"]).first()
    if programme is None:
        raise BadInput([row.problem("programme", NOTHING_THERE, cell=row["programme"])])
    training.set_register_rule(
        programme=programme, late_after_days=row["late_after_days"], closes_after_days=row["closes_after_days"],
        locks_after_days=row["locks_after_days"], sign_with=row["sign_with"], by=by,
    )  # fmt: skip


ACTS = (ActKind("register_rules", RULE_COLUMNS, _set_rule),)
