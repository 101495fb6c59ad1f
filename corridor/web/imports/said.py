"""What a page says about an import: its steps, its questions as sentences, its verdicts as rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from corridor.foundations.sheets.steps.returning import fault_text
from corridor.web.ui.days import day_text
from corridor.web.ui.languages import country_name, language_name
from corridor.web.wording import sentence

STATES = {"create": "new", "update": "changed", "unchanged": "same", "refused": "refused"}


@dataclass(frozen=True)
class SaidQuestion:
    """A question for the form: ``label`` and ``evidence_text`` are sentences in the reader's language."""

    code: str
    label: str
    evidence_text: str
    answers: Any
    answer: str


def labels_of(kind: Any) -> dict[str, str]:
    return {column.name: _(column.label) for column in kind.columns}


def told_value(column: Any, written: str) -> str:
    """A value as a reader says it: a choice by its word, a day in the reader's form. ``written`` is how files and machines have it."""
    if column is None:
        # A column that the kind had when the sheet was sent, and has no more.
        return written
    read = column.read
    parts = written.split("; ") if read.is_many else [written]
    return "; ".join(_told(read, part) for part in parts) if written else ""


def _told(read: Any, written: str) -> str:
    if read.labels:
        return str(read.labels.get(written, written))
    match read.told_as:
        case "day":
            try:
                return day_text(date.fromisoformat(written))
            except ValueError:
                return written
        case "country":
            return country_name(written)
        case "language":
            return f"{language_name(written)} ({written})"
        case "yes_no":
            return {"yes": _("Yes"), "no": _("No")}.get(written, written)
        case _:
            return written


def said_preview(reading: Any, kind: Any) -> list[tuple[int, list[tuple[str, str]]]]:
    """The first rows as they will be read, each value as a reader says it."""
    columns = [kind.column(name) for name in reading.read_columns]
    return [
        (number, [(told_value(column, value), fault) for column, (value, fault) in zip(columns, cells, strict=True)])
        for number, cells in reading.preview
    ]


def said_questions(asked: Any, kind: Any) -> list[SaidQuestion]:
    """The questions that wait for the sender or were answered by the sender."""
    labels = labels_of(kind)
    found = []
    for each in asked:
        if not each.by_evidence:
            label = (
                _("%(column)s: %(sentence)s") % {"column": labels[each.column], "sentence": _(each.sentence)}
                if each.column
                else _(each.sentence)
            )
            found.append(
                SaidQuestion(
                    each.code, label, sentence(each.evidence) if each.evidence else "", each.answers, each.answer
                )
            )
    return found


def said_decisions(asked: Any, kind: Any) -> list[tuple[str, str]]:
    """What the file itself decided: (column, sentence)."""
    labels = labels_of(kind)
    found = []
    for each in asked:
        if each.by_evidence:
            answer = next((_(text) for code, text in each.answers if code == each.answer), each.answer)
            found.append(
                (
                    labels.get(each.column, ""),
                    _("%(answer)s. %(evidence)s") % {"answer": answer, "evidence": sentence(each.evidence)},
                )
            )
    return found


def said_problems(problems: Any) -> list[dict[str, Any]]:
    """What is wrong with a package of several files: each with its file, row and column."""
    return [
        {"file": each.file, "row": each.row or "", "column": each.column, "sentence": sentence(each)}
        for each in problems
    ]


def said_verdicts(rows: Any, kind: Any) -> list[dict[str, Any]]:
    """Rows for the table of verdicts."""
    labels, columns = labels_of(kind), {column.name: column for column in kind.columns}
    return [
        {
            "number": row.number, "place": row.place, "verdict": row.verdict, "reference": row.reference,
            "changes": [
                (labels.get(each.column, each.column), *(told_value(columns.get(each.column), said) for said in (each.old, each.new)))
                for each in row.changes
            ],
            "faults": [fault_text(fault, labels) for fault in row.faults],
            "remarks": [fault_text(fault, labels) for fault in row.remarks],
        }
        for row in rows
    ]  # fmt: skip
