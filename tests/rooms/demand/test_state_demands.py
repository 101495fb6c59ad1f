from datetime import date

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.demand.actions import NeededBefore, ReferenceTaken, publish_draft, state_demand, state_demands
from corridor.rooms.demand.drafts import DemandDraft
from corridor.rooms.demand.models import DemandStatement
from tests.factories.actors import make_actor
from tests.factories.curricula import make_version
from tests.factories.demand import make_demand, make_employer

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
STATED, NEEDED = date(2023, 2, 6), date(2024, 12, 31)


@pytest.fixture
def employer():
    return make_employer("mekong-fleet")


@pytest.fixture
def khamla(employer):
    return make_actor("coordinator", ("member", employer.pk), label="khamla")


def draft(employer, **more):
    given = {
        "occupation_code": "7231", "occupation_title": "Vehicle inspector", "posts": 45, "country": "LA",
        "needed_by": NEEDED, "stated_on": STATED, "strength": "letter",
        "paper": "Letter 14, kept by the employer",
    } | more  # fmt: skip
    return DemandDraft(employer, **given)


def test_an_employer_states_what_it_needs_with_units(employer, khamla):
    units = list(make_version().units.all())
    stated = state_demand(demand=draft(employer, units=units), by=khamla)
    assert (stated.reference, stated.status, stated.posts) == ("DEM-2023-0001", "stated", 45)
    assert stated.units.count() == 2
    assert (stated.status_on(date(2023, 2, 5)), stated.status_on(STATED)) == ("draft", "stated")
    assert Entry.objects.filter(event="demand.stated", by="khamla").count() == 1


def test_the_secretariat_states_many_at_once(employer):
    other = make_employer("port-company")
    made = state_demands(demands=[draft(employer), draft(other, reference="DEM-2023-0009"), draft(employer)], by=LI)
    assert [row.reference for row in made] == ["DEM-2023-0001", "DEM-2023-0009", "DEM-2023-0002"]


def test_nobody_states_for_another_employer(employer):
    stranger = make_actor("coordinator", ("member", make_employer("port-company").pk))
    with pytest.raises(AccessDenied):
        state_demand(demand=draft(employer), by=stranger)
    with pytest.raises(AccessDenied):
        state_demand(demand=draft(employer), by=make_actor("trainer"))
    assert not DemandStatement.objects.exists()


def test_a_reference_is_given_once(employer):
    state_demand(demand=draft(employer, reference="DEM-2023-0007"), by=LI)
    with pytest.raises(ReferenceTaken):
        state_demand(demand=draft(employer, reference="DEM-2023-0007"), by=LI)


def test_what_cannot_be_meant_is_refused_with_every_reason(employer, khamla):
    unit = make_version().units.first()
    wrong = draft(
        employer, occupation_code="welder", posts=0, needed_by=date(2023, 1, 1), units=[unit, unit]
    )  # fmt: skip
    with pytest.raises(BadInput) as refused:
        state_demand(demand=wrong, by=khamla)
    assert {problem.column for problem in refused.value.problems} == {"occupation_code", "posts", "needed_by", "units"}


def test_a_draft_is_stated_later_and_once(employer, khamla):
    statement = state_demand(demand=draft(employer, stated_on=None), by=khamla)
    assert statement.status == "draft"
    stated = publish_draft(statement=statement, on=STATED, by=khamla)
    assert (stated.status, stated.stated_on) == ("stated", STATED)
    with pytest.raises(WrongMoment):
        publish_draft(statement=statement, on=STATED, by=khamla)


def test_a_draft_is_not_stated_after_the_day_by_which_people_are_needed():
    late = make_demand(stated_on=None, needed_by=NEEDED)
    with pytest.raises(NeededBefore, match="Give the draft a later day"):
        publish_draft(statement=late, on=date(2025, 1, 1), by=LI)
    assert publish_draft(statement=late, on=NEEDED, by=LI).stated_on == NEEDED


def test_nobody_states_the_draft_of_another():
    with pytest.raises(AccessDenied):
        other = make_actor("coordinator", ("member", make_employer("port-company").pk))
        publish_draft(statement=make_demand(stated_on=None), on=STATED, by=other)
