"""What is planned to begin in a year; and joint study, whose credits add up exactly in every term and for every member."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.foundations.audit.models import EntryDetail
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.programmes.actions import (
    CreditsOfMemberDiffer,
    CreditsOfTermDiffer,
    NoDegree,
    StudyStands,
    TakesNoPart,
    move_programme,
    plan_intakes,
    plan_study,
)
from corridor.rooms.programmes.drafts import IntakeDraft, StudyDraft, TermDraft
from corridor.rooms.programmes.lifecycle import ProgrammeStatus as Status
from corridor.rooms.programmes.models import IntakePlan, StudyPlan
from corridor.rooms.programmes.queries import intakes_of, studies_of
from tests.factories.actors import make_actor
from tests.factories.agreements import find_or_make_member
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
BEGINS = date(2023, 9, 1)


def test_a_year_is_planned_once_and_planned_anew_with_what_it_said_before_in_the_log():
    programme = make_programme()
    plan_intakes(plans=[IntakeDraft(programme, 2024, 2, 60), IntakeDraft(programme, 2023, 1, 25)], by=LI)
    plan_intakes(plans=[IntakeDraft(programme, 2024, 3, 75, "The employer wants more")], by=LI)
    found = intakes_of(programme=programme, by=VISITOR)
    assert [(each.year, each.cohorts, each.learners) for each in found] == [(2023, 1, 25), (2024, 3, 75)]
    before = EntryDetail.objects.filter(entry__event="programmes.intake_planned", field="learners").order_by("pk")
    assert [(each.before, each.after) for each in before] == [("", "60"), ("", "25"), ("60", "75")]


@pytest.mark.parametrize(("year", "cohorts", "learners"), [(1899, 1, 10), (2201, 1, 10), (2024, 0, 10)])
def test_an_intake_that_cannot_be_is_refused(year, cohorts, learners):
    programme = make_programme()
    with pytest.raises(BadInput):
        plan_intakes(plans=[IntakeDraft(programme, year, cohorts, learners)], by=LI)
    assert not IntakePlan.objects.exists()


def test_nobody_else_plans_and_nothing_is_planned_after_the_end():
    programme = make_programme()
    with pytest.raises(AccessDenied):
        plan_intakes(plans=[IntakeDraft(programme, 2024, 1, 10)], by=make_actor("council"))
    with pytest.raises(BadInput):
        plan_intakes(plans=[IntakeDraft(programme, 2024, 1, 10), IntakeDraft(programme, 2024, 2, 10)], by=LI)
    move_programme(programme=programme, to=Status.CANCELLED, on=date(2024, 1, 8), by=LI)
    with pytest.raises(WrongMoment):
        plan_intakes(plans=[IntakeDraft(programme, 2024, 1, 10)], by=LI)


@pytest.fixture
def degree():
    return make_programme(kind="degree")


def study(programme, *terms, members, on=BEGINS):
    def organisations(gives):
        return [(find_or_make_member(name), Decimal(credit)) for name, credit in gives.items()]

    drafts = [TermDraft(year, term, Decimal(needed), organisations(gives)) for year, term, needed, gives in terms]
    return StudyDraft(programme, on, drafts, organisations(members))


def test_credits_that_add_up_are_planned_from_a_day_on(degree):
    whole = {"chongqing": "37.25", "vientiane": "22.75"}
    first = (1, 1, "30", {"chongqing": "22.25", "vientiane": "7.75"})
    plan_study(plans=[study(degree, first, (1, 2, "30", {"chongqing": "15", "vientiane": "15"}), members=whole)], by=LI)
    plan_study(
        plans=[study(degree, first, members={"chongqing": "22.25", "vientiane": "7.75"}, on=date(2024, 9, 1))], by=LI
    )
    later, now = studies_of(programme=degree, by=VISITOR)
    assert (later.starts_on, later.whole, now.ends_before, now.whole) == (date(2024, 9, 1), 30, date(2024, 9, 1), 60)
    assert [(member.reference, credit) for member, credit in now.members] == [
        ("chongqing", Decimal("37.25")), ("vientiane", Decimal("22.75")),
    ]  # fmt: skip
    assert [term.given for term in now.terms] == [[Decimal("22.25"), Decimal("7.75")], [Decimal(15), Decimal(15)]]


@pytest.mark.parametrize(
    ("term", "members", "refused", "said"),
    [
        (
            (1, 1, "30", {"chongqing": "29.99"}),
            {"chongqing": "29.99"},
            CreditsOfTermDiffer,
            "29.99 credits together, and 30",
        ),
        ((1, 1, "30", {"chongqing": "30"}), {"chongqing": "29"}, CreditsOfMemberDiffer, "chongqing gives 30 credits"),
        (
            (1, 1, "30", {"chongqing": "30"}),
            {"chongqing": "30", "vientiane": "5"},
            CreditsOfMemberDiffer,
            "vientiane gives 0",
        ),
        (
            (1, 1, "30", {"chongqing": "20", "vientiane": "10"}),
            {"chongqing": "20"},
            CreditsOfMemberDiffer,
            "vientiane gives 10",
        ),
        ((1, 1, "30", {"colombo": "30"}), {"colombo": "30"}, TakesNoPart, "colombo takes no part"),
        ((1, 1, "0.005", {"chongqing": "0.005"}), {"chongqing": "0.005"}, BadInput, "at most two digits"),
        ((11, 1, "30", {"chongqing": "30"}), {"chongqing": "30"}, BadInput, "no year 11"),
        ((1, 1, "-1", {"chongqing": "-1"}), {"chongqing": "-1"}, BadInput, "are no credits"),
    ],
)
def test_credits_that_do_not_add_up_are_refused_by_name(degree, term, members, refused, said):
    with pytest.raises(refused, match=said):
        plan_study(plans=[study(degree, term, members=members)], by=LI)
    assert not StudyPlan.objects.exists()


def test_only_degrees_are_planned_once_a_day_without_naming_anything_twice(degree):
    term = (1, 1, "30", {"chongqing": "30"})
    with pytest.raises(NoDegree):
        plan_study(plans=[study(make_programme("PRG-2023-013"), term, members={"chongqing": "30"})], by=LI)
    with pytest.raises(BadInput, match="names a term twice"):
        plan_study(plans=[study(degree, term, term, members={"chongqing": "60"})], by=LI)
    with pytest.raises(BadInput):
        plan_study(plans=[study(degree, members={"chongqing": "60"})], by=LI)
    with pytest.raises(AccessDenied):
        plan_study(plans=[study(degree, term, members={"chongqing": "30"})], by=make_actor("coordinator"))
    plan_study(plans=[study(degree, term, members={"chongqing": "30"})], by=LI)
    with pytest.raises(StudyStands):
        plan_study(plans=[study(degree, term, members={"chongqing": "30"})], by=LI)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shares=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), min_size=1, max_size=6),
    off=st.integers(-2, 2),
)
def test_credits_stay_exact_however_they_are_divided(degree, shares, off):
    terms = [
        (1 + place // 2, 1 + place % 2, Decimal(one + other).scaleb(-2),
         {"chongqing": Decimal(one).scaleb(-2), "vientiane": Decimal(other).scaleb(-2)})
        for place, (one, other) in enumerate(shares)
    ]  # fmt: skip
    owed = Decimal(sum(one for one, _other in shares) + off).scaleb(-2)
    members = {"chongqing": owed, "vientiane": Decimal(sum(other for _one, other in shares)).scaleb(-2)}
    for plan in StudyPlan.objects.all():
        for term in plan.terms.all():
            term.given.all().delete()
        plan.terms.all().delete()
        plan.members.all().delete()
        plan.delete()
    draft = study(degree, *terms, members=members)
    if off:
        with pytest.raises((CreditsOfMemberDiffer, BadInput)):
            plan_study(plans=[draft], by=NIGHTLY)
        return
    plan_study(plans=[draft], by=NIGHTLY)
    (found,) = studies_of(programme=degree, by=VISITOR)
    sums = [sum(column) for column in zip(*(term.given for term in found.terms), strict=True)]
    assert sums == [credit for _member, credit in found.members]
    assert all(sum(term.given) == term.required for term in found.terms)
