"""Choosing a cohort's learners: who applied, points, offers and the waiting list; and how many came how far."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.rooms.members import queries as members
from corridor.rooms.people import queries as people
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import Application, Criterion, Description
from corridor.rooms.training.queries.choices import ParticipantKind, StudyMode

from .asking import Day, Reference, Words
from .etags import require_version, tagged
from .leaving import Read, note_read
from .once import MAKES, made_once

TAG = "training"
router = Router()

Seat = Annotated[int, Field(ge=1, le=9999)]
Places = Annotated[int, Field(ge=1, le=2000)]


class CriterionOut(Schema):
    title: str
    most: int
    least: int


class CriterionIn(Schema):
    title: str = Field(min_length=1, max_length=80)
    most: int = Field(ge=1, le=1000)
    least: int = Field(0, ge=0, le=1000)


class ApplicantOut(Schema):
    """``points`` by title, of what is judged; ``waiting`` is the number on the waiting list."""

    number: int
    own_name: str
    own_language: str
    romanised_name: str
    status: str
    points: dict[str, int]
    total: int
    is_short: bool
    waiting: int | None
    offer_until: date | None


class SelectionOut(Schema):
    """``capacity`` and ``free`` are null where as many come as come; applicants by their totals."""

    cohort: str
    capacity: int | None
    free: int | None
    criteria: list[CriterionOut]
    applicants: list[ApplicantOut]


class PointsIn(Schema):
    criteria: list[CriterionIn] | None = Field(None, max_length=10, description="What is judged; left out, it stays")
    points: dict[Seat, dict[str, int | None]] = Field(
        {}, max_length=500, description="By seat and title; null takes what stood away"
    )


class ChoiceIn(Schema):
    seats: list[Seat] = Field(min_length=1, max_length=500)
    choice: Literal["offer", "wait"]
    until: Day | None = Field(None, description="The last day to take an offered place up; left out, in a week")


class ApplicationIn(Schema):
    """Without ``person`` it is the account's own; a member applies for whom it has sent before."""

    participant_kind: Literal["student", "teacher", "company_employee"]
    study_mode: Literal["full_time", "part_time"] = "full_time"
    person: Words = ""
    sent_by: Words = ""


class OwnApplicationOut(Schema):
    cohort: str
    number: int
    status: str
    offer_until: date | None
    waiting: int | None


class OfferAnswerIn(Schema):
    answer: Literal["accept", "decline", "withdraw"]


class CountOut(Schema):
    code: str
    count: int


class FunnelOut(Schema):
    """``stages`` in their order, each with everyone who reached it; ``exits`` by state and reason ("withdrew.found_work")."""

    cohort: str
    stages: list[CountOut]
    exits: list[CountOut]


class DescriptionOut(Schema):
    cohort: str
    zone: str
    capacity: int | None
    languages: list[str]
    required_share: int | None


class DescriptionIn(Schema):
    capacity: Places | None = None
    languages: list[Words] = Field([], max_length=6)
    required_share: int | None = Field(None, ge=1, le=100)


@router.get("/cohorts/{reference}/selection", response=SelectionOut)
def get_selection(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> SelectionOut:
    found = queries.get_selection(cohort=reference, by=request.auth)
    places = [each.enrolment.pk for each in found.applicants]
    note_read(request, response, read, about=f"/cohorts/{reference}/selection", records=places)
    return tagged(_selection(found), response)


@router.put("/cohorts/{reference}/selection/points", response=SelectionOut)
def record_points(request: HttpRequest, response: HttpResponse, reference: Reference, sent: PointsIn) -> SelectionOut:
    """Say what is judged, and write points down."""
    found = _held(request, reference)
    if sent.criteria is not None:
        criteria = [Criterion(title=each.title, most=each.most, least=each.least) for each in sent.criteria]
        actions.set_criteria(cohort=found.cohort, criteria=criteria, by=request.auth)
    scores = {(seat, title): points for seat, row in sent.points.items() for title, points in row.items()}
    actions.record_scores(cohort=found.cohort, scores=scores, at=clock.now(), by=request.auth)
    return tagged(_selection(queries.get_selection(cohort=reference, by=request.auth)), response)


@router.put("/cohorts/{reference}/selection/choice", response=SelectionOut)
def choose_applicants(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ChoiceIn
) -> SelectionOut:
    """Offer these applicants a place each, or put them on the waiting list in the order of the seats named."""
    found, on = _held(request, reference), clock.today()
    seats = {each.enrolment.number: each.enrolment for each in found.applicants}
    chosen = [seats[seat] for seat in dict.fromkeys(sent.seats) if seat in seats]
    if sent.choice == "wait":
        actions.put_on_waiting_list(enrolments=chosen, by=request.auth)
    else:
        until = sent.until or date.fromordinal(on.toordinal() + 7)
        actions.offer_places(enrolments=chosen, until=until, on=on, at=clock.real_now(), by=request.auth)
    return tagged(_selection(queries.get_selection(cohort=reference, by=request.auth)), response)


@router.put("/cohorts/{reference}/selection/late-offers", response=SelectionOut)
def end_late_offers(request: HttpRequest, response: HttpResponse, reference: Reference) -> SelectionOut:
    """Offers that nobody took up by their last day are over; who waits moves up."""
    found = _held(request, reference)
    actions.end_late_offers(cohort=found.cohort, on=clock.today(), at=clock.real_now(), by=request.auth)
    return tagged(_selection(queries.get_selection(cohort=reference, by=request.auth)), response)


@router.post("/cohorts/{reference}/applications", response={201: OwnApplicationOut}, openapi_extra=MAKES)
def apply(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ApplicationIn
) -> Status[OwnApplicationOut]:
    """Apply for a place in a cohort that takes applications."""
    by = request.auth

    def make() -> OwnApplicationOut:
        sender = members.get_organisation(reference=sent.sent_by, by=by) if sent.sent_by else None
        person = (
            queries.person_to_apply_for(reference=sent.person, sender=sender, by=by)
            if sent.person and sender
            else people.get_self(by=by)
        )
        application = Application(
            cohort=queries.get_open_cohort(reference=reference, by=by).cohort, person=person,
            participant_kind=ParticipantKind(sent.participant_kind), study_mode=StudyMode(sent.study_mode),
            sending_organisation=sender,
        )  # fmt: skip
        return _application(actions.apply_to_cohort(application=application, on=clock.today(), by=by))

    return Status(201, made_once(request, response, OwnApplicationOut, make))


@router.get("/cohorts/{reference}/applications/own", response=OwnApplicationOut)
def get_own_application(request: HttpRequest, response: HttpResponse, reference: Reference) -> OwnApplicationOut:
    return tagged(_application(queries.own_place(cohort=reference, by=request.auth)), response)


@router.put("/cohorts/{reference}/applications/own", response=OwnApplicationOut)
def answer_own(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: OfferAnswerIn
) -> OwnApplicationOut:
    """Take the offered place up, decline it, or take the application back."""
    place, on = queries.own_place(cohort=reference, by=request.auth), clock.today()
    require_version(request, _application(place))
    if sent.answer == "withdraw":
        actions.withdraw_application(enrolment=place, on=on, by=request.auth)
    else:
        accepts = sent.answer == "accept"
        actions.answer_offer(enrolment=place, accepts=accepts, on=on, at=clock.real_now(), by=request.auth)
    return tagged(_application(queries.own_place(cohort=reference, by=request.auth)), response)


@router.get("/cohorts/{reference}/funnel", response=FunnelOut)
def get_funnel(request: HttpRequest, reference: Reference) -> FunnelOut:
    """How many came how far, and how the others left."""
    found = queries.get_funnel(cohort=queries.get_cohort(reference=reference, by=request.auth), by=request.auth)
    return FunnelOut(
        cohort=reference,
        stages=[CountOut(code=code, count=len(keys)) for code, keys in found.stages.items()],
        exits=[
            CountOut(code=f"{each.state}.{each.reason}" if each.reason else each.state, count=len(each.enrolments))
            for each in found.exits
        ],
    )


@router.get("/cohorts/{reference}/description", response=DescriptionOut)
def get_description(request: HttpRequest, response: HttpResponse, reference: Reference) -> DescriptionOut:
    return tagged(_description(queries.get_cohort(reference=reference, by=request.auth)), response)


@router.put("/cohorts/{reference}/description", response=DescriptionOut)
def describe_cohort(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: DescriptionIn
) -> DescriptionOut:
    """How many places there are, the languages of teaching, and how much of a unit must be attended before it is assessed."""
    cohort = queries.get_cohort(reference=reference, by=request.auth)
    require_version(request, _description(cohort))
    description = Description(
        capacity=sent.capacity, languages=sent.languages, required_share=sent.required_share
    )  # fmt: skip
    actions.describe_cohort(cohort=cohort, description=description, by=request.auth)
    return tagged(_description(queries.get_cohort(reference=reference, by=request.auth)), response)


def _held(request: HttpRequest, reference: str) -> queries.Selection:
    found = queries.get_selection(cohort=reference, by=request.auth)
    require_version(request, _selection(found))
    return found


def _selection(found: queries.Selection) -> SelectionOut:
    titles = [each.title for each in found.criteria]
    return SelectionOut(
        cohort=found.cohort.reference, capacity=found.cohort.capacity, free=found.free,
        criteria=[CriterionOut(title=each.title, most=each.most, least=each.least) for each in found.criteria],
        applicants=[
            ApplicantOut(
                number=each.enrolment.number, **each.name._asdict(), status=each.enrolment.status,
                points={title: points for title, points in zip(titles, each.points, strict=True) if points is not None},
                total=each.total, is_short=each.is_short, waiting=each.enrolment.waiting,
                offer_until=each.enrolment.offer_until,
            )
            for each in found.applicants
        ],
    )  # fmt: skip


def _application(place: Any) -> OwnApplicationOut:
    return OwnApplicationOut(
        cohort=place.cohort.reference, number=place.number, status=place.status, offer_until=place.offer_until,
        waiting=place.waiting,
    )  # fmt: skip


def _description(cohort: Any) -> DescriptionOut:
    return DescriptionOut(
        cohort=cohort.reference, zone=cohort.site.zone, capacity=cohort.capacity,
        languages=[each.language for each in cohort.languages.all()], required_share=cohort.required_share,
    )  # fmt: skip
