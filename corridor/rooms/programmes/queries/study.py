"""Joint study and the intake that is planned; both are public."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from corridor.foundations.access import Actor

from ..models import IntakePlan, Programme, StudyCredit, StudyMember, StudyPlan, StudyTerm, credits_of


@dataclass(frozen=True)
class Term:
    """A term, what its learners need, and what each member of the plan gives in it, in the order of the members."""

    year: int
    term: int
    required: Decimal
    given: list[Decimal]


@dataclass(frozen=True)
class Study:
    """Joint study from a day on, until the day of the next plan (None: until now)."""

    starts_on: date
    ends_before: date | None
    reason: str
    members: list[tuple[Any, Decimal]]
    terms: list[Term]

    @property
    def whole(self) -> Decimal:
        return sum((each.required for each in self.terms), Decimal(0))


def studies_of(*, programme: Programme, by: Actor) -> list[Study]:  # noqa: ARG001 (joint study is public)
    """Every plan of joint study, the latest first."""
    members = StudyMember.objects.select_related("organisation").prefetch_related("organisation__names")
    terms = StudyTerm.objects.order_by("year", "term").prefetch_related(Prefetch("given", StudyCredit.objects.all()))
    found = list(
        StudyPlan.objects.filter(programme=programme)
        .prefetch_related(Prefetch("members", members.order_by("organisation__reference")), Prefetch("terms", terms))
        .order_by("starts_on")
    )
    ends = [*(plan.starts_on for plan in found[1:]), None][: len(found)]
    return [_study(plan, end) for plan, end in zip(found, ends, strict=True)][::-1]


def _study(plan: StudyPlan, ends_before: date | None) -> Study:
    members = list(plan.members.all())
    terms = []
    for each in plan.terms.all():
        given = {one.organisation_id: one.credits for one in each.given.all()}
        shares = [given.get(member.organisation_id, Decimal(0)) for member in members]
        terms.append(Term(each.year, each.term, credits_of(each.required), shares))
    owed = [(each.organisation, credits_of(each.required)) for each in members]
    return Study(plan.starts_on, ends_before, plan.reason, owed, terms)


def intakes_of(*, programme: Programme, by: Actor) -> list[IntakePlan]:  # noqa: ARG001 (what is planned is public)
    """What is planned to begin, by year."""
    return list(IntakePlan.objects.filter(programme=programme).order_by("year"))
