"""Rows that say who was there: marks by seat, one for everybody else, guests, and the signature under it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corridor.foundations.sheets.columns import choice, text, whole
from corridor.foundations.sheets.kinds import Column, Row
from corridor.kernel.errors import BadInput
from corridor.kernel.wording import N_
from corridor.rooms.training.agreeing import LONGEST_REMARK, Value
from corridor.rooms.training.models import Mark
from corridor.rooms.training.registers import LONGEST_MINUTES


class What(StrEnum):
    """What a row of a register tells of."""

    MARK = "mark"
    GUEST = "guest"
    SIGNATURE = "signature"


SAID_COLUMNS = (
    Column("what", choice(What)),
    Column("seat", whole(1, 9_999), required=False, about="of a mark; empty for everybody else on the register"),
    Column("mark", choice(Mark), required=False),
    Column("minutes", whole(1, LONGEST_MINUTES), required=False, about="how late"),
    Column("text", text(LONGEST_REMARK), required=False, about="a remark, or the name of a guest"),
)
VALUE_COLUMNS = (
    Column("mark", choice(Mark)),
    Column("minutes", whole(1, LONGEST_MINUTES), required=False, about="how late"),
    Column("text", text(LONGEST_REMARK), required=False, about="a remark"),
)


@dataclass(frozen=True)
class RollCall:
    """What the rows of one register say."""

    marks: dict[int, Value]
    guests: tuple[str, ...]
    is_signed: bool


def value_in(row: Row) -> Value:
    """:raises BadInput: with the row, if it has no mark."""
    if row["mark"] is None:
        raise BadInput([row.problem("mark", N_("The cell is empty."))])
    mark: Any = row["mark"]
    return Value(mark.value, row["minutes"], row["text"])


def roll_call_in(rows: Sequence[Row], *, seats: Collection[int]) -> RollCall:
    """Of the rows of one register, for these seats. :raises BadInput: with the row, for a seat that is not among them, or a guest without a name."""
    marks: dict[int, Value] = {}
    guests: list[str] = []
    everybody: Value | None = None
    for row in rows:
        if row["what"] == What.GUEST:
            if not row["text"]:
                raise BadInput([row.problem("text", N_("The cell is empty."))])
            guests.append(row["text"])
        elif row["what"] == What.MARK and row["seat"] is None:
            everybody = value_in(row)
        elif row["what"] == What.MARK:
            if row["seat"] not in seats:
                message = N_("Seat %(number)s is not on the roll of this session.")
                raise BadInput([row.problem("seat", message, number=row["seat"])])
            marks[row["seat"]] = value_in(row)
    if everybody is not None:
        marks = dict.fromkeys(sorted(seats), everybody) | marks
    return RollCall(marks, tuple(guests), any(row["what"] == What.SIGNATURE for row in rows))
