"""Choosing learners, applying and answering on pages: from the application to the place, and how far everyone came."""

from datetime import date

import pytest

from corridor.rooms.training.actions import Description, describe_cohort
from corridor.rooms.training.models import CohortTrainer, Enrolment
from tests.factories.actors import make_actor, make_user
from tests.factories.members import make_alliance, make_member
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment
from tests.web.people_at_work import manager_of, sign_in
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "alliance")]


@pytest.fixture
def alliance():
    return make_alliance()


@pytest.fixture
def cohort():
    return make_cohort("COH-1", status="recruiting", starts_on=date(2024, 3, 4), ends_before=date(2024, 7, 1))


@pytest.fixture
def khamla():
    return make_person("khamla", user=make_user("khamla"))


def test_a_person_applies_is_offered_the_place_and_takes_it(cohort, khamla):
    own, manager = sign_in(khamla.user), manager_of(cohort.site)
    assert "COH-1" in text_of(own.get("/learn/cohorts/"))
    sent = own.post(
        "/learn/cohorts/COH-1/apply/", {"participant_kind": "student", "study_mode": "full_time", "sent_by": ""}
    )
    assert sent.status_code == 302
    assert "You have applied here already" in text_of(own.get("/learn/cohorts/COH-1/apply/"))
    assert "1 application waits for an answer" in text_of(manager.get("/cohorts/COH-1/selection/"))
    offered = manager.post("/cohorts/COH-1/selection/", {"seats": ["1"], "do": "offer", "until": "2024-02-09"})
    assert offered.status_code == 302
    assert "A place is offered to you" in text_of(own.get("/learn/"))
    assert own.post("/learn/cohorts/COH-1/answer/", {"answer": "accept"}).status_code == 302
    assert Enrolment.objects.get().status == "enrolled"


def test_an_applicant_takes_the_application_back_on_the_own_path(cohort, khamla):
    make_enrolment(cohort, person=khamla, steps=[])
    own = sign_in(khamla.user)
    assert "You have applied" in text_of(own.get("/learn/"))
    own.post("/learn/cohorts/COH-1/answer/", {"answer": "withdraw"})
    assert Enrolment.objects.get().status == "withdrew"


def test_points_are_written_by_what_is_judged(cohort):
    make_enrolment(cohort, number=1, steps=[])
    mei = browser_of("secretariat")
    lines = {f"form-{n}-{field}": "" for n in range(3) for field in ("title", "most", "least")}
    lines |= {
        "form-TOTAL_FORMS": "3",
        "form-INITIAL_FORMS": "0",
        "form-0-title": "Entry test",
        "form-0-most": "100",
        "form-0-least": "50",
    }
    assert mei.post("/cohorts/COH-1/selection/criteria/", lines).status_code == 302
    refused = mei.post("/cohorts/COH-1/selection/points/", {"p1_1": "101"})
    assert refused.status_code == 422
    assert mei.post("/cohorts/COH-1/selection/points/", {"p1_1": "40"}).status_code == 302
    page = text_of(mei.get("/cohorts/COH-1/selection/"))
    assert "under the least" in page


def test_a_full_cohort_refuses_the_offer_on_the_page_and_offers_the_waiting_list(cohort):
    for number in (1, 2):
        make_enrolment(cohort, number=number, steps=[])
    mei = browser_of("secretariat")
    assert (
        mei.post(
            "/cohorts/COH-1/describe/", {"capacity": "1", "languages": "lo、zh-Hans", "required_share": ""}
        ).status_code
        == 302
    )
    answer = mei.post("/cohorts/COH-1/selection/", {"seats": ["1", "2"], "do": "offer", "until": "2024-02-09"})
    assert answer.status_code == 409
    assert "Put the others on the waiting list" in text_of(answer)
    mei.post("/cohorts/COH-1/selection/", {"seats": ["1"], "do": "offer", "until": "2024-02-09"})
    mei.post("/cohorts/COH-1/selection/", {"seats": ["2"], "do": "wait"})
    assert "waits as number 1" in text_of(mei.get("/cohorts/COH-1/selection/"))
    Enrolment.objects.filter(number=1).update(offer_until=date(2024, 2, 1))
    assert "1 offer was not answered in time" in text_of(mei.get("/cohorts/COH-1/selection/"))
    mei.post("/cohorts/COH-1/selection/", {"do": "late"})
    assert list(Enrolment.objects.order_by("number").values_list("status", flat=True)) == ["withdrew", "selected"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"do": "offer", "until": "2024-02-09"}, "Choose at least one applicant."),
        ({"do": "offer", "seats": ["1"], "until": ""}, "Say until when the place may be taken up."),
        ({"do": "offer", "seats": ["1"], "until": "2024-02-01"}, "The last day to take up a place is not in the past."),
    ],
    ids=["nobody", "no day", "past"],
)
def test_a_choice_that_says_too_little_is_sent_back(cohort, sent, said):
    make_enrolment(cohort, number=1, steps=[])
    answer = browser_of("secretariat").post("/cohorts/COH-1/selection/", sent)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_planned_cohort_begins_to_take_applications_by_a_button():
    make_cohort("COH-1", status="planned")
    mei = browser_of("secretariat")
    assert "Take applications" in text_of(mei.get("/cohorts/COH-1/selection/"))
    assert mei.post("/cohorts/COH-1/recruit/").status_code == 302
    assert "takes applications" in text_of(mei.get("/learn/cohorts/"))


def test_every_number_of_the_funnel_opens():
    cohort = make_cohort("COH-1", learners=2)
    make_enrolment(cohort, number=3, steps=[])
    mei = browser_of("secretariat")
    assert "0 of 3 who applied hold a certificate" in text_of(mei.get("/cohorts/COH-1/funnel/"))
    assert text_of(mei.get("/cohorts/COH-1/funnel/?who=attending")).count("coh-1-l") == 0
    assert "Who they are" in text_of(mei.get("/cohorts/COH-1/funnel/?who=attending"))
    assert mei.get("/cohorts/COH-1/funnel/?who=nothing").status_code == 404


def test_a_trainer_is_appointed_in_a_role_from_a_day_and_ends():
    cohort = make_cohort("COH-1")
    make_person("khamla")
    mei = browser_of("secretariat")
    sent = {"person": "khamla", "role": "lead", "held_from": "2024-01-08"}
    assert mei.post("/cohorts/COH-1/trainers/", sent).status_code == 302
    assert "Leads the teaching" in text_of(mei.get("/cohorts/COH-1/"))
    refused = mei.post("/cohorts/COH-1/trainers/khamla/end/", {"on": "2024-01-01"})
    assert refused.status_code == 422
    assert mei.post("/cohorts/COH-1/trainers/khamla/end/", {"on": "2024-02-02"}).status_code == 302
    assert CohortTrainer.objects.get(cohort=cohort).held_before == date(2024, 2, 2)


def test_who_leaves_is_counted_by_the_reason():
    make_cohort("COH-1", learners=1)
    mei = browser_of("secretariat")
    sent = {"seats": ["1"], "to": "withdrew", "on": "2024-02-02", "reason": ""}
    assert "Choose why" in text_of(mei.post("/cohorts/COH-1/learners/", sent))
    assert mei.post("/cohorts/COH-1/learners/", {**sent, "exit_reason": "found_work"}).status_code == 302
    assert "Found work" in text_of(mei.get("/cohorts/COH-1/funnel/"))


def test_a_coordinator_applies_for_whom_the_member_sent_before(cohort):
    member, khamla = make_member("luangprabang", country="LA"), make_person("khamla")
    browser = browser_of("coordinator", member=member)
    sent = {"person": "khamla", "participant_kind": "student", "study_mode": "full_time", "sent_by": "luangprabang"}
    assert "has sent no person khamla before" in text_of(browser.post("/learn/cohorts/COH-1/apply/", sent))
    make_enrolment(make_cohort("COH-2"), person=khamla, sending_organisation=member)
    assert browser.post("/learn/cohorts/COH-1/apply/", sent).status_code == 302


def test_a_cohort_does_not_get_fewer_places_than_are_taken():
    cohort = make_cohort("COH-1", learners=2)
    describe_cohort(cohort=cohort, description=Description(capacity=5), by=make_actor("secretariat"))
    answer = browser_of("secretariat").post("/cohorts/COH-1/describe/", {"capacity": "1"})
    assert answer.status_code == 422
    assert "2 places are taken already" in text_of(answer)
