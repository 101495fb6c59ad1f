"""Claims of prior learning: brought in, talked about, recognised or declined, and taken back."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.judging import FindingDraft
from corridor.rooms.assessment.queries.choices import ChecklistPlace, Found
from corridor.rooms.people import queries as people
from corridor.rooms.training import queries as training

from .asking import Code, Limit, LongText, Number, Page, Reference, Words, page
from .etags import require_version, tagged
from .leaving import Read, note_read
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "assessment"
router = Router(auth=PRIVATE)


class PriorClaimOut(Schema):
    id: UUID
    cohort: str
    number: int
    unit: str
    status: str
    claimed_on: date
    interviewed_on: date | None
    decision: UUID | None


class PriorClaimIn(Schema):
    unit: Words
    claim: LongText


class InterviewIn(Schema):
    note: LongText = Field(min_length=1, description="What was asked and answered")


class RecognitionOfPriorIn(Schema):
    """``all_met``: the interviewer saw every required and critical criterion met. On paper: the checklist is kept there."""

    note: LongText = Field(min_length=1, max_length=2000, description="What shows it")
    all_met: bool = False
    on_paper: bool = False


class DeclineIn(Schema):
    reason: Words = Field(min_length=1, description="What is missing; the learner reads it")


@router.get("/prior-learning", response=Page[PriorClaimOut])
def list_prior_claims(
    request: HttpRequest, response: HttpResponse, read: Read, status: Code = "", cohort: Code = "", after: UUID | None = None,
    limit: Limit = 50,
) -> dict[str, Any]:  # fmt: skip
    """Claims that this account may see. What was said in them stands on their pages alone."""
    found = queries.list_prior_claims(by=request.auth, status=status, cohort=cohort).order_by("pk")
    found = found.filter(pk__gt=after) if after else found
    places = list(found.values_list("enrolment_id", flat=True)[:limit])
    note_read(request, response, read, about="/prior-learning", records=places)
    return page(found, _claim, limit=limit, key=lambda each: str(each.pk))


@router.post(
    "/cohorts/{reference}/learners/{number}/prior-learning", response={201: PriorClaimOut}, openapi_extra=MAKES
)
def claim_prior_learning(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: PriorClaimIn
) -> Status[PriorClaimOut]:
    """For the secretariat, which brings in what came on paper."""

    def make() -> PriorClaimOut:
        by = request.auth
        cohort = training.get_cohort(reference=reference, by=by)
        unit = queries.get_unit(cohort=cohort, code=sent.unit, by=by)
        candidate = queries.get_candidate(cohort=cohort, unit=unit, number=number, by=by)
        made = actions.claim_prior_learning(
            enrolment=candidate.enrolment, unit=unit, claim=sent.claim, on=clock.today(), by=by
        )
        return _claim(queries.get_prior_claim(key=made.pk, by=by))

    return Status(201, made_once(request, response, PriorClaimOut, make))


@router.get("/prior-learning/{key}", response=PriorClaimOut)
def get_prior_claim(request: HttpRequest, response: HttpResponse, key: UUID, read: Read) -> PriorClaimOut:
    found = queries.get_prior_claim(key=key, by=request.auth)
    note_read(request, response, read, about="/prior-learning", records=[found.enrolment_id])
    return tagged(_claim(found), response)


@router.put("/prior-learning/{key}/interview", response=PriorClaimOut)
def interview(request: HttpRequest, response: HttpResponse, key: UUID, sent: InterviewIn) -> PriorClaimOut:
    """The asking assessor has talked with the learner, and decides about the claim in their own name."""
    by = request.auth
    found = _held(request, key)
    by.require(Permission.DECISION_RECORD, on=found)
    actions.interview(claim=found, interviewer=people.get_self(by=by), note=sent.note, on=clock.today(), by=by)
    return _again(request, response, key)


@router.put("/prior-learning/{key}/recognition", response=PriorClaimOut)
def recognise_prior_learning(
    request: HttpRequest, response: HttpResponse, key: UUID, sent: RecognitionOfPriorIn
) -> PriorClaimOut:
    """A decision "competent" by the interviewer, by the rules of every other one: made final, judged again, appealed against."""
    by, on = request.auth, clock.today()
    found = _held(request, key)
    by.require(Permission.DECISION_RECORD, on=found)
    scheme = queries.scheme_of(unit=found.unit, on=on, by=by)
    needed = queries.needed_criteria(scheme=scheme, by=by) if scheme is not None and sent.all_met else ()
    actions.recognise_prior_learning(
        claim=found, note=sent.note, on=on, by=by, findings=[FindingDraft(criterion=each.pk, found=Found.MET) for each in needed],
        checklist=ChecklistPlace.PAPER if sent.on_paper else ChecklistPlace.HERE,
    )  # fmt: skip
    return _again(request, response, key)


@router.put("/prior-learning/{key}/refusal", response=PriorClaimOut)
def decline_prior_learning(request: HttpRequest, response: HttpResponse, key: UUID, sent: DeclineIn) -> PriorClaimOut:
    """It is not shown; the learner takes part and is assessed like everybody."""
    found = _held(request, key)
    actions.decline_prior_learning(claim=found, reason=sent.reason, on=clock.today(), by=request.auth)
    return _again(request, response, key)


@router.put("/prior-learning/{key}/withdrawal", response=PriorClaimOut)
def withdraw_prior_learning(request: HttpRequest, response: HttpResponse, key: UUID) -> PriorClaimOut:
    """The learner lets it rest."""
    found = _held(request, key)
    actions.withdraw_prior_learning(claim=found, on=clock.today(), by=request.auth)
    return _again(request, response, key)


def _held(request: HttpRequest, key: UUID) -> Any:
    """The claim, of the version that was read."""
    found = queries.get_prior_claim(key=key, by=request.auth)  # type: ignore[attr-defined]
    require_version(request, _claim(found))
    return found


def _again(request: HttpRequest, response: HttpResponse, key: UUID) -> PriorClaimOut:
    return tagged(_claim(queries.get_prior_claim(key=key, by=request.auth)), response)  # type: ignore[attr-defined]


def _claim(claim: Any) -> PriorClaimOut:
    return PriorClaimOut(
        id=claim.pk, cohort=claim.enrolment.cohort.reference, number=claim.enrolment.number, unit=claim.unit.code,
        status=claim.status, claimed_on=claim.claimed_on, interviewed_on=claim.interviewed_on, decision=claim.decision_id,
    )  # fmt: skip
