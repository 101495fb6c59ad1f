"""Taking an import back for a day, if nothing was built on it; withdrawing one; and forgetting the files of old ones."""

from datetime import datetime
from itertools import batched

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.kernel.wording import N_

from ..importing import AT_ONCE, Done, ImportKind, Verdict
from ..models import KEPT_FOR, UNDO_FOR, Import, ImportQuestion, ImportRow, ImportState, ImportTurn
from .keeping import forget_file
from .moving import NotNow, TooLate, held_for_change, move, require_kind
from .remembering import parts_of


@transaction.atomic
def undo_import(*, key: object, kind: ImportKind, at: datetime, by: Actor) -> Import:
    """
    Remove what was created and put back what was changed; all of it or nothing.

    :raises TooLate: after a day. :raises BuiltOn: if something stands on it, naming what. :raises NotNow: if it was not written.
    """
    require_kind(kind, by=by)
    held = held_for_change(key, by=by)
    if held.state != ImportState.APPLIED or held.applied_at is None:
        raise NotNow(N_("The import of %(file)s has not been written."), file=held.file_name)
    if at > held.applied_at + UNDO_FOR:
        raise TooLate(
            N_("An import can be taken back for a day; this one was written on %(day)s."), day=held.applied_at
        )
    ImportTurn.objects.select_for_update(no_key=True).get_or_create(kind=kind.name)
    rows = ImportRow.objects.filter(of=held, verdict__in=[Verdict.CREATE, Verdict.UPDATE]).order_by("-number")
    count = 0
    for chunk in batched(rows.iterator(chunk_size=AT_ONCE), AT_ONCE):
        done = [
            Done(row.number, Verdict(row.verdict), row.subject, row.reference, parts_of(row.said)[0])
            for row in chunk if row.subject is not None
        ]  # fmt: skip
        kind.undo(done, by=by, at=at)
        count += len(done)
    log.record("sheets.undone", by=by, subject=held, count=count)
    move(held, to=ImportState.UNDONE, undone_at=at)
    return held


@transaction.atomic
def withdraw_import(*, key: object, by: Actor) -> Import:
    """Give an import up before it is written. Its file and its verdicts go at once."""
    held = held_for_change(key, by=by)
    move(held, to=ImportState.WITHDRAWN)
    forget_files([held])
    return held


def forget_imports(*, at: datetime) -> int:
    """Remove the files and verdicts of imports that were sent a week ago, written or not: they hold personal data. Returns how many."""
    old = list(Import.objects.filter(sent_at__lt=at - KEPT_FOR).exclude(stored_as="")[:AT_ONCE])
    forget_files(old)
    return len(old)


@transaction.atomic
def forget_files(imports: list[Import]) -> None:
    """Let go of everything in these imports that may be a cell: the bytes, the verdicts, the evidence of the questions, the last trouble."""
    keys = [held.pk for held in imports]
    ImportRow.objects.filter(of__in=keys).delete()
    ImportQuestion.objects.filter(of__in=keys).exclude(evidence="").update(evidence="")
    for held in imports:
        name = Import(stored_as=held.stored_as)
        transaction.on_commit(lambda name=name: forget_file(name))  # type: ignore[misc]
    Import.objects.filter(pk__in=keys).update(stored_as="", message="")
