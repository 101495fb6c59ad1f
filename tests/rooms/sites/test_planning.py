"""A year of a site is planned line by line, and what is spent stands beside it: exact, in its own currency, with its day."""

from datetime import date
from decimal import Decimal

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, StaleForm, WrongMoment
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts_of_plans import PlanLineDraft, SpendingDraft, Targets
from corridor.rooms.sites.refusals import LineHasSpending, NumberTaken, PlannedAlready
from tests.factories.site_years import AT, make_line, make_plan, make_spending
from tests.factories.sites import make_equipment, make_site
from tests.factories.upkeep import make_reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan(make_site())


def test_a_site_has_one_plan_a_year(plan):
    with pytest.raises(PlannedAlready):
        make_plan(plan.site)
    assert make_plan(plan.site, 2024).year == 2024


def test_lines_are_numbered_as_they_come(plan):
    assert [make_line(plan).number, make_line(plan).number] == [1, 2]
    with pytest.raises(NumberTaken):
        actions.add_plan_lines(
            lines=[PlanLineDraft(plan, "staff", "Two trainers", Decimal(1), "CNY", number=2)], by=NIGHTLY
        )


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (("nothing", "Lifts", Decimal(1), "CNY"), "kind"),
        (("staff", " ", Decimal(1), "CNY"), "what"),
        (("staff", "Trainers", Decimal("0.5"), "JPY"), "amount"),
        (("staff", "Trainers", Decimal(-1), "CNY"), "amount"),
        (("staff", "Trainers", Decimal(1), "XYZ"), "currency"),
    ],
    ids=["kind", "what", "places", "negative", "currency"],
)
def test_a_line_says_what_for_and_how_much(plan, line, column):
    with pytest.raises(BadInput) as refused:
        actions.add_plan_lines(lines=[PlanLineDraft(plan, *line)], by=NIGHTLY)
    assert column in {each.column for each in refused.value.problems}


@pytest.mark.parametrize(
    ("on", "amount", "column"),
    [(date(2022, 12, 31), "1", "spent_on"), (date(2023, 6, 1), "0", "amount")],
    ids=["another_year", "nothing"],
)
def test_what_is_spent_is_of_the_year_and_something(plan, on, amount, column):
    with pytest.raises(BadInput) as refused:
        make_spending(make_line(plan), amount, on=on)
    assert [each.column for each in refused.value.problems] == [column]


def test_what_is_still_to_come_is_not_spent():
    line = make_line(make_plan(make_site(), 2024))
    with pytest.raises(BadInput) as refused:
        make_spending(line, on=date(2024, 2, 3))
    assert refused.value.problems[0].column == "spent_on"
    assert make_spending(line, on=date(2024, 2, 2)).pk


def test_what_was_written_down_wrongly_is_struck_and_stays(plan):
    spending = make_spending(make_line(plan))
    with pytest.raises(BadInput):
        actions.strike_spending(spending=spending, reason=" ", on=AT.date(), by=NIGHTLY)
    struck = actions.strike_spending(spending=spending, reason="Twice", on=AT.date(), by=NIGHTLY)
    assert (struck.struck_on, struck.struck_because) == (AT.date(), "Twice")
    with pytest.raises(WrongMoment):
        actions.strike_spending(spending=spending, reason="Twice", on=AT.date(), by=NIGHTLY)


def test_a_line_on_which_something_was_spent_stays(plan):
    spent, free = make_line(plan), make_line(plan)
    make_spending(spent)
    with pytest.raises(LineHasSpending):
        actions.remove_plan_lines(keys=[spent.pk, free.pk], by=NIGHTLY)
    actions.remove_plan_lines(keys=[free.pk], by=NIGHTLY)
    assert [each.pk for each in queries.get_plan(site=plan.site.reference, year=2023, by=NIGHTLY).lines.all()] == [
        spent.pk
    ]


def test_two_who_correct_at_once_do_not_undo_each_other(plan):
    line = make_line(plan)
    actions.correct_plan_line(line=line, values={"amount": Decimal(2)}, version=1, by=NIGHTLY)
    with pytest.raises(StaleForm):
        actions.correct_plan_line(line=line, values={"amount": Decimal(3)}, version=1, by=NIGHTLY)
    actions.correct_targets(plan=plan, targets=Targets(5), version=1, by=NIGHTLY)
    with pytest.raises(StaleForm):
        actions.correct_targets(plan=plan, targets=Targets(6), version=1, by=NIGHTLY)


def test_plans_are_for_those_concerned(plan):
    line = make_line(plan)
    assert not queries.list_plans(by=VISITOR).exists()
    with pytest.raises(NotFound):
        queries.get_plan(site=plan.site.reference, year=2023, by=VISITOR)
    for act in (
        lambda: actions.add_plan_lines(lines=[PlanLineDraft(plan, "staff", "x", Decimal(1), "CNY")], by=VISITOR),
        lambda: actions.write_spending(
            spendings=[SpendingDraft(line, AT.date(), Decimal(1), "CNY")], at=AT, by=VISITOR
        ),
        lambda: actions.correct_targets(plan=plan, targets=Targets(), version=1, by=VISITOR),
        lambda: actions.remove_plan_lines(keys=[line.pk], by=VISITOR),
    ):
        with pytest.raises(AccessDenied):
            act()


def test_hours_run_in_a_year_are_what_meters_gained(plan):
    site, year = plan.site, (date(2023, 1, 1), date(2023, 12, 31))
    old, new = make_equipment(site, "A"), make_equipment(site, "B")
    assert queries.hours_run(site=site.reference, first=year[0], last=year[1], by=NIGHTLY) is None
    make_reading(old, on=date(2022, 12, 31), hours=Decimal("100.0"))
    make_reading(old, on=date(2023, 6, 30), hours=Decimal("150.5"))
    make_reading(old, on=date(2023, 12, 31), hours=Decimal("180.5"))
    make_reading(old, on=date(2024, 1, 31), hours=Decimal("999.0"))
    # Of a machine that was there before, the first reading in the year is where counting begins.
    make_reading(new, on=date(2023, 3, 1), hours=Decimal("10.0"))
    make_reading(new, on=date(2023, 9, 1), hours=Decimal("15.0"))
    found = queries.hours_run(site=site.reference, first=year[0], last=year[1], by=NIGHTLY)
    assert found == Decimal("85.5")
    assert queries.hours_run(site=site.reference, first=year[0], last=year[1], by=VISITOR) is None
