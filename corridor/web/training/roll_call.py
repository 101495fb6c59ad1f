"""A register as its screen shows it, and what a form of it sends back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict

from corridor.rooms.training.queries import Register, RegisterRow, Timing
from corridor.rooms.training.queries.choices import Mark, Value

OTHER = [Mark.ABSENT, Mark.LATE, Mark.LEFT_EARLY, Mark.EXCUSED]
LOOKS = {
    "absent": ("is-bad", "x"),
    "late": ("is-no", "clock"),
    "left_early": ("is-no", "logout"),
    "excused": ("is-quiet", "file-text"),
}


@dataclass(frozen=True)
class Tile:
    """One learner: the seat, the name in the own script with its language, and the mark; empty before anything was taken."""

    number: int
    name: str
    language: str
    romanised: str
    mark: str
    minutes_late: int | None = None
    remark: str = ""

    @property
    def is_exception(self) -> bool:
        return self.mark not in {"", Mark.PRESENT.value}

    @property
    def word(self) -> str:
        return str(Mark(self.mark).label if self.is_exception else Mark.ABSENT.label)

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The marks of an exception; one is chosen."""
        chosen = self.mark if self.is_exception else Mark.ABSENT.value
        return [
            {
                "value": m.value,
                "word": m.label,
                "is_chosen": m.value == chosen,
                "tone": LOOKS[m][0],
                "icon": LOOKS[m][1],
            }
            for m in OTHER
        ]


@dataclass(frozen=True)
class RollCall:
    """``marks`` are those that somebody sent, in place of the stored ones."""

    register: Register
    marks: Mapping[int, Value] | None = None
    may_take: bool = False
    may_sign: bool = False
    has_begun: bool = True
    timing: Timing | None = None
    reason: str = ""
    may_correct: bool = False
    on: date | None = None
    # Seats of those who have scanned the code of the session; None where nobody has.
    arrived: frozenset[int] | None = None
    # Seats of which a photo is shown; None where this reader has not asked for photos.
    photos: frozenset[int] | None = None

    @property
    def session(self) -> Any:
        return self.register.session

    @property
    def version(self) -> int:
        return self.register.version

    @property
    def tiles(self) -> list[Tile]:
        return [
            Tile(
                row.number, row.own_name or row.romanised_name or str(row.number), row.own_language, row.romanised_name,
                *self._said(row),
            )
            for row in self.register.rows
        ]  # fmt: skip

    def _said(self, row: RegisterRow) -> tuple[str, int | None, str]:
        if self.marks is not None:
            return _shown(self.marks.get(row.number))
        if not row.mark and self.arrived is not None and row.number not in self.arrived:
            return (Mark.ABSENT, None, "")
        return _shown(row)

    @property
    def exceptions(self) -> list[Tile]:
        return [tile for tile in self.tiles if tile.is_exception]

    @property
    def on_time(self) -> int:
        return len(self.tiles) - len(self.exceptions)

    @property
    def is_open(self) -> bool:
        """Whether it may still be taken, by this reader, now."""
        is_closed = self.timing is not None and self.timing.is_closed
        return self.may_take and self.has_begun and not is_closed and self.session.status in {"planned", "held"}

    @property
    def unlocked_until(self) -> datetime | None:
        """Until when somebody has opened it again."""
        return max((each.ends_at for each in self.timing.openings), default=None) if self.timing else None

    @property
    def is_waiting_for_a_signature(self) -> bool:
        return self.session.status == "held"


def _shown(said: Any) -> tuple[str, int | None, str]:
    return (said.mark, said.minutes_late, said.remark) if said is not None else ("", None, "")


def marks_sent(sent: QueryDict) -> dict[int, Value]:
    """
    Everybody's mark by seat: who is not ticked is present; who is ticked has the mark chosen below, else is absent. Minutes count for
    who was late.
    """
    ticked = set(sent.getlist("exception"))
    marks = {}
    for seat in sent.get("seats", "").split():
        if seat.isdecimal() and len(seat) < 6:
            mark = sent.get(f"x{seat}", Mark.ABSENT.value) if seat in ticked else Mark.PRESENT.value
            minutes = sent.get(f"m{seat}", "") if mark == Mark.LATE else ""
            remark = sent.get(f"r{seat}", "").strip() if seat in ticked else ""
            marks[int(seat)] = Value(mark, int(minutes) if minutes.isdecimal() and len(minutes) < 5 else None, remark)
    return marks


def guests_sent(sent: QueryDict) -> list[str] | None:
    """One name a line; None where the form had no place for them."""
    return sent.get("guests", "").splitlines() if "guests" in sent else None


def version_sent(sent: QueryDict) -> int:
    """The version of the register that the form showed; 0, which no register has, where none was sent."""
    given = sent.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 9 else 0
