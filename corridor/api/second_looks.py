"""What is done about a decision after it was made: second judgements, and appeals."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.queries.choices import AppealStatus, Result
from corridor.rooms.people import queries as people
from corridor.rooms.training import queries as training

from .asking import Code, Limit, LongText, Page, Reference, Words, page
from .etags import require_version, tagged
from .leaving import Read, note_read
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "assessment"
router = Router(auth=PRIVATE)


class SampleToJudgeOut(Schema):
    """What waits for the asking account to be judged a second time. Nothing of the first judgement is told."""

    id: UUID
    cohort: str
    number: int
    unit: str
    attempt: int


class SecondJudgementIn(Schema):
    result: Literal["competent", "not_yet_competent"]
    note: Words = ""


class AgreementFound(Schema):
    """``n`` decisions judged twice, ``agreed`` of them alike; ``kappa`` (Cohen) to four places, nothing where it says nothing."""

    assessor: str | None
    n: int
    agreed: int
    kappa: str | None


class ModerationOut(Schema):
    """Of one cohort: how many were drawn, wait, are disagreed upon, and how far assessors agree; all together first."""

    cohort: str
    drawn: int
    waiting: int
    disagreed: int
    agreement: list[AgreementFound]


class AppealOut(Schema):
    """``answer_by`` is the day by which the panel rules; persons are references."""

    reference: str
    decision: UUID
    status: str
    lodged_on: date
    answer_by: date
    grounds: str
    ruling: str
    panel: list[str]


class AppealIn(Schema):
    grounds: LongText


class RulingIn(Schema):
    to: Literal["upheld", "dismissed"]
    ruling: LongText


class PanelIn(Schema):
    chair: Words = Field(description="The reference of a person")
    members: list[Words] = Field(max_length=9)


@router.get("/samples", response=list[SampleToJudgeOut])
def list_samples(request: HttpRequest) -> list[SampleToJudgeOut]:
    return [_sample(each) for each in queries.list_samples_to_judge(by=request.auth)]


@router.put("/samples/{key}/judgement", response={204: None})
def judge_sample(request: HttpRequest, key: UUID, sent: SecondJudgementIn) -> Status[None]:
    """Judge in one's own name, once. If-Match names nothing that could change: what waits is the version."""
    sample = queries.get_sample_to_judge(key=key, by=request.auth)
    require_version(request, _sample(sample))
    actions.judge_sample(sample=sample, result=Result(sent.result), note=sent.note, on=clock.today(), by=request.auth)
    return Status(204, None)


@router.get("/samples/{key}", response=SampleToJudgeOut)
def get_sample(request: HttpRequest, response: HttpResponse, key: UUID) -> SampleToJudgeOut:
    return tagged(_sample(queries.get_sample_to_judge(key=key, by=request.auth)), response)


@router.get("/cohorts/{reference}/moderation", response=ModerationOut)
def get_moderation(request: HttpRequest, reference: Reference) -> ModerationOut:
    cohort = training.get_cohort(reference=reference, by=request.auth)
    found = queries.moderation_of(cohort=cohort, by=request.auth)
    rows = [(None, found.agreement), *((each.assessor, each.agreement) for each in found.by_assessor)]
    return ModerationOut(
        cohort=cohort.reference, drawn=len(found.samples), waiting=found.count("waiting"), disagreed=found.count("disagreed"),
        agreement=[
            AgreementFound(
                assessor=assessor, n=each.n, agreed=each.agreed,
                kappa=None if each.kappa is None else f"{float(each.kappa):.4f}",
            )
            for assessor, each in rows
        ],
    )  # fmt: skip


@router.get("/appeals", response=Page[AppealOut])
def list_appeals(
    request: HttpRequest, response: HttpResponse, read: Read, status: Code = "", after: Code = "", limit: Limit = 50
) -> dict[str, Any]:
    """Appeals that this account may see: all, those about its own decisions, and those on whose panel it sits."""
    found = queries.list_appeals(by=request.auth, status=status).order_by("reference")
    found = found.filter(reference__gt=after) if after else found
    places = list(found.values_list("decision__enrolment_id", flat=True)[:limit])
    note_read(request, response, read, about="/appeals", records=places)
    return page(found, _appeal, limit=limit, key=lambda each: each.reference)


@router.get("/appeals/{reference}", response=AppealOut)
def get_appeal(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> AppealOut:
    found = queries.get_appeal(reference=reference, by=request.auth)
    note_read(request, response, read, about="/appeals", records=[found.decision.enrolment_id])
    return tagged(_appeal(found), response)


@router.post("/decisions/{key}/appeal", response={201: AppealOut}, openapi_extra=MAKES)
def lodge_appeal(request: HttpRequest, response: HttpResponse, key: UUID, sent: AppealIn) -> Status[AppealOut]:
    def make() -> AppealOut:
        decision = queries.get_decision(key=key, at=clock.now(), by=request.auth)
        made = actions.lodge_appeal(
            decision=decision, grounds=sent.grounds, on=clock.today(), by=request.auth, at=clock.now()
        )
        return _appeal(queries.get_appeal(reference=made.reference, by=request.auth))

    return Status(201, made_once(request, response, AppealOut, make))


@router.put("/appeals/{reference}/panel", response=AppealOut)
def name_panel(request: HttpRequest, response: HttpResponse, reference: Reference, sent: PanelIn) -> AppealOut:
    by = request.auth
    found = queries.get_appeal(reference=reference, by=by)
    by.require(Permission.APPEAL_NAME_PANEL, on=found)
    require_version(request, _appeal(found))
    actions.name_panel(
        appeal=found, chair=people.get_person(reference=sent.chair, by=by),
        members=[people.get_person(reference=each, by=by) for each in sent.members], on=clock.today(), by=by,
        at=clock.now(),
    )  # fmt: skip
    return tagged(_appeal(queries.get_appeal(reference=reference, by=by)), response)


@router.put("/appeals/{reference}/withdrawal", response=AppealOut)
def withdraw_appeal(request: HttpRequest, response: HttpResponse, reference: Reference) -> AppealOut:
    """The learner lets it rest; the decision stands."""
    by = request.auth
    found = queries.get_appeal(reference=reference, by=by)
    require_version(request, _appeal(found))
    actions.withdraw_appeal(appeal=found, on=clock.today(), by=by)
    return tagged(_appeal(queries.get_appeal(reference=reference, by=by)), response)


@router.post("/appeals/{reference}/ruling", response=AppealOut)
def rule_on_appeal(request: HttpRequest, response: HttpResponse, reference: Reference, sent: RulingIn) -> AppealOut:
    by = request.auth
    found = queries.get_appeal_to_rule(reference=reference, by=by)
    require_version(request, _appeal(found))
    actions.rule_on_appeal(
        appeal=found, to=AppealStatus(sent.to), ruling=sent.ruling, on=clock.today(), by=by, at=clock.now()
    )
    return tagged(_appeal(queries.get_appeal(reference=reference, by=by)), response)


def _sample(sample: Any) -> SampleToJudgeOut:
    held = sample.decision
    return SampleToJudgeOut(
        id=sample.pk, cohort=held.enrolment.cohort.reference, number=held.enrolment.number, unit=held.unit.code,
        attempt=held.attempt,
    )  # fmt: skip


def _appeal(appeal: Any) -> AppealOut:
    return AppealOut(
        reference=appeal.reference, decision=appeal.decision_id, status=appeal.status, lodged_on=appeal.lodged_on,
        answer_by=appeal.answer_by, grounds=appeal.grounds, ruling=appeal.ruling,
        panel=[each.person.reference for each in appeal.panel.all()],
    )  # fmt: skip
