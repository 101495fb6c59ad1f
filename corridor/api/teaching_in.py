"""Who teaches a cohort, and whether its learners can be reached: read and written by machine."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.rooms.training import actions, queries
from corridor.rooms.training.queries.choices import Moment, Reached, TrainerRole

from .asking import Day, Reference, Words
from .etags import require_version, tagged
from .leaving import Read, note_read
from .once import MAKES, made_once

TAG = "training"
router = Router()

Seat = Annotated[int, Field(ge=1, le=9999)]
Role = Literal["lead", "trainer", "assistant"]
Result = Literal["reached", "not_reached", "no_channel"]


class TeachesOut(Schema):
    """``held_from`` null: since the cohort began; ``held_before`` is the first day on which the person teaches it no more."""

    cohort: str
    person: str
    role: str
    held_from: date | None
    held_before: date | None


class TeachesIn(Schema):
    person: Words = Field(description="The reference of a person")
    role: Role = "trainer"
    held_from: Day | None = Field(None, description="The first day; left out, since the cohort began")


class TeachesNoMoreIn(Schema):
    held_before: Day = Field(description="The first day on which the person teaches it no more")


class CheckOut(Schema):
    number: int
    entry: str | None
    entry_on: date | None
    exit: str | None
    exit_on: date | None


class ContactableOut(Schema):
    """Of so many ``learners``, so many were ``tried``, and so many of these ``reached``."""

    learners: int
    tried: int
    reached: int


class ContactsOut(Schema):
    """By seat, the latest check at each moment; the channel itself is never kept with it."""

    cohort: str
    entry: ContactableOut
    exit: ContactableOut
    learners: list[CheckOut]


class ContactsIn(Schema):
    moment: Literal["entry", "exit"]
    results: dict[Seat, Result] = Field(min_length=1, max_length=500, description="By seat")


@router.get("/cohorts/{reference}/trainers", response=list[TeachesOut])
def list_who_teaches(
    request: HttpRequest, response: HttpResponse, reference: Reference, read: Read
) -> list[TeachesOut]:
    """Who teaches it and who did, the leads first, for whoever may see its learners."""
    cohort = queries.get_cohort(reference=reference, by=request.auth)
    rows = queries.list_trainers(cohort=cohort, by=request.auth)
    note_read(request, response, read, about=f"/cohorts/{reference}/trainers", persons=[row.person for row in rows])
    return [_teaches(row.place) for row in rows]


@router.post("/cohorts/{reference}/trainers", response={201: TeachesOut}, openapi_extra=MAKES)
def appoint_trainer(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: TeachesIn
) -> Status[TeachesOut]:
    """Let a person teach the cohort. Who teaches it already keeps the place, with its role."""
    by = request.auth

    def make() -> TeachesOut:
        cohort = queries.get_cohort(reference=reference, by=by)
        person = queries.person_to_appoint(cohort=cohort, reference=sent.person, by=by)
        role = TrainerRole(sent.role)
        actions.appoint_trainers(places=[(cohort, person)], role=role, held_from=sent.held_from, by=by)
        return _teaches(queries.get_trainer(cohort=cohort, person=person.reference, by=by))

    return Status(201, made_once(request, response, TeachesOut, make))


@router.get("/cohorts/{reference}/trainers/{person}", response=TeachesOut)
def get_who_teaches(
    request: HttpRequest, response: HttpResponse, reference: Reference, person: Reference
) -> TeachesOut:
    """The place that stands of a person who teaches it, for whoever appoints."""
    cohort = queries.get_cohort(reference=reference, by=request.auth)
    return tagged(_teaches(queries.get_trainer(cohort=cohort, person=person, by=request.auth)), response)


@router.put("/cohorts/{reference}/trainers/{person}/end", response=TeachesOut)
def end_trainer(
    request: HttpRequest, response: HttpResponse, reference: Reference, person: Reference, sent: TeachesNoMoreIn
) -> TeachesOut:
    """From that day the registers and the learners of the cohort are closed to the account. What was taught stays."""
    cohort = queries.get_cohort(reference=reference, by=request.auth)
    place = queries.get_trainer(cohort=cohort, person=person, by=request.auth)
    require_version(request, _teaches(place))
    return tagged(_teaches(actions.end_trainer(place=place, on=sent.held_before, by=request.auth)), response)


@router.get("/cohorts/{reference}/contact-checks", response=ContactsOut)
def get_contact_checks(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> ContactsOut:
    """Who could be reached at entry and at exit, for whoever may see all its learners."""
    cohort = queries.get_cohort(reference=reference, by=request.auth)
    rows = queries.touch_of(cohort=cohort, by=request.auth)
    places = [row.enrolment.pk for row in rows]
    note_read(request, response, read, about=f"/cohorts/{reference}/contact-checks", records=places)
    return tagged(_contacts(reference, rows), response)


@router.put("/cohorts/{reference}/contact-checks", response=ContactsOut)
def check_contacts(request: HttpRequest, response: HttpResponse, reference: Reference, sent: ContactsIn) -> ContactsOut:
    """Write down who could be reached today. The same day again: what is written later stands."""
    by = request.auth
    cohort = queries.get_cohort(reference=reference, by=by)
    require_version(request, _contacts(reference, queries.touch_of(cohort=cohort, by=by)))
    results = {number: Reached(result) for number, result in sent.results.items()}
    actions.check_contacts(cohort=cohort, moment=Moment(sent.moment), results=results, on=clock.today(), by=by)
    return tagged(_contacts(reference, queries.touch_of(cohort=cohort, by=by)), response)


def _teaches(place: Any) -> TeachesOut:
    return TeachesOut(
        cohort=place.cohort.reference, person=place.person.reference, role=place.role, held_from=place.held_from,
        held_before=place.held_before,
    )  # fmt: skip


def _contacts(reference: str, rows: list[queries.TouchRow]) -> ContactsOut:
    return ContactsOut(
        cohort=reference, entry=_share(rows, Moment.ENTRY), exit=_share(rows, Moment.EXIT),
        learners=[
            CheckOut(
                number=row.enrolment.number,
                entry=row.entry.result if row.entry else None, entry_on=row.entry.checked_on if row.entry else None,
                exit=row.exit.result if row.exit else None, exit_on=row.exit.checked_on if row.exit else None,
            )
            for row in rows
        ],
    )  # fmt: skip


def _share(rows: list[queries.TouchRow], moment: Moment) -> ContactableOut:
    found = queries.contactable(rows, moment)
    return ContactableOut(learners=found.learners, tried=found.tried, reached=found.reached)
