"""Sheets in and out for machines: send a file, read what each row would do, have it written, take all records as a sheet."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from corridor.foundations import clock
from corridor.foundations.sheets.steps.looking import (
    VerdictRow,
    get_import,
    list_verdicts,
    questions_of,
    trouble_of,
)
from corridor.foundations.sheets.steps.moving import StillOpen
from corridor.foundations.sheets.steps.receiving import receive_import
from corridor.foundations.sheets.steps.returning import fault_text
from corridor.foundations.sheets.steps.telling import notices_of, row_notices_of
from corridor.foundations.vocabularies.sentences import sentence
from corridor.journeys.import_sheets import decide_and_check, kind_named, write_import
from corridor.journeys.take_sheet import Destination, take_sheet
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.people.rights_words import Occasion, TransferBasis

from .asking import MOST, Limit, Reference, Words
from .tokens import PRIVATE

TAG = "imports"
# What says where a sheet goes and in which form; everything else narrows it.
NOT_NARROWING = frozenset({"form", "to", "basis", "over_because"})
router = Router(auth=PRIVATE)
Pair = Annotated[Words, Field(max_length=400)]


class ImportIn(Schema):
    """``answer`` and ``column`` may stand several times. Without ``dry_run=false`` nothing is written."""

    kind: Reference
    dry_run: bool = True
    answer: list[Pair] = Field(
        [], max_length=50, description="QUESTION=ANSWER, as in dates.born_on=dmy or hidden=leave"
    )
    column: list[Pair] = Field([], max_length=100, description="HEADER=COLUMN: what a column of the file is taken for")


class ShiftOut(Schema):
    column: str
    old: str
    new: str


class FaultOut(Schema):
    column: str
    value: str
    rule: str
    message: str


class VerdictOut(Schema):
    """
    ``row`` is the number in the file; of a package of OneRoster ``place`` says where the record stands (``users.csv:3``). ``remarks`` say what
    was mended in reading, and what is left aside.
    """

    row: int
    place: str
    verdict: str
    reference: str
    changes: list[ShiftOut]
    problems: list[FaultOut]
    remarks: list[str]


class QuestionOut(Schema):
    code: str
    sentence: str
    evidence: str
    answers: list[str]
    answer: str


class ImportOut(Schema):
    """
    ``notices`` say how the file was read and what of it was not: the sheet, the letters, columns that are left out, notes, hidden rows, macros.
    ``state`` is ``received`` while a question is open, ``checked`` after the dry run, ``applying`` and then ``applied`` when it is written.
    The verdicts are those after ``after``, in the order of the file; send ``next`` as ``after``.
    """

    id: UUID
    kind: str
    file_name: str
    state: str
    rows: int
    create: int
    update: int
    unchanged: int
    refused: int
    sent_at: datetime
    checked_at: datetime | None
    applied_at: datetime | None
    message: str
    sheet: str
    encoding: str
    header_row: int
    notices: list[str]
    questions: list[QuestionOut]
    verdicts: list[VerdictOut]
    next: int | None


@router.post("/imports", response={201: ImportOut})
def send_import(request: HttpRequest, given: Form[ImportIn], file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """
    Make the dry run of a sheet. With ``dry_run=false`` it is written by the queue afterwards if no row is refused: all rows or none.

    Where something is left that only a person can decide, the import stays ``received`` and names its questions: send the file again with answers.
    """
    by, at = request.auth, clock.now()
    answers, columns = _pairs(given.answer), _pairs(given.column)
    held = receive_import(
        kind=kind_named(name=given.kind, by=by), file_name=file.name or "", content=file.read(), language=get_language() or "en",
        at=at, by=by,
    )  # fmt: skip
    try:
        held = decide_and_check(held=held, answers=answers, columns=columns, at=at, by=by)
    except StillOpen as still:
        return Status(201, _drawn(get_import(key=held.pk, by=by), by, message=sentence(still)))
    if not given.dry_run and not held.refused:
        held = write_import(held=held, at=at, by=by)
    return Status(201, _drawn(held, by))


@router.get("/imports/{key}", response=ImportOut)
def show_import(
    request: HttpRequest,
    key: UUID,
    verdict: Literal["", "create", "update", "unchanged", "refused"] = "",
    after: Annotated[int, Query(ge=0, le=99_999_999)] = 0,
    limit: Limit = MOST,
) -> dict[str, Any]:
    """An import of one's own, and the verdicts of its rows."""
    return _drawn(get_import(key=key, by=request.auth), request.auth, verdict=verdict, after=after, limit=limit)


@router.get("/exports/{kind}")
def export_sheet(
    request: HttpRequest,
    kind: Reference,
    form: Literal["xlsx", "csv", "zip"] = "xlsx",
    to: Annotated[
        str, Query(pattern=r"^([A-Z]{2})?$", description="The country it goes to; else where the office is")
    ] = "",
    basis: Annotated[
        TransferBasis, Query(description="The ground in law, where data cross a border")
    ] = TransferBasis.CONTRACT,
    over_because: Annotated[Words, Query(description="Why it leaves over a threshold")] = "",
) -> HttpResponse:
    """
    The records of a kind that the account may see, as a sheet that can be edited and sent again. Further parameters narrow it as the list
    of the same records is narrowed in its address: ``country=LA``, ``cohort=COH-2024-001``. ``oneroster`` is a package (``form=zip``).

    Persons whose data leave their country with it are written into the ledger of transfers; ``Corridor-Transfers`` names what was written.
    """
    taken = take_sheet(
        kind=kind, form=form, language=get_language() or "en",
        narrowed={given: value for given, value in request.GET.items() if given not in NOT_NARROWING},
        destination=Destination(to, basis, over_because), occasion=Occasion.API, on=clock.today(), at=clock.now(), by=request.auth,
    )  # fmt: skip
    response = HttpResponse(taken.content, content_type=taken.media_type)
    response["Content-Disposition"] = content_disposition_header(True, taken.name)  # type: ignore[assignment]
    response["Cache-Control"] = "private, no-store"
    if taken.transfers:
        response["Corridor-Transfers"] = ", ".join(each.reference for each in taken.transfers)
    return response


def _drawn(
    held: Any, by: Any, *, message: str = "", verdict: str = "", after: int = 0, limit: int = MOST
) -> dict[str, Any]:
    kind = kind_named(name=held.kind, by=by)
    labels = {column.name: column.name for column in kind.columns}
    rows = list_verdicts(held=held, by=by, verdict=verdict, after=after, limit=limit + 1)
    trouble = trouble_of(held)
    return {
        "id": held.pk, "kind": held.kind, "file_name": held.file_name, "state": held.state, "rows": held.rows, "create": held.created,
        "update": held.updated, "unchanged": held.unchanged, "refused": held.refused, "sent_at": held.sent_at,
        "checked_at": held.checked_at, "applied_at": held.applied_at, "sheet": held.sheet, "encoding": held.encoding, "header_row": held.header_row,
        "notices": [] if kind.is_settled else [sentence(each) for each in (*notices_of(held), *row_notices_of(held))],
        "message": message or (sentence(trouble) if trouble else ""),
        "questions": [
            {
                "code": each.code, "sentence": gettext(each.sentence), "evidence": sentence(each.evidence) if each.evidence else "",
                "answers": [code for code, _text in each.answers], "answer": each.answer,
            }
            for each in questions_of(held=held, kind=kind, by=by)
            if not each.by_evidence
        ],
        "verdicts": [_verdict(row, labels) for row in rows[:limit]],
        "next": rows[limit - 1].number if len(rows) > limit else None,
    }  # fmt: skip


def _verdict(row: VerdictRow, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "row": row.number, "place": row.place, "verdict": row.verdict, "reference": row.reference,
        "changes": [{"column": each.column, "old": each.old, "new": each.new} for each in row.changes],
        "problems": [
            {"column": each.column, "value": each.value, "rule": each.rule, "message": fault_text(each, labels)} for each in row.faults
        ],
        "remarks": [fault_text(each, labels) for each in row.remarks],
    }  # fmt: skip


def _pairs(given: list[str]) -> dict[str, str]:
    found = {}
    for text in given:
        name, sign, value = text.rpartition("=")
        if not sign or not name.strip():
            raise BadInput([Problem(N_("Write NAME=VALUE, not “%(text)s”."), {"text": text})])
        found[name.strip()] = value.strip()
    return found
