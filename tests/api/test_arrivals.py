"""Learners who say that they are there, by machine: the key of the screen makes codes that are taken, and the trainer's word is the mark."""

import hmac
from base64 import urlsafe_b64encode
from datetime import date
from hashlib import sha256
from uuid import UUID

import pytest

from corridor.foundations import clock
from corridor.rooms.training.models import Attendance, Session
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort, make_enrolment, make_session
from tests.web.people_at_work import make_colleague

pytestmark = pytest.mark.django_db
ARRIVALS = "/cohorts/COH-1/sessions/1/arrivals"
DAY = date(2023, 3, 6)


@pytest.fixture(autouse=True)
def _the_day(settings):
    settings.EXAMPLE_DAY = DAY


@pytest.fixture
def trainer():
    bounmy, _browser = make_colleague("bounmy")
    cohort = make_cohort("COH-1", learners=2, trainers=[bounmy])
    make_session(cohort, on=DAY)
    return machine_of(bounmy.user)


@pytest.fixture
def learner(trainer):
    noy, _browser = make_colleague("noy")
    make_enrolment(Session.objects.get().cohort, number=3, person=noy)
    return machine_of(noy.user)


def code_from(screen, *, ago: int = 0) -> str:
    """A code as any program makes it from what the API says."""
    step = int(clock.now().timestamp()) // screen["step_seconds"] - ago
    body = UUID(screen["screen"]).bytes + step.to_bytes(4, "big")
    signed = hmac.new(bytes.fromhex(screen["key"]), body, sha256).digest()[:12]
    return urlsafe_b64encode(body + signed).rstrip(b"=").decode()


def show(trainer, key="s1"):
    return trainer.post(f"{ARRIVALS}/screen", {}, idempotency_key=key)


def test_a_code_made_from_the_key_is_taken_and_waits_for_the_trainer(trainer, learner):
    shown = show(trainer)
    assert (shown.status_code, show(trainer, "s2").json()) == (201, shown.json())
    sent = {"code": code_from(shown.json()), "phone": "a phone of mine"}
    assert learner.post("/me/arrivals", sent).status_code == 428
    said = learner.post("/me/arrivals", sent, idempotency_key="a1")
    assert (said.status_code, said.json()["state"]) == (201, "waiting")
    assert not Attendance.objects.exists()
    listed = trainer.get(ARRIVALS)
    assert [(row["number"], row["state"]) for row in listed.json()["rows"]] == [(3, "waiting")]
    assert trainer.post(f"{ARRIVALS}/confirmations", {"seats": [1]}, idempotency_key="c0").status_code == 409
    confirmed = trainer.post(f"{ARRIVALS}/confirmations", {"seats": [3]}, idempotency_key="c1")
    assert (confirmed.status_code, confirmed.json()["rows"][0]["state"]) == (201, "confirmed")
    assert Attendance.objects.get().mark == "present"


def test_an_old_code_and_a_code_of_nobody_are_refused(trainer, learner):
    screen = show(trainer).json()
    old = learner.post("/me/arrivals", {"code": code_from(screen, ago=3), "phone": "mine, mine"}, idempotency_key="a1")
    assert (old.status_code, old.json()["code"]) == (409, "CodeIsOld")
    none = learner.post("/me/arrivals", {"code": "nothing", "phone": "mine, mine"}, idempotency_key="a2")
    assert (none.status_code, none.json()["code"]) == (404, "NoSuchCode")
    stranger = trainer.post("/me/arrivals", {"code": code_from(screen), "phone": "mine, mine"}, idempotency_key="a3")
    assert (stranger.status_code, stranger.json()["code"]) == (403, "NoPlaceInThisCohort")


def test_the_screen_is_ended_by_version(trainer, learner):
    screen = show(trainer).json()
    assert trainer.put(f"{ARRIVALS}/end", {}).status_code == 428
    ended = trainer.put(f"{ARRIVALS}/end", {}, if_match=trainer.etag(ARRIVALS))
    assert (ended.status_code, ended.json()["ends_at"]) == (200, None)
    late = learner.post("/me/arrivals", {"code": code_from(screen), "phone": "mine, mine"}, idempotency_key="a1")
    assert (late.status_code, late.json()["code"]) == (409, "ArrivalsHaveEnded")
    assert learner.get(ARRIVALS).status_code == 403
