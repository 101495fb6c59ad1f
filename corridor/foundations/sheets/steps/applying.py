"""Writing an import: all of it or nothing, and only if every row would still do what its verdict says."""

from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.kernel.errors import Problem, Refusal
from corridor.kernel.wording import N_

from ..importing import ImportKind, Planned, Verdict
from ..models import Import, ImportRow, ImportState, ImportTurn
from .again import made_before
from .checking import Advance, _nobody, plans
from .moving import HasRefusedRows, NotNow, StaleDryRun, held_for_change, move, require_kind
from .preparing import answers_of, table_of
from .remembering import evidence_text, said_by

WRITES = {Verdict.CREATE, Verdict.UPDATE}


@transaction.atomic
def begin_applying(*, key: object, kind: ImportKind, by: Actor) -> Import:
    """
    Say that the import is to be written. The work itself is ``apply_import``.

    :raises HasRefusedRows: if the dry run refused a row. :raises NotNow: if there is no dry run, or it was written before.
    """
    require_kind(kind, by=by)
    held = held_for_change(key, by=by)
    if held.state == ImportState.CHECKED and held.refused:
        raise HasRefusedRows(
            N_("%(count)s rows are refused. Mend them in the file and send it again: all rows are written, or none."),
            count=held.refused,
        )
    if held.state not in {ImportState.CHECKED, ImportState.APPLYING}:
        raise NotNow(N_("The import of %(file)s has no dry run that can be written."), file=held.file_name)
    move(held, to=ImportState.APPLYING, message="")
    return held


def apply_import(*, held: Import, kind: ImportKind, at: datetime, by: Actor, advance: Advance = _nobody) -> Import:
    """
    Write every row in one transaction: a worker that dies in it leaves nothing, and the next one begins again.

    :raises StaleDryRun: if a row would now do something else than its verdict says; nothing is written and the import waits for a new dry run.
    """
    require_kind(kind, by=by)
    ImportTurn.objects.get_or_create(kind=kind.name)
    try:
        with transaction.atomic():
            return _write(held, kind, at, by, advance)
    except Refusal as refused:
        give_back(held=held, said=refused)
        raise


@transaction.atomic
def give_back(*, held: Import, said: Refusal) -> None:
    """Nothing was written: the import waits for a new dry run, and says why."""
    again = Import.objects.select_for_update(no_key=True).get(pk=held.pk)
    if again.state == ImportState.APPLYING:
        move(again, to=ImportState.RECEIVED, message=evidence_text(Problem(said.message, said.places)), checked_at=None)


def _write(held: Import, kind: ImportKind, at: datetime, by: Actor, advance: Advance) -> Import:
    # One import of a kind after the other: two who send the same new rows must not both find them missing.
    ImportTurn.objects.select_for_update(no_key=True).get(pk=kind.name)
    again = Import.objects.select_for_update(no_key=True).get(pk=held.pk)
    if again.state == ImportState.APPLIED:
        return again
    done = 0
    with table_of(again) as table:
        before = made_before(again, kind)
        for planned in plans(table, kind, answers=answers_of(again), before=before, at=at, by=by):
            _require_same(again, planned)
            kind.apply([each for each in planned if each.verdict in WRITES], by=by, at=at)
            done += len(planned)
            advance(done)
    if done != again.rows:
        raise _stale(again, done)
    log.record("sheets.applied", by=by, subject=again, count=again.created + again.updated)
    move(again, to=ImportState.APPLIED, applied_at=at)
    return again


def _require_same(held: Import, planned: list[Planned]) -> None:
    numbers = [each.given.number for each in planned]
    rows = ImportRow.objects.filter(of=held, number__gte=numbers[0], number__lte=numbers[-1])
    kept = {
        number: (verdict, subject, said)
        for number, verdict, subject, said in rows.values_list("number", "verdict", "subject", "said")
    }
    for each in planned:
        verdict, subject, said = kept.get(each.given.number, ("", None, ""))
        if each.verdict == Verdict.CREATE:
            # The record that is made now bears the key that its verdict named.
            each.subject = subject
        if (verdict, subject, said) != (each.verdict, each.subject, said_by(each)):
            raise _stale(held, each.given.number)


def _stale(held: Import, row: int) -> StaleDryRun:
    return StaleDryRun(
        N_("The records have changed since the dry run of %(file)s (row %(row)s would now do something else). Nothing was written; check it again."),
        file=held.file_name, row=str(row),
    )  # fmt: skip
