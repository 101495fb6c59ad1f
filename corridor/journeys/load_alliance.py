"""Loading a whole alliance from a folder of sheets: everything comes in, or nothing does."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.accounts.actions import set_passwords
from corridor.foundations.accounts.models import User
from corridor.foundations.audit import log
from corridor.foundations.sheets.kinds import Row, SheetKind
from corridor.foundations.sheets.reading import find_sheets, read_sheet
from corridor.foundations.statistics import gather_statistics
from corridor.kernel.errors import BadInput, Problem, Refusal, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.agreements import sheets as agreements
from corridor.rooms.assessment import sheets as assessment
from corridor.rooms.conferences import sheets as conferences
from corridor.rooms.credentials import sheets as credentials
from corridor.rooms.curricula import sheets as curricula
from corridor.rooms.demand import sheets as demand
from corridor.rooms.funding import sheets as funding
from corridor.rooms.indicators import sheets as indicators
from corridor.rooms.members import sheets as members
from corridor.rooms.members.models import Alliance, Organisation
from corridor.rooms.outcomes import sheets as outcomes
from corridor.rooms.people import rights_sheets
from corridor.rooms.people import sheets as people
from corridor.rooms.programmes import sheets as programmes
from corridor.rooms.sites import sheets as sites
from corridor.rooms.training import sheets as training

from ._living.acts import do_acts, read_acts
from ._living.kinds import kinds_of_acts
from .first_delivery import note_deliveries
from .sheets import sheets_in

# Each room's sheets load in its own order, and the rooms in the order of the house.
ROOMS = (
    members,
    people,
    curricula,
    conferences,
    agreements,
    demand,
    funding,
    sites,
    programmes,
    training,
    assessment,
    credentials,
    outcomes,
    indicators,
)
# Corrections come after everything that they correct.
LATE_SHEETS = people.LATE_SHEETS
# What must wait for something later: an agreement is activated by its first delivery, and may be suspended after.
AFTER = {
    "documents": "listed_places",
    "session_locks": "attendance",
    "agreement_changes": "session_locks",
    "announcement_evidence": "agreement_changes",
    "announcement_merges": "agreement_changes",
    "cohort_ends": "session_locks",
    "assessors": "cohorts",
    "cohort_assessments": "decisions",
    "awards": "keys",
    "cohort_certificates": "awards",
    "credential_changes": "awards",
    "cohort_follow_ups": "wave_closings",
    "erasures": "transfers",
    "proposals": "credential_changes",
    "merges": "edition_figures",
}

# After so many new rows the database looks at its tables again.
MANY_ROWS = 2_000

Progress = Callable[[str, int], None]


class AllianceExists(WrongMoment):
    """There are records already, and a folder is never loaded over them."""


@dataclass
class Loaded:
    """How many rows of each kind of sheet came in, and the accounts that were made."""

    rows: dict[str, int] = field(default_factory=dict)
    accounts: list[str] = field(default_factory=list)
    is_kept: bool = True

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def load_alliance(
    *,
    folder: Path,
    by: Actor,
    at: datetime,
    password: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """
    Load every sheet in the folder, in one transaction. ``progress`` is told each kind when it is in, with its rows. ``password`` is given
    to every account of the folder; without one nobody can sign in yet. A dry run does all of it and keeps nothing.

    After the sheets what people did day by day is done again, if there are files of it (``living``).

    :raises AllianceExists: if there are members already.
    :raises BadInput: with every problem of the first file that has one; nothing is changed.
    """
    by.require(Permission.ALLIANCE_DESCRIBE)
    _require_empty()
    # All files are read before the first row is written: most faults are found without touching the database.
    sheets = [(kind, _read(kind, folder)) for kind in kinds_for(folder=folder, by=by)]
    acts = read_acts(folder=folder, kinds=kinds_of_acts(folder))
    with transaction.atomic():
        _require_empty()
        loaded = Loaded(is_kept=not dry_run)
        fresh = 0
        for kind, files in sheets:
            if kind.name == "agreement_changes":
                # What was delivered while it was in force, before some are suspended or end.
                note_deliveries(by=by)
            loaded.rows[kind.name] = sum(_take(kind, rows, by=by, at=at) for rows in files)
            fresh += loaded.rows[kind.name]
            if fresh >= MANY_ROWS:
                gather_statistics()
                fresh = 0
            if progress is not None:
                progress(kind.name, loaded.rows[kind.name])
        for name, rows in do_acts(acts, until=at).items():
            loaded.rows[name] = rows
            if progress is not None:
                progress(name, rows)
        loaded.accounts = list(User.objects.order_by("username").values_list("username", flat=True))
        if password:
            set_passwords(passwords=dict.fromkeys(loaded.accounts, password), by=by)
        log.record("alliance.loaded", by=by, subject=Alliance.objects.get(), count=loaded.total)
        if dry_run:
            transaction.set_rollback(True)
    return loaded


def has_alliance(*, by: Actor) -> bool:  # noqa: ARG001 (journeys are always told)
    """Whether there is an alliance, or any organisation."""
    return Alliance.objects.exists() or Organisation.objects.exists()


def kinds_for(*, folder: Path, by: Actor) -> list[SheetKind]:
    """Every kind of sheet that a folder may hold, in the order in which they load."""
    own = [kind for room in ROOMS for kind in room.SHEETS] + [*rights_sheets.SHEETS]
    return _in_order([*own, *sheets_in(folder=folder, by=by), *LATE_SHEETS])


def _require_empty() -> None:
    if Alliance.objects.exists() or Organisation.objects.exists():
        raise AllianceExists(N_("There are records here already; an alliance is loaded into an empty database only."))


def _in_order(kinds: Iterable[SheetKind]) -> list[SheetKind]:
    """The kinds as their rooms order them, but each that must wait moved behind what it waits for (and behind others that wait there)."""
    order = list(kinds)
    for name, earlier in AFTER.items():
        names = [kind.name for kind in order]
        if name in names and earlier in names:
            waiting = order.pop(names.index(name))
            names.remove(name)
            place = names.index(earlier) + 1
            while place < len(names) and AFTER.get(names[place]) == earlier:
                place += 1
            order.insert(place, waiting)
    return order


def _read(kind: SheetKind, folder: Path) -> list[list[Row]]:
    return [read_sheet(path, kind=kind) for path in find_sheets(folder, kind=kind)]


def _take(kind: SheetKind, rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    if not rows:
        return 0
    file = rows[0].file
    try:
        return kind.taken(rows, by=by, at=at)
    except BadInput as refused:
        raise BadInput([_in_file(problem, file) for problem in refused.problems]) from refused
    except Refusal as refused:
        # A rule of a room: its sentence names the thing, the file says where to look.
        raise BadInput([Problem(refused.message, refused.places, file=file)]) from refused


def _in_file(problem: Problem, file: str) -> Problem:
    return problem if problem.file else Problem(problem.message, problem.places, file, problem.row, problem.column)
