"""The log of a programme: risks and decisions, for those who take part in it and for oversight."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.members import queries as members
from corridor.rooms.programmes import actions, queries
from corridor.rooms.programmes.drafts import DecisionDraft, RiskDraft, RiskStep
from corridor.rooms.programmes.lifecycle import RiskStatus

from .asking import Day, On, Reference, Words
from .etags import require_version, tagged
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "programmes"
router = Router(auth=PRIVATE)
Level = Literal["low", "medium", "high"]
Number = Annotated[int, Path(ge=1, le=1_000_000)]
Name = Annotated[str, Field(max_length=60)]


class RiskStepOut(Schema):
    status: str
    on: date
    reason: str


class RiskOut(Schema):
    """``is_late``: its day has passed, and it is not closed."""

    programme: str
    number: int
    what: str
    likelihood: str
    effect: str
    owner: str
    noticed_on: date
    due_on: date
    status: str
    is_late: bool
    timeline: list[RiskStepOut]


class RiskChangeIn(Schema):
    likelihood: Level
    effect: Level
    owner: Name = Field(description="The reference of a member that takes part in the programme")
    due_on: Day


class RiskIn(RiskChangeIn):
    what: Words = Field(max_length=300)
    noticed_on: Day


class RiskMoveIn(Schema):
    to: Literal["open", "came_true", "closed"]
    on: Day
    reason: Words = Field(max_length=300)


class ProgrammeDecisionOut(Schema):
    decided_on: date
    decided_by: str
    what: str


class ProgrammeDecisionsOut(Schema):
    """What was decided, the latest first."""

    programme: str
    decisions: list[ProgrammeDecisionOut]


class ProgrammeDecisionIn(Schema):
    on: Day
    decided_by: Words = Field(max_length=150, description="An office or a board, never a private name")
    what: Words = Field(max_length=500)


@router.get("/programmes/{reference}/risks", response=list[RiskOut])
def list_risks(request: HttpRequest, reference: Reference, on: On = None) -> list[RiskOut]:
    """Its risks as they stood on a day, by number."""
    day = on or clock.today()
    programme = queries.get_programme(reference=reference, by=request.auth)
    return [_risk(each, day) for each in queries.risks_of(programme=programme, on=day, by=request.auth)]


@router.post("/programmes/{reference}/risks", response={201: RiskOut}, openapi_extra=MAKES)
def log_risk(request: HttpRequest, response: HttpResponse, reference: Reference, sent: RiskIn) -> Status[RiskOut]:
    """Write down what may go wrong."""
    by = request.auth
    programme = queries.get_programme(reference=reference, by=by)
    queries.require_log(programme=programme, by=by)
    by.require(Permission.PROGRAMME_KEEP_LOG, on=programme)

    def make() -> RiskOut:
        owner = members.get_organisation(reference=sent.owner, by=by)
        draft = RiskDraft(programme, sent.what, sent.likelihood, sent.effect, owner, sent.noticed_on, sent.due_on)
        (made,) = actions.log_risks(risks=[draft], by=by)
        return _read(request, reference, made.number, max(clock.today(), sent.noticed_on))

    return Status(201, made_once(request, response, RiskOut, make))


@router.get("/programmes/{reference}/risks/{number}", response=RiskOut)
def get_risk(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, on: On = None
) -> RiskOut:
    return tagged(_read(request, reference, number, on or clock.today()), response)


@router.put("/programmes/{reference}/risks/{number}", response=RiskOut)
def judge_risk(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: RiskChangeIn
) -> RiskOut:
    """Judge it anew: how likely, how much it would do, whose it is and by when."""
    by, today = request.auth, clock.today()
    programme = queries.get_programme(reference=reference, by=by)
    risk = queries.get_risk(programme=programme, number=number, on=today, by=by)
    by.require(Permission.PROGRAMME_KEEP_LOG, on=programme)
    require_version(request, _risk(risk, today))
    owner = members.get_organisation(reference=sent.owner, by=by)
    actions.change_risk(
        risk=risk, likelihood=sent.likelihood, effect=sent.effect, owner=owner, due_on=sent.due_on, by=by
    )
    return tagged(_read(request, reference, number, today), response)


@router.post("/programmes/{reference}/risks/{number}/moves", response=RiskOut)
def move_risk(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: RiskMoveIn
) -> RiskOut:
    """Say what became of it, and why."""
    by, today = request.auth, clock.today()
    programme = queries.get_programme(reference=reference, by=by)
    risk = queries.get_risk(programme=programme, number=number, on=today, by=by)
    by.require(Permission.PROGRAMME_KEEP_LOG, on=programme)
    require_version(request, _risk(risk, today))
    actions.move_risks(steps=[RiskStep(risk, RiskStatus(sent.to), sent.on, sent.reason)], by=by)
    return tagged(_read(request, reference, number, today), response)


@router.get("/programmes/{reference}/decisions", response=ProgrammeDecisionsOut)
def list_programme_decisions(
    request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None
) -> ProgrammeDecisionsOut:
    return tagged(_decisions(request, reference, on or clock.today()), response)


@router.post("/programmes/{reference}/decisions", response={201: ProgrammeDecisionsOut}, openapi_extra=MAKES)
def log_decision(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ProgrammeDecisionIn
) -> Status[ProgrammeDecisionsOut]:
    """Write down what was decided. A later decision takes it back; nothing is written over."""
    by = request.auth
    programme = queries.get_programme(reference=reference, by=by)
    queries.require_log(programme=programme, by=by)
    by.require(Permission.PROGRAMME_KEEP_LOG, on=programme)

    def make() -> ProgrammeDecisionsOut:
        actions.log_decisions(decisions=[DecisionDraft(programme, sent.on, sent.decided_by, sent.what)], by=by)
        return _decisions(request, reference, max(clock.today(), sent.on))

    return Status(201, made_once(request, response, ProgrammeDecisionsOut, make))


def _read(request: HttpRequest, reference: str, number: int, on: date) -> RiskOut:
    programme = queries.get_programme(reference=reference, by=request.auth)
    return _risk(queries.get_risk(programme=programme, number=number, on=on, by=request.auth), on)


def _risk(risk: Any, on: date) -> RiskOut:
    return RiskOut(
        programme=risk.programme.reference, number=risk.number, what=risk.what, likelihood=risk.likelihood,
        effect=risk.effect, owner=risk.owner.reference, noticed_on=risk.noticed_on, due_on=risk.due_on,
        status=risk.status_then, is_late=risk.due_on < on and risk.status_then != RiskStatus.CLOSED,
        timeline=[
            RiskStepOut(status=each.to_status, on=each.effective_on, reason=each.reason)
            for each in risk.changes.all() if each.effective_on <= on
        ],
    )  # fmt: skip


def _decisions(request: HttpRequest, reference: str, on: date) -> ProgrammeDecisionsOut:
    programme = queries.get_programme(reference=reference, by=request.auth)
    found = queries.decisions_of(programme=programme, on=on, by=request.auth)
    return ProgrammeDecisionsOut(
        programme=reference,
        decisions=[
            ProgrammeDecisionOut(decided_on=each.decided_on, decided_by=each.decided_by, what=each.what)
            for each in found
        ],
    )
