"""Outcomes with their silence: who was asked, reached and answered; unknown is never no."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR, Role
from corridor.kernel.refusals import NoDenominator, NotYetDue, TooFewForAPercentage
from corridor.rooms.indicators.queries import show_figure
from corridor.rooms.indicators.refusals import UnknownScope
from corridor.rooms.outcomes.models import FollowUp
from tests.factories.actors import make_actor
from tests.factories.figures import AT, complete, make_cohort_at, make_learners, make_place
from tests.factories.members import make_alliance
from tests.factories.outcomes import CLOSES_ON, answer, make_wave

pytestmark = pytest.mark.django_db
AUDITOR = make_actor(Role.AUDITOR)
AFTER = date(2024, 2, 1)


@pytest.fixture
def cohort():
    make_alliance()
    make_place("wks-vientiane", "LA")
    return make_cohort_at("wks-vientiane", "COH-A")


def show(scope: str = "months=6", on: date = AFTER, by=AUDITOR):
    return show_figure(code="outcomes.employed_any", scope=scope, on=on, at=AT, by=by)


def ask_all(cohort, count: int, *, yes: int, no: int, prefix: str = "p") -> None:
    complete(cohort, make_learners(count, prefix=prefix), kind="student")
    make_wave(f"WAVE-{prefix}", cohorts=[cohort], status="closed")
    follow_ups = FollowUp.objects.filter(wave__reference=f"WAVE-{prefix}").order_by("pk")
    for number, follow_up in enumerate(follow_ups[: yes + no]):
        answer(follow_up, working="yes" if number < yes else "no")


def test_the_whole_block_stands_beside_the_share(cohort):
    ask_all(cohort, 80, yes=40, no=15)
    shown = show()
    assert (shown.numbers["numerator"], shown.numbers["denominator"], shown.numbers["n"]) == (40, 80, 55)
    block = shown.numbers["block"]
    assert (block["eligible"], block["asked"], block["reached"], block["answered"]) == (80, 55, 55, 55)
    assert block["bounds"] == ["50.0%", "81.3%"]
    assert (block["response_rate"], block["among_answered"]) == ("68.8%", "72.7%")
    assert shown.numbers["missing"]["answers"] == 25


def test_the_months_must_be_named(cohort):
    with pytest.raises(UnknownScope, match="months=6"):
        show("")
    with pytest.raises(UnknownScope):
        show("months=half")


def test_an_open_wave_is_not_yet_due(cohort):
    complete(cohort, make_learners(12, prefix="p"))
    make_wave(cohorts=[cohort], status="closed")
    with pytest.raises(NotYetDue):
        show(on=date(2024, 1, 20))
    assert show(on=CLOSES_ON).numbers["denominator"] == 12


def test_nobody_to_ask_is_no_denominator(cohort):
    shown = show()
    assert shown.numbers["denominator"] == 0
    with pytest.raises(NoDenominator):
        shown.percent_text()


def test_fewer_than_ten_have_counts_and_no_percentage(cohort):
    ask_all(cohort, 7, yes=6, no=1)
    shown = show()
    assert (shown.numbers["numerator"], shown.numbers["block"]["bounds"]) == (6, None)
    assert shown.numbers["block"]["withheld"]["bounds"] == "TooFewForAPercentage"
    with pytest.raises(TooFewForAPercentage):
        shown.percent_text()


def test_few_answers_are_hidden_from_visitors(cohort):
    ask_all(cohort, 20, yes=12, no=2)
    shown = show(by=VISITOR)
    assert shown.numbers["numerator"] == "·"
    assert shown.numbers["block"]["answered"] == 14
    assert "bounds" not in shown.numbers["block"]


def test_contradicting_answers_of_one_person_are_none(cohort):
    ask_all(cohort, 20, yes=20, no=0)
    other = make_cohort_at("wks-vientiane", "COH-B")
    person = FollowUp.objects.order_by("pk").first().enrolment.person
    complete(other, [person], kind="student")
    make_wave("WAVE-other", cohorts=[other], status="closed")
    answer(FollowUp.objects.get(wave__reference="WAVE-other"), working="no")
    shown = show()
    assert (shown.numbers["denominator"], shown.numbers["numerator"], shown.numbers["n"]) == (20, 19, 19)
    assert shown.not_counted == 2
