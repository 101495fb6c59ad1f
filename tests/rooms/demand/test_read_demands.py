from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.kernel.errors import NotFound
from corridor.rooms.demand.queries import get_demand, list_demands
from tests.factories.actors import make_actor
from tests.factories.curricula import make_version
from tests.factories.demand import make_demand, make_employer

pytestmark = pytest.mark.django_db
TODAY = date(2024, 2, 2)


def found(by=VISITOR, **asked):
    return [row.reference for row in list_demands(by=by, **({"on": TODAY} | asked))]


def test_the_list_filters_by_employer_country_occupation_and_state_and_goes_on():
    make_demand("DEM-2023-0001")
    make_demand("DEM-2023-0002", employer=make_employer("port", country="KH"), country="KH", occupation_code="8350")
    make_demand("DEM-2023-0003", needed_by=date(2023, 12, 31))
    make_demand("DEM-2024-0001", stated_on=date(2024, 2, 3))
    assert found() == ["DEM-2023-0001", "DEM-2023-0002", "DEM-2023-0003"]
    assert found(employer="port") == found(country="KH") == found(occupation="83") == ["DEM-2023-0002"]
    assert found(states=["expired"]) == ["DEM-2023-0003"]
    assert found(after="DEM-2023-0002") == ["DEM-2023-0003"]


def test_a_draft_is_the_employers_and_the_secretariats():
    draft = make_demand(stated_on=None)
    own = make_actor("coordinator", ("member", draft.employer_id))
    other = make_actor("coordinator", ("member", make_employer("port").pk))
    assert found(by=own) == found(by=make_actor("secretariat")) == [draft.reference]
    for by in (VISITOR, other):
        assert found(by=by) == []
        with pytest.raises(NotFound):
            get_demand(reference=draft.reference, by=by)


def test_one_statement_comes_with_its_units(django_assert_max_num_queries):
    make_demand(units=list(make_version().units.all()))
    with django_assert_max_num_queries(7):
        shown = get_demand(reference="DEM-2023-0007", by=VISITOR, on=TODAY)
        assert [wanted.unit.titles.all()[0].text for wanted in shown.units.all()] == ["Unit VI-1", "Unit VI-2"]
        assert shown.standing_then == "stated"
        assert [change.to_status for change in shown.changes.all()] == ["stated"]


def test_a_longer_list_takes_no_more_statements(django_assert_num_queries):
    units = list(make_version().units.all())
    for number in range(1, 8):
        make_demand(f"DEM-2023-{number:04}", units=units)
    with django_assert_num_queries(5):
        rows = list(list_demands(by=VISITOR, on=TODAY))
        assert len([wanted.unit.titles.all()[0] for row in rows for wanted in row.units.all()]) == 14
        assert {row.employer.names.all()[0].name for row in rows} == {"Mekong Fleet College"}
