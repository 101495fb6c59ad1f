"""What is planned for a programme: its intake, beside what began; and joint study. Credits are exact, written as text."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.members import queries as members
from corridor.rooms.programmes import actions, queries
from corridor.rooms.programmes.drafts import IntakeDraft, StudyDraft, TermDraft
from corridor.rooms.training import queries as training

from .asking import Day, On, Reference, Words
from .etags import require_version, tagged
from .once import MAKES, made_once
from .tokens import PRIVATE, PUBLIC

TAG = "programmes"
router = Router(auth=PUBLIC)
Credits = Annotated[Decimal, Field(ge=0, le=1000, max_digits=6, decimal_places=2)]
Year = Annotated[int, Path(ge=1900, le=2200)]


class IntakeOut(Schema):
    """
    A year: cohorts and learners that were planned (null: none were), and that began by the day. ``places_begun`` is null where so few that
    persons could be recognised.
    """

    year: int
    cohorts_planned: int | None
    learners_planned: int | None
    cohorts_begun: int
    places_begun: int | None
    note: str


class IntakesOut(Schema):
    programme: str
    intakes: list[IntakeOut]


class IntakeIn(Schema):
    cohorts: int = Field(ge=0, le=1000)
    learners: int = Field(ge=0, le=1_000_000)
    note: Words = Field("", max_length=300)


class CreditOut(Schema):
    member: str
    credits: str


class CreditIn(Schema):
    member: Annotated[str, Field(max_length=60)]
    credits: Credits


class StudyTermOut(Schema):
    year: int
    term: int
    required: str
    given: list[CreditOut]


class StudyTermIn(Schema):
    year: int = Field(ge=1, le=10)
    term: int = Field(ge=1, le=6)
    required: Credits
    given: list[CreditIn] = Field(max_length=50)


class StudyOut(Schema):
    """``members``: what each has to give over all terms. It holds until the day of the next plan."""

    starts_on: date
    ends_before: date | None
    reason: str
    members: list[CreditOut]
    terms: list[StudyTermOut]


class StudiesOut(Schema):
    programme: str
    studies: list[StudyOut]


class StudyIn(Schema):
    starts_on: Day
    members: list[CreditIn] = Field(max_length=50)
    terms: list[StudyTermIn] = Field(max_length=60)
    reason: Words = Field("", max_length=300)


@router.get("/programmes/{reference}/intakes", response=IntakesOut)
def list_intakes(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> IntakesOut:
    """What was planned to begin in each year, and what had begun by the day."""
    return tagged(_intakes(request, reference, on or clock.today()), response)


@router.put("/programmes/{reference}/intakes/{year}", response=IntakesOut, auth=PRIVATE)
def plan_intake(
    request: HttpRequest, response: HttpResponse, reference: Reference, year: Year, sent: IntakeIn
) -> IntakesOut:
    """Plan a year, or plan it anew; the version is that of all its years."""
    today = clock.today()
    request.auth.require(Permission.PROGRAMME_PROPOSE)
    require_version(request, _intakes(request, reference, today))
    programme = queries.get_programme(reference=reference, by=request.auth)
    draft = IntakeDraft(programme, year, sent.cohorts, sent.learners, sent.note)
    actions.plan_intakes(plans=[draft], by=request.auth)
    return tagged(_intakes(request, reference, today), response)


@router.get("/programmes/{reference}/study", response=StudiesOut)
def list_studies(request: HttpRequest, response: HttpResponse, reference: Reference) -> StudiesOut:
    """The plans of joint study, the latest first."""
    return tagged(_studies(request, reference), response)


@router.post("/programmes/{reference}/study", response={201: StudiesOut}, openapi_extra=MAKES, auth=PRIVATE)
def plan_study(request: HttpRequest, response: HttpResponse, reference: Reference, sent: StudyIn) -> Status[StudiesOut]:
    """
    Plan joint study from a day on. What the members give in a term is what its learners need (409 CreditsOfTermDiffer), and each gives what
    it has to give (409 CreditsOfMemberDiffer).
    """
    by = request.auth
    by.require(Permission.PROGRAMME_PROPOSE)

    def make() -> StudiesOut:
        programme = queries.get_programme(reference=reference, by=by)
        named = {each.member for each in sent.members} | {one.member for each in sent.terms for one in each.given}
        known = {name: members.get_organisation(reference=name, by=by) for name in sorted(named)}
        draft = StudyDraft(
            programme, sent.starts_on,
            [
                TermDraft(each.year, each.term, each.required, [(known[one.member], one.credits) for one in each.given])
                for each in sent.terms
            ],
            [(known[each.member], each.credits) for each in sent.members], sent.reason,
        )  # fmt: skip
        actions.plan_study(plans=[draft], by=by)
        return _studies(request, reference)

    return Status(201, made_once(request, response, StudiesOut, make))


def _intakes(request: HttpRequest, reference: str, on: date) -> IntakesOut:
    by = request.auth
    programme = queries.get_programme(reference=reference, by=by)
    plans = {each.year: each for each in queries.intakes_of(programme=programme, by=by)}
    begun = training.begun_by_year(programme=programme.pk, on=on, by=by)
    return IntakesOut(
        programme=reference,
        intakes=[
            _intake(year, plans.get(year), begun.get(year, training.Begun())) for year in sorted({*plans, *begun})
        ],
    )


def _intake(year: int, plan: Any, begun: training.Begun) -> IntakeOut:
    return IntakeOut(
        year=year, cohorts_planned=plan.cohorts if plan else None, learners_planned=plan.learners if plan else None,
        cohorts_begun=begun.cohorts, places_begun=begun.learners, note=plan.note if plan else "",
    )  # fmt: skip


def _studies(request: HttpRequest, reference: str) -> StudiesOut:
    programme = queries.get_programme(reference=reference, by=request.auth)
    return StudiesOut(
        programme=reference, studies=[_study(each) for each in queries.studies_of(programme=programme, by=request.auth)]
    )


def _study(study: queries.Study) -> StudyOut:
    names = [member.reference for member, _credits in study.members]
    return StudyOut(
        starts_on=study.starts_on,
        ends_before=study.ends_before,
        reason=study.reason,
        members=[_credit(member.reference, credit) for member, credit in study.members],
        terms=[
            StudyTermOut(
                year=each.year, term=each.term, required=f"{each.required:.2f}",
                given=[_credit(name, credit) for name, credit in zip(names, each.given, strict=True) if credit],
            )
            for each in study.terms
        ],
    )  # fmt: skip


def _credit(name: str, credit: Decimal) -> CreditOut:
    return CreditOut(member=name, credits=f"{credit:.2f}")
