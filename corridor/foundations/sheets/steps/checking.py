"""The dry run: a verdict for every row, written down with the import and nowhere else."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import batched

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.inserting import insert_rows
from corridor.kernel.wording import N_

from ..cells.surveys import answers_to
from ..importing import AT_ONCE, Given, ImportKind, Planned, Verdict
from ..intake.pass_through import Table, read_rows
from ..models import Import, ImportRow, ImportState
from .again import made_before, recognised
from .moving import StillOpen, held_for_change, move, require_kind
from .preparing import answers_of, require_decided, shortened, table_of
from .remembering import said_by
from .telling import told_after

ROW = ("of", "number", "verdict", "subject", "reference", "place", "said")
Advance = Callable[[int], None]


def _nobody(_done: int) -> None:
    return None


@transaction.atomic
def begin_check(*, key: object, kind: ImportKind, by: Actor) -> Import:
    """
    Say that the dry run begins. The work itself is ``check``.

    :raises StillOpen: if something about the file is not decided, or a question has no answer.
    """
    require_kind(kind, by=by)
    held = held_for_change(key, by=by)
    require_decided(held, kind)
    codes = {choice.code for choice in kind.choices}
    if waiting := held.questions.filter(answer="").exclude(code__in=codes).values_list("code", flat=True):
        raise StillOpen(
            N_("A question about %(file)s has no answer yet: %(questions)s."),
            file=held.file_name, questions="; ".join(f"{code} ({shortened(answers_to(code))})" for code in waiting),
        )  # fmt: skip
    if not held.rows:
        raise StillOpen(
            N_("No row stands below the head of %(file)s (row %(row)s): there is nothing to read."),
            file=held.file_name, row=str(held.header_row + held.header_depth - 1),
        )  # fmt: skip
    move(held, to=ImportState.CHECKING, message="", checked_at=None)
    return held


def check(*, held: Import, kind: ImportKind, at: datetime, by: Actor, advance: Advance = _nobody) -> Import:
    """
    Read every row, ask the kind what it would do, keep the verdicts. Done again from the start it gives the same: a worker that died leaves
    verdicts that the next one takes away first. ``advance`` is told the rows done, inside the transaction of each set.
    """
    require_kind(kind, by=by)
    ImportRow.objects.filter(of=held).delete()
    counts = dict.fromkeys(Verdict, 0)
    done = 0
    with table_of(held) as table:
        before = made_before(held, kind)
        for planned in plans(table, kind, answers=answers_of(held), before=before, at=at, by=by):
            with transaction.atomic():
                insert_rows(ImportRow, ROW, [_row(held, each, kind) for each in planned])
                for each in planned:
                    counts[each.verdict] += 1
                done += len(planned)
                advance(done)
        told = told_after(held, table)
    with transaction.atomic():
        again = Import.objects.select_for_update(no_key=True).get(pk=held.pk)
        move(
            again, to=ImportState.CHECKED, rows=done, created=counts[Verdict.CREATE], updated=counts[Verdict.UPDATE],
            unchanged=counts[Verdict.UNCHANGED], refused=counts[Verdict.REFUSED], checked_at=at, told=told, message="",
        )  # fmt: skip
    return again


def plans(
    table: Table, kind: ImportKind, *, answers: dict[str, str], before: Mapping[int, str], at: datetime, by: Actor
) -> Iterator[list[Planned]]:
    """
    The verdicts about all rows of a table, a set at a time, in the order of the file. ``before`` are the references that its rows were given
    when the same file was written.
    """
    column = kind.reference_column
    seen: dict[object, object] = {}
    for chunk in batched(read_rows(table, kind, answers=answers), AT_ONCE):
        readable = [row for row in chunk if isinstance(row, Given)]
        if before:
            readable = [recognised(row, before, column) for row in readable]
        decided = iter(kind.plan(readable, by=by, at=at, answers=answers, seen=seen))
        yield [next(decided) if isinstance(row, Given) else row for row in chunk]


def _row(held: Import, planned: Planned, kind: ImportKind) -> tuple[object, ...]:
    return (
        held.pk, planned.given.number, planned.verdict.value, planned.subject, planned.reference[:80],
        kind.place_of(planned.given)[:80], said_by(planned),
    )  # fmt: skip
