"""Deciding how a file is read: its sheet, head and encoding, what is hidden, its columns, and its questions."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..cells.surveys import MOST_QUESTIONS, answers_to
from ..cells.words import folded
from ..importing import ImportKind
from ..intake.delimited import DELIMITERS
from ..intake.encodings import NAMES, find_encoding
from ..intake.opening import Opened, open_file
from ..intake.pass_through import Table, survey
from ..intake.running import running_numbers
from ..intake.sniffing import FileKind, kind_of
from ..intake.tables import Head, Mapped, find_head, head_at, require_width
from ..models import AnsweredBy, Hidden, Import, ImportColumnChoice, ImportQuestion, ImportState, RememberedColumn
from .keeping import file_of
from .moving import NotNow, StillOpen, held_for_change, move, require_kind
from .receiving import remember_columns
from .remembering import evidence_text
from .telling import told_first


@contextmanager
def table_of(held: Import) -> Iterator[Table]:
    """The table of an import as it is to be read now; its file stays open while the block runs."""
    with file_of(held) as path:
        opened = open_file(path, file=held.file_name)
        head = head_at(
            opened,
            held.sheet,
            row=held.header_row,
            depth=held.header_depth,
            encoding=held.encoding,
            delimiter=held.delimiter,
        )
        marks = opened.marks(held.sheet)
        leave = held.hidden == Hidden.LEAVE
        columns = [
            Mapped(
                each.position,
                each.header,
                "" if leave and each.position + 1 in marks.hidden_columns else each.name,
                each.sure,
            )
            for each in held.columns.all()
        ]
        yield Table(
            opened,
            held.sheet,
            head,
            columns,
            marks=marks,
            leave_hidden=leave,
            encoding=held.encoding,
            delimiter=held.delimiter,
        )


@transaction.atomic
def choose_table(
    *, key: object, kind: ImportKind, sheet: str, header_row: int | None, header_depth: int, encoding: str, delimiter: str, hidden: str,
    by: Actor,
) -> Import:  # fmt: skip
    """
    Say where the table is and how it is read. Without a header row it is looked for again; without a word about what is ``hidden``, what was
    said of the same sheet holds.

    :raises BadInput: for a sheet, row or encoding that the file has not.
    """
    require_kind(kind, by=by)
    held = held_for_change(key, by=by)
    _require_unsettled(held, kind)
    with file_of(held) as path:
        opened = open_file(path, file=held.file_name)
        problems = []
        if sheet not in {each.name for each in opened.sheets}:
            problems.append(Problem(N_("The file has no sheet of that name."), column="sheet"))
        if opened.is_text and encoding and encoding not in NAMES:
            problems.append(Problem(N_("There is no such encoding here."), column="encoding"))
        if opened.is_text and delimiter not in DELIMITERS:
            problems.append(Problem(N_("Choose one of the signs."), column="delimiter"))
        if hidden not in Hidden.values:
            problems.append(Problem(N_("There is no such answer."), column="hidden"))
        if hidden == Hidden.LEAVE and opened.is_hidden(sheet):
            said = N_("The sheet “%(sheet)s” is hidden itself: read it, or choose another one.")
            problems.append(Problem(said, {"sheet": sheet}, column="hidden"))
        if problems:
            raise BadInput(problems)
        where = {"encoding": encoding, "delimiter": delimiter} if opened.is_text else {"encoding": "", "delimiter": ""}
        head: Head
        head = (
            find_head(opened, sheet, kind, **where)
            if header_row is None
            else head_at(opened, sheet, row=header_row, depth=header_depth, **where)
        )
        if not any(head.names):
            raise BadInput([Problem(N_("That row is empty; no head of a table stands there."), column="header_row")])
        require_width(opened, head)
        hidden = _about_hidden(held, opened, sheet, head, hidden)
        told = told_first(opened, sheet, head)
        running = running_numbers(opened, sheet, head, **where)
    held.questions.all().delete()
    move(
        held, to=ImportState.RECEIVED, sheet=sheet, header_row=head.row, header_depth=head.depth, hidden=hidden, message="",
        encoding=where["encoding"], delimiter=where["delimiter"], checked_at=None,
        told=told,
    )  # fmt: skip
    remember_columns(held, head, kind, running=running)
    return held


def _about_hidden(held: Import, opened: Opened, sheet: str, head: Head, said: str) -> str:
    """What becomes of what that table hides: as it is said now, as it was said of the same sheet, or not decided."""
    if not opened.hides(sheet, head_row=head.row):
        return Hidden.READ
    is_asked_before = sheet == held.sheet and opened.hides(sheet, head_row=held.header_row)
    return said or (held.hidden if is_asked_before else Hidden.UNASKED)


@transaction.atomic
def map_import_columns(*, key: object, kind: ImportKind, names: Mapping[int, str], by: Actor) -> Import:
    """
    Say which column of the file is which: ``names`` by position, "" for a column that is left out. It is remembered for this sender.

    :raises BadInput: if a column is named twice, or one that is needed by nobody.
    """
    require_kind(kind, by=by)
    held = held_for_change(key, by=by)
    _require_unsettled(held, kind)
    known = {column.name for column in kind.columns}
    chosen = [name for name in names.values() if name]
    problems = [
        Problem(N_("There is no column “%(name)s” in this sheet."), {"name": name})
        for name in chosen
        if name not in known
    ]
    problems += [
        Problem(N_("Two columns of the file are taken for “%(name)s”; leave one out."), {"name": name}, column=name)
        for name in sorted(known) if chosen.count(name) > 1
    ]  # fmt: skip
    problems += [
        Problem(N_("No column of the file is taken for “%(name)s”, which is needed."), {"name": column.name}, column=column.name)
        for column in kind.columns if column.required and column.name not in chosen
    ]  # fmt: skip
    if problems:
        raise BadInput(problems)
    rows = list(held.columns.all())
    held.columns.update(name="")
    for row in rows:
        row.name, row.sure = names.get(row.position, ""), 100
        row.save(update_fields=["name", "sure"])
    RememberedColumn.objects.bulk_create(
        [RememberedColumn(sent_by=held.sent_by, kind=kind.name, header=header, name=row.name) for header, row in _once(rows).items()],
        update_conflicts=True, unique_fields=["sent_by", "kind", "header"], update_fields=["name"],
    )  # fmt: skip
    held.questions.all().delete()
    move(held, to=ImportState.RECEIVED, message="", checked_at=None)
    return held


def _require_unsettled(held: Import, kind: ImportKind) -> None:
    if kind.is_settled:
        raise NotNow(N_("%(file)s says itself how it is read; nothing about that is chosen."), file=held.file_name)


def _once(rows: list[ImportColumnChoice]) -> dict[str, ImportColumnChoice]:
    """By their headers as they are remembered. Of two columns with the same one, that which is read."""
    return {folded(row.header)[:300]: row for row in sorted(rows, key=lambda row: bool(row.name))}


@transaction.atomic
def ask_questions(*, key: object, kind: ImportKind, by: Actor, at: datetime) -> list[ImportQuestion]:  # noqa: ARG001
    """
    Look at the whole file once and write down what it shows and what it leaves open, at most five questions. Earlier answers stay.

    :raises StillOpen: if the encoding or what is hidden is not decided yet. :raises BadInput: if a needed column is missing.
    """
    require_kind(kind, by=by)
    held = held_for_change(key, by=by)
    require_decided(held, kind)
    with table_of(held) as table:
        found = survey(table, kind)
    before = dict(
        held.questions.exclude(answered_by=AnsweredBy.EVIDENCE).exclude(answer="").values_list("code", "answer")
    )
    held.questions.exclude(code__in=[choice.code for choice in kind.choices]).delete()
    rows = [
        ImportQuestion(of=held, code=code, answer=answer, answered_by=AnsweredBy.EVIDENCE, evidence=evidence_text(said))
        for code, answer, said in found.decided
    ]
    rows += [
        ImportQuestion(
            of=held, code=each.code, evidence=evidence_text(each.evidence), answer=before.get(each.code, ""),
            answered_by=AnsweredBy.SENDER if each.code in before else "",
        )
        for each in found.questions[:MOST_QUESTIONS]
    ]  # fmt: skip
    ImportQuestion.objects.bulk_create(rows)
    held.rows = found.rows
    held.save(update_fields=["rows"])
    return [row for row in rows if not row.answer]


def require_decided(held: Import, kind: ImportKind) -> None:
    """:raises StillOpen: naming what is not decided."""
    with file_of(held) as path:
        is_text = kind_of(path, file=held.file_name) == FileKind.TEXT
        if is_text and not held.encoding:
            guesses = find_encoding(path.read_bytes()).guesses
            raise StillOpen(
                N_("More than one encoding is plausible for %(file)s: %(encodings)s. Say which one it is."),
                file=held.file_name, encodings=", ".join(guess.encoding for guess in guesses),
            )  # fmt: skip
    if held.hidden == Hidden.UNASKED:
        raise StillOpen(
            N_("%(file)s hides rows, columns or the sheet itself; say whether they are read."), file=held.file_name
        )
    mapped = {column.name for column in held.columns.all() if column.name}
    missing = [column.name for column in kind.columns if column.required and column.name not in mapped]
    if missing or not mapped:
        raise StillOpen(
            N_("These columns are needed and not found in the file: %(columns)s."), columns=", ".join(missing)
        )


@transaction.atomic
def answer_questions(*, key: object, kind: ImportKind, answers: Mapping[str, str], by: Actor) -> Import:
    """
    Answer what the file leaves open. An answer can be changed until the import is written.

    :raises BadInput: for an answer that is none of the question's.
    """
    require_kind(kind, by=by)
    held = held_for_change(key, by=by)
    choices = {choice.code: {code for code, _sentence in choice.all_answers()} for choice in kind.choices}
    choices |= {code: answers_to(code) for code in held.questions.values_list("code", flat=True) if code not in choices}
    problems = []
    for code, answer in answers.items():
        if code not in choices:
            said = N_("The file raises no question “%(code)s”. Questions: %(questions)s.")
            problems.append(Problem(said, {"code": code[:80], "questions": ", ".join(choices)}, column=code))
        elif answer and answer not in choices[code]:
            said = N_("“%(answer)s” is no answer to “%(code)s”. Answers: %(answers)s.")
            places: dict[str, object] = {"answer": answer[:40], "code": code, "answers": shortened(choices[code])}
            problems.append(Problem(said, places, column=code))
    if problems:
        raise BadInput(problems)
    for code, answer in answers.items():
        held.questions.update_or_create(
            code=code, defaults={"answer": answer, "answered_by": AnsweredBy.SENDER if answer else ""}
        )
    move(held, to=ImportState.RECEIVED, message="", checked_at=None)
    return held


def shortened(answers: Collection[str]) -> str:
    """Of a long list, like that of all countries, the beginning shows what is meant."""
    shown = sorted(answers)
    return ", ".join(shown) if len(shown) < 12 else f"{', '.join(shown[:6])} …"


def answers_of(held: Import) -> dict[str, str]:
    """Every answer, the sender's and the evidence's."""
    return {each.code: each.answer for each in held.questions.all() if each.answer}
