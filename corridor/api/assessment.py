"""Decisions, unit by unit; an assessor records the one of a learner in a unit."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema

from corridor.foundations import clock
from corridor.rooms.assessment import actions, queries
from corridor.rooms.people import queries as people
from corridor.rooms.training import queries as training

from .asking import Code, Day, Limit, LongText, Number, Page, Reference, page
from .etags import require_version, tagged
from .leaving import Read, note_read

TAG = "assessment"
router = Router()

UnitCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,20}$")]


class DecisionOut(Schema):
    """``assessor`` is a reference; nobody is named here. The latest final attempt counts."""

    id: UUID
    cohort: str
    number: int
    unit: str
    attempt: int
    result: str
    status: str
    decided_on: date
    assessor: str
    evidence_note: str


class CandidateOut(Schema):
    """One learner in one unit: the latest decision, and the attempt that would come next (none: no further one may)."""

    cohort: str
    number: int
    unit: str
    own_name: str
    own_language: str
    romanised_name: str
    decision: DecisionOut | None
    next_attempt: int | None


class DecisionIn(Schema):
    result: Literal["competent", "not_yet_competent"]
    evidence_note: LongText = ""
    decided_on: Day | None = Field(None, description="Today, where it is left out")


@router.get("/decisions", response=Page[DecisionOut])
def list_decisions(
    request: HttpRequest,
    response: HttpResponse,
    read: Read,
    cohort: Code = "",
    after: Annotated[UUID | None, Query()] = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Decisions that this account may see, as they were recorded. What leaves its country with the answer stands in the ledger of transfers."""
    found = queries.list_decisions(at=clock.now(), by=request.auth).order_by("pk")
    if cohort:
        found = found.filter(enrolment__cohort__reference=cohort)
    if after:
        found = found.filter(pk__gt=after)
    places = list(found.values_list("enrolment_id", flat=True)[:limit])
    note_read(request, response, read, about="/decisions", records=places)
    return page(found, _decision, limit=limit, key=lambda each: str(each.pk))


@router.get("/decisions/{key}", response=DecisionOut)
def get_decision(request: HttpRequest, response: HttpResponse, key: UUID, read: Read) -> DecisionOut:
    found = queries.get_decision(key=key, at=clock.now(), by=request.auth)
    note_read(request, response, read, about="/decisions", records=[found.enrolment_id])
    return tagged(_decision(found), response)


@router.get("/cohorts/{reference}/learners/{number}/units/{unit}", response=CandidateOut)
def get_candidate(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, unit: UnitCode, read: Read
) -> CandidateOut:
    found = _read(reference, number, unit, request.auth)
    note_read(request, response, read, about=f"/cohorts/{reference}/learners", records=[found.enrolment.pk])
    return tagged(_candidate(found, unit), response)


@router.put("/cohorts/{reference}/learners/{number}/units/{unit}/decision", response=CandidateOut)
def record_decision(
    request: HttpRequest,
    response: HttpResponse,
    reference: Reference,
    number: Number,
    unit: UnitCode,
    sent: DecisionIn,
) -> CandidateOut:
    """Record what the asking assessor decides, or change it while it is not final. If-Match names the candidate as it was read."""
    by = request.auth
    found = _read(reference, number, unit, by)
    require_version(request, _candidate(found, unit))
    result, decided_on = queries.Result(sent.result), sent.decided_on or clock.today()
    if found.decision is not None and found.next_attempt is None:
        actions.change_decision(
            decision=found.decision, result=result, evidence_note=sent.evidence_note, decided_on=decided_on,
            version=found.decision.version, by=by,
        )  # fmt: skip
    else:
        new = actions.NewDecision(
            enrolment=found.enrolment,
            unit=queries.get_unit(cohort=found.enrolment.cohort, code=unit, by=by),
            assessor=people.get_self(by=by),
            result=result,
            decided_on=decided_on,
            attempt=found.next_attempt or 1,
            evidence_note=sent.evidence_note,
        )
        actions.record_decisions(decisions=[new], by=by)
    return tagged(_candidate(_read(reference, number, unit, by), unit), response)


def _read(reference: str, number: int, unit: str, by: Any) -> queries.Candidate:
    cohort = training.get_cohort(reference=reference, by=by)
    found = queries.get_unit(cohort=cohort, code=unit, by=by)
    return queries.get_candidate(cohort=cohort, unit=found, number=number, by=by)


def _decision(decision: Any, unit: str = "") -> DecisionOut:
    return DecisionOut(
        id=decision.pk,
        cohort=decision.enrolment.cohort.reference,
        number=decision.enrolment.number,
        unit=unit or decision.unit.code,
        attempt=decision.attempt,
        result=decision.result,
        status=decision.status,
        decided_on=decision.decided_on,
        assessor=decision.assessor.reference,
        evidence_note=decision.evidence_note,
    )


def _candidate(candidate: queries.Candidate, unit: str) -> CandidateOut:
    return CandidateOut(
        cohort=candidate.enrolment.cohort.reference,
        number=candidate.enrolment.number,
        unit=unit,
        **candidate.name._asdict(),
        decision=_decision(candidate.decision, unit) if candidate.decision else None,
        next_attempt=candidate.next_attempt,
    )
