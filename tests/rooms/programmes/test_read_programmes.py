from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.kernel.errors import NotFound
from corridor.rooms.programmes.queries import count_programmes, get_programme, list_programmes, programmes_of
from tests.factories.actors import make_actor
from tests.factories.agreements import find_or_make_member, make_agreement
from tests.factories.conferences import make_announcement
from tests.factories.curricula import make_version
from tests.factories.programmes import make_programme
from tests.factories.sites import make_listing, make_site

pytestmark = pytest.mark.django_db
TODAY = date(2024, 2, 2)


@pytest.fixture
def panda_college():
    site = make_site()
    make_listing(site, ends_before=date(2024, 1, 1))
    return make_programme(
        sites=[site],
        agreement=make_agreement(announcement=make_announcement()),
        announcement=make_announcement(title="Panda College, Laos"),
        curriculum_version=make_version(),
    )


@pytest.fixture
def in_colombo():
    site = make_site("sch-colombo", country="LK", city="Colombo", zone="Asia/Colombo")
    colombo = find_or_make_member("colombo")
    return make_programme(
        "PRG-2024-001", kind="language", sites=[site], members=[(colombo, "lead")], title="Chinese for port staff",
        agreement=make_agreement("AGR-2023-0040", parties=["chongqing", "colombo"]), running_from=TODAY,
    )  # fmt: skip


def found(**asked):
    return [row.reference for row in list_programmes(by=VISITOR, **({"on": TODAY} | asked))]


def test_the_list_filters_and_goes_on_after_a_reference(panda_college, in_colombo):
    first, second = panda_college.reference, in_colombo.reference
    assert found() == [first, second]
    assert found(kind="language") == found(country="LK") == found(site="sch-colombo") == [second]
    assert found(member="colombo") == found(agreement="AGR-2023-0040") == found(words="port staff") == [second]
    assert found(announcement="ANN-2023-0002") == [first]
    assert found(after=first) == [second]
    assert found(states=["running"]) == [first, second]


def test_state_and_brand_are_those_of_the_day_asked_for(panda_college, in_colombo):
    day_before = date(2024, 2, 1)
    assert found(states=["running"], on=day_before) == [panda_college.reference]
    assert found(states=["proposed"], on=day_before) == [in_colombo.reference]
    assert found(brand="Panda") == []
    assert found(brand="Panda", on=date(2023, 12, 31)) == [panda_college.reference]
    assert count_programmes(by=VISITOR, on=day_before) == {"all": 2, "running": 1, "proposed": 1}


def test_one_programme_comes_with_everything_it_points_back_at(panda_college, django_assert_max_num_queries):
    with django_assert_max_num_queries(44):
        shown = get_programme(reference=panda_college.reference, by=VISITOR, on=TODAY)
        assert shown.status_then == "running"
        assert shown.announcement.conference.titles.all()[0].text == "Annual conference 2023"
        assert [party.organisation.names.all()[0].name for party in shown.agreement.parties.all()] == [
            "Chongqing College", "Vientiane College",
        ]  # fmt: skip
        assert [change.to_status for change in shown.agreement.changes.all()] == ["proposed", "signed", "in_force"]
        assert shown.agreement.texts.all()[0].title == "Joint training in vehicle inspection"
        assert shown.places.all()[0].site.host.names.all()[0].name == "Vientiane College"
        assert shown.places.all()[0].site.listings.all()[0].brand.code == "panda"
        units = shown.curriculum_version.units.all()
        assert sum(hours.hours for unit in units for hours in unit.hours.all()) == 80
        assert shown.curriculum_version.curriculum.reference == "vehicle-inspection"
        assert [member.role for member in shown.members.all()] == ["host", "lead"]


def test_what_this_reader_may_not_see_yet_is_none():
    programme = make_programme(
        announcement=make_announcement(confirmed_by=""), curriculum_version=make_version(published_on=None)
    )
    shown = get_programme(reference=programme.reference, by=VISITOR)
    assert (shown.announcement, shown.curriculum_version) == (None, None)
    whole = get_programme(reference=programme.reference, by=make_actor("secretariat"))
    assert None not in (whole.announcement, whole.curriculum_version)


def test_what_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        get_programme(reference="PRG-1999-001", by=VISITOR)


def test_a_desk_shows_the_programmes_of_its_member(panda_college, in_colombo):
    nimali = make_actor("coordinator", ("member", find_or_make_member("colombo").pk))
    assert list(programmes_of(by=nimali, on=TODAY)) == [in_colombo]
    assert list(programmes_of(by=VISITOR, on=TODAY)) == []


def test_a_longer_list_takes_no_more_statements(panda_college, django_assert_num_queries):
    for number in range(6):
        make_programme(f"PRG-2023-2{number}")
    with django_assert_num_queries(6):
        rows = list(list_programmes(by=VISITOR, on=TODAY))
        shown = [
            (
                row.status_then,
                row.titles.all()[0].text,
                [member.organisation.names.all()[0].name for member in row.members.all()],
                [place.site.names.all()[0].text for place in row.places.all()],
            )
            for row in rows
        ]
    assert len(shown) == 7
