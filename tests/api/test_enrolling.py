"""Places in a cohort by machine: given once, moved on by version, moved to another cohort; recruiting and closing."""

from datetime import date

import pytest

from corridor.rooms.training.models import Cohort, Enrolment, HoursWaiver
from tests.factories.actors import make_user
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.members import make_alliance, make_seat
from tests.factories.people import make_person
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort, make_enrolment, make_session
from tests.web.people_at_work import make_colleague

pytestmark = pytest.mark.django_db
ROLL = "/cohorts/COH-1/roll"


@pytest.fixture(autouse=True)
def _the_day(settings):
    settings.EXAMPLE_DAY = date(2023, 3, 8)


@pytest.fixture
def cohort():
    make_alliance()
    bounmy, _browser = make_colleague("bounmy")
    return make_cohort("COH-1", learners=2, trainers=[bounmy])


@pytest.fixture
def office(cohort):
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def trainer(cohort):
    return machine_of(cohort.trainers.get().person.user)


def test_places_are_given_once_all_or_none(office, trainer):
    for name in ("noi", "kham"):
        make_person(name)
    sent = {
        "places": [{"person": "noi", "participant_kind": "student"}, {"person": "kham", "participant_kind": "teacher"}]
    }
    assert trainer.post(ROLL, sent, idempotency_key="t").status_code == 403
    made = office.post(ROLL, sent, idempotency_key="k")
    again = office.post(ROLL, sent, idempotency_key="k")
    assert (made.status_code, again.json(), Enrolment.objects.count()) == (201, made.json(), 4)
    assert [(row["number"], row["status"]) for row in made.json()["places"]][2:] == [(3, "applied"), (4, "applied")]
    assert office.post(ROLL, sent, idempotency_key="other").status_code == 422
    unknown = {"places": [{"person": "nobody", "participant_kind": "student"}]}
    assert office.post(ROLL, unknown, idempotency_key="u").status_code == 404
    assert office.post(ROLL, sent).status_code == 428


def test_learners_move_on_by_the_roll_that_was_read(office, trainer):
    tag = office.etag(ROLL)
    sent = {"steps": [{"number": 1, "to": "suspended", "reason": "Ill", "on": "2023-03-07"}]}
    assert office.put(ROLL, sent).status_code == 428
    assert trainer.put(ROLL, sent, if_match=trainer.etag(ROLL)).status_code == 403
    moved = office.put(ROLL, sent, if_match=tag)
    assert [row["status"] for row in moved.json()["places"]] == ["suspended", "attending"]
    assert office.put(ROLL, sent, if_match=tag).status_code == 412
    assert office.put(ROLL, {"steps": [{"number": 9, "to": "withdrew"}]}, if_match=moved["ETag"]).status_code == 422
    back = {"steps": [{"number": 2, "to": "applied"}]}
    assert office.put(ROLL, back, if_match=moved["ETag"]).status_code == 409


def test_a_learner_moves_to_a_cohort_that_follows_the_same(office, cohort):
    make_cohort("COH-2", version=cohort.curriculum_version)
    sent = {"to": "COH-2", "on": "2023-03-08", "reason": "Nearer home"}
    path = "/cohorts/COH-1/learners/1/transfers"
    made = office.post(path, sent, idempotency_key="k")
    assert (made.status_code, made.json()) == (
        201, {"from_cohort": "COH-1", "from_number": 1, "cohort": "COH-2", "number": 1},
    )  # fmt: skip
    assert office.post(path, sent, idempotency_key="k").json() == made.json()
    assert office.post(path, sent | {"to": "COH-9"}, idempotency_key="m").status_code == 422
    assert office.post("/cohorts/COH-1/learners/9/transfers", sent, idempotency_key="n").status_code == 404


def test_hours_are_waived_with_a_reason_by_the_secretariat_alone(office, trainer):
    path, sent = "/cohorts/COH-1/learners/1/units/VI-1/hours-waivers", {"reason": "Worked there for years"}
    assert trainer.post(path, sent, idempotency_key="t").status_code == 403
    assert office.post(path, sent, idempotency_key="k").status_code == 201
    assert HoursWaiver.objects.get().reason == "Worked there for years"
    assert office.post(path.replace("VI-1", "XX-9"), sent, idempotency_key="x").status_code == 404


def test_a_cohort_recruits_and_is_closed_once_nothing_is_in_the_way(office, trainer, cohort):
    planned = make_cohort("COH-P", status="planned", starts_on=date(2023, 5, 1), version=cohort.curriculum_version)
    where = "/cohorts/COH-P/recruiting"
    assert office.put(where, {}).status_code == 428
    recruiting = office.put(where, {}, if_match=office.etag("/cohorts/COH-P"))
    assert (recruiting.json()["status"], planned.reference) == ("recruiting", "COH-P")
    assert office.put(where, {}, if_match=recruiting["ETag"]).status_code == 409
    session = make_session(cohort)
    path = "/cohorts/COH-1/closing"
    assert trainer.get(path).status_code == 403
    read = office.get(path)
    assert len(read.json()["obstacles"]) == 1
    assert office.put(path, {}, if_match=read["ETag"]).status_code == 409
    session.changes.create(from_status="planned", to_status="cancelled", effective_on=session.held_on, by_label="x")
    type(session).objects.filter(pk=session.pk).update(status="cancelled")
    judge = make_assessor(cohort, "judge")
    make_decision(cohort.enrolments.get(number=1), cohort.curriculum_version.units.first(), assessor=judge)
    make_enrolment(cohort, number=3, steps=[])
    assert office.put(path, {}, if_match=read["ETag"]).status_code == 412
    closed = office.put(path, {}, if_match=office.etag(path))
    assert closed.json() | {"cohort": ""} == {
        "cohort": "", "status": "assessed", "completed": 1, "completed_before": 0, "without_evidence": 1,
    }  # fmt: skip
    assert Cohort.objects.get(reference="COH-1").status == "assessed"
