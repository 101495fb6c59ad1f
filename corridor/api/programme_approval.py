"""Steps of approval: which a kind of programme needs, and what was found at them."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.queries import get_document
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.programmes import actions, queries
from corridor.rooms.programmes.drafts import FindingDraft
from corridor.rooms.programmes.kinds import ApprovalStep, ProgrammeKind

from .asking import Day, On, Reference, Words
from .etags import require_version, tagged
from .once import MAKES, made_once
from .tokens import PRIVATE, PUBLIC

TAG = "programmes"
router = Router(auth=PUBLIC)
StepName = Literal["proposal", "feasibility", "academic", "council"]


class NeededOut(Schema):
    """The steps that programmes of a kind need, in their order; none: they need none."""

    kind: str
    steps: list[str]


class NeededIn(Schema):
    steps: list[StepName] = Field(max_length=4)


class StepFindingOut(Schema):
    """``finding`` and ``reason`` are null for who takes no part in the programme."""

    found_on: date
    found_by: str
    outcome: str
    finding: str | None
    reason: str | None
    document: str | None


class ApprovalStepOut(Schema):
    """``is_open``: it is needed, and nobody has approved it."""

    step: str
    is_needed: bool
    is_open: bool
    findings: list[StepFindingOut]


class ApprovalOut(Schema):
    """``waits_for`` is the first open step; null where every needed one is approved."""

    programme: str
    waits_for: str | None
    steps: list[ApprovalStepOut]


class StepFindingIn(Schema):
    step: StepName
    on: Day
    found_by: Words = Field(max_length=150, description="An office or a board, never a private name")
    outcome: Literal["approved", "returned"]
    finding: Words = Field(max_length=500)
    reason: Words = Field("", max_length=300, description="Why it is returned")
    document: Words = Field("", max_length=60, description="The reference of a document")


@router.get("/programme-steps", response=list[NeededOut])
def list_needed_steps(request: HttpRequest) -> list[NeededOut]:
    return [_needed(kind, steps) for kind, steps in queries.needed_steps(by=request.auth)]


@router.get("/programme-steps/{kind}", response=NeededOut)
def get_needed_steps(request: HttpRequest, response: HttpResponse, kind: Reference) -> NeededOut:
    return tagged(_read_needed(request, kind), response)


@router.put("/programme-steps/{kind}", response=NeededOut, auth=PRIVATE)
def need_steps(request: HttpRequest, response: HttpResponse, kind: Reference, sent: NeededIn) -> NeededOut:
    """Say which steps programmes of a kind need from now on, in their order. What runs already goes on."""
    request.auth.require(Permission.PROGRAMME_CHANGE_STATE)
    require_version(request, _read_needed(request, kind))
    actions.need_steps(steps=[(ProgrammeKind(kind), [ApprovalStep(each) for each in sent.steps])], by=request.auth)
    return tagged(_read_needed(request, kind), response)


@router.get("/programmes/{reference}/approval", response=ApprovalOut)
def get_approval(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> ApprovalOut:
    """The steps as they stood on a day."""
    return tagged(_read(request, reference, on or clock.today()), response)


@router.post("/programmes/{reference}/approval", response={201: ApprovalOut}, openapi_extra=MAKES, auth=PRIVATE)
def find_at_step(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: StepFindingIn
) -> Status[ApprovalOut]:
    """Write down what was found at a step. Steps come in their order (409 StepStillOpen), and nothing is written over."""
    by = request.auth
    by.require(Permission.PROGRAMME_JUDGE)

    def make() -> ApprovalOut:
        programme = queries.get_programme(reference=reference, by=by)
        document = get_document(reference=sent.document, by=by) if sent.document else None
        draft = FindingDraft(
            programme, sent.step, sent.on, sent.found_by, sent.outcome, sent.finding, sent.reason, document
        )
        actions.find_at_steps(findings=[draft], at=clock.now(), by=by)
        return _read(request, reference, max(clock.today(), sent.on))

    return Status(201, made_once(request, response, ApprovalOut, make))


def _needed(kind: Any, steps: Any) -> NeededOut:
    return NeededOut(kind=kind.value, steps=[each.value for each in steps])


def _read_needed(request: HttpRequest, kind: str) -> NeededOut:
    if kind not in ProgrammeKind:
        raise NotFound(N_("There is no kind of programme “%(kind)s”."), kind=kind)
    of_it = ProgrammeKind(kind)
    return _needed(of_it, dict(queries.needed_steps(by=request.auth))[of_it])


def _read(request: HttpRequest, reference: str, on: date) -> ApprovalOut:
    programme = queries.get_programme(reference=reference, by=request.auth, on=on)
    found = queries.approval_of(programme=programme, on=on, by=request.auth)
    return ApprovalOut(
        programme=reference,
        waits_for=found.first_open.step.value if found.first_open else None,
        steps=[
            ApprovalStepOut(
                step=state.step.value,
                is_needed=state.is_needed,
                is_open=state.is_open,
                findings=[_finding(each, tells=found.tells) for each in state.findings],
            )
            for state in found.states
        ],
    )


def _finding(each: Any, *, tells: bool) -> StepFindingOut:
    return StepFindingOut(
        found_on=each.found_on, found_by=each.found_by, outcome=each.outcome, finding=each.finding if tells else None,
        reason=each.reason if tells else None,
        document=each.document.reference if tells and each.document else None,
    )  # fmt: skip
