"""Records about persons that a machine reads from abroad stand in the ledger of transfers, once a day for an account and a list."""

import pytest

from corridor.rooms.people.actions.transfers import set_threshold
from corridor.rooms.people.models import DataClass, Transfer
from tests.factories.actors import NIGHTLY, make_user
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.credentials import make_credential
from tests.factories.figures import complete, make_cohort_at, make_learners
from tests.factories.members import make_alliance, make_member, make_seat
from tests.factories.people import make_people, make_person
from tests.factories.tokens import Machine, machine_of
from tests.factories.training import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Machine:
    """The secretariat sits in Chongqing."""
    make_alliance()
    user = make_user("office")
    make_seat(user, "secretariat")
    return machine_of(user)


def ledger():
    return [
        (each.occasion, each.from_country, each.to_country, each.listed.count())
        for each in Transfer.objects.order_by("reference")
    ]


def test_a_list_of_persons_is_a_transfer_for_each_country_that_it_leaves(office):
    make_people(3, prefix="la", residence_country="LA")
    make_people(2, prefix="th", residence_country="TH")
    make_people(2, prefix="cn", residence_country="CN")
    answer = office.get("/people")
    assert ledger() == [("api", "LA", "CN", 3), ("api", "TH", "CN", 2)]
    assert answer["Corridor-Transfers"] == ", ".join(
        Transfer.objects.order_by("reference").values_list("reference", flat=True)
    )


def test_what_is_read_again_on_the_same_day_is_written_once_and_further_pages_stand_in_the_same_row(office):
    make_people(5, residence_country="LA")
    first = office.get("/people?limit=2")
    office.get("/people?limit=2")
    assert ledger() == [("api", "LA", "CN", 2)]
    again = office.get(f"/people?limit=200&after={first.json()['next']}")
    assert ledger() == [("api", "LA", "CN", 5)]
    assert again["Corridor-Transfers"] == Transfer.objects.get().reference
    assert "Corridor-Transfers" not in office.get("/people/p-1")


def test_what_stays_in_its_country_is_no_transfer_and_nobody_s_own_record_is(office):
    user = make_user("khamla")
    make_person("khamla", residence_country="LA", user=user)
    assert machine_of(user).get("/people/khamla?to=TH").status_code == 200
    office.get("/people?to=LA")
    assert ledger() == []


def read_record(office):
    make_person("khamla", residence_country="LA")
    return "/people/khamla"


def read_learners(office):
    make_enrolment(make_cohort(), person=make_person("khamla"))
    return "/cohorts/COH-2023-041/learners"


def read_register(office):
    cohort = make_cohort(learners=1)
    make_session(cohort)
    return "/cohorts/COH-2023-041/sessions/1/register"


def read_candidate(office):
    make_cohort(learners=1)
    return "/cohorts/COH-2023-041/learners/1/units/VI-1"


def made_decision():
    cohort = make_cohort(learners=1)
    return make_decision(
        cohort.enrolments.get(), cohort.curriculum_version.units.first(), assessor=make_assessor(cohort)
    )


def read_decisions(office):
    made_decision()
    return "/decisions?cohort=COH-2023-041"


def read_decision(office):
    return f"/decisions/{made_decision().pk}"


def read_credentials(office):
    make_credential()
    return "/credentials"


def read_credential(office):
    return f"/credentials/{make_credential().reference}"


def read_evidence(office):
    complete(make_cohort_at("wks-vientiane", "COH-2023-077"), make_learners(1, prefix="learner"))
    return "/figures/training.persons_completed/evidence?to=2023-12-31"


DOORS = [
    read_record, read_learners, read_register, read_candidate, read_decisions, read_decision, read_credentials, read_credential,
    read_evidence,
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_every_operation_that_answers_about_persons_writes_it(office, door):
    path = door(office)
    answer = office.get(path)
    assert (answer.status_code, ledger()) == (200, [("api", "LA", "CN", 1)]), answer.content
    assert answer["Corridor-Transfers"] == Transfer.objects.get().reference


def test_over_a_threshold_nothing_is_answered_without_a_reason(office):
    make_people(3, residence_country="LA")
    set_threshold(from_country="LA", data_class=DataClass.OTHER, persons=2, source="Own choice", by=NIGHTLY)
    assert office.get("/people").status_code == 409
    assert ledger() == []
    assert office.get("/people?over_because=The embassy asked for it&basis=legal_duty").status_code == 200
    assert Transfer.objects.values_list("basis", "over_because").get() == ("legal_duty", "The embassy asked for it")
    assert office.get("/people?to=XX").status_code == 422


def test_who_sits_at_the_site_of_the_learners_reads_them_at_home(office):
    cohort = make_cohort(learners=2)
    trainer = make_user("trainer")
    make_seat(trainer, "coordinator", member=make_member("elsewhere", country="TH"))
    assert machine_of(trainer).get(f"/cohorts/{cohort.reference}/learners").status_code == 404
    office.get(f"/cohorts/{cohort.reference}/learners?to=LA")
    assert ledger() == []
