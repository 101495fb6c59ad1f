"""Reading the files of acts, and doing the acts of all files in the order of their instants."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corridor.foundations.accounts.models import User
from corridor.foundations.sheets.columns import Cell, Reader, Unreadable, as_written, user_name
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.reading import find_sheets, read_sheet
from corridor.foundations.sheets.resolving import NOTHING_THERE
from corridor.kernel.errors import BadInput, Problem, Refusal
from corridor.kernel.wording import N_

from ..recognise import recognise

FOLDER = "living"
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?[+-][0-9]{2}:[0-9]{2}")
# Calls one action (or a few that a door calls together) for the rows of one act. ``on`` is the day at the place that the instant was written for.
Do = Callable[..., Any]


def _read_instant(cell: Cell) -> datetime:
    written = as_written(cell)
    if _INSTANT.fullmatch(written):
        try:
            return datetime.fromisoformat(written)
        except ValueError:
            pass
    raise Unreadable(
        N_("“%(cell)s” is no instant; write 2024-01-30 08:31+07:00, with the hours from Greenwich."), cell=written
    )


instant = Reader(_read_instant)
AT = Column("at", instant, about="when it was done, by the clock of the server, with the hours from Greenwich")
BY = Column("by", user_name, about="the account that did it")


@dataclass(frozen=True)
class ActKind:
    """
    A kind of act: its file ``living/<name>.csv``, its columns beside ``at`` and ``by``, and what is done.

    ``do(rows, *, by, on, at)`` calls the action that a door would call. A row is an act of its own, unless ``together`` names columns: rows of
    one account and one instant that say the same in these are one act (the events that a device sent at once).
    """

    name: str
    columns: tuple[Column, ...]
    do: Do
    together: tuple[str, ...] | None = None
    unique: tuple[str, ...] = ()

    def sheet(self) -> SheetKind:
        """How its file is read. It may be missing."""
        return SheetKind(
            f"{FOLDER}/{self.name}", f"{FOLDER}/{self.name}.csv", (AT, BY, *self.columns), self.do, optional=True,
            unique=self.unique,
        )  # fmt: skip


@dataclass(frozen=True)
class Act:
    """One thing that somebody did: the rows that tell of it, all of one account and one instant."""

    kind: ActKind
    rows: tuple[Row, ...]

    @property
    def said_at(self) -> datetime:
        """The instant as it was written, with the hours from Greenwich of its place."""
        said: datetime = self.rows[0]["at"]
        return said

    @property
    def account(self) -> str:
        return str(self.rows[0]["by"])


def read_acts(*, folder: Path, kinds: Iterable[ActKind]) -> list[Act]:
    """
    The acts of all files of the folder, in the order of their instants; those of one instant as their kinds and rows stand.

    :raises BadInput: with every problem of the first file that has one, and for a file that is of no kind.
    """
    known = list(kinds)
    _require_known(folder, known)
    acts = [
        Act(kind, rows)
        for kind in known
        for path in find_sheets(folder, kind=kind.sheet())
        for rows in _grouped(kind, read_sheet(path, kind=kind.sheet()))
    ]
    return sorted(acts, key=lambda act: act.said_at)


def do_acts(acts: Sequence[Act], *, until: datetime) -> dict[str, int]:
    """
    Do them one after the other, each as its account is on that day. Return the rows of each file.

    :raises BadInput: names file and row of the first act that its action refuses, or that lies after ``until``.
    """
    users = {user.username: user for user in User.objects.filter(username__in={act.account for act in acts})}
    done: dict[str, int] = {}
    for act in acts:
        first, at, on = act.rows[0], act.said_at.astimezone(UTC), act.said_at.date()
        if act.account not in users:
            raise BadInput([first.problem("by", NOTHING_THERE, cell=act.account)])
        if on > until.astimezone(act.said_at.tzinfo).date():
            raise BadInput([first.problem("at", N_("This day is still to come; write what was done until today."))])
        try:
            act.kind.do(act.rows, by=recognise(users[act.account], on=on), on=on, at=at)
        except BadInput as refused:
            raise BadInput([_in_row(problem, first) for problem in refused.problems]) from refused
        except Refusal as refused:
            # A rule of a room: its sentence names the thing, the row says where to look.
            raise BadInput([Problem(refused.message, refused.places, file=first.file, row=first.number)]) from refused
        name = act.kind.sheet().name
        done[name] = done.get(name, 0) + len(act.rows)
    return done


def _require_known(folder: Path, kinds: Sequence[ActKind]) -> None:
    names = {kind.name for kind in kinds}
    strange = [path for path in sorted((folder / FOLDER).glob("*.csv")) if path.stem not in names]
    if strange:
        message = N_("There is no such file of acts. There are: %(names)s.")
        raise BadInput(
            [Problem(message, {"names": ", ".join(sorted(names))}, file=f"{FOLDER}/{path.name}") for path in strange]
        )


def _grouped(kind: ActKind, rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    if kind.together is None:
        return [(row,) for row in rows]
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["at"], row["by"], *(row[name] for name in kind.together)), []).append(row)
    return [tuple(group) for group in groups.values()]


def _in_row(problem: Problem, row: Row) -> Problem:
    if problem.file:
        return problem
    return Problem(problem.message, problem.places, row.file, row.number, problem.column)
