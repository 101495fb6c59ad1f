"""What the doors show of an import: the list, how the file is read, its questions, and its verdicts page by page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import QuerySet
from openpyxl.utils import get_column_letter

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound, Problem
from corridor.kernel.wording import N_

from ..cells.cleaning import cleaned, is_blank
from ..cells.surveys import CALENDARS, FONTS, MOST_QUESTIONS, ORDERS, SEPARATORS
from ..columns import Cell
from ..importing import Fault, Given, ImportKind, Shift, written
from ..intake.encodings import Guess
from ..intake.opening import SheetAbout
from ..intake.pass_through import read_rows
from ..models import Hidden, Import, ImportRow
from .moving import own_imports
from .preparing import answers_of, table_of
from .remembering import evidence_of, parts_of
from .telling import merged_in

SHOWN_ROWS = 6
_SENTENCES = {
    "dates": (N_("Which comes first, the day or the month?"), ORDERS),
    "calendar": (N_("Are the years above 2400 of the Buddhist calendar?"), CALENDARS),
    "numbers": (N_("Which sign stands before the fraction of a number?"), SEPARATORS),
    "zawgyi": (N_("Is the Burmese text in Zawgyi?"), FONTS),
    "country": (N_("Of which country are telephone numbers that name none?"), ()),
}


@dataclass(frozen=True)
class Reading:
    """How a file is read now, and what the sender is told about it."""

    sheets: Sequence[SheetAbout]
    encodings: Sequence[Guess]
    is_text: bool
    notices: Sequence[Problem]
    is_hidden: bool
    hidden_rows: Sequence[int]
    hidden_columns: Sequence[str]
    is_filtered: bool
    top: Sequence[tuple[int, Sequence[str]]]
    names: Sequence[str]
    # The first rows as they will be read: the number, and by column a value or the fault that stands in its place.
    preview: Sequence[tuple[int, Sequence[tuple[str, str]]]] = field(default_factory=tuple)
    read_columns: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class Asked:
    """A question as a page asks it."""

    code: str
    column: str
    sentence: str
    evidence: Problem | None
    answers: Sequence[tuple[str, str]]
    answer: str
    by_evidence: bool


@dataclass(frozen=True)
class VerdictRow:
    """``place`` is where the row stands in a package of several files; empty: its number says it."""

    number: int
    verdict: str
    reference: str
    changes: Sequence[Shift]
    faults: Sequence[Fault]
    remarks: Sequence[Fault]
    place: str = ""


def list_imports(*, by: Actor, limit: int = 50) -> QuerySet[Import]:
    """One's own imports, the latest first: a file may hold personal data, so nobody sees another's."""
    return own_imports(by)[:limit]


def get_import(*, key: object, by: Actor) -> Import:
    """:raises NotFound: if there is no such import of the actor's own."""
    found = own_imports(by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such import of yours."))
    return found


def see_import(*, key: object, by: Actor) -> Import:
    """One's own, or one that was opened with a reason, for reading alone. :raises NotFound: if there is no such import."""
    opened = Import.objects.filter(pk__in=by.ids_with(Permission.IMPORT_VIEW, "import"))
    found = (own_imports(by) | opened).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such import of yours."))
    return found


def look_at(*, held: Import, kind: ImportKind, by: Actor) -> Reading:  # noqa: ARG001 (``held`` is the actor's own)
    """:raises NotFound: if the file was forgotten. :raises BadInput: if it cannot be read in this way."""
    with table_of(held) as table:
        opened, marks = table.opened, table.marks
        where = {"encoding": table.encoding, "delimiter": table.delimiter}
        top = [
            (number, _shown(cells))
            for number, cells in islice(opened.rows(table.sheet, **where), max(8, table.head.row + 3))
        ]
        width = max((len(cells) for _number, cells in top), default=0)
        top = [(number, cells + [""] * (width - len(cells))) for number, cells in top]
        columns = [mapped.name for mapped in table.used()]
        preview = []
        for row in islice(read_rows(table, kind, answers=answers_of(held)), SHOWN_ROWS):
            given = row if isinstance(row, Given) else row.given
            faults = {} if isinstance(row, Given) else {fault.column: fault.value for fault in row.faults}
            preview.append(
                (
                    given.number,
                    [
                        (written(given.values.get(name)), faults.get(name, "") if name in faults else "")
                        for name in columns
                    ],
                )
            )
        beneath = table.head.row + table.head.depth
        return Reading(
            sheets=opened.sheets, encodings=opened.encodings.guesses if opened.encodings else (), is_text=opened.is_text,
            notices=[*opened.notices_about(table.sheet), *merged_in(marks, beneath)], is_hidden=opened.is_hidden(table.sheet),
            hidden_rows=sorted(row for row in marks.hidden_rows if row >= table.head.row),
            hidden_columns=[get_column_letter(column) for column in sorted(marks.hidden_columns)], is_filtered=marks.is_filtered,
            top=top, names=table.head.names,
            preview=preview, read_columns=columns,
        )  # fmt: skip


def _shown(cells: Sequence[Cell]) -> list[str]:
    shown = [cleaned(cell)[:60] for cell in cells[:14]]
    while shown and is_blank(shown[-1]):
        shown.pop()
    return shown


def questions_of(*, held: Import, kind: ImportKind, by: Actor) -> list[Asked]:  # noqa: ARG001
    """Every question of the import: those of the file, and those of its kind that refused a row."""
    choices = {choice.code: choice for choice in kind.choices}
    rows = {row.code: row for row in held.questions.all()}
    found = []
    for row in rows.values():
        if row.code not in choices:
            name, _point, column = row.code.partition(".")
            sentence, answers = _SENTENCES[name]
            found.append(
                Asked(
                    row.code,
                    column,
                    sentence,
                    evidence_of(row.evidence),
                    answers,
                    row.answer,
                    row.answered_by == "evidence",
                )
            )
    for choice in kind.choices:
        waiting = held.verdicts.filter(said__contains=f'"{choice.code}"')
        count = (waiting if choice.is_told else waiting.filter(verdict="refused")).count()
        # At most five in all: the evidence of the file comes first, and what is not asked stays refused, row by row.
        has_room = sum(not each.by_evidence for each in found) < MOST_QUESTIONS
        if choice.code in rows or (count and has_room):
            said = Problem(N_("Rows that wait for this answer: %(count)s."), {"count": count}) if count else None
            answer = rows[choice.code].answer if choice.code in rows else choice.answers[0][0]
            found.append(Asked(choice.code, "", choice.sentence, said, choice.all_answers(), answer, False))
    return found


def list_verdicts(*, held: Import, by: Actor, verdict: str = "", after: int = 0, limit: int = 50) -> list[VerdictRow]:  # noqa: ARG001
    """The verdicts by row, a page at a time: ``after`` is the number of the last row of the page before."""
    rows: QuerySet[ImportRow] = held.verdicts.filter(number__gt=after)
    if verdict:
        rows = rows.filter(verdict=verdict)
    return [VerdictRow(row.number, row.verdict, row.reference, *parts_of(row.said), row.place) for row in rows[:limit]]


def trouble_of(held: Import) -> Problem | None:
    """What went wrong last, if the import waits because of it."""
    return evidence_of(held.message)


def may_be_read(held: Import) -> bool:
    return bool(held.stored_as) and held.hidden != Hidden.UNASKED
