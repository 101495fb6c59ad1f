"""Figures counted together: what each of them is alone, with what they share read once, and nothing kept for later."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.kernel.errors import Refusal
from corridor.rooms.indicators.definitions import DEFINITIONS
from corridor.rooms.indicators.definitions.taking_part import GROUP, Group
from corridor.rooms.indicators.queries import FigureAsk, show_figure, show_figures
from corridor.rooms.training.models import Attendance
from tests.factories.actors import NIGHTLY, VISITOR
from tests.factories.assessment import make_assessor, make_decisions
from tests.factories.credentials import award, make_assessed_cohort
from tests.factories.figures import AT
from tests.factories.members import make_alliance
from tests.factories.training import make_session
from tests.rooms.indicators.test_finishing import make_transfers

pytestmark = pytest.mark.django_db
DAY = date(2024, 2, 2)
NEEDED = {"months": "12", GROUP: Group.WOMEN.value, "currency": "EUR"}
OF_ENTRANTS = ("training.completion_rate", "training.exits", "assessment.take_up", "assessment.certified_share")


@pytest.fixture
def records():
    make_alliance()
    cohort, _ = make_transfers()
    make_decisions(cohort, assessor=make_assessor(cohort))
    assessed = make_assessed_cohort("COH-9", learners=2)
    make_session(assessed, number=1, status="locked")
    award(assessed)
    return assessed


def asks():
    for each in DEFINITIONS.values():
        scope = {key: NEEDED[key] for key in each.needs if key in NEEDED}
        yield FigureAsk(each.code, scope, on=DAY)
        if {"cohort"} <= set(each.keys):
            yield FigureAsk(each.code, scope | {"cohort": "COH-9"}, on=DAY)


def alone(each, by):
    try:
        return show_figure(code=each.code, scope=each.scope, on=each.on, at=AT, by=by)
    except Refusal as refusal:
        return type(refusal), str(refusal)


@pytest.mark.parametrize("by", [VISITOR, NIGHTLY], ids=["visitor", "everybody"])
def test_every_figure_is_what_it_is_alone(records, by):
    asked = list(asks())
    together = show_figures(asks=asked, at=AT, by=by)
    found = [(type(each), str(each)) if isinstance(each, Refusal) else each for each in together]
    assert found == [alone(each, by) for each in asked]
    assert sum(not isinstance(each, Refusal) and each.numbers.get("n") not in {0, None} for each in together) > 20


def test_what_they_share_is_read_once(records):
    def statements(codes):
        with CaptureQueriesContext(connection) as asked:
            show_figures(asks=[FigureAsk(code, on=DAY) for code in codes], at=AT, by=NIGHTLY)
        return len(asked)

    one_by_one = sum(statements([code]) for code in OF_ENTRANTS)
    assert statements(OF_ENTRANTS) < one_by_one / 2


def test_nothing_is_kept_for_the_next_reader(records):
    def counted():
        (found,) = show_figures(asks=[FigureAsk("training.exits", on=DAY)], at=AT, by=NIGHTLY)
        return found.value

    before = counted()
    Attendance.objects.filter(enrolment=records.enrolments.first()).delete()
    assert counted() == before - 1
