"""Decisions drawn to be judged a second time: the draw, who judges, and what follows where two do not agree."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.queries.choices import Settling
from corridor.rooms.training import queries as training

from .asking import Reference, Words
from .etags import require_version, tagged
from .leaving import Read, note_read
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "assessment"
router = Router(auth=PRIVATE)


class DrawnOut(Schema):
    """A decision that was drawn, with both judgements; persons are references. ``state``: waiting, agreed, disagreed, settled."""

    id: UUID
    decision: UUID
    number: int
    unit: str
    attempt: int
    assessor: str
    result: str
    second: str | None
    second_result: str
    state: str
    settled: str
    reason: str


class DrawOut(Schema):
    """With its seed anybody can draw again."""

    drawn_on: date
    share: int
    least: int
    seed: str
    unit: str | None


class DrawsOut(Schema):
    cohort: str
    draws: list[DrawOut]
    samples: list[DrawnOut]


class DrawIn(Schema):
    share: int = Field(10, ge=1, le=100, description="Percent of each assessor's decisions")
    least: int = Field(1, ge=0, le=100, description="At least so many of each")
    seed: str = Field(min_length=1, max_length=60, description="Any word or number, said aloud before the draw")
    unit: Words = Field("", description="The code of one unit; left out, all")


class SecondIn(Schema):
    samples: list[UUID] = Field(min_length=1, max_length=500)
    second: Words = Field(description="The reference of a person who is appointed to the cohort")


class SettlingIn(Schema):
    settling: Literal["first_stands", "overturned"]
    reason: str = Field(min_length=1, max_length=500)


@router.get("/cohorts/{reference}/samples", response=DrawsOut)
def list_drawn(request: HttpRequest, response: HttpResponse, reference: Reference, read: Read) -> DrawsOut:
    """All that was drawn in a cohort, for who moderates or oversees; whoever judges a second time reads /samples."""
    cohort = training.get_cohort(reference=reference, by=request.auth)
    found = queries.moderation_of(cohort=cohort, by=request.auth)
    places = {each.decision.enrolment_id for each in found.samples}
    note_read(request, response, read, about=f"/cohorts/{reference}/samples", records=places)
    return tagged(_draws(found), response)


@router.post("/cohorts/{reference}/samples", response={201: DrawsOut}, openapi_extra=MAKES)
def draw_sample(request: HttpRequest, response: HttpResponse, reference: Reference, sent: DrawIn) -> Status[DrawsOut]:
    """Draw decisions: they are final only after a second assessor has judged them too."""
    by = request.auth

    def make() -> DrawsOut:
        cohort = training.get_cohort(reference=reference, by=by)
        by.require(Permission.DECISION_MODERATE, on=cohort)
        unit = queries.get_unit(cohort=cohort, code=sent.unit, by=by) if sent.unit else None
        actions.draw_sample(
            cohort=cohort, share=sent.share, least=sent.least, seed=sent.seed, on=clock.today(), by=by, unit=unit
        )
        return _draws(queries.moderation_of(cohort=cohort, by=by))

    return Status(201, made_once(request, response, DrawsOut, make))


@router.put("/cohorts/{reference}/samples/second", response=DrawsOut)
def assign_second(request: HttpRequest, response: HttpResponse, reference: Reference, sent: SecondIn) -> DrawsOut:
    """Name who judges these a second time: somebody else than the first, appointed and licensed."""
    by = request.auth
    found = _drawn_in(request, reference)
    require_version(request, _draws(found))
    person = next(
        (each for each in queries.seconds_for(cohort=found.cohort, by=by) if each.reference == sent.second), None
    )
    if person is None:
        text = N_("%(assessor)s is not appointed to assess %(cohort)s.")
        raise BadInput([Problem(text, {"assessor": sent.second, "cohort": reference}, column="second")])
    drawn = {each.pk: each for each in found.samples}
    if unknown := [key for key in sent.samples if key not in drawn]:
        raise BadInput([Problem(N_("%(which)s was not drawn here."), {"which": str(unknown[0])}, column="samples")])
    actions.assign_second(
        samples=[drawn[key] for key in dict.fromkeys(sent.samples)],
        second=person,
        on=clock.today(),
        by=by,
        at=clock.now(),
    )
    return tagged(_draws(queries.moderation_of(cohort=found.cohort, by=by)), response)


@router.put("/cohorts/{reference}/samples/{key}/settling", response=DrawsOut)
def settle_sample(
    request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID, sent: SettlingIn
) -> DrawsOut:
    """Say what follows where two do not agree, by somebody who judged neither time."""
    by = request.auth
    found = _drawn_in(request, reference)
    sample = next((each for each in found.samples if each.pk == key), None)
    if sample is None:
        raise NotFound(N_("There is no such sample."))
    require_version(request, _draws(found))
    actions.settle_sample(sample=sample, settling=Settling(sent.settling), reason=sent.reason, on=clock.today(), by=by)
    return tagged(_draws(queries.moderation_of(cohort=found.cohort, by=by)), response)


def _drawn_in(request: HttpRequest, reference: str) -> queries.Moderation:
    """What was drawn, for who moderates."""
    by: Any = request.auth  # type: ignore[attr-defined]
    cohort = training.get_cohort(reference=reference, by=by)
    by.require(Permission.DECISION_MODERATE, on=cohort)
    return queries.moderation_of(cohort=cohort, by=by)


def _draws(found: queries.Moderation) -> DrawsOut:
    return DrawsOut(
        cohort=found.cohort.reference,
        draws=[
            DrawOut(
                drawn_on=each.drawn_on, share=each.share, least=each.least, seed=each.seed,
                unit=each.unit.code if each.unit else None,
            )
            for each in found.plans
        ],
        samples=[_drawn(each) for each in found.samples],
    )  # fmt: skip


def _drawn(sample: Any) -> DrawnOut:
    held = sample.decision
    return DrawnOut(
        id=sample.pk, decision=held.pk, number=held.enrolment.number, unit=held.unit.code, attempt=held.attempt,
        assessor=held.assessor.reference, result=held.result, second=sample.second.reference if sample.second else None,
        second_result=sample.result, state=sample.state, settled=sample.settled, reason=sample.reason,
    )  # fmt: skip
