"""Who teaches a cohort and who can be reached, by machine: appointed once, ended by version, checked by seat."""

from datetime import date

import pytest

from corridor.rooms.training.models import CohortTrainer, ContactCheck
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_seat
from tests.factories.people import make_person
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
PLACE = "/cohorts/COH-1/trainers/khamla"


@pytest.fixture(autouse=True)
def _the_day(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def office():
    make_alliance()
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


def test_a_trainer_is_appointed_once_and_ended_by_version(office):
    make_cohort("COH-1")
    make_person("khamla")
    sent = {"person": "khamla", "role": "assistant", "held_from": "2024-02-05"}
    assert office.post("/cohorts/COH-1/trainers", sent).status_code == 428
    made = office.post("/cohorts/COH-1/trainers", sent, idempotency_key="k1")
    again = office.post("/cohorts/COH-1/trainers", sent, idempotency_key="k1")
    assert (made.status_code, again.json(), again["Idempotency-Replayed"]) == (201, made.json(), "true")
    assert (made.json()["role"], CohortTrainer.objects.filter(person__reference="khamla").count()) == ("assistant", 1)
    tag = office.get(PLACE)["ETag"]
    assert office.put(f"{PLACE}/end", {"held_before": "2024-03-01"}).status_code == 428
    early = office.put(f"{PLACE}/end", {"held_before": "2024-02-04"}, if_match=tag)
    assert (early.status_code, "2024" in early.content.decode()) == (422, True)
    assert office.put(f"{PLACE}/end", {"held_before": "2024-03-01"}, if_match='"another"').status_code == 412
    ended = office.put(f"{PLACE}/end", {"held_before": "2024-03-01"}, if_match=tag)
    assert ended.json()["held_before"] == "2024-03-01"
    assert office.get(PLACE).status_code == 404
    listed = next(each for each in office.get("/cohorts/COH-1/trainers").json() if each["person"] == "khamla")
    assert listed == ended.json()


def test_nobody_is_appointed_who_is_not_there(office):
    make_cohort("COH-1")
    answer = office.post("/cohorts/COH-1/trainers", {"person": "nobody"}, idempotency_key="k1")
    assert answer.status_code == 404
    assert not CohortTrainer.objects.filter(person__reference="nobody").exists()


def test_who_could_be_reached_is_written_by_seat(office):
    make_cohort("COH-1", learners=3)
    where = "/cohorts/COH-1/contact-checks"
    read = office.get(where)
    sent = {"moment": "exit", "results": {"1": "reached", "2": "no_channel"}}
    assert office.put(where, sent).status_code == 428
    done = office.put(where, sent, if_match=read["ETag"])
    assert done.json()["exit"] == {"learners": 3, "tried": 2, "reached": 1}
    assert done.json()["entry"] == {"learners": 3, "tried": 0, "reached": 0}
    assert done.json()["learners"][1] == {
        "number": 2, "entry": None, "entry_on": None, "exit": "no_channel", "exit_on": "2024-02-02",
    }  # fmt: skip
    assert office.put(where, sent, if_match=read["ETag"]).status_code == 412
    wrong = office.put(where, {"moment": "exit", "results": {"9": "reached"}}, if_match=done["ETag"])
    assert (wrong.status_code, ContactCheck.objects.count()) == (422, 2)
