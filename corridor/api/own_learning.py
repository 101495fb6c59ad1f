"""What a learner sees of the own path, the files added to it, and the address from which a calendar reads the own sessions."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from ninja import File, Form, Path, Router, Schema, Status
from ninja.files import UploadedFile

from corridor.foundations import clock
from corridor.journeys.drop_own_file import drop_own_file
from corridor.journeys.learning_path import Stretch, learning_path
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import own_evidence
from corridor.rooms.training.queries import path as paths

from .asking import Number, Words
from .etags import require_version, tagged
from .files import ANY_FILE, body_of, file_answer, upload_of
from .once import MAKES, REPEATABLE, made_once
from .tokens import PRIVATE

TAG = "me"
router = Router(auth=PRIVATE)

CohortOf = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,60}$")]


class UnitOnPathOut(Schema):
    """``result`` and its day once they are to be seen; minutes attended, with those confirmed in a company, and those asked for."""

    unit: str
    is_done: bool
    result: str | None
    decided_on: date | None
    feedback: str
    appeal_until: date | None
    minutes: int
    minutes_needed: int


class FileOnPathOut(Schema):
    """``unit`` is null for the whole; ``units_shown`` are those of which it was taken as evidence."""

    id: UUID
    unit: str | None
    file_name: str
    sha256: str
    words: str
    added_at: datetime
    units_shown: list[str]


class PathStretchOut(Schema):
    cohort: str
    number: int
    status: str
    minutes_attended: int
    units: list[UnitOnPathOut]
    certificates: list[str]
    files: list[FileOnPathOut]
    placements: list[str]


class NextSessionOut(Schema):
    cohort: str
    number: int
    begins_at: datetime
    topic: str


class PathOut(Schema):
    """Every place, the latest first, with its units; where the next session is."""

    person: str
    stretches: list[PathStretchOut]
    next_session: NextSessionOut | None


class FileOnPathIn(Schema):
    words: str
    unit: Words = ""


class TimetableAddressOut(Schema):
    """``address`` is told on the answer that makes it and never again; ``hint`` are its last letters."""

    hint: str
    made_at: datetime
    language: str
    address: str | None


@router.get("/me/path", response=PathOut)
def get_path(request: HttpRequest, response: HttpResponse) -> PathOut:
    """The own path, as its page shows it."""
    found = learning_path(on=clock.today(), at=clock.now(), by=request.auth)
    following, placements = found.next_session, queries.own_placements(by=request.auth)
    told = PathOut(
        person=found.person.reference, stretches=[_stretch(each, placements) for each in found.stretches],
        next_session=NextSessionOut(
            cohort=following.cohort.reference, number=following.number, begins_at=following.begins_at, topic=following.topic
        ) if following else None,
    )  # fmt: skip
    return tagged(told, response)


@router.post("/me/path/{cohort}/{number}/files", response={201: FileOnPathOut}, openapi_extra=MAKES)
def add_own_file(
    request: HttpRequest, response: HttpResponse, cohort: CohortOf, number: Number, given: Form[FileOnPathIn], file: File[UploadedFile]
) -> Status[FileOnPathOut]:  # fmt: skip
    """Add a photo or a PDF to the own place, for one unit or for the whole."""
    by = request.auth

    def make() -> FileOnPathOut:
        place = paths.own_place(cohort=cohort, number=number, by=by)
        made = own_evidence.add_own_evidence(
            enrolment=place, unit=_unit(place.cohort, given.unit, by), upload=upload_of(file, title=given.words, kind="own_evidence"),
            words=given.words, at=clock.now(), by=by,
        )  # fmt: skip
        return _file(paths.get_evidence(key=made.pk, by=by), {})

    return Status(201, made_once(request, response, FileOnPathOut, make, sent=body_of(given, file)))


@router.get("/me/path/files/{key}", response=FileOnPathOut)
def get_own_file(request: HttpRequest, response: HttpResponse, key: UUID) -> FileOnPathOut:
    return tagged(_file(_own(key, request.auth), {}), response)


@router.get("/me/path/files/{key}/content", openapi_extra=ANY_FILE)
def open_own_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The file itself."""
    _own(key, request.auth)
    return file_answer(*paths.open_evidence(key=key, by=request.auth))


@router.api_operation(["DELETE"], "/me/path/files/{key}", response={204: None})
def drop_file(request: HttpRequest, key: UUID) -> Status[None]:
    """Take the own file away: it is evidence no more, and nobody keeps it."""
    found = _own(key, request.auth)
    require_version(request, _file(found, {}))
    drop_own_file(evidence=found, by=request.auth)
    return Status(204, None)


@router.get("/me/timetable-address", response=TimetableAddressOut)
def get_timetable_address(request: HttpRequest, response: HttpResponse) -> TimetableAddressOut:
    """404 where a calendar reads nothing."""
    return tagged(_standing(request.auth), response)


@router.post("/me/timetable-address", response=TimetableAddressOut, openapi_extra=REPEATABLE)
def make_timetable_address(request: HttpRequest, response: HttpResponse) -> TimetableAddressOut:
    """A new address for a calendar; the one before opens nothing any more. Sent again, it makes another."""
    made = actions.make_timetable_address(language=get_language() or "en", at=clock.real_now(), by=request.auth)
    response["Cache-Control"] = "private, no-store"
    return _address(made.address, f"{settings.PUBLIC_URL}{reverse('timetable-file', args=[made.secret])}")


@router.api_operation(["DELETE"], "/me/timetable-address", response={204: None})
def end_timetable_address(request: HttpRequest) -> Status[None]:
    """The address opens nothing any more."""
    require_version(request, _standing(request.auth))
    actions.end_timetable_address(at=clock.real_now(), by=request.auth)
    return Status(204, None)


def _stretch(stretch: Stretch, placements: list[Any]) -> PathStretchOut:
    place = stretch.step.enrolment
    return PathStretchOut(
        cohort=place.cohort.reference, number=place.number, status=place.status, minutes_attended=stretch.step.minutes_attended,
        units=[_on_path(each) for each in stretch.units], certificates=[each.reference for each in stretch.certificates],
        files=[_file(each, stretch.taken) for each in stretch.files],
        placements=[each.reference for each in placements if each.enrolment_id == place.pk],
    )  # fmt: skip


def _on_path(done: Any) -> UnitOnPathOut:
    decision, hours = done.decision, done.hours
    return UnitOnPathOut(
        unit=done.unit.code, is_done=done.is_done, result=decision.result if decision else None,
        decided_on=decision.decided_on if decision else None, feedback=decision.evidence_note if decision else "",
        appeal_until=done.appeal_until, minutes=hours.minutes if hours else 0, minutes_needed=hours.needed if hours else 0,
    )  # fmt: skip


def _file(found: Any, taken: Any) -> FileOnPathOut:
    return FileOnPathOut(
        id=found.pk, unit=found.unit.code if found.unit else None, file_name=found.document.file_name,
        sha256=found.document.sha256, words=found.words, added_at=found.added_at,
        units_shown=sorted(taken.get(found.document_id, ())),
    )  # fmt: skip


def _own(key: UUID, by: Any) -> Any:
    """:raises NotFound: for anybody else's, though the reader may see it elsewhere."""
    found = paths.get_evidence(key=key, by=by)
    return paths.evidence_of_place(
        enrolment=paths.own_place(cohort=found.enrolment.cohort.reference, number=found.enrolment.number, by=by), key=key, by=by
    )  # fmt: skip


def _unit(cohort: Any, code: str, by: Any) -> Any:
    if not code:
        return None
    version = cohort.curriculum_version
    units = curricula.get_version(reference=version.curriculum.reference, version=version.version, by=by).units
    found = next((each for each in units if each.code == code), None)
    if found is None:
        raise NotFound(
            N_("There is no unit %(unit)s in the curriculum of %(cohort)s."), unit=code, cohort=cohort.reference
        )
    return found


def _standing(by: Any) -> TimetableAddressOut:
    found = queries.own_timetable_address(by=by)
    if found is None:
        raise NotFound(N_("There is no address from which a calendar reads your sessions."))
    return _address(found, None)


def _address(made: Any, address: str | None) -> TimetableAddressOut:
    return TimetableAddressOut(hint=made.hint, made_at=made.made_at, language=made.language, address=address)
