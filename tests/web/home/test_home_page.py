"""The first page: who we are, and every number opens."""

from datetime import date

import pytest

from tests.factories.agreements import make_agreement
from tests.factories.conferences import make_announcement, make_conference
from tests.factories.members import make_alliance, make_member
from tests.web.readers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def alliance():
    return make_alliance(named=("CN", "LA"), assumed=("LK",))


def test_the_first_page_stands_before_there_is_anything(client):
    page = text_of(client.get("/"))
    assert "Nothing has been announced yet" in page
    assert "The next one is not planned yet." in page
    assert "none yet" in page


def test_members_are_counted_by_place_and_an_assumed_place_says_so(client, alliance):
    make_member("chongqing", latitude="29.56", longitude="106.55")
    make_member("vientiane", country="LA", latitude="17.97", longitude="102.6")
    make_member("colombo", country="LK", latitude="6.93", longitude="79.86")
    page = text_of(client.get("/"))
    assert '<a class="num" href="/members/?status=active&amp;on=2024-02-02">3</a> members in' in page
    assert "Founded in 2021 by Chongqing." in page
    assert "we assume Sri Lanka and say so" in page
    assert 'class="map-place is-assumed"' in page
    assert "/members/?country=LA&amp;on=2024-02-02&amp;status=active" in page


def test_each_card_opens(client, alliance):
    make_member("chongqing")
    page = text_of(client.get("/"))
    assert 'href="/figures/members.active/?on=2024-02-02"' in page
    assert 'href="/figures/agreements.in_force/?on=2024-02-02"' in page


def test_promises_show_one_of_each_state_and_silence_as_silence(client, alliance):
    make_announcement(title="Scholarships", next_report_due_on=date(2023, 12, 31))
    make_announcement(title="Panda College", next_report_due_on=date(2024, 6, 28))
    page = text_of(client.get("/"))
    assert "Scholarships" in page
    assert "is-silent" in page
    assert "All 2 announcements" in page
    assert 'href="/announcements/?conference=CONF-2023&amp;state=silent">1</a> is silent.' in page


def test_the_next_conference_is_told(client, alliance):
    make_conference("CONF-2024", starts_on=date(2024, 11, 21), ends_before=date(2024, 11, 24), is_held=False)
    assert "21 November 2024 to 23 November 2024, Chongqing" in text_of(client.get("/"))


def test_the_chain_counts_records_and_says_where_there_is_none_yet(client, alliance):
    make_agreement()
    page = text_of(client.get("/"))
    assert '<a class="num" href="/agreements/">1</a></b><span>agreements in force</span>' in page
    assert "<b>none yet</b><span>certificates in force</span>" in page


def test_an_announcement_that_waits_for_a_second_person_is_not_on_the_first_page(client, alliance):
    make_announcement(title="Not yet public", confirmed_by="")
    assert "Not yet public" not in text_of(client.get("/"))
