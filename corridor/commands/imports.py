"""``./run import KIND FILE``: bring a sheet in; ``./run export KIND``: write one out. The same verdicts as the page gives."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.intake.sniffing import refuse_large
from corridor.foundations.sheets.steps.looking import VerdictRow, list_verdicts
from corridor.foundations.sheets.steps.returning import fault_text
from corridor.foundations.sheets.steps.telling import notices_of, row_notices_of
from corridor.foundations.vocabularies.sentences import sentence
from corridor.journeys.import_sheets import KINDS, import_file, kind_named, write_import
from corridor.journeys.take_sheet import take_sheet
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.people.rights_words import Occasion

from .leaving import add_words, destination_of

MOST_LINES = 40


def add(verbs: Any) -> None:
    parser = verbs.add_parser(
        "import",
        help="bring a sheet in (CSV, XLSX, ODS; a package of OneRoster as ZIP)",
        description="Read a sheet, say for every row what it would do, and write all of it or nothing. Ends with 1 if a row is refused.",
    )
    parser.add_argument("kind", choices=sorted(KINDS), metavar="KIND", help=f"one of: {', '.join(sorted(KINDS))}")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--map", type=Path, metavar="FILE", help="JSON: which header of the file is which column")
    parser.add_argument(
        "--answer", action="append", default=[], metavar="QUESTION=ANSWER",
        help="an answer to a question of the file, like dates.born_on=dmy, calendar.born_on=yes, unknown=create, hidden=leave, encoding=gb18030",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="say what every row would do and write nothing")
    parser.add_argument("--json", action="store_true", help="answer as JSON, with every row")
    parser.set_defaults(run=run)
    out = verbs.add_parser(
        "export", help="write all records of a kind as a sheet that can be edited and imported again"
    )
    out.add_argument("kind", choices=sorted(KINDS), metavar="KIND")
    out.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="a new file; its ending says which form: .xlsx or .csv, for oneroster .zip",
    )
    out.add_argument(
        "--only", action="append", default=[], metavar="NAME=VALUE",
        help="narrow it as the list of the same records is narrowed, like country=LA or cohort=COH-2024-001",
    )  # fmt: skip
    add_words(out, otherwise="the country of the alliance's home, where this machine is taken to stand")
    out.set_defaults(run=run_export)


def run(arguments: argparse.Namespace) -> int:
    by = NIGHTLY
    kind = kind_named(name=arguments.kind, by=by)
    answers = dict(_pair(text) for text in arguments.answer)
    held = import_file(
        kind=arguments.kind, file_name=arguments.file.name, content=_read(arguments.file), language="en", answers=answers,
        columns=_columns(arguments.map), at=clock.now(), by=by,
    )  # fmt: skip
    verdicts = _all_verdicts(held, by)
    notices = [] if kind.is_settled else [sentence(each) for each in (*notices_of(held), *row_notices_of(held))]
    if not arguments.dry_run and not held.refused:
        held = write_import(held=held, at=clock.now(), by=by, wait=True)
    labels = {column.name: column.name for column in kind.columns}
    counts = {
        "rows": held.rows,
        "create": held.created,
        "update": held.updated,
        "unchanged": held.unchanged,
        "refused": held.refused,
    }
    if arguments.json:
        rows = [_row(each, labels) for each in verdicts]
        print(
            json.dumps(
                {"state": held.state, **counts, "notices": notices, "verdicts": rows}, ensure_ascii=False, indent=1
            )
        )
    else:
        for notice in notices:
            print(notice)
        _print(held, verdicts, labels, counts)
    return 1 if held.refused else 0


def run_export(arguments: argparse.Namespace) -> int:
    by = NIGHTLY
    form = arguments.file.suffix.lower().lstrip(".")
    forms = kind_named(name=arguments.kind, by=by).forms
    if form not in forms or arguments.file.exists():
        message = N_("Name a new file that ends in one of: %(endings)s.")
        endings = ", ".join(f".{each}" for each in forms)
        raise BadInput([Problem(message, {"endings": endings}, file=arguments.file.name)])
    taken = take_sheet(
        kind=arguments.kind, form=form, language="en", narrowed=dict(_pair(text) for text in arguments.only),
        destination=destination_of(arguments), occasion=Occasion.EXPORT, on=clock.today(), at=clock.now(), by=by,
    )  # fmt: skip
    arguments.file.write_bytes(taken.content)
    print(f"{arguments.kind} written to {arguments.file}.")
    for each, crossing in zip(taken.transfers, taken.crossings, strict=True):
        print(
            f"{each.reference}: data of {crossing.persons} persons left {crossing.from_country} for {taken.to_country}."
        )
    return 0


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise BadInput([Problem(N_("There is no such file."), file=str(path))])
    refuse_large(path.stat().st_size, file=path.name)
    return path.read_bytes()


def _columns(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        said = json.loads(_read(path))
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise BadInput([Problem(N_('This is no JSON of the form {"header": "column"}.'), file=path.name)])
    return {str(header): str(name) for header, name in said.items()}


def _pair(text: str) -> tuple[str, str]:
    code, _sign, answer = text.partition("=")
    return code, answer


def _all_verdicts(held: Any, by: Any) -> list[VerdictRow]:
    found: list[VerdictRow] = []
    while part := list_verdicts(held=held, by=by, after=found[-1].number if found else 0, limit=5_000):
        found += part
    return found


def _row(each: VerdictRow, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "row": each.number, "place": each.place, "verdict": each.verdict, "reference": each.reference,
        "changes": [{"column": shift.column, "old": shift.old, "new": shift.new} for shift in each.changes],
        "problems": [
            {"column": fault.column, "value": fault.value, "rule": fault.rule, "message": fault_text(fault, labels)} for fault in each.faults
        ],
        "remarks": [fault_text(fault, labels) for fault in each.remarks],
    }  # fmt: skip


def _print(held: Any, verdicts: list[VerdictRow], labels: dict[str, str], counts: dict[str, int]) -> None:
    refused = [each for each in verdicts if each.verdict == "refused"]
    for each in refused[:MOST_LINES]:
        for fault in each.faults:
            print(f"  {each.place or f'row {each.number}'}, {fault_text(fault, labels)}", file=sys.stderr)
    if len(refused) > MOST_LINES:
        print(f"  and {len(refused) - MOST_LINES} more rows like these.", file=sys.stderr)
    for each in [row for row in verdicts if row.verdict == "update"][:MOST_LINES]:
        print(
            f"  {each.reference}: "
            + "; ".join(f"{shift.column} “{shift.old}” → “{shift.new}”" for shift in each.changes)
        )
    told = [row for row in verdicts if row.place and row.remarks]
    for each in told[:MOST_LINES]:
        print(f"  {each.place}: " + " ".join(fault_text(said, labels) for said in each.remarks))
    if len(told) > MOST_LINES:
        print(f"  and {len(told) - MOST_LINES} more like these.")
    print(", ".join(f"{count:,} {name}" for name, count in counts.items()) + ".")
    print(gettext("Written.") if held.state == "applied" else gettext("Nothing was written."))
