"""The screen of a session and the phones before it: scanned without signing in, said after it, and confirmed by the trainer."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corridor.foundations import clock
from corridor.rooms.training.actions import show_screen
from corridor.rooms.training.arriving import code_of, step_at
from corridor.rooms.training.models import Arrival, ArrivalScreen, Attendance, Session
from tests.factories.actors import make_actor, make_user
from tests.factories.training import make_cohort, make_enrolment, make_session
from tests.web.people_at_work import make_colleague, sign_in
from tests.web.readers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/cohorts/COH-2023-041/sessions/1/arrivals/"
REGISTER = "/cohorts/COH-2023-041/sessions/1/"


@pytest.fixture
def trainer(today):
    bounmy, browser = make_colleague("bounmy")
    cohort = make_cohort(learners=2, trainers=[bounmy])
    make_session(cohort, on=today)
    return browser


@pytest.fixture
def noy(trainer):
    """A learner with an account, at seat 3."""
    person, browser = make_colleague("noy")
    make_enrolment(Session.objects.get().cohort, number=3, person=person)
    return person, browser


def code(*, ago: int = 0) -> str:
    return code_of(ArrivalScreen.objects.get(), step_at(clock.now()) - ago)


def marks() -> dict[int, str]:
    return dict(Attendance.objects.values_list("enrolment__number", "mark"))


def test_the_trainer_shows_the_code_and_confirms_who_scanned_it(trainer, noy):
    _, learner = noy
    assert "Show the code" in text_of(trainer.get(PAGE))
    assert trainer.post(PAGE, {"do": "show"}).status_code == 302
    page = text_of(trainer.get(PAGE))
    assert "<svg" in page
    assert f'data-arrival="{ArrivalScreen.objects.get().pk}"' in page
    assert re.search(r'data-key="[0-9a-f]{64}"', page)
    assert '<noscript><meta http-equiv="refresh" content="30">' in page
    assert learner.get(f"/arrive/{code()}/").headers["Location"] == "/arrive/"
    assert "Say that you are in the room" in text_of(learner.get("/arrive/"))
    assert not Arrival.objects.exists(), "looking at the page says nothing"
    assert learner.post("/arrive/").status_code == 302
    assert "There, waiting for the trainer" in text_of(learner.get("/arrive/"))
    assert marks() == {}
    assert "1 of 1 waits for you" in text_of(trainer.get(PAGE))
    assert trainer.post(PAGE, {"do": "confirm", "seat": "3"}).status_code == 302
    assert marks() == {3: "present"}
    assert "Confirmed" in text_of(learner.get("/arrive/"))
    assert trainer.post(PAGE, {"do": "confirm"}).status_code == 409
    assert trainer.post(PAGE, {"do": "dance"}).status_code == 404
    assert trainer.post(PAGE, {"do": "end"}).status_code == 302
    assert "Show the code" in text_of(trainer.get(PAGE))


def test_whoever_has_not_scanned_is_ticked_as_absent_before_the_register_is_taken(trainer, noy):
    _, learner = noy
    assert 'value="1" id="s1"><label' in text_of(trainer.get(REGISTER))
    trainer.post(PAGE, {"do": "show"})
    learner.get(f"/arrive/{code()}/")
    learner.post("/arrive/")
    page = text_of(trainer.get(REGISTER))
    assert "1 learner has scanned the code." in page
    assert 'value="1" id="s1" checked data-mark="absent"' in page
    assert 'value="3" id="s3"><label' in page


def test_an_old_code_is_refused_in_words_and_nothing_waits(trainer, noy):
    _, learner = noy
    trainer.post(PAGE, {"do": "show"})
    answer = learner.get(f"/arrive/{code(ago=3)}/")
    assert answer.status_code == 409
    assert "This code is not on the screen any more" in text_of(answer)
    assert learner.get("/arrive/nothing/").status_code == 404
    assert "Say that you are in the room" not in text_of(learner.get("/arrive/"))
    assert learner.post("/arrive/").status_code == 200
    assert not Arrival.objects.exists()


def test_a_code_scanned_before_signing_in_waits_for_it(trainer, noy):
    person, _ = noy
    trainer.post(PAGE, {"do": "show"})
    phone = Client()
    phone.get(f"/arrive/{code()}/")
    page = text_of(phone.get("/arrive/"))
    assert "waits ten minutes for you" in page
    assert "/sign-in/?next=/arrive/" in page
    phone.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    assert phone.post("/arrive/").status_code == 302
    assert Arrival.objects.get().enrolment.person == person


def test_a_phone_of_ones_own_speaks_without_signing_in_until_the_password_changes(trainer, noy):
    person, phone = noy
    trainer.post(PAGE, {"do": "show"})
    assert "This is my own phone" in text_of(phone.get("/arrive/"))
    assert phone.post("/arrive/phone/", {"do": "keep"}).status_code == 302
    assert "Not on this phone any more" in text_of(phone.get("/arrive/"))
    phone.post("/sign-out/")
    phone.get(f"/arrive/{code()}/")
    assert "Say that you are in the room" in text_of(phone.get("/arrive/"))
    assert phone.get("/learn/").status_code == 302, "it opens nothing else"
    phone.post("/arrive/")
    assert Arrival.objects.get().enrolment.person == person
    person.user.set_password("another long one")
    person.user.save()
    assert "waiting for the trainer" not in text_of(phone.get("/arrive/"))


def test_the_phone_of_another_is_refused_by_name(trainer, noy):
    _, phone = noy
    friend, _ = make_colleague("friend")
    make_enrolment(Session.objects.get().cohort, number=4, person=friend)
    trainer.post(PAGE, {"do": "show"})
    phone.get(f"/arrive/{code()}/")
    phone.post("/arrive/")
    phone.post("/sign-out/")
    phone.force_login(friend.user, backend="django.contrib.auth.backends.ModelBackend")
    phone.get(f"/arrive/{code()}/")
    answer = phone.post("/arrive/")
    assert answer.status_code == 409
    assert "This phone has said already that somebody else is in" in text_of(answer)
    assert Arrival.objects.count() == 1


def test_a_phone_that_was_tampered_with_is_a_new_one(trainer, noy):
    _, phone = noy
    phone.cookies["phone"] = "forged:by:hand"
    assert phone.get("/arrive/").status_code == 200
    forged = Client()
    forged.cookies["phone"] = "forged:by:hand"
    assert "This phone" not in text_of(forged.get("/arrive/"))


def test_nobody_else_sees_the_screen(trainer, noy):
    _, learner = noy
    other, browser = make_colleague("other")
    make_cohort("COH-5", trainers=[other])
    assert browser.get(PAGE).status_code == 404
    assert learner.get(PAGE).status_code == 403
    assert sign_in(make_user("office")).post("/arrive/phone/").status_code == 403


def test_the_screen_costs_as_many_statements_for_forty_as_for_four(trainer):
    session = Session.objects.select_related("cohort__site").get()
    by = make_actor("trainer", ("cohort", session.cohort_id))
    screen = show_screen(session=session, at=clock.now(), by=by)

    def asked(seats) -> int:
        for number in seats:
            place = make_enrolment(session.cohort, number=number)
            Arrival.objects.create(
                screen=screen, session=session, enrolment=place, arrived_at=clock.now(), phone=str(number)
            )
        with CaptureQueriesContext(connection) as counted:
            trainer.get(PAGE)
        return len(counted)

    assert asked(range(10, 14)) == asked(range(14, 50))
