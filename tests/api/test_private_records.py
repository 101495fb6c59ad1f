"""What only some accounts read: persons, cohorts, decisions, certificates and follow-up, each within its scope."""

import pytest

from tests.factories.actors import make_user
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.credentials import make_credential
from tests.factories.figures import complete, make_cohort_at, make_learners
from tests.factories.members import make_alliance, make_member, make_seat
from tests.factories.outcomes import make_wave
from tests.factories.people import make_person
from tests.factories.tokens import Machine, machine_of
from tests.factories.training import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> Machine:
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def stranger() -> Machine:
    user = make_user("nimali")
    make_seat(user, "coordinator", member=make_member("colombo", country="LK"))
    return machine_of(user)


def test_persons_are_for_who_may_see_them_and_for_themselves(mei, stranger):
    user = make_user("khamla")
    make_enrolment(make_cohort(), person=make_person("P-0001", user=user))
    assert mei.get("/people/P-0001").json()["names"][0]["form"] == "own"
    assert machine_of(user).get("/people/P-0001").status_code == 200
    assert stranger.get("/people/P-0001").status_code == 404
    assert stranger.get("/people").json()["rows"] == []


def test_another_member_s_cohort_is_not_there(mei, stranger):
    cohort = make_cohort(learners=2)
    make_session(cohort, status="locked")
    for path in ("", "/learners", "/sessions", "/sessions/1/register"):
        assert mei.get(f"/cohorts/COH-2023-041{path}").status_code == 200
        assert stranger.get(f"/cohorts/COH-2023-041{path}").status_code == 404
    assert stranger.get("/cohorts").json()["rows"] == []
    told = mei.get("/cohorts/COH-2023-041").json()
    assert (told["learners"], told["sessions_locked"]) == (2, 1)


def test_decisions_are_told_without_names_within_their_scope(mei, stranger):
    cohort = make_cohort(learners=1)
    decision = make_decision(
        cohort.enrolments.get(), cohort.curriculum_version.units.first(), assessor=make_assessor(cohort)
    )
    (row,) = mei.get("/decisions?cohort=COH-2023-041").json()["rows"]
    assert (row["number"], row["unit"], row["assessor"]) == (1, "VI-1", "somphone")
    assert stranger.get("/decisions").json()["rows"] == []
    assert stranger.get(f"/decisions/{decision.pk}").status_code == 404


def test_certificates_are_told_without_the_address_that_is_their_holder_s(mei, stranger):
    credential = make_credential()
    told = mei.get(f"/credentials/{credential.reference}")
    assert told.json()["status"] == "issued"
    assert credential.token not in told.content.decode()
    assert stranger.get(f"/credentials/{credential.reference}").status_code == 404
    (row,) = mei.get("/entitlements").json()["rows"]
    assert row["issuer"] == "chongqing"


def test_a_wave_is_told_with_its_silence(mei, stranger):
    make_alliance()
    cohort = make_cohort_at("wks-vientiane", "COH-2023-077")
    complete(cohort, make_learners(3, prefix="learner"))
    make_wave("WAVE-2024-06", cohorts=[cohort])
    told = mei.get("/waves/WAVE-2024-06").json()
    assert told["working"] == {"eligible": 3, "to_ask": 3, "asked": 0, "reached": 0, "answered": 0, "yes": 0}
    assert stranger.get("/waves/WAVE-2024-06").status_code == 404


def test_a_visitor_opens_a_figure_about_persons_to_counts_alone(mei):
    make_alliance()
    complete(make_cohort_at("wks-vientiane", "COH-2023-077"), make_learners(12, prefix="learner"))
    path = "/figures/training.persons_completed/evidence?to=2023-12-31"
    seen, hidden = mei.get(path).json(), Machine().get(path).json()
    assert (len(seen["rows"]), seen["hidden_rows"]) == (12, 0)
    assert (hidden["rows"], hidden["hidden_rows"]) == ([], 12)
    assert hidden["cohorts"] == [{"cohort": "COH-2023-077", "count": 12}]
