"""Applications to join, for those who judge them."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from corridor.foundations import clock
from corridor.rooms.members import queries

from .asking import After, Code, Limit, Page, Reference, Search
from .etags import tagged
from .parts import Step

TAG = "members"
router = Router()


class ApplicationRowOut(Schema):
    """``waits_days`` since it was submitted; ``due_on`` the earliest condition that waits for the applicant."""

    reference: str
    name: str
    kind: str
    status: str
    waits_days: int | None
    due_on: date | None
    sheets: int
    sheets_in: int


class ConditionOut(Schema):
    title: str
    status: str
    due_on: date | None
    is_overdue: bool


class AnswerOut(Schema):
    """``choices`` are codes of the form; ``document`` a reference."""

    code: str
    text: str
    choices: list[str]
    document: str


class ApplicationOut(Schema):
    """Without the contact: whoever needs it opens the page."""

    reference: str
    name: str
    kind: str
    form_version: int
    status: str
    organisation: str
    timeline: list[Step]
    answers: list[AnswerOut]
    conditions: list[ConditionOut]


@router.get("/applications", response=Page[ApplicationRowOut])
def list_applications(
    request: HttpRequest,
    status: Code = "",
    kind: Code = "",
    search: Search = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """The queue; everything that is not over, unless one state is asked for."""
    found = queries.list_applications(
        by=request.auth, on=clock.today(), status=status, kind=kind, search=search, after=after, limit=limit
    )
    return {"rows": [_row(each) for each in found.rows], "next": found.next_after or None}


@router.get("/applications/{reference}", response=ApplicationOut)
def get_application(request: HttpRequest, response: HttpResponse, reference: Reference) -> ApplicationOut:
    found = queries.get_application(reference=reference, by=request.auth, on=clock.today(), language="en")
    return tagged(_whole(found), response)


def _row(row: queries.ApplicationRow) -> ApplicationRowOut:
    return ApplicationRowOut(
        reference=row.application.reference,
        name=row.name,
        kind=row.application.version.kind,
        status=row.application.status,
        waits_days=row.waits_days,
        due_on=row.due_on,
        sheets=row.sheets,
        sheets_in=row.sheets_in,
    )


def _whole(found: queries.ApplicationRecord) -> ApplicationOut:
    one = found.application
    return ApplicationOut(
        reference=one.reference,
        name=found.name,
        kind=one.version.kind,
        form_version=one.version.number,
        status=one.status,
        organisation=one.organisation.reference if one.organisation else "",
        timeline=[Step(status=each.to_status, on=each.effective_on) for each in found.steps],
        answers=[
            AnswerOut(
                code=each.question.code, text=each.text, choices=list(each.codes),
                document=each.document.reference if each.document else "",
            )
            for section in found.sections
            for each in section.answers
        ],
        conditions=[
            ConditionOut(
                title=each.title, status=each.condition.status, due_on=each.condition.due_on, is_overdue=each.is_overdue
            )
            for each in found.conditions
        ],
    )  # fmt: skip
