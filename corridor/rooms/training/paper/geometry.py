"""Where everything is on a sheet, in millimetres of A4: what is printed here is looked for there."""

from dataclasses import dataclass
from uuid import UUID

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..models import Mark

WIDTH, HEIGHT = 210.0, 297.0
# The middles of the four black squares.
CORNERS = ((13.0, 13.0), (197.0, 13.0), (13.0, 284.0), (197.0, 284.0))
CORNER_SIZE = 6.0
QR_LEFT, QR_TOP, QR_SIZE = 164.0, 20.0, 24.0
FIRST_ROW, ROW_HEIGHT = 60.0, 5.4
ROWS_A_PAGE = 40
# The middles of the boxes of a row.
COLUMNS: dict[str, float] = {
    Mark.PRESENT.value: 122.0, Mark.LATE.value: 137.0, Mark.LEFT_EARLY.value: 152.0, Mark.ABSENT.value: 167.0, Mark.EXCUSED.value: 182.0,
}  # fmt: skip
BOX = 3.8
WORD = "CORRIDOR-SHEET"


@dataclass(frozen=True, slots=True)
class SheetCode:
    """What the code of a sheet says: which session, and which seats stand on its rows."""

    session: UUID
    seats: tuple[int, ...]

    def __str__(self) -> str:
        return f"{WORD}:1:{self.session.hex}:{_ranges(self.seats)}"


def read_code(text: str) -> SheetCode:
    """:raises BadInput: for the code of something else."""
    try:
        word, form, session, seats = text.split(":")
        numbers = tuple(number for each in seats.split(",") for number in _range(each))
        if word != WORD or form != "1" or not 0 < len(numbers) <= ROWS_A_PAGE:
            raise ValueError("another code")
        return SheetCode(UUID(session), numbers)
    except ValueError as wrong:
        raise BadInput([Problem(N_("The code on this picture is not that of a register."), column="photo")]) from wrong


def _ranges(seats: tuple[int, ...]) -> str:
    """ "1-12,14": a short code has large dots, which a poor camera sees."""
    parts: list[list[int]] = []
    for seat in seats:
        if parts and parts[-1][-1] == seat - 1:
            parts[-1][1:] = [seat]
        else:
            parts.append([seat])
    return ",".join("-".join(map(str, part)) for part in parts)


def _range(told: str) -> range:
    first, _, last = told.partition("-")
    found = range(int(first), int(last or first) + 1)
    if not 0 < len(found) <= ROWS_A_PAGE:
        raise ValueError("no range")
    return found


def middle_of_row(place: int) -> float:
    return FIRST_ROW + (place + 0.5) * ROW_HEIGHT
