from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.demand.actions import mark_met
from corridor.rooms.demand.queries import demands_of, list_demands
from tests.factories.actors import make_actor
from tests.factories.demand import make_demand, make_employer

pytestmark = pytest.mark.django_db
SOME, ALL, LATE = date(2024, 3, 1), date(2024, 9, 1), date(2025, 1, 1)


@pytest.fixture
def statement():
    return make_demand(needed_by=date(2024, 12, 31))


@pytest.fixture
def khamla(statement):
    return make_actor("coordinator", ("member", statement.employer_id), label="khamla")


def standing(day):
    return list_demands(by=VISITOR, on=day).get().standing_then


def test_met_in_part_and_then_whole(statement, khamla):
    mark_met(statement=statement, on=SOME, by=khamla, partly=True, reason="12 hired.")
    met = mark_met(statement=statement, on=ALL, by=khamla)
    assert [met.status_on(day) for day in (date(2024, 2, 29), SOME, ALL)] == ["stated", "partly_met", "met"]
    assert list(Entry.objects.filter(by="khamla").values_list("event", flat=True)) == [
        "demand.partly_met",
        "demand.met",
    ]
    assert standing(LATE) == "met"


def test_what_is_not_met_by_its_day_is_expired(statement, khamla):
    assert [standing(day) for day in (date(2024, 12, 31), LATE)] == ["stated", "expired"]
    mark_met(statement=statement, on=SOME, by=khamla, partly=True)
    assert [standing(day) for day in (date(2024, 12, 31), LATE)] == ["partly_met", "expired"]
    statement.refresh_from_db()
    assert statement.is_expired(on=LATE)
    assert not statement.is_expired(on=date(2024, 12, 31))


def test_a_draft_cannot_be_met(khamla):
    draft = make_demand("DEM-2023-0008", stated_on=None)
    with pytest.raises(WrongMoment):
        mark_met(statement=draft, on=SOME, by=khamla)


def test_nothing_is_met_twice(statement, khamla):
    mark_met(statement=statement, on=SOME, by=khamla)
    with pytest.raises(WrongMoment):
        mark_met(statement=statement, on=ALL, by=khamla)


def test_another_employer_does_not_say_so(statement):
    other = make_actor("coordinator", ("member", make_employer("port-company").pk))
    with pytest.raises(AccessDenied):
        mark_met(statement=statement, on=SOME, by=other)
    assert list(demands_of(by=other, on=SOME)) == []


def test_it_stands_on_the_desk_of_its_employer(statement, khamla):
    assert [(row.reference, row.standing_then) for row in demands_of(by=khamla, on=LATE)] == [
        ("DEM-2023-0007", "expired")
    ]
