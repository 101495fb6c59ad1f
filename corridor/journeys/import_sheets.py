"""
Bringing a sheet in, step by step: which kinds there are, and the long work that the queue does.

The steps themselves stand in foundations/sheets/steps; they are handed the kind that the import names.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.tasks import task

from corridor.foundations.access import NIGHTLY, Actor
from corridor.foundations.jobs.holding import Hold, start_job
from corridor.foundations.jobs.models import Job
from corridor.foundations.jobs.working import take_up
from corridor.foundations.sheets.cells.words import folded
from corridor.foundations.sheets.importing import ImportKind
from corridor.foundations.sheets.models import Import, ImportState
from corridor.foundations.sheets.steps.applying import apply_import, begin_applying
from corridor.foundations.sheets.steps.checking import begin_check, check
from corridor.foundations.sheets.steps.preparing import (
    answer_questions,
    ask_questions,
    choose_table,
    map_import_columns,
)
from corridor.foundations.sheets.steps.receiving import receive_import
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.agreements.importing import AgreementsImport
from corridor.rooms.agreements.importing_obligations import ObligationsImport
from corridor.rooms.assessment.importing import DecisionsImport
from corridor.rooms.assessment.importing_marks import MarksImport
from corridor.rooms.assessment.importing_schemes import SchemesImport
from corridor.rooms.conferences.importing import AnnouncementsImport
from corridor.rooms.curricula.importing_claims import ClaimsImport
from corridor.rooms.curricula.importing_units import UnitsImport
from corridor.rooms.demand.importing import DemandImport
from corridor.rooms.funding.importing import CommitmentsImport
from corridor.rooms.funding.importing_rates import RatesImport
from corridor.rooms.members.importing import MembersImport
from corridor.rooms.members.importing_names import OrganisationNamesImport
from corridor.rooms.members.importing_seats import SeatsImport
from corridor.rooms.people.importing import PeopleImport
from corridor.rooms.programmes.importing import ProgrammesImport
from corridor.rooms.sites.importing import EquipmentImport
from corridor.rooms.sites.importing_plans import PlanLinesImport
from corridor.rooms.sites.importing_spending import SpendingImport
from corridor.rooms.training.imports import (
    AttendanceImport,
    EnrolmentsImport,
    PlacementsImport,
    SessionsImport,
    StaysImport,
    TrainersImport,
)

from .import_roster import RosterImport
from .recognise import recognise

# In the order in which sheets build on each other.
KINDS: dict[str, ImportKind] = {
    kind.name: kind
    for kind in (
        MembersImport(),
        OrganisationNamesImport(),
        PeopleImport(),
        SeatsImport(),
        UnitsImport(),
        ClaimsImport(),
        SchemesImport(),
        AnnouncementsImport(),
        AgreementsImport(),
        ObligationsImport(),
        DemandImport(),
        CommitmentsImport(),
        RatesImport(),
        EquipmentImport(),
        PlanLinesImport(),
        SpendingImport(),
        ProgrammesImport(),
        EnrolmentsImport(),
        SessionsImport(),
        PlacementsImport(),
        AttendanceImport(),
        TrainersImport(),
        StaysImport(),
        DecisionsImport(),
        MarksImport(),
        RosterImport(),
    )
}
CHECK_JOB, APPLY_JOB = "sheets.check", "sheets.apply"
# So many rows are checked while the sender waits; more are given to the queue.
CHECKED_AT_ONCE = 1_000


def kind_named(*, name: str, by: Actor) -> ImportKind:  # noqa: ARG001 (journeys are always told)
    """:raises NotFound: if sheets of that kind are not imported here."""
    if name not in KINDS:
        raise NotFound(N_("There is no kind of sheet “%(name)s”."), name=name)
    return KINDS[name]


def kinds_for(*, by: Actor) -> list[ImportKind]:
    """The kinds that this actor may import for anything at all."""
    return [kind for kind in KINDS.values() if by.holds_somewhere(kind.permission)]


def check_import(*, held: Import, at: datetime, by: Actor, wait: bool = False) -> Import:
    """
    Make the dry run: at once for few rows or where ``wait`` is set, else by the queue.

    :raises StillOpen: if a question is open.
    """
    kind = kind_named(name=held.kind, by=by)
    with transaction.atomic():
        held = begin_check(key=held.pk, kind=kind, by=by)
        if not wait and held.rows > CHECKED_AT_ONCE:
            start_job(kind=CHECK_JOB, subject=str(held.pk), task=_check, total=held.rows, by=by, at=at)
            return held
    return check(held=held, kind=kind, at=at, by=by)


def write_import(*, held: Import, at: datetime, by: Actor, wait: bool = False) -> Import:
    """
    Write the import, by the queue or at once: all of it or nothing.

    :raises HasRefusedRows: if the dry run refused a row. :raises StaleDryRun: with ``wait``, if the records have changed since.
    """
    kind = kind_named(name=held.kind, by=by)
    with transaction.atomic():
        held = begin_applying(key=held.pk, kind=kind, by=by)
        if not wait:
            start_job(kind=APPLY_JOB, subject=str(held.pk), task=_write, total=held.rows, by=by, at=at)
            return held
    return apply_import(held=held, kind=kind, at=at, by=by)


def import_file(
    *,
    kind: str,
    file_name: str,
    content: bytes,
    language: str,
    answers: dict[str, str],
    columns: dict[str, str],
    at: datetime,
    by: Actor,
) -> Import:
    """
    What a command does in one go: receive, map (``columns``: the file's header to our name), answer, and make the dry run.

    :raises StillOpen: if something is left that only a person can decide; the import is kept, and its page asks.
    """
    found = kind_named(name=kind, by=by)
    held = receive_import(kind=found, file_name=file_name, content=content, language=language, at=at, by=by)
    return decide_and_check(held=held, answers=answers, columns=columns, at=at, by=by)


def decide_and_check(
    *, held: Import, answers: dict[str, str], columns: dict[str, str], at: datetime, by: Actor
) -> Import:
    """
    Map, answer and make the dry run of a file that was received.

    :raises StillOpen: if something is left that only a person can decide. :raises BadInput: if a needed column is missing.
    """
    kind = kind_named(name=held.kind, by=by)
    _prepare(held, kind, answers, columns, at, by)
    return check_import(held=held, at=at, by=by, wait=True)


def _prepare(
    held: Import, kind: ImportKind, answers: dict[str, str], columns: dict[str, str], at: datetime, by: Actor
) -> None:
    where = {name: answer for name, answer in answers.items() if name in {"sheet", "encoding", "hidden"}}
    if where:
        choose_table(
            key=held.pk, kind=kind, by=by, sheet=where.get("sheet", held.sheet), encoding=where.get("encoding", held.encoding),
            header_row=None, header_depth=1, delimiter=held.delimiter, hidden=where.get("hidden", ""),
        )  # fmt: skip
    if columns:
        said = {folded(header): name for header, name in columns.items()}
        names = {row.position: said.get(folded(row.header), row.name) for row in held.columns.all()}
        map_import_columns(key=held.pk, kind=kind, names=names, by=by)
    held.refresh_from_db()
    ask_questions(key=held.pk, kind=kind, by=by, at=at)
    if known := {code: answer for code, answer in answers.items() if code not in where}:
        answer_questions(key=held.pk, kind=kind, answers=known, by=by)


def job_of(*, held: Import, by: Actor) -> Job | None:
    """The latest long work on an import, if there was any."""
    return Job.objects.filter(kind__in=[CHECK_JOB, APPLY_JOB], subject=str(held.pk), asked_by=by.label).first()


@task
def _check(job_id: str) -> None:
    with take_up(job_id) as held:
        found = Import.objects.get(pk=held.job.subject)
        if found.state != ImportState.CHECKING:
            return
        by = _sender(found, held.job.asked_at)
        check(held=found, kind=KINDS[found.kind], at=held.job.asked_at, by=by, advance=_told_to(held))


@task
def _write(job_id: str) -> None:
    with take_up(job_id) as held:
        found = Import.objects.get(pk=held.job.subject)
        if found.state not in {ImportState.APPLYING, ImportState.APPLIED}:
            return
        by = _sender(found, held.job.asked_at)
        apply_import(held=found, kind=KINDS[found.kind], at=held.job.asked_at, by=by, advance=_told_to(held))


def _sender(held: Import, at: datetime) -> Actor:
    """Who sent it, with what they may do now: an office that was lost meanwhile writes nothing."""
    return recognise(held.sender, on=at.date()) if held.sender is not None else NIGHTLY


def _told_to(held: Hold) -> Any:
    return lambda done: held.advance(done=done)
