"""A register signed by machine; its sheet on paper, and photographs of the sheet, each read as a proposal that a person confirms."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.lock_session import lock_by_machine
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.training import actions, queries
from corridor.rooms.training.paper.printing import print_sheets

from .asking import Day, Number, Reference
from .etags import require_version, tagged
from .files import ANY_FILE, PDF, NothingBeside, body_of, file_answer, pdf_answer, upload_of
from .leaving import Read, note_read
from .once import MAKES, made_once
from .training import RegisterOut, drawn

TAG = "training"
router = Router()

Week = Annotated[Day | None, Query(description="Any day of the week; without it, today")]


class SheetPhotoOut(Schema):
    id: UUID
    file_name: str
    sha256: str
    kept_at: datetime


class ReadRowOut(Schema):
    """``mark`` is null where it is doubtful: no box, several, or one that is hardly inked."""

    seat: int
    mark: str | None


class SheetReadOut(Schema):
    """What was read on the photograph. Nothing is marked by it: send the register with what a person has confirmed."""

    cohort: str
    session: int
    version: int
    rows: list[ReadRowOut]
    doubtful: list[int]


@router.post("/cohorts/{reference}/sessions/{number}/register/signature", response=RegisterOut)
def sign_register(request: HttpRequest, response: HttpResponse, reference: Reference, number: Number) -> RegisterOut:
    """
    Sign the register as it was read (If-Match): it counts from now on. Where the programme asks for a second factor, the account of the
    token has one.
    """
    by = request.auth
    found = queries.get_register(cohort=reference, number=number, by=by)
    by.require(Permission.REGISTER_LOCK, on=found.session)
    require_version(request, drawn(found, by))
    lock_by_machine(session=found.session, version=found.version, at=clock.now(), by=by)
    return tagged(drawn(queries.get_register(cohort=reference, number=number, by=by), by), response)


@router.get("/cohorts/{reference}/sessions/{number}/register/sheet", openapi_extra=PDF)
def print_register(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, read: Read
) -> HttpResponse:
    """The sheet of one session, to be filled by hand."""
    found = queries.get_register(cohort=reference, number=number, by=request.auth)
    places = [row.enrolment_id for row in found.rows]
    note_read(request, response, read, about=f"/cohorts/{reference}/register", records=places)
    return _with_ledger(response, pdf_answer(print_sheets([found]), f"register-{reference}-{number}"))


@router.get("/cohorts/{reference}/register-sheets", openapi_extra=PDF)
def print_registers(
    request: HttpRequest, response: HttpResponse, reference: Reference, read: Read, on: Week = None
) -> HttpResponse:
    """The sheets of all sessions of a week, to take along where no network is."""
    by = request.auth
    cohort = queries.get_cohort(reference=reference, by=by)
    by.require(Permission.LEARNER_VIEW, on=cohort)
    found = queries.registers_of_week(cohort=reference, on=on or clock.today(), by=by)
    if not found:
        raise NotFound(N_("%(cohort)s has no session this week."), cohort=reference)
    places = {row.enrolment_id for register in found for row in register.rows}
    note_read(request, response, read, about=f"/cohorts/{reference}/register", records=places)
    return _with_ledger(response, pdf_answer(print_sheets(found), f"registers-{reference}"))


@router.get("/cohorts/{reference}/sessions/{number}/register/photos", response=list[SheetPhotoOut])
def list_sheet_photos(request: HttpRequest, reference: Reference, number: Number) -> list[SheetPhotoOut]:
    """The photographs of the sheet that are kept as evidence."""
    session = queries.get_session(cohort=reference, number=number, by=request.auth)
    return [
        SheetPhotoOut(id=each.pk, file_name=each.document.file_name, sha256=each.document.sha256, kept_at=each.kept_at)
        for each in queries.photos_of(session=session, by=request.auth)
    ]


@router.post(
    "/cohorts/{reference}/sessions/{number}/register/photos", response={201: SheetReadOut}, openapi_extra=MAKES
)
def keep_sheet_photo(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, photo: File[UploadedFile]
) -> Status[SheetReadOut]:
    """Keep a photograph of the filled sheet, and answer what was read on it, with the boxes that are doubtful."""
    by = request.auth

    def make() -> SheetReadOut:
        session = queries.get_session(cohort=reference, number=number, by=by)
        upload = upload_of(photo, title=f"Register on paper, {session}", kind="register")
        read = actions.keep_sheet_photo(session=session, upload=upload, at=clock.now(), by=by)
        return SheetReadOut(
            cohort=reference, session=number, version=session.version,
            rows=[ReadRowOut(seat=row.seat, mark=row.mark or None) for row in read.rows],
            doubtful=[row.seat for row in read.rows if row.is_doubtful],
        )  # fmt: skip

    return Status(201, made_once(request, response, SheetReadOut, make, sent=body_of(NothingBeside(), photo)))


@router.get("/cohorts/{reference}/sessions/{number}/register/photos/{key}", openapi_extra=ANY_FILE)
def get_sheet_photo(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, key: UUID, read: Read
) -> HttpResponse:
    """One photograph, as it was sent."""
    by = request.auth
    found = queries.get_register(cohort=reference, number=number, by=by)
    document, content = queries.open_sheet_photo(session=found.session, key=key, by=by)
    places = [row.enrolment_id for row in found.rows]
    note_read(request, response, read, about=f"/cohorts/{reference}/register", records=places)
    return _with_ledger(response, file_answer(document, content))


def _with_ledger(told: HttpResponse, answer: HttpResponse) -> HttpResponse:
    """What ``note_read`` wrote on the response of the operation goes with the file."""
    for name, value in told.items():
        answer.setdefault(name, value)
    return answer
