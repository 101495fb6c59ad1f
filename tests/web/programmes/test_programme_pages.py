"""Programmes as pages: the list with its filters, and a programme's story."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.curricula import make_version
from tests.factories.members import make_alliance
from tests.factories.training import make_cohort, make_demand, make_ground, make_session
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PAGE = "/programmes/PRG-2022-001/"


def test_the_heading_counts_what_runs_on_the_day(client):
    make_ground()
    page = text_of(client.get("/programmes/"))
    assert "1 programme of 1 is running on 2 February 2024" in page
    assert "Vehicle inspection and maintenance" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [("kind=vocational", True), ("kind=teacher", False), ("country=LA", True), ("country=TH", False), ("brand=panda", True),
     ("state=running", True), ("state=proposed", False), ("q=inspection", True), ("q=welding", False)],
)  # fmt: skip
def test_the_list_is_narrowed(client, asked, found):
    make_ground()
    page = text_of(client.get(f"/programmes/?{asked}"))
    assert (PAGE in page) is found
    assert ("No programme fits this" in page) is not found


def test_twelve_programmes_cost_as_many_statements_as_three(client):
    make_alliance()
    counts = []
    for numbers in (range(3), range(3, 12)):
        for number in numbers:
            make_ground(programme=f"PRG-2022-1{number:02}")
        with CaptureQueriesContext(connection) as asked:
            client.get("/programmes/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_story_runs_from_the_demand_to_what_has_not_happened_yet(client):
    cohort = make_cohort(learners=6, demand=make_demand())
    make_session(cohort, number=1, status="locked")
    make_session(cohort, number=2)
    page = text_of(client.get(PAGE))
    order = [
        page.index(words)
        for words in (
            "Agreement signed, in force since 1 June 2022", "Programme running", "An employer said what it needs",
            "1 cohort opened", "1 of 2 sessions held and signed", "1 register of an earlier day is not signed yet.",
            "<b>Today</b>", "People at work",
        )
    ]  # fmt: skip
    assert order == sorted(order)
    assert "6 people are learning in it today." in page


def test_so_few_learners_that_they_could_be_recognised_are_not_counted_for_a_visitor(client):
    make_cohort(learners=3)
    assert "Fewer than five people are learning in it today." in text_of(client.get(PAGE))
    assert "3 people are learning in it today." in text_of(browser_of("auditor").get(PAGE))


def test_a_visitor_finds_no_way_to_the_cohorts_and_who_may_see_them_does(client):
    make_cohort(learners=6)
    assert "/cohorts/COH-2023-041/" not in text_of(client.get(PAGE))
    assert "/cohorts/COH-2023-041/" in text_of(browser_of("auditor").get(PAGE))


def test_the_secretariat_moves_a_programme_on():
    programme, _, _ = make_ground()
    browser = browser_of("secretariat")
    answer = browser.post(
        f"{PAGE}move/", {"to": "suspended", "on": "2024-01-15", "reason": "The hall is being rebuilt."}
    )
    assert answer.status_code == 302
    assert programme.status_on(programme.changes.latest("effective_on").effective_on) == "suspended"
    assert "The hall is being rebuilt." in text_of(browser.get(PAGE))


def test_a_day_before_the_last_change_is_refused_on_the_form():
    make_ground()
    answer = browser_of("secretariat").post(f"{PAGE}move/", {"to": "suspended", "on": "2021-01-15", "reason": "Kept."})
    assert answer.status_code == 409
    assert "a new change cannot take effect before that day" in text_of(answer)
    assert "Kept." in text_of(answer)


def test_a_step_that_its_state_does_not_lead_to_is_not_offered():
    make_ground()
    answer = browser_of("secretariat").post(f"{PAGE}move/", {"to": "proposed", "on": "2024-01-15"})
    assert answer.status_code == 422


def test_a_curriculum_that_is_still_a_draft_is_not_shown_to_a_visitor(client):
    programme, _, _ = make_ground()
    programme.curriculum_version = make_version(published_on=None)
    programme.save()
    assert "no published curriculum" in text_of(client.get(PAGE))
