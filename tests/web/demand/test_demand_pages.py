"""Demand as pages: anyone reads it, companies state it."""

from datetime import date

import pytest

from corridor.rooms.demand.models import DemandStatement
from tests.factories.curricula import make_version
from tests.factories.demand import make_demand, make_employer
from tests.factories.members import make_member
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SENT = {
    "employer": "mekong-fleet", "occupation_title": "Vehicle inspector", "occupation_code": "7231", "posts": "45",
    "country": "LA", "needed_by": "2024-12-31", "strength": "letter", "replaces": "",
}  # fmt: skip


def test_the_heading_says_how_many_people_are_looked_for(client):
    make_demand(posts=45)
    make_demand("DEM-2023-0008", posts=30, needed_by=date(2023, 12, 31))
    page = text_of(client.get("/demand/"))
    assert "Employers look for 45 people on 2 February 2024" in page
    assert "Expired" in page


def test_a_company_states_what_it_needs_and_anyone_reads_it(client):
    browser = browser_of("coordinator", member=make_employer())
    answer = browser.post("/demand/new/", SENT, follow=True)
    assert "is stated, dated today" in text_of(answer)
    statement = DemandStatement.objects.get()
    page = text_of(client.get(f"/demand/{statement.reference}/"))
    assert "Mekong Fleet College needs 45 people in Laos by 31 December 2024." in page


def test_the_units_that_are_wanted_stand_in_the_statement(client):
    version = make_version()
    unit = version.units.order_by("position").first()
    key = f"{version.curriculum.reference}/{version.version}/{unit.code}"
    browser_of("coordinator", member=make_employer()).post("/demand/new/", {**SENT, "units": [key]})
    assert unit.code in text_of(client.get(f"/demand/{DemandStatement.objects.get().reference}/"))


def test_a_company_restates_its_demand_and_the_older_one_says_so(client):
    make_demand()
    browser = browser_of("coordinator", member=make_employer())
    browser.post("/demand/new/", {**SENT, "posts": "60", "replaces": "DEM-2023-0007"})
    page = text_of(client.get("/demand/DEM-2023-0007/"))
    assert "It no longer counts." in page
    assert "Restated" in page


def test_a_form_that_is_wrong_is_shown_again_with_what_was_written():
    answer = browser_of("coordinator", member=make_employer()).post("/demand/new/", {**SENT, "posts": "0"})
    assert answer.status_code == 422
    assert 'value="Vehicle inspector"' in text_of(answer)


def test_people_cannot_be_needed_before_they_are_asked_for():
    sent = {**SENT, "needed_by": "2023-01-01"}
    answer = browser_of("coordinator", member=make_employer()).post("/demand/new/", sent)
    assert answer.status_code == 422
    assert "people are needed on a day after the statement" in text_of(answer)


def test_a_school_states_no_demand():
    make_employer()
    browser = browser_of("coordinator", member=make_member("vientiane", country="LA"))
    assert browser.post("/demand/new/", SENT).status_code == 403


def test_nobody_states_for_another_company():
    make_employer()
    other = browser_of("coordinator", member=make_employer("colombo-motors", country="LK"))
    assert other.post("/demand/new/", SENT).status_code == 422
    assert not DemandStatement.objects.exists()


def test_the_employer_says_how_far_its_demand_is_met(client):
    make_demand()
    browser = browser_of("coordinator", member=make_employer())
    browser.post("/demand/DEM-2023-0007/met/", {"how_far": "partly", "reason": "Twenty were hired."})
    page = text_of(client.get("/demand/DEM-2023-0007/"))
    assert "Partly met" in page
    assert "Twenty were hired." in page
    again = browser.post("/demand/DEM-2023-0007/met/", {"how_far": "partly"})
    assert again.status_code == 409


def test_a_draft_is_seen_by_its_employer_alone_until_it_is_stated(client):
    make_demand(stated_on=None)
    browser = browser_of("coordinator", member=make_employer())
    assert client.get("/demand/DEM-2023-0007/").status_code == 404
    assert "State it</button>" in text_of(browser.get("/demand/DEM-2023-0007/"))
    answer = browser.post("/demand/DEM-2023-0007/publish/", follow=True)
    assert "DEM-2023-0007 is stated, dated today. Cohorts can cite it." in text_of(answer)
    assert "State it</button>" not in text_of(browser.get("/demand/DEM-2023-0007/"))
    assert client.get("/demand/DEM-2023-0007/").status_code == 200
    assert browser.post("/demand/DEM-2023-0007/publish/").status_code == 409
