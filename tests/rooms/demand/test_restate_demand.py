from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.kernel.errors import BadInput
from corridor.rooms.demand.actions import AlreadyReplaced, StatedByAnother, state_demand, state_demands
from corridor.rooms.demand.drafts import DemandDraft
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.demand.queries import get_demand, list_demands
from tests.factories.actors import make_actor
from tests.factories.demand import make_demand, make_employer

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
RESTATED = date(2024, 2, 1)


def newer(older, **more):
    given = {"stated_on": RESTATED, "posts": 40, "employer": older.employer} | more
    return DemandDraft(
        occupation_code="7231", occupation_title="Vehicle inspector", country="LA", needed_by=date(2024, 12, 31),
        replaces=older, **given,
    )  # fmt: skip


def test_a_restatement_takes_the_place_of_the_older_from_its_day():
    older = make_demand()
    restated = state_demand(demand=newer(older), by=LI)
    days = {
        day: {row.reference: row.standing_then for row in list_demands(by=VISITOR, on=day)}
        for day in (date(2024, 1, 31), RESTATED)
    }
    assert days[date(2024, 1, 31)] == {older.reference: "stated"}
    assert days[RESTATED] == {older.reference: "restated", restated.reference: "stated"}
    assert get_demand(reference=older.reference, by=VISITOR).replaced_by == restated
    assert get_demand(reference=restated.reference, by=VISITOR).replaces == older


def test_a_statement_is_restated_once():
    older = make_demand()
    state_demand(demand=newer(older), by=LI)
    with pytest.raises(AlreadyReplaced):
        state_demand(demand=newer(older), by=LI)
    third = make_demand("DEM-2023-0008")
    with pytest.raises(AlreadyReplaced):
        state_demands(demands=[newer(third), newer(third)], by=LI)
    assert DemandStatement.objects.filter(replaces=third).count() == 0


def test_an_employer_restates_its_own_alone():
    older, other = make_demand(), make_employer("port-company")
    with pytest.raises(StatedByAnother):
        state_demand(demand=newer(older, employer=other), by=make_actor("coordinator", ("member", other.pk)))


def test_a_restatement_is_dated_in_order():
    with pytest.raises(BadInput):
        state_demand(demand=newer(make_demand(), stated_on=date(2025, 6, 1)), by=LI)
