"""Demand as pages: anyone reads it, companies state it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.training.models import Cohort
from tests.factories.curricula import make_version
from tests.factories.demand import make_demand, make_employer
from tests.factories.members import make_member
from tests.factories.papers import PDF
from tests.factories.training import make_cohort
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SENT = {
    "employer": "mekong-fleet", "occupation_title": "Vehicle inspector", "occupation_code": "7231", "posts": "45",
    "country": "LA", "needed_by": "2024-12-31", "strength": "letter", "replaces": "", "paper": "Letter 14, kept by the employer",
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


def test_a_letter_says_which_one_it_is():
    answer = browser_of("coordinator", member=make_employer()).post("/demand/new/", {**SENT, "paper": ""})
    assert answer.status_code == 422
    assert "say which letter or contract it is" in text_of(answer)
    assert not DemandStatement.objects.exists()


def test_wage_and_languages_stand_in_the_statement_and_in_the_one_that_restates_it(client):
    browser = browser_of("coordinator", member=make_employer())
    wanted = {
        **SENT, "place": "Thanaleng", "wage_from": "3500000", "wage_to": "4200000", "wage_currency": "LAK", "wage_period": "month",
        "languages": "HSK 3; CEFR A2 en",
    }  # fmt: skip
    browser.post("/demand/new/", wanted)
    older = DemandStatement.objects.get()
    page = text_of(client.get(f"/demand/{older.reference}/"))
    for words in ("Thanaleng", "3,500,000.00", "4,200,000.00", "LAK", "a month", "HSK 3", "CEFR A2 en", "Letter 14"):
        assert words in page
    assert 'value="zh-hans" lang="zh-Hans"' in page  # the menu of the languages of the pages is another list
    form = text_of(browser.get(f"/demand/new/?replaces={older.reference}"))
    assert 'value="CEFR A2 en; HSK 3"' in form
    assert 'value="Thanaleng"' in form


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"wage_from": "10"}, "a wage has its lowest amount, its currency and its period"),
        ({"wage_from": "10.001", "wage_currency": "CNY", "wage_period": "hour"}, "CNY"),
        ({"wage_from": "10", "wage_to": "9", "wage_currency": "CNY", "wage_period": "hour"}, "the highest wage is below the lowest"),
        ({"languages": "good Chinese"}, "“good Chinese” is no level of a language"),
        ({"languages": "CEFR A1 en; CEFR B1 en"}, "asks twice for one language"),
    ],
    ids=["half", "places", "upside-down", "no-level", "twice"],
)  # fmt: skip
def test_what_cannot_be_meant_is_told_at_its_field(wrong, said):
    answer = browser_of("coordinator", member=make_employer()).post("/demand/new/", {**SENT, **wrong})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not DemandStatement.objects.exists()


def test_the_scan_of_a_letter_is_for_the_employer_and_the_secretariat(client):
    make_demand()
    employer = browser_of("coordinator", member=make_employer())
    upload = SimpleUploadedFile("letter.pdf", PDF, "application/pdf")
    answer = employer.post(
        "/demand/DEM-2023-0007/paper/", {"paper": "Letter 14 of 6 February", "upload": upload}, follow=True
    )
    assert "Letter 14 of 6 February" in text_of(answer)
    assert employer.get("/demand/DEM-2023-0007/paper/file/")["Content-Type"] == "application/pdf"
    stranger = browser_of("coordinator", member=make_employer("kandy-fleet", country="LK"))
    assert stranger.get("/demand/DEM-2023-0007/paper/file/").status_code == 404
    assert stranger.post("/demand/DEM-2023-0007/paper/", {"paper": "Mine"}).status_code == 403
    page = text_of(client.get("/demand/DEM-2023-0007/"))
    assert "Letter 14 of 6 February" in page
    assert "paper/file" not in page


def test_a_draft_of_a_letter_is_stated_when_its_paper_is_known():
    make_demand(stated_on=None, paper="")
    employer = browser_of("coordinator", member=make_employer())
    refused = employer.post("/demand/DEM-2023-0007/publish/")
    assert refused.status_code == 409
    assert "say which letter or contract it is" in text_of(refused)
    employer.post("/demand/DEM-2023-0007/paper/", {"paper": "Letter 14"})
    employer.post("/demand/DEM-2023-0007/publish/")
    assert DemandStatement.objects.get().status == "stated"


def test_what_was_only_said_has_no_paper():
    make_demand(strength="spoken", paper="")
    employer = browser_of("coordinator", member=make_employer())
    answer = employer.post("/demand/DEM-2023-0007/paper/", {"paper": "A note"})
    assert answer.status_code == 409
    assert "was only said" in text_of(answer)


def test_the_chain_of_restatements_stands_on_each_of_them(client):
    first = make_demand("DEM-2023-0001", posts=40, stated_on=date(2023, 2, 6))
    second = make_demand("DEM-2023-0002", posts=60, stated_on=date(2023, 9, 1), replaces=first)
    make_demand("DEM-2024-0003", posts=75, stated_on=date(2024, 1, 8), replaces=second)
    for reference in ("DEM-2023-0001", "DEM-2023-0002", "DEM-2024-0003"):
        page = text_of(client.get(f"/demand/{reference}/"))
        assert page.index("40 people by") < page.index("60 people by") < page.index("75 people by")


def test_a_cohort_that_answers_a_contract_is_an_ordered_class():
    make_cohort(demand=make_demand(strength="contract", stated_on=date(2023, 1, 9)))
    mei = browser_of("secretariat")
    assert "Ordered cohort" in text_of(mei.get("/demand/DEM-2023-0007/"))
    assert "Ordered cohort" in text_of(mei.get(f"/cohorts/{Cohort.objects.get().reference}/"))
