"""Members by country: the quick count, by the states that stand, says what the state of the day of each one says."""

from collections import Counter
from datetime import date

import pytest

from corridor.rooms.members.queries import count_by_country, counting, members_on
from tests.factories.actors import VISITOR, make_actor
from tests.factories.members import make_member, make_membership, make_organisation

TODAY = date(2024, 2, 2)
DAYS = [date(2020, 1, 1), date(2022, 6, 30), date(2023, 1, 1), date(2024, 2, 1), TODAY, date(2030, 1, 1)]

pytestmark = pytest.mark.django_db


@pytest.fixture
def lives():
    """Lives of every kind: one stay, a pause, a return, a second beginning, an application, one to come, one nobody confirmed."""
    make_member("stays", country="CN", latitude="10", longitude="20")
    make_member("also-stays", country="CN", latitude="20", longitude="40")
    make_member("pauses", country="LA", later=[("dormant", date(2022, 6, 30)), ("active", date(2023, 1, 1))])
    make_member("is-suspended", country="LA", later=[("suspended", TODAY)])
    make_member("begins-later", country="TH", active_from=date(2024, 3, 1))
    back = make_member(
        "comes-back", country="LK", later=[("withdrawn", date(2022, 1, 1))], latitude="7", longitude="80"
    )
    way_in = ["applied", "under_review", "approved", "active"]
    make_membership(back, steps=[(step, date(2023, 1, day)) for day, step in enumerate(way_in, start=1)])
    again = make_member("applies-again", country="LK", later=[("withdrawn", date(2022, 1, 1))])
    make_membership(again, steps=[("applied", date(2023, 5, 1))])
    applicant = make_organisation("only-applies", country="VN")
    make_membership(applicant, steps=[("applied", date(2023, 11, 1))])
    make_member("unconfirmed", country="VN", standing="unconfirmed")


@pytest.mark.usefixtures("lives")
@pytest.mark.parametrize("few", [0, 2, 500], ids=["each-asked", "some-asked", "few-asked"])
@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("role", ["visitor", "secretariat"])
def test_the_count_is_that_of_the_members_of_the_day(monkeypatch, few, day, role):
    monkeypatch.setattr(counting, "FEW", few)
    by = VISITOR if role == "visitor" else make_actor(role)
    counted = {row.country: row.members for row in count_by_country(on=day, by=by)}
    assert counted == Counter(each.country for each in members_on(day=day, by=by))


@pytest.mark.usefixtures("lives")
def test_the_middle_of_the_members_is_weighed_across_both_ways_of_asking():
    make_member("turns", country="CN", later=[("dormant", date(2024, 3, 1))], latitude="60", longitude="60")
    (china,) = (row for row in count_by_country(on=TODAY, by=VISITOR) if row.country == "CN")
    assert (china.members, china.latitude, china.longitude) == (3, 30.0, 40.0)


@pytest.mark.usefixtures("lives")
def test_where_nobody_has_coordinates_there_is_no_middle():
    (laos,) = (row for row in count_by_country(on=date(2024, 1, 1), by=VISITOR) if row.country == "LA")
    assert (laos.latitude, laos.longitude) == (None, None)
