"""Reaching learners, their languages, the goals and links of a cohort, and the job that waits: on pages."""

import pytest

from corridor.rooms.training.models import ContactCheck, Enrolment, LanguageLevel, PlatformLink
from tests.factories.members import make_alliance
from tests.factories.training import make_cohort, make_enrolment, make_session
from tests.web.people_at_work import make_colleague, manager_of
from tests.web.readers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "alliance")]
LEVEL = {"learner": "1", "moment": "exit", "language": "zh-Hans", "scale": "hsk_2021", "level": "3", "source": "test"}


@pytest.fixture
def alliance():
    return make_alliance()


@pytest.fixture
def manager():
    return manager_of(make_cohort("COH-1", learners=2).site)


def forms_of(*rows):
    sent = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0"}
    return sent | {f"form-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def test_the_share_that_can_be_reached_stands_on_the_cohort_before_it_ends(manager):
    assert "nobody tried" in text_of(manager.get("/cohorts/COH-1/"))
    sent = {"moment": "exit", "s1": "reached", "s2": "not_reached"}
    assert manager.post("/cohorts/COH-1/in-touch/", sent).status_code == 302
    assert "1 of 2 learners could be reached at exit" in text_of(manager.get("/cohorts/COH-1/in-touch/"))
    assert "Can be reached" in text_of(manager.get("/cohorts/COH-1/"))
    manager.post("/cohorts/COH-1/in-touch/", {"moment": "exit", "s2": "reached"})
    assert ContactCheck.objects.count() == 2
    assert "2 of 2 learners could be reached" in text_of(manager.get("/cohorts/COH-1/in-touch/"))


def test_a_level_is_a_claim_with_a_source_and_is_held_against_a_goal_of_its_own_scale(manager):
    goal = {"language": "zh-Hans", "scale": "hsk_2021", "level": "3", "hours": "120"}
    assert manager.post("/cohorts/COH-1/languages/goals/", forms_of(goal)).status_code == 302
    assert manager.post("/cohorts/COH-1/languages/", LEVEL).status_code == 302
    manager.post("/cohorts/COH-1/languages/", {**LEVEL, "learner": "2", "scale": "hsk_2010", "level": "5"})
    page = text_of(manager.get("/cohorts/COH-1/languages/"))
    assert "1 reach it; 1 of 2 have a level at exit in this scale" in page
    manager.post("/cohorts/COH-1/languages/", {**LEVEL, "level": "2"})
    assert LanguageLevel.objects.count() == 2
    assert "0 reach it" in text_of(manager.get("/cohorts/COH-1/languages/"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"level": "10"}, "is no level of this scale"), ({"language": "xx-klingon"}, "is no language that we know")],
    ids=["level", "language"],
)
def test_a_level_that_is_none_is_sent_back(manager, wrong, said):
    answer = manager.post("/cohorts/COH-1/languages/", {**LEVEL, **wrong})
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_hours_of_language_sessions_stand_beside_the_levels():
    cohort = make_cohort("COH-1", learners=1)
    make_session(cohort, kind="language", minutes=90, status="locked")
    assert "1:30" in text_of(manager_of(cohort.site).get("/cohorts/COH-1/languages/"))


def test_a_link_into_a_learning_platform_is_shown_to_the_learners():
    cohort = make_cohort("COH-1")
    khamla, own = make_colleague("khamla")
    make_enrolment(cohort, person=khamla)
    manager = manager_of(cohort.site)
    bad = manager.post("/cohorts/COH-1/links/", forms_of({"title": "Moodle", "address": "http://moodle.example/7"}))
    assert bad.status_code == 422
    assert "begins with https://" in text_of(bad)
    good = forms_of({"title": "Moodle", "address": "https://moodle.example/course/7"}, {"title": "", "address": ""})
    assert manager.post("/cohorts/COH-1/links/", good).status_code == 302
    assert PlatformLink.objects.get().title == "Moodle"
    assert "https://moodle.example/course/7" in text_of(own.get("/learn/"))


def test_the_job_that_waits_is_written_down(manager):
    sent = {
        "participant_kind": "company_employee",
        "study_mode": "part_time",
        "sent_by": "",
        "job_to_return": "Fleet inspector",
    }
    assert manager.post("/cohorts/COH-1/learners/1/facts/", sent).status_code == 302
    assert Enrolment.objects.get(number=1).job_to_return == "Fleet inspector"
    wrong = manager.post("/cohorts/COH-1/learners/1/facts/", {**sent, "sent_by": "nobody"})
    assert wrong.status_code == 422
