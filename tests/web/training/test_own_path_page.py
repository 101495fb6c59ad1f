"""A learner's own path: units done and missing, attendance and certificates, and nobody else's."""

import pytest

from tests.factories.assessment import make_assessor, make_decision
from tests.factories.training import make_cohort, make_enrolment, make_session
from tests.web.people_at_work import make_colleague
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_a_learner_sees_units_done_and_the_next_one():
    khamla, browser = make_colleague("khamla", romanised_name="Khamla Phommachanh")
    cohort = make_cohort()
    enrolment = make_enrolment(cohort, person=khamla, number=1)
    make_session(cohort, status="locked")
    first = cohort.curriculum_version.units.first()
    make_decision(enrolment, first, assessor=make_assessor(cohort))
    page = text_of(browser.get("/learn/"))
    assert "Khamla Phommachanh" in page
    assert f"1 of {cohort.curriculum_version.units.count()} units done" in page
    assert "1 of 1 (100.0%)" in page
    assert "Next:" in page


def test_whose_path_is_empty_reads_what_would_stand_there():
    _, browser = make_colleague("nimali")
    assert "Nothing is on your path yet" in text_of(browser.get("/learn/"))


def test_an_account_of_no_person_has_no_path():
    assert browser_of("auditor").get("/learn/").status_code == 404
