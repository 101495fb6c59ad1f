"""Planning, moving and calling off sessions on pages; the week; and a calendar under a secret address."""

from datetime import date

import pytest
from django.test import Client

from corridor.rooms.training.models import Session
from tests.factories.members import make_alliance
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment, make_session
from tests.web.people_at_work import make_colleague, manager_of
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "alliance")]
WEEKLY = {
    "rhythm": "weekly", "first_day": "2024-04-08", "weekdays": ["0", "3"], "every_weeks": "1", "times": "08:30", "minutes": "180",
    "sessions": "4", "on_holidays": "skip", "kind": "practice", "topic": "Brakes",
}  # fmt: skip


@pytest.fixture
def alliance():
    return make_alliance()


@pytest.fixture
def cohort():
    return make_cohort("COH-1", starts_on=date(2024, 1, 8), ends_before=date(2024, 7, 1))


def days():
    return [f"{day:%m-%d}" for day in Session.objects.order_by("begins_at").values_list("held_on", flat=True)]


def test_a_term_is_planned_around_the_holidays_and_says_which(cohort):
    mei = browser_of("secretariat")
    answer = mei.post("/cohorts/COH-1/plan/", WEEKLY, follow=True)
    assert days() == ["04-08", "04-11", "04-22", "04-25"]
    assert "National holidays that were left out" in text_of(answer)
    assert "15 April 2024" in text_of(answer)


def test_holidays_are_kept_where_that_is_chosen(cohort):
    browser_of("secretariat").post("/cohorts/COH-1/plan/", {**WEEKLY, "on_holidays": "keep"})
    assert days() == ["04-08", "04-11", "04-15", "04-18"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"times": "half past eight"}, "Write times like 08:30"),
        ({"sessions": ""}, "Say how many sessions, or the last day"),
        ({"sessions": "", "rhythm": "block"}, "A block has a last day."),
        ({"rhythm": "evening"}, "An evening session begins at 17:00 or later."),
        ({"weekdays": []}, "is required"),
    ],
    ids=["time", "no end", "block", "evening", "weekday"],
)
def test_a_plan_that_means_nothing_is_sent_back_with_what_was_written(cohort, wrong, said):
    answer = browser_of("secretariat").post("/cohorts/COH-1/plan/", {**WEEKLY, **wrong})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Brakes" in text_of(answer)
    assert not Session.objects.exists()


def test_a_clash_is_named_on_the_form_and_may_be_written_all_the_same(cohort):
    mei = browser_of("secretariat")
    mei.post("/cohorts/COH-1/plan/", WEEKLY)
    answer = mei.post("/cohorts/COH-1/plan/", {**WEEKLY, "times": "10:00", "sessions": "1"})
    assert answer.status_code == 422
    assert "are at the same time" in text_of(answer)
    assert (
        mei.post(
            "/cohorts/COH-1/plan/", {**WEEKLY, "times": "10:00", "sessions": "1", "keep_clashes": "on"}
        ).status_code
        == 302
    )
    week = text_of(mei.get("/timetable/?week=2024-W15&cohort=COH-1"))
    assert "1 clash" in week


def test_a_joint_session_has_a_row_in_each_cohort(cohort):
    make_cohort("COH-2", starts_on=date(2024, 1, 8), ends_before=date(2024, 7, 1))
    browser_of("secretariat").post("/cohorts/COH-1/plan/", {**WEEKLY, "sessions": "1", "also_for": ["COH-2"]})
    one, two = Session.objects.order_by("cohort__reference")
    assert (two.joint_with, two.cohort.reference) == (one, "COH-2")
    page = text_of(browser_of("secretariat", username="mei").get("/timetable/?week=2024-W15&whose=all"))
    assert "together with COH-1" in page


def test_a_session_moves_with_its_reason_and_shows_both_days(cohort):
    make_session(cohort, on=date(2024, 2, 5))
    manager = manager_of(cohort.site)
    sent = {"day": "2024-02-07", "at": "13:30", "minutes": "120", "reason": "Power cut"}
    assert "This field is required" in text_of(manager.post("/cohorts/COH-1/sessions/1/move/", {**sent, "reason": ""}))
    assert manager.post("/cohorts/COH-1/sessions/1/move/", sent).status_code == 302
    page = text_of(manager.get("/cohorts/COH-1/sessions/1/plan/"))
    assert "Power cut" in page
    assert "5 February 2024" in page
    assert "was " in text_of(manager.get("/timetable/?week=2024-W06&cohort=COH-1"))


def test_a_session_with_marks_moves_only_when_that_is_said():
    cohort = make_cohort("COH-1", learners=1)
    make_session(cohort, status="held")
    mei = browser_of("secretariat")
    sent = {"day": "2023-03-07", "at": "08:30", "minutes": "180", "reason": "Wrong day"}
    answer = mei.post("/cohorts/COH-1/sessions/1/move/", sent)
    assert answer.status_code == 409
    assert "Say that its marks go with it" in text_of(answer)
    assert mei.post("/cohorts/COH-1/sessions/1/move/", {**sent, "keep_marks": "on"}).status_code == 302


def test_what_is_called_off_is_made_up_for(cohort):
    make_session(cohort, on=date(2024, 2, 5))
    mei = browser_of("secretariat")
    assert mei.post("/cohorts/COH-1/sessions/1/cancel/", {"reason": "Trainer ill"}).status_code == 302
    mei.post("/cohorts/COH-1/plan/", {**WEEKLY, "sessions": "1", "makes_up_for": "COH-1/s1"})
    assert Session.objects.get(number=2).makes_up_for.number == 1
    assert "makes up for session 1" in text_of(mei.get("/timetable/?week=2024-W15&cohort=COH-1"))


def test_a_session_says_its_unit_room_and_trainer(cohort):
    khamla = make_person("khamla")
    cohort.trainers.create(person=khamla)
    room = cohort.site.rooms.create(name="Bay 1", capacity=20)
    make_session(cohort, on=date(2024, 2, 5))
    unit = cohort.curriculum_version.units.first()
    mei = browser_of("secretariat")
    sent = {"kind": "practice", "topic": "Brakes", "unit": unit.code, "room": str(room.pk), "trainers": ["khamla"]}
    assert mei.post("/cohorts/COH-1/sessions/1/plan/", sent).status_code == 302
    assert "Bay 1" in text_of(mei.get("/timetable/?week=2024-W06&cohort=COH-1"))


def test_an_own_calendar_is_read_under_a_secret_address_until_it_is_taken_away(cohort):
    khamla, browser = make_colleague("khamla")
    make_enrolment(cohort, person=khamla)
    make_session(cohort, on=date(2024, 2, 5))
    make_session(make_cohort("COH-2", starts_on=date(2024, 1, 8), ends_before=date(2024, 7, 1)), on=date(2024, 2, 5))
    page = text_of(browser.post("/timetable/"))
    address = page.split('id="secret"')[1].split('value="')[1].split('"')[0].removeprefix("http://testserver")
    assert address not in text_of(browser.get("/timetable/"))
    feed = Client().get(address)
    assert feed["Content-Type"].startswith("text/calendar")
    assert feed.content.decode().count("BEGIN:VEVENT") == 1
    assert "DTSTART:20240205T013000Z" in feed.content.decode()
    browser.post("/timetable/address/end/")
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("week", ["2024-W99", "nonsense", "9999-W01", "2020-W53"], ids=str)
def test_a_week_that_is_none_is_this_week_and_a_long_year_has_one_more(cohort, week):
    answer = browser_of("secretariat").get(f"/timetable/?week={week}")
    assert answer.status_code == 200
    assert ("28 December 2020" in text_of(answer)) == (week == "2020-W53")
