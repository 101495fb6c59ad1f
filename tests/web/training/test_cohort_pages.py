"""Cohorts as pages: who sees which, opening one, giving places, planning sessions."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.rooms.training.models import Cohort, Enrolment, Session
from tests.factories.demand import make_demand
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment, make_ground, make_session
from tests.web.people_at_work import make_colleague, manager_of
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def plan_of(**changed: str) -> dict[str, str]:
    version = make_cohort("COH-OTHER").curriculum_version
    return {
        "reference": "COH-2023-050", "programme": "PRG-2022-001", "site": "wks-vientiane", "version": str(version.pk),
        "brand": "panda", "demand": "", "no_demand_reason": "A pilot.", "starts_on": "2023-09-04", "ends_on": "2024-06-28",
    } | changed  # fmt: skip


def test_a_trainer_finds_the_cohorts_that_are_taught_and_no_other():
    bounmy, browser = make_colleague("bounmy")
    make_cohort("COH-MINE", trainers=[bounmy])
    make_cohort("COH-THEIRS")
    page = text_of(browser.get("/cohorts/"))
    assert "1 cohort is running" in page
    assert "COH-MINE" in page
    assert "COH-THEIRS" not in page
    assert browser.get("/cohorts/COH-THEIRS/").status_code == 404


def test_the_list_costs_the_same_for_three_cohorts_as_for_twelve():
    browser, counts = browser_of("auditor"), []
    for more in (3, 9):
        for number in range(more):
            make_cohort(f"COH-{more}-{number}", learners=1)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/cohorts/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_of_a_cohort_leads_with_what_waits():
    cohort = make_cohort(learners=2)
    make_session(cohort, number=1, status="locked")
    make_session(cohort, number=2, status="held")
    page = text_of(browser_of("auditor").get("/cohorts/COH-2023-041/"))
    assert "COH-2023-041: 1 register waits to be signed" in page
    assert "1 of 2 signed" in page


def test_the_next_sessions_stand_as_they_begin_and_not_by_their_numbers(today):
    cohort = make_cohort(learners=1)
    for number, days in ((1, 5), (2, 2), (3, 9)):
        make_session(cohort, number=number, on=today + timedelta(days=days))
    page = text_of(browser_of("auditor").get("/cohorts/COH-2023-041/"))
    coming = page[page.index('id="h-coming"') :]
    expected = [(today + timedelta(days=days)).isoformat() for days in (2, 5, 9)]
    assert re.findall(r'<time datetime="([^"]+)"', coming)[:3] == expected


def test_a_manager_opens_a_cohort_at_the_own_site():
    given = plan_of()
    browser = manager_of(Cohort.objects.get().site)
    answer = browser.post("/cohorts/open/", given)
    assert answer.status_code == 302
    opened = Cohort.objects.get(reference="COH-2023-050")
    assert opened.ends_before == date(2024, 6, 29)


def test_without_demand_or_reason_it_stays_closed_and_nothing_typed_is_lost():
    given = plan_of(no_demand_reason="")
    answer = manager_of(Cohort.objects.get().site).post("/cohorts/open/", given)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "cites no demand statement" in page
    assert 'value="COH-2023-050"' in page
    assert not Cohort.objects.filter(reference="COH-2023-050").exists()


def test_a_cohort_answers_the_demand_that_is_chosen():
    make_ground()
    demand = make_demand(stated_on=date(2023, 2, 6), needed_by=date(2024, 12, 31))
    given = plan_of(demand=demand.reference, no_demand_reason="")
    assert manager_of(Cohort.objects.get().site).post("/cohorts/open/", given).status_code == 302
    assert Cohort.objects.get(reference="COH-2023-050").demand == demand


def test_a_site_that_somebody_else_manages_is_not_offered():
    given = plan_of()
    other = make_cohort("COH-FAR", site="wks-rayong", programme="PRG-2022-002").site
    answer = manager_of(other).post("/cohorts/open/", given)
    assert answer.status_code == 422
    assert not Cohort.objects.filter(reference="COH-2023-050").exists()


def test_a_place_is_given_and_then_taken_up():
    cohort = make_cohort(learners=1)
    make_person("khamla")
    browser = manager_of(cohort.site)
    given = {
        "person": "khamla",
        "number": "2",
        "participant_kind": "student",
        "study_mode": "full_time",
        "applied_on": "2023-03-01",
    }
    assert browser.post("/cohorts/COH-2023-041/enrol/", given).status_code == 302
    enrolment = Enrolment.objects.get(number=2)
    assert enrolment.status == "applied"
    step = {"seats": ["2"], "to": "enrolled", "on": "2023-03-06", "reason": ""}
    assert browser.post("/cohorts/COH-2023-041/learners/", step).status_code == 302
    enrolment.refresh_from_db()
    assert enrolment.status == "enrolled"


def test_a_person_whom_nobody_knows_and_a_seat_that_is_taken_are_said_at_their_fields():
    cohort = make_cohort(learners=1)
    make_person("khamla")
    browser = manager_of(cohort.site)
    given = {
        "person": "nobody",
        "number": "1",
        "participant_kind": "student",
        "study_mode": "full_time",
        "applied_on": "2023-03-01",
    }
    unknown = browser.post("/cohorts/COH-2023-041/enrol/", given)
    assert unknown.status_code == 422
    assert "There is no person nobody." in text_of(unknown)
    taken = browser.post("/cohorts/COH-2023-041/enrol/", given | {"person": "khamla"})
    assert taken.status_code == 422
    assert "Seat 1 of COH-2023-041 is taken." in text_of(taken)


def test_a_step_that_a_state_does_not_allow_moves_nobody():
    cohort = make_cohort()
    make_enrolment(cohort, number=1, steps=[])
    make_enrolment(cohort, number=2)
    step = {"seats": ["1", "2"], "to": "enrolled", "on": "2023-03-06"}
    answer = manager_of(cohort.site).post("/cohorts/COH-2023-041/learners/", step)
    assert answer.status_code == 409
    assert set(Enrolment.objects.values_list("status", flat=True)) == {"applied", "attending"}


def test_sessions_of_a_whole_term_are_planned_at_once_in_the_time_of_the_site():
    cohort = make_cohort()
    make_session(cohort, number=1)
    given = {"first_day": "2023-03-07", "weekdays": ["1", "3"], "sessions": "4", "times": "08:30", "minutes": "180",
             "rhythm": "weekly", "kind": "practice", "topic": "Brakes"}  # fmt: skip
    assert manager_of(cohort.site).post("/cohorts/COH-2023-041/plan/", given).status_code == 302
    planned = Session.objects.filter(number__gt=1).order_by("number")
    assert [each.held_on.isoformat() for each in planned] == ["2023-03-07", "2023-03-09", "2023-03-14", "2023-03-16"]
    assert planned[0].begins_at.isoformat() == "2023-03-07T01:30:00+00:00"


def test_a_plan_without_weekdays_says_so():
    cohort = make_cohort()
    given = {
        "first_day": "2023-03-07",
        "sessions": "4",
        "times": "08:30",
        "minutes": "180",
        "rhythm": "weekly",
        "kind": "practice",
    }
    assert manager_of(cohort.site).post("/cohorts/COH-2023-041/plan/", given).status_code == 422
    assert not Session.objects.exists()
