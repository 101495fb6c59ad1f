"""Decisions, unit by unit; an assessor records the one of a learner in a unit."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema

from corridor.foundations import clock
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.judging import FindingDraft
from corridor.rooms.assessment.queries.choices import ChecklistPlace, Found, SignerRole, Stance
from corridor.rooms.members import queries as members
from corridor.rooms.people import queries as people
from corridor.rooms.training import queries as training

from .asking import Code, Day, Limit, LongText, Number, Page, Reference, Words, page
from .etags import require_version, tagged
from .leaving import Read, note_read
from .schemes import exact

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
    scheme: UUID | None
    checklist: str
    way: str


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


class MarkOut(Schema):
    """Of a written test that was taken elsewhere; ``test`` is its number in the scheme of the unit. Marks are exact."""

    number: int
    unit: str
    test: int
    taken_on: date
    mark: str
    scale: str
    pass_mark: str


class CriterionFoundIn(Schema):
    criterion: UUID
    found: Literal["met", "not_met"]
    note: Words = ""


class DecisionSignatureOut(Schema):
    """Whose signature stands under the decision as it is; the name stays on its page."""

    role: str
    stance: str
    signed_at: datetime


class DecisionSignatureIn(Schema):
    """A witness signs for a company: its reference."""

    role: Literal["assessor", "learner", "witness"]
    name: Words
    stance: Literal["agrees", "contests"] = "agrees"
    organisation: Words = ""


class DecisionIn(Schema):
    """Where the unit has a scheme, ``findings`` say what was seen of each criterion, or ``checklist`` that they are kept on paper."""

    result: Literal["competent", "not_yet_competent"]
    evidence_note: LongText = ""
    findings: list[CriterionFoundIn] = Field([], max_length=200)
    checklist: Literal["here", "paper"] = "here"
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


@router.get("/cohorts/{reference}/marks", response=list[MarkOut])
def list_marks(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> list[MarkOut]:
    """Marks of written tests, by seat and test. They come in by sheet."""
    cohort = training.get_cohort(reference=reference, by=request.auth)
    found = list(queries.list_marks(cohort=cohort, by=request.auth))
    note_read(
        request, response, read, about=f"/cohorts/{reference}/marks", records=[each.enrolment_id for each in found]
    )
    return [
        MarkOut(
            number=each.enrolment.number, unit=each.instrument.scheme.unit.code, test=each.instrument.position,
            taken_on=each.taken_on, mark=exact(each.mark), scale=exact(each.instrument.scale),
            pass_mark=exact(each.instrument.pass_mark),
        )
        for each in found
    ]  # fmt: skip


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
            version=found.decision.version, by=by, findings=_findings(sent) if sent.findings else None,
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
            findings=_findings(sent),
            checklist=ChecklistPlace(sent.checklist),
        )
        actions.record_decisions(decisions=[new], by=by)
    return tagged(_candidate(_read(reference, number, unit, by), unit), response)


@router.post("/cohorts/{reference}/learners/{number}/units/{unit}/signatures", response=list[DecisionSignatureOut])
def sign_decision(
    request: HttpRequest,
    reference: Reference,
    number: Number,
    unit: UnitCode,
    sent: DecisionSignatureIn,
) -> list[DecisionSignatureOut]:
    """Put a name under the open decision, on the device of its assessor. If-Match names the candidate as it was read."""
    by = request.auth
    found = _read(reference, number, unit, by)
    require_version(request, _candidate(found, unit))
    if found.decision is None:
        raise NotFound(N_("There is no such decision that you may see."))
    firm = members.get_organisation(reference=sent.organisation, by=by) if sent.organisation else None
    actions.sign_decision(
        decision=found.decision, role=SignerRole(sent.role), name=sent.name, stance=Stance(sent.stance), organisation=firm,
        at=clock.now(), by=by,
    )  # fmt: skip
    judging = queries.judging_of(
        enrolment=found.enrolment, unit=found.decision.unit, decision=found.decision, attempt=found.decision.attempt,
        on=clock.today(), by=by,
    )  # fmt: skip
    return [
        DecisionSignatureOut(role=each.role, stance=each.stance, signed_at=each.signed_at) for each in judging.signoffs
    ]


def _findings(sent: DecisionIn) -> tuple[FindingDraft, ...]:
    return tuple(
        FindingDraft(criterion=each.criterion, found=Found(each.found), note=each.note) for each in sent.findings
    )


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
        scheme=decision.scheme_id,
        checklist=decision.checklist,
        way=decision.way,
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
