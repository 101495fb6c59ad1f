"""Who does not assess whom: persons who are close, and for whom assessors work. Read and written by machine."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.queries.choices import RelationKind
from corridor.rooms.people import queries as people

from .asking import Day, Limit, Page, Words, page
from .equipment import organisation_named
from .etags import require_version, tagged
from .leaving import Read, note_read
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "assessment"
router = Router(auth=PRIVATE)


class RelationOut(Schema):
    """Two persons by reference; how exactly they are close is not asked."""

    id: UUID
    assessor: str
    learner: str
    kind: str
    stated_on: date


class RelationIn(Schema):
    assessor: Words
    learner: Words
    kind: Literal["relative", "close"]


class EmploymentOut(Schema):
    """``ends_before`` is the first day on which it is over; null: it goes on."""

    id: UUID
    person: str
    organisation: str
    starts_on: date
    ends_before: date | None


class EmploymentIn(Schema):
    person: Words
    organisation: Words
    starts_on: Day
    ends_before: Day | None = None


class EmploymentEndIn(Schema):
    ends_before: Day = Field(description="The first day without it")


@router.get("/relations", response=Page[RelationOut])
def list_relations(
    request: HttpRequest, response: HttpResponse, read: Read, after: UUID | None = None, limit: Limit = 50
) -> dict[str, Any]:
    """Who is close to whom and so assesses them in nothing: all for who keeps licences, else what is said of oneself."""
    found = queries.list_relations(by=request.auth).order_by("pk")
    found = found.filter(pk__gt=after) if after else found
    persons = [person for pair in found.values_list("assessor_id", "learner_id")[:limit] for person in pair]
    note_read(request, response, read, about="/relations", persons=persons)
    return page(found, _relation, limit=limit, key=lambda each: str(each.pk))


@router.post("/relations", response={201: RelationOut}, openapi_extra=MAKES)
def state_relation(request: HttpRequest, response: HttpResponse, sent: RelationIn) -> Status[RelationOut]:
    """Write down that an assessor and a learner are close. Said twice, it is there once."""
    by = request.auth

    def make() -> RelationOut:
        by.require(Permission.CONFLICT_STATE)
        made = actions.state_relation(
            assessor=_person(sent.assessor, "assessor", by), learner=_person(sent.learner, "learner", by),
            kind=RelationKind(sent.kind), on=clock.today(), by=by,
        )  # fmt: skip
        return _relation(queries.get_relation(key=made.pk, by=by))

    return Status(201, made_once(request, response, RelationOut, make))


@router.get("/relations/{key}", response=RelationOut)
def get_relation(request: HttpRequest, response: HttpResponse, key: UUID, read: Read) -> RelationOut:
    found = queries.get_relation(key=key, by=request.auth)
    note_read(request, response, read, about="/relations", persons=[found.assessor_id, found.learner_id])
    return tagged(_relation(found), response)


@router.api_operation(["DELETE"], "/relations/{key}", response={204: None})
def withdraw_relation(request: HttpRequest, key: UUID) -> Status[None]:
    """It was written down by mistake; the audit keeps that it was."""
    found = queries.get_relation(key=key, by=request.auth)
    require_version(request, _relation(found))
    actions.withdraw_relation(relation=found, by=request.auth)
    return Status(204, None)


@router.get("/employments", response=Page[EmploymentOut])
def list_employments(
    request: HttpRequest, response: HttpResponse, read: Read, after: UUID | None = None, limit: Limit = 50
) -> dict[str, Any]:
    """For whom assessors work: whom that organisation sends is assessed by somebody else."""
    found = queries.list_employments(by=request.auth).order_by("pk")
    found = found.filter(pk__gt=after) if after else found
    persons = list(found.values_list("person_id", flat=True)[:limit])
    note_read(request, response, read, about="/employments", persons=persons)
    return page(found, _employment, limit=limit, key=lambda each: str(each.pk))


@router.post("/employments", response={201: EmploymentOut}, openapi_extra=MAKES)
def state_employment(request: HttpRequest, response: HttpResponse, sent: EmploymentIn) -> Status[EmploymentOut]:
    """Write down for whom an assessor works, from when until when."""
    by = request.auth

    def make() -> EmploymentOut:
        by.require(Permission.CONFLICT_STATE)
        draft = actions.EmploymentDraft(
            _person(sent.person, "person", by), organisation_named(sent.organisation, request, field="organisation"),
            sent.starts_on, sent.ends_before,
        )  # fmt: skip
        (made,) = actions.state_employments(employments=[draft], by=by)
        return _employment(queries.get_employment(key=made.pk, by=by))

    return Status(201, made_once(request, response, EmploymentOut, make))


@router.get("/employments/{key}", response=EmploymentOut)
def get_employment(request: HttpRequest, response: HttpResponse, key: UUID, read: Read) -> EmploymentOut:
    found = queries.get_employment(key=key, by=request.auth)
    note_read(request, response, read, about="/employments", persons=[found.person_id])
    return tagged(_employment(found), response)


@router.put("/employments/{key}/end", response=EmploymentOut)
def end_employment(request: HttpRequest, response: HttpResponse, key: UUID, sent: EmploymentEndIn) -> EmploymentOut:
    found = queries.get_employment(key=key, by=request.auth)
    require_version(request, _employment(found))
    actions.end_employment(employment=found, ends_before=sent.ends_before, by=request.auth)
    return tagged(_employment(queries.get_employment(key=key, by=request.auth)), response)


def _relation(relation: Any) -> RelationOut:
    return RelationOut(
        id=relation.pk, assessor=relation.assessor.reference, learner=relation.learner.reference, kind=relation.kind,
        stated_on=relation.stated_on,
    )  # fmt: skip


def _employment(work: Any) -> EmploymentOut:
    return EmploymentOut(
        id=work.pk, person=work.person.reference, organisation=work.organisation.reference, starts_on=work.starts_on,
        ends_before=work.ends_before,
    )  # fmt: skip


def _person(reference: str, field: str, by: Any) -> Any:
    try:
        return people.get_person(reference=reference, by=by)
    except NotFound as unknown:
        raise BadInput([Problem(unknown.message, dict(unknown.places), column=field)]) from None
