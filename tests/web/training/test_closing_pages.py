"""Closing a cohort and awarding it, as the secretariat does."""

import pytest

from corridor.foundations.jobs.models import Job
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.credentials import award, make_assessed_cohort
from tests.factories.training import make_cohort, make_session
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_what_stands_in_the_way_is_said_before_anybody_presses_the_button():
    cohort = make_cohort(learners=1)
    make_session(cohort, status="held")
    make_decision(
        cohort.enrolments.get(), cohort.curriculum_version.units.first(), assessor=make_assessor(cohort), final_on=None
    )
    browser = browser_of("secretariat")
    page = text_of(browser.get("/cohorts/COH-2023-041/close/"))
    assert "2 things stand in the way of closing COH-2023-041" in page
    assert "1 sessions of COH-2023-041 are not locked yet" in page
    assert "1 decisions about COH-2023-041 are not final yet" in page
    assert browser.post("/cohorts/COH-2023-041/close/").status_code == 409


def test_a_cohort_whose_work_is_done_is_closed():
    cohort = make_cohort(learners=2, status="finished")
    make_session(cohort, status="locked")
    browser = browser_of("secretariat")
    assert "COH-2023-041 can be closed" in text_of(browser.get("/cohorts/COH-2023-041/close/"))
    answer = browser.post("/cohorts/COH-2023-041/close/", follow=True)
    assert "The cohort is closed: 2 learners have completed." in text_of(answer)
    cohort.refresh_from_db()
    assert cohort.status == "assessed"


def test_awarding_shows_first_what_it_would_give_and_then_how_far_it_is():
    make_assessed_cohort()
    browser = browser_of("secretariat")
    page = text_of(browser.get("/cohorts/COH-2023-041/award/"))
    assert "Awards" in page
    assert "Award and sign" in page
    answer = browser.post("/cohorts/COH-2023-041/award/", {"issuer": "chongqing", "on": "2023-07-10"}, follow=True)
    said = text_of(answer)
    assert "2 awards and 0 statements are being signed" in said
    assert "Signing is under way" in said
    assert Job.objects.get().total == 2


def test_nobody_entitled_means_nobody_can_award():
    make_assessed_cohort(is_ready=False)
    browser = browser_of("secretariat")
    assert "Nobody is entitled to issue here today" in text_of(browser.get("/cohorts/COH-2023-041/award/"))
    assert browser.post("/cohorts/COH-2023-041/award/", {"issuer": "chongqing", "on": "2023-07-10"}).status_code == 422


def test_a_cohort_is_awarded_once():
    award(make_assessed_cohort())
    browser = browser_of("secretariat")
    page = text_of(browser.get("/cohorts/COH-2023-041/award/"))
    assert "2 certificates" in page
    assert "Award and sign" not in page
    again = browser.post("/cohorts/COH-2023-041/award/", {"issuer": "chongqing", "on": "2023-07-10"})
    assert again.status_code == 409
    assert "it can be awarded when its assessments are closed, and once" in text_of(again)


def test_who_is_not_ready_is_named_and_the_others_need_not_wait():
    cohort = make_assessed_cohort()
    first = cohort.enrolments.first()
    first.person.certificate_names.all().delete()
    browser, address = browser_of("secretariat"), "/cohorts/COH-2023-041/award/"
    page = text_of(browser.get(address))
    assert "What is in the way" in page and f"{first.person.reference} has not confirmed how the name stands" in page
    assert "What will be said" in page and "Unit VI-1" in page
    refused = browser.post(address, {"issuer": "chongqing", "on": "2023-07-10"})
    assert refused.status_code == 422 and "Not everybody in COH-2023-041 is ready" not in text_of(browser.get(address))
    said = text_of(browser.post(address, {"issuer": "chongqing", "on": "2023-07-10", "only_ready": "on"}, follow=True))
    assert "1 awards and 0 statements are being signed; 1 learners wait." in said


def test_another_kind_of_certificate_is_given_beside_the_award():
    make_assessed_cohort()
    browser, address = browser_of("secretariat"), "/cohorts/COH-2023-041/award/further/"
    assert "VI-1 Unit VI-1" in text_of(browser.get(address))
    sent = {"kind": "unit", "units": ["VI-1"], "issuer": "chongqing", "on": "2023-07-10"}
    done = text_of(browser.post(address, sent, follow=True))
    assert "2 certificates are signed." in done and "One unit" in done and "Award and sign" in done
    again = browser.post(address, sent)
    assert again.status_code == 409 and "all who have hold it already" in text_of(again)
    assert "Name one unit" in text_of(browser.post(address, sent | {"units": ["VI-1", "VI-2"]}))
