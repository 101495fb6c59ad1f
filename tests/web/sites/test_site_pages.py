"""Sites as pages: the list on a map, and one place with its brands, figures and entitlements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.credentials import make_assessed_cohort
from tests.factories.members import make_alliance
from tests.factories.training import make_cohort, make_ground, make_session
from tests.web.people_at_work import manager_of
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "alliance")]

PAGE = "/sites/wks-vientiane/"


@pytest.fixture
def alliance():
    return make_alliance()


def test_the_heading_counts_the_places_that_are_open(client):
    make_ground()
    page = text_of(client.get("/sites/"))
    assert "1 place of 1 is open for teaching on 2 February 2024" in page
    assert "Workshop Vientiane" in page
    assert "Assumed" in page


def test_the_list_is_narrowed_by_brand_and_country(client):
    make_ground()
    assert PAGE in text_of(client.get("/sites/?brand=panda&country=LA"))
    assert PAGE not in text_of(client.get("/sites/?country=TH"))


def test_nine_sites_cost_as_many_statements_as_three(client):
    counts = []
    for numbers in (range(3), range(3, 9)):
        for number in numbers:
            make_ground(site=f"wks-{number}")
        with CaptureQueriesContext(connection) as asked:
            client.get("/sites/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_says_who_may_issue_here_and_why_not(client):
    make_assessed_cohort()
    make_cohort("COH-2", programme="PRG-2022-002")
    page = text_of(client.get(PAGE))
    assert "may issue its certificates here" in page
    assert "no member is entitled to issue for this programme here on this day" in page


def test_one_place_under_two_brands_counts_its_persons_once(client):
    make_ground()
    make_ground(brand="bridge")
    page = text_of(client.get(PAGE))
    assert "One place, 2 listings" in page


def test_the_manager_is_named_to_the_own_staff_alone(client):
    _, site, _ = make_ground()
    browser = manager_of(site)
    assert "bounthan" in text_of(browser.get(PAGE)).split("<main", 1)[1]
    assert "bounthan" not in text_of(client.get(PAGE))


def test_who_may_see_them_finds_the_sessions_of_today(client, today):
    cohort = make_cohort(learners=6)
    make_session(cohort, number=7, on=today)
    assert "/cohorts/COH-2023-041/sessions/7/" in text_of(browser_of("auditor").get(PAGE))
    assert "/sessions/7/" not in text_of(client.get(PAGE))


def test_the_secretariat_moves_a_site_on():
    _, site, _ = make_ground()
    browser = browser_of("secretariat")
    assert browser.post(f"{PAGE}move/", {"to": "accepted", "on": "2024-01-15"}).status_code == 302
    site.refresh_from_db()
    assert site.status == "accepted"
    early = browser.post(f"{PAGE}move/", {"to": "suspended", "on": "2023-01-15"})
    assert early.status_code == 409
