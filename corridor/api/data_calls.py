"""Data calls: what the alliance asks a member, what the records give, and the member's answers."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from corridor.foundations import clock
from corridor.journeys.answer_data_call import Sheet, answer_data_call, open_sheet
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members import queries
from corridor.rooms.members.call_drafts import AnswerDraft

from .asking import LongText, Reference, Words
from .etags import require_version, tagged
from .parts import Texts, texts
from .tokens import PRIVATE

TAG = "data calls"
router = Router(auth=PRIVATE)


class CallOut(Schema):
    """``due_on`` is the last day on which an answer is in time, where the alliance is at home."""

    reference: str
    titles: Texts
    due_on: date
    status: str


class LineOut(Schema):
    """A question, what was answered (a number, a day or a code as text), and what the records give for the member, where they know it."""

    position: int
    kind: str
    need: str
    texts: Texts
    unit: str
    choices: list[str]
    value: str
    reason: str
    counted: int | None


class AnswersOut(Schema):
    """``submitted_at`` is of the latest that was sent; ``is_draft`` says that what stands here is not sent yet."""

    call: CallOut
    member: str
    lines: list[LineOut]
    is_draft: bool
    answered_at: datetime | None
    submitted_at: datetime | None


class AnswerIn(Schema):
    position: int = Field(ge=1, le=999)
    value: LongText = Field("", max_length=2000)
    reason: Words = Field("", max_length=200, description="Why it is another number than the records give")


class AnswersIn(Schema):
    """Questions that are not named keep what was said. Documents are sent on the page."""

    answers: list[AnswerIn] = Field(max_length=200)
    submit: bool = False


@router.get("/data-calls", response=list[CallOut])
def list_data_calls(request: HttpRequest) -> list[CallOut]:
    """Those that ask a member for which the account answers; all of them for those who oversee the alliance."""
    return [_call(each) for each in queries.list_calls(by=request.auth)]


@router.get("/data-calls/{reference}/answers/{member}", response=AnswersOut)
def get_answers(request: HttpRequest, response: HttpResponse, reference: Reference, member: Reference) -> AnswersOut:
    return tagged(_answers(open_sheet(call=reference, member=member, at=clock.now(), by=request.auth)), response)


@router.put("/data-calls/{reference}/answers/{member}", response=AnswersOut)
def put_answers(
    request: HttpRequest, response: HttpResponse, reference: Reference, member: Reference, sent: AnswersIn
) -> AnswersOut:
    """Save the answers as a draft, or with ``submit`` send them."""
    sheet = open_sheet(call=reference, member=member, at=clock.now(), by=request.auth)
    require_version(request, _answers(sheet))
    answers = [_draft(sheet, each) for each in sent.answers]
    answer_data_call(
        sheet=sheet, answers=answers, version=sheet.version, at=clock.now(), by=request.auth, submit=sent.submit
    )
    return tagged(_answers(open_sheet(call=reference, member=member, at=clock.now(), by=request.auth)), response)


def _draft(sheet: Sheet, answer: AnswerIn) -> AnswerDraft:
    line = sheet.line(answer.position)
    if line is None:
        raise BadInput([Problem(N_("There is no question %(number)s."), {"number": answer.position}, column="answers")])
    return AnswerDraft(line.question, answer.value.strip(), reason=answer.reason)


def _call(call: Any) -> CallOut:
    return CallOut(reference=call.reference, titles=texts(call.titles.all()), due_on=call.due_on, status=call.status)


def _answers(sheet: Sheet) -> AnswersOut:
    lines = [
        LineOut(
            position=each.question.position,
            kind=each.question.kind,
            need=each.question.need,
            texts=texts(each.question.texts.all()),
            unit=each.question.unit,
            choices=[choice.code for choice in each.question.choices.all()],
            value=each.answer.value if each.answer else "",
            reason=each.answer.reason if each.answer else "",
            counted=each.counted.value if each.counted else None,
        )
        for each in sheet.lines
    ]
    return AnswersOut(
        call=_call(sheet.call),
        member=sheet.asked.organisation.reference,
        lines=lines,
        is_draft=sheet.draft is not None,
        answered_at=sheet.asked.answered_at,
        submitted_at=sheet.sent.submitted_at if sheet.sent else None,
    )
