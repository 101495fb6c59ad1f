"""Sittings, releases of results, conflicts of interest, levels of languages and links into a learning platform, by machine."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.documents.receiving import Upload
from corridor.rooms.assessment.models import Employment, Sitting, StatedRelation
from corridor.rooms.people.models import Person
from corridor.rooms.training.actions.own_evidence import add_own_evidence
from corridor.rooms.training.models import LanguageLevel
from tests.factories.actors import make_actor, make_user
from tests.factories.assessment import make_assessor, make_scheme
from tests.factories.members import make_alliance, make_member, make_seat
from tests.factories.site_years import picture
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 3, tzinfo=UTC)
SITTING = {"unit": "VI-1", "held_on": "2024-03-01", "assessor": "nimali", "called": [1, 2]}
LEVEL = {"number": 1, "moment": "entry", "language": "zh-Hans", "scale": "hsk_2021", "level": "2", "source": "test"}


@pytest.fixture(autouse=True)
def _the_day(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def cohort():
    make_alliance()
    made = make_cohort("COH-1", learners=3, starts_on=date(2024, 1, 8), ends_before=date(2024, 7, 1))
    make_scheme(made.curriculum_version.units.get(code="VI-1"))
    make_assessor(made, "nimali")
    return made


@pytest.fixture
def office(cohort):
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def learner(cohort):
    person = cohort.enrolments.get(number=2).person
    person.user = make_user("learner")
    person.save()
    return machine_of(person.user)


def test_learners_are_called_once_and_the_sitting_is_taken_back(office, learner):
    made = office.post("/cohorts/COH-1/sittings", SITTING, idempotency_key="k")
    assert (made.status_code, made.json()["called"]) == (201, [1, 2])
    assert office.post("/cohorts/COH-1/sittings", SITTING, idempotency_key="k").json() == made.json()
    assert office.post("/cohorts/COH-1/sittings", SITTING, idempotency_key="other").status_code == 409
    assert [each["called"] for each in office.get("/cohorts/COH-1/sittings").json()] == [[1, 2]]
    address = f"/sittings/{made.json()['id']}"
    assert learner.get(address).json()["called"] == [2]
    assert learner.delete(address, if_match=learner.etag(address)).status_code == 403
    assert office.delete(address).status_code == 428
    assert office.delete(address, if_match=made["ETag"]).status_code == 204
    assert not Sitting.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"assessor": "mei"}, 422), ({"called": [9]}, 422), ({"called": []}, 422), ({"unit": "XX-9"}, 404)],
    ids=["no-assessor", "no-seat", "nobody", "no-unit"],
)
def test_a_sitting_that_cannot_be_is_refused(office, wrong, status):
    assert office.post("/cohorts/COH-1/sittings", SITTING | wrong, idempotency_key="k").status_code == status
    assert not Sitting.objects.exists()


def test_who_does_not_make_decisions_final_does_not_say_when_they_are_out(office):
    address = "/cohorts/COH-1/units/VI-1/release"
    assert office.get(address).json()["release_at"] is None
    sent = {"release_at": "2024-03-04T09:00:00+07:00"}
    assert office.put(address, sent, if_match=office.etag(address)).status_code == 403
    assert office.get(address).json()["release_at"] is None


def test_an_assessor_says_from_when_learners_see_results(cohort):
    person = Person.objects.get(reference="nimali")
    person.user = make_user("nimali")
    person.save()
    machine, address = machine_of(person.user), "/cohorts/COH-1/units/VI-1/release"
    sent = {"release_at": "2024-03-04T09:00:00+07:00"}
    set_ = machine.put(address, sent, if_match=machine.etag(address))
    assert set_.json()["release_at"] == "2024-03-04T02:00:00Z"
    assert machine.put(address, {"release_at": "2024-03-04T09:00:00"}, if_match=set_["ETag"]).status_code == 422
    assert machine.put(address, sent).status_code == 428


def test_a_file_of_the_learner_is_taken_as_evidence_once(cohort, learner):
    place = cohort.enrolments.get(number=2)
    upload = Upload("brake.jpg", picture(), "My brake")
    by = make_actor("learner", ("person", place.person_id))
    add_own_evidence(enrolment=place, unit=None, upload=upload, words="My brake", at=AT, by=by)
    person = Person.objects.get(reference="nimali")
    person.user = make_user("nimali")
    person.save()
    assessor = machine_of(person.user)
    (own,) = assessor.get("/cohorts/COH-1/learners/2/own-files").json()
    sent, address = {"own": own["id"]}, "/cohorts/COH-1/learners/2/units/VI-1/own-files"
    assert learner.post(address, sent, idempotency_key="l").status_code == 403
    made = assessor.post(address, sent, idempotency_key="k")
    assert (made.status_code, made.json()["sha256"], made.json()["missing"]) == (201, own["sha256"], [])
    assert assessor.post(address, sent, idempotency_key="k").json() == made.json()
    elsewhere = "/cohorts/COH-1/learners/1/units/VI-1/own-files"
    assert assessor.post(elsewhere, sent, idempotency_key="m").status_code == 404


def test_who_is_close_to_whom_is_stated_and_taken_back(office, learner, cohort):
    other = cohort.enrolments.get(number=2).person.reference
    sent = {"assessor": "nimali", "learner": other, "kind": "relative"}
    made = office.post("/relations", sent, idempotency_key="k")
    assert made.status_code == 201
    assert office.post("/cohorts/COH-1/sittings", SITTING, idempotency_key="s").status_code == 409
    assert len(learner.get("/relations").json()["rows"]) == 1
    address = f"/relations/{made.json()['id']}"
    assert learner.delete(address, if_match=learner.etag(address)).status_code == 403
    assert office.delete(address, if_match=made["ETag"]).status_code == 204
    assert not StatedRelation.objects.exists()
    assert office.post("/relations", sent | {"learner": "nobody"}, idempotency_key="l").status_code == 422
    assert office.post("/relations", sent | {"learner": "nimali"}, idempotency_key="m").status_code == 422
    assert learner.post("/relations", sent, idempotency_key="n").status_code == 403


def test_for_whom_an_assessor_works_is_stated_and_ends(office):
    make_member("mekong-fleet", kind="company", country="LA")
    sent = {"person": "nimali", "organisation": "mekong-fleet", "starts_on": "2023-01-09"}
    made = office.post("/employments", sent, idempotency_key="k")
    assert (made.status_code, made.json()["ends_before"]) == (201, None)
    address = f"/employments/{made.json()['id']}"
    ended = office.put(f"{address}/end", {"ends_before": "2024-02-01"}, if_match=made["ETag"])
    assert ended.json()["ends_before"] == "2024-02-01"
    assert office.put(f"{address}/end", {"ends_before": "2024-02-01"}, if_match=made["ETag"]).status_code == 412
    assert office.post("/employments", sent | {"organisation": "nowhere"}, idempotency_key="l").status_code == 422
    assert Employment.objects.count() == 1


def test_claims_about_languages_are_all_or_none_and_goals_count_them(office):
    address = "/cohorts/COH-1/languages"
    goals = [{"language": "zh-Hans", "scale": "hsk_2021", "level": "3", "hours": 200}]
    aimed = office.put(f"{address}/goals", {"goals": goals}, if_match=office.etag(address))
    assert aimed.json()["goals"][0]["reached"] == 0
    left = LEVEL | {"moment": "exit", "level": "3"}
    stated = office.put(f"{address}/levels", {"levels": [LEVEL, left]}, if_match=aimed["ETag"])
    assert (stated.json()["goals"][0]["stated"], stated.json()["goals"][0]["reached"]) == (1, 1)
    assert [each["level"] for each in stated.json()["learners"][0]["levels"]] == ["2", "3"]
    assert office.put(f"{address}/levels", {"levels": [LEVEL]}, if_match=aimed["ETag"]).status_code == 412
    for wrong in (LEVEL | {"number": 9}, LEVEL | {"scale": "cefr"}, LEVEL | {"language": "??"}):
        sent = {"levels": [LEVEL | {"number": 2}, wrong]}
        assert office.put(f"{address}/levels", sent, if_match=stated["ETag"]).status_code == 422
    assert LanguageLevel.objects.count() == 2


def test_links_into_a_learning_platform_are_read_by_its_learners(office, learner):
    address = "/cohorts/COH-1/platform-links"
    links = [{"title": "The course", "address": "https://learn.example/course/7"}]
    written = office.put(address, {"links": links}, if_match=office.etag(address))
    assert learner.get(address).json() == written.json()
    unsafe = [{"title": "The course", "address": "http://learn.example/"}]
    assert office.put(address, {"links": unsafe}, if_match=written["ETag"]).status_code == 422
    assert learner.put(address, {"links": []}, if_match=written["ETag"]).status_code == 403
