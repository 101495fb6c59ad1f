"""Who is in, on any day; a visitor never learns of an application."""

from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, NotFound
from corridor.rooms.members.queries import (
    count_by_country,
    get_alliance,
    get_member,
    list_members,
    members_on,
    seats_on,
)
from tests.factories.actors import VISITOR, make_actor, make_user
from tests.factories.members import make_alliance, make_member, make_membership, make_organisation, make_seat

TODAY = date(2024, 2, 2)

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    hanoi = make_organisation("hanoi", country="VN")
    make_membership(hanoi, steps=[("applied", date(2023, 11, 1)), ("under_review", date(2023, 12, 1))])
    return hanoi


def references(**asked):
    return [row.organisation.reference for row in list_members(**{"by": VISITOR, "on": TODAY, **asked}).rows]


def test_the_alliance_says_its_names_in_the_language_of_the_reader():
    with pytest.raises(NotFound):
        get_alliance(by=VISITOR)
    make_alliance(assumed=("HK",))
    alliance = get_alliance(by=VISITOR)
    assert alliance.name("zh-hans") == "走廊职业教育联盟"
    assert alliance.short_name("lo") == "Corridor Alliance"
    assert {place.country: place.source_mark for place in alliance.listed_places.all()}["HK"] == "assumed"


def test_members_are_listed_as_they_were_on_the_day():
    make_member("chongqing", active_from=date(2021, 5, 20))
    make_member("vientiane", country="LA", active_from=date(2022, 9, 1), later=[("suspended", date(2023, 1, 1))])
    make_member("colombo", country="LK", active_from=date(2021, 5, 20), later=[("withdrawn", date(2023, 6, 30))])
    assert references() == ["chongqing", "vientiane"]
    assert references(on=date(2022, 8, 31)) == ["chongqing", "colombo"]
    assert references(status="suspended") == ["vientiane"]
    assert references(status="withdrawn") == ["colombo"]
    row = list_members(by=VISITOR, on=TODAY).rows[1]
    assert (row.status, row.since) == ("suspended", date(2022, 9, 1))
    assert [each.reference for each in members_on(day=TODAY, by=VISITOR)] == ["chongqing"]


def test_members_are_found_by_country_kind_and_part_of_a_name_in_any_script():
    make_member("chongqing", names={"en": "Chongqing College", "zh-Hans": "重庆学院"})
    make_member("vientiane", country="LA", kind="company", names={"lo": "ບໍລິສັດຂົນສົ່ງ"})
    assert references(country="LA") == ["vientiane"]
    assert references(kind="school") == ["chongqing"]
    assert references(search="庆") == ["chongqing"]
    assert references(search="ຂົນສົ່ງ") == ["vientiane"]
    assert references(search="CHONGQING coll") == ["chongqing"]
    assert references(search="nobody") == []


@pytest.mark.parametrize("written", ["Lao-German", "Lao German", "Lao – German", "Lao\u2010German", "Lao—German"])
@pytest.mark.parametrize("asked", ["Lao German", "lao-german", "Lao \u2013 German", "o-g"])
def test_words_are_found_whatever_dash_or_space_parts_them(written, asked):
    make_member("lgtc", country="LA", names={"en": f"{written} Technical College"})
    make_member("laos", country="LA", names={"en": "Laos and Germany"})
    assert references(search=asked) == ["lgtc"]


def test_a_reference_is_found_by_its_words():
    make_member("lao-german-college", country="LA")
    assert references(search="lao german") == references(search="Lao-German") == ["lao-german-college"]


def test_pages_follow_each_other_with_the_same_few_statements(django_assert_num_queries):
    for number in range(7):
        make_member(f"member-{number}", names={"en": f"Member {number}", "lo": f"ສະມາຊິກ {number}"})
    seen, after = [], ""
    while True:
        with django_assert_num_queries(2):
            page = list_members(by=VISITOR, on=TODAY, after=after, limit=3)
            seen += [row.organisation.display_name("lo") for row in page.rows]
        after = page.next_after
        if not after:
            break
    assert seen == [f"ສະມາຊິກ {number}" for number in range(7)]


def test_a_visitor_never_learns_of_an_application(applicant):
    assert references(status="under_review") == []
    with pytest.raises(NotFound):
        get_member(reference="hanoi", by=VISITOR, on=TODAY)
    with pytest.raises(NotFound):
        get_member(reference="no-such", by=VISITOR, on=TODAY)
    secretariat = make_actor("secretariat")
    assert references(by=secretariat, status="under_review") == ["hanoi"]
    assert get_member(reference="hanoi", by=secretariat, on=TODAY).status == "under_review"
    own = make_actor("coordinator", ("member", applicant.pk))
    assert get_member(reference="hanoi", by=own, on=TODAY).status == "under_review"


def test_a_former_member_that_applies_again_is_a_former_member_to_visitors():
    colombo = make_member("colombo", country="LK", later=[("withdrawn", date(2022, 6, 30))])
    make_membership(colombo, steps=[("applied", date(2023, 11, 1))])
    assert references(status="applied") == []
    assert get_member(reference="colombo", by=VISITOR, on=TODAY).status == "withdrawn"
    assert get_member(reference="colombo", by=make_actor("council"), on=TODAY).status == "applied"


def test_reasons_and_seats_are_for_those_inside():
    colombo = make_member("colombo", country="LK", later=[("suspended", date(2022, 6, 30))])
    make_seat(make_user("nimali"), "coordinator", member=colombo)
    shown = get_member(reference="colombo", by=VISITOR, on=TODAY)
    assert [step.status for step in shown.timeline] == ["applied", "under_review", "approved", "active", "suspended"]
    assert {step.by_label for step in shown.timeline} == {""}
    assert shown.seats == []
    inside = get_member(reference="colombo", by=make_actor("auditor"), on=TODAY)
    assert [seat.user.username for seat in inside.seats] == ["nimali"]
    assert inside.timeline[-1].by_label == "secretariat"
    with pytest.raises(AccessDenied):
        seats_on(on=TODAY, by=VISITOR)


def test_active_members_are_counted_by_country_with_the_mark_of_the_alliances_list():
    make_alliance(named=("CN", "LA"), assumed=("HK",))
    for reference, country in (("a", "CN"), ("b", "CN"), ("c", "HK"), ("d", "VN")):
        make_member(reference, country=country)
    make_member("e", country="LA", later=[("dormant", date(2023, 1, 1))])
    counted = [(row.country, row.members, row.source_mark) for row in count_by_country(on=TODAY, by=VISITOR)]
    assert counted == [("CN", 2, "named"), ("HK", 1, "assumed"), ("VN", 1, "")]
