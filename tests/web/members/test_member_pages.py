"""Members as pages: the list on any day, and one member."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_member, make_membership, make_organisation, make_seat
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_the_heading_counts_the_active_members_of_the_day(client):
    make_member("chongqing", active_from=date(2021, 5, 18))
    make_member("vientiane", country="LA", active_from=date(2024, 1, 25))
    assert "2 active members in 2 countries and regions on 2 February 2024" in text_of(client.get("/members/"))
    page = text_of(client.get("/members/?on=2024-01-18"))
    assert "1 active member in 1 countries and regions on 18 January 2024" in page
    assert "Vientiane College" not in page


def test_a_member_is_found_by_its_name_in_its_own_script(client):
    make_member("chongqing", names={"en": "Chongqing College", "zh-Hans": "重庆学院"})
    make_member("colombo", country="LK")
    page = text_of(client.get("/members/", {"q": "重庆"}))
    assert '<span class="sub own-script" lang="zh-Hans">重庆学院</span>' in page
    assert "Colombo College" not in page


def test_a_dormant_member_stands_in_the_list_and_is_not_counted(client):
    make_member("colombo", country="LK", later=[("dormant", date(2023, 6, 1))])
    page = text_of(client.get("/members/"))
    assert "0 active members" in page
    assert "Colombo College" in page
    assert "Dormant" in page


def test_a_day_that_does_not_exist_is_refused_beside_its_field(client):
    answer = client.get("/members/?on=2024-02-31&q=lao")
    assert answer.status_code == 422
    assert 'value="lao"' in text_of(answer)


def test_the_file_holds_exactly_the_rows_of_the_filter(client):
    make_member("chongqing")
    make_member("colombo", country="LK", kind="company")
    sheet = client.get("/members/?country=LK&format=csv")
    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("colombo,Colombo College,Company,Sri Lanka,")
    book = client.get("/members/?country=LK&format=xlsx").content
    assert CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()[1][0] == "colombo"


def test_a_name_that_looks_like_a_formula_is_no_formula_in_the_file(client):
    make_member("colombo", names={"en": "=cmd()"})
    assert ",'=cmd()," in client.get("/members/?format=csv").content.decode("utf-8-sig")


def test_the_list_asks_the_same_for_fifty_members_as_for_ten(client):
    make_alliance()
    for number in range(10):
        make_member(f"m-{number:02}")
    with CaptureQueriesContext(connection) as few:
        client.get("/members/")
    for number in range(10, 49):
        make_member(f"m-{number:02}")
    with CaptureQueriesContext(connection) as many:
        client.get("/members/")
    assert len(many) == len(few) <= 8


def test_the_next_page_goes_on_after_the_last_row(client):
    for number in range(51):
        make_member(f"m-{number:02}")
    assert "after=m-49" in text_of(client.get("/members/"))
    page = text_of(client.get("/members/?after=m-49"))
    assert "M 50 College" in page
    assert "M 49 College" not in page


def test_a_member_s_page_says_where_the_fact_comes_from_and_in_what_it_is_counted(client):
    make_member("chongqing", source_mark="named", founding_mark="named")
    page = text_of(client.get("/members/chongqing/"))
    assert "Named in a source" in page
    assert "Founding member" in page
    assert "/figures/members.active/?on=2024-02-02" in page


def test_seats_are_shown_to_who_may_see_them_and_to_nobody_else(client):
    vientiane = make_member("vientiane", country="LA")
    make_seat(make_user("khamla"), "coordinator", member=vientiane)
    assert "khamla" not in text_of(client.get("/members/vientiane/"))
    assert "khamla" in text_of(browser_of("secretariat").get("/members/vientiane/"))


def test_an_application_is_not_there_for_a_visitor(client):
    make_membership(make_organisation("colombo", country="LK"), steps=[("applied", date(2024, 1, 10))])
    assert client.get("/members/colombo/").status_code == 404
    assert browser_of("secretariat").get("/members/colombo/").status_code == 200
