"""Demand for machines: stated once, changed over the version that was read; and no cohort without a demand or a reason."""

from datetime import date

import pytest

from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.training.models import Cohort
from tests.factories.actors import make_user
from tests.factories.curricula import make_version
from tests.factories.demand import make_demand, make_employer
from tests.factories.members import make_seat
from tests.factories.tokens import machine_of
from tests.factories.training import make_ground

pytestmark = pytest.mark.django_db
NEW = {
    "employer": "mekong-fleet", "occupation_code": "7231", "occupation_title": "Vehicle inspector", "posts": 45, "country": "LA",
    "place": "Thanaleng", "needed_by": "2024-12-31", "languages": ["HSK 3"], "strength": "contract", "paper": "Contract 9 of 2024",
    "wage": {"lowest": "3500000", "highest": "4200000.50", "currency": "LAK", "period": "month"},
    "units": [{"curriculum": "vehicle-inspection", "version": "1.0", "code": "VI-1"}],
}  # fmt: skip
COHORT = {
    "reference": "COH-2024-001", "curriculum": "vehicle-inspection", "curriculum_version": "1.0", "starts_on": "2024-02-05",
    "ends_before": "2024-07-01",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _day(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def secretariat():
    make_employer()
    make_version()
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


def test_a_demand_is_stated_once_with_all_that_is_wanted(secretariat):
    made = secretariat.post("/demand", NEW, idempotency_key="k1")
    assert made.status_code == 201
    assert secretariat.post("/demand", NEW, idempotency_key="k1").json() == made.json()
    assert DemandStatement.objects.count() == 1
    told = made.json()
    assert told["wage"] == {"lowest": "3500000.00", "highest": "4200000.50", "currency": "LAK", "period": "month"}
    assert (told["languages"], told["place"], told["stated_on"]) == (["HSK 3"], "Thanaleng", "2024-02-02")
    assert told["units"][0]["code"] == "VI-1"


def test_a_restatement_names_the_chain(secretariat):
    first = make_demand("DEM-2023-0001")
    made = secretariat.post("/demand", {**NEW, "replaces": first.reference}, idempotency_key="k1").json()
    assert made["restatements"] == ["DEM-2023-0001", made["reference"]]
    assert secretariat.get("/demand/DEM-2023-0001").json()["standing"] == "restated"
    again = secretariat.post("/demand", {**NEW, "replaces": first.reference}, idempotency_key="k2")
    assert again.status_code == 409


def test_a_draft_is_published_and_met_over_the_version_that_was_read(secretariat):
    path = f"/demand/{secretariat.post('/demand', {**NEW, 'is_draft': True}, idempotency_key='k').json()['reference']}"
    assert secretariat.post(f"{path}/publication", {}).status_code == 428
    read = secretariat.etag(path)
    assert secretariat.post(f"{path}/publication", {}, if_match=read).json()["standing"] == "stated"
    assert secretariat.post(f"{path}/fulfilment", {"is_partly": True}, if_match=read).status_code == 412
    met = secretariat.post(f"{path}/fulfilment", {"is_partly": True}, if_match=secretariat.etag(path))
    assert met.json()["standing"] == "partly_met"


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"paper": ""}, 422, "say which letter or contract it is"),
        ({"units": [{"curriculum": "vehicle-inspection", "version": "1.0", "code": "VI-9"}]}, 422, "There is no unit"),
        ({"languages": ["fluent"]}, 422, "is no level of a language"),
        ({"employer": "nobody"}, 404, "nobody"),
        ({"posts": 0}, 422, "posts"),
    ],
    ids=["paper", "unit", "language", "employer", "posts"],
)
def test_what_cannot_be_meant_is_refused(secretariat, wrong, status, said):
    answer = secretariat.post("/demand", {**NEW, **wrong}, idempotency_key="k")
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert not DemandStatement.objects.exists()


def test_no_cohort_opens_without_a_demand_or_a_reason(secretariat):
    programme, site, _brand = make_ground()
    sent = {**COHORT, "programme": programme.reference, "site": site.reference}
    refused = secretariat.post("/cohorts", sent, idempotency_key="k1")
    assert refused.status_code == 409
    assert "cites no demand statement. Cite one, or record why there is none." in refused.content.decode()
    assert not Cohort.objects.exists()
    late = make_demand("DEM-2024-0009", stated_on=date(2024, 2, 6))
    answer = secretariat.post("/cohorts", {**sent, "demand": late.reference}, idempotency_key="k2")
    assert answer.status_code == 409
    demand = make_demand(strength="contract")
    made = secretariat.post("/cohorts", {**sent, "demand": demand.reference}, idempotency_key="k3")
    assert (made.status_code, made.json()["demand"], made.json()["is_ordered"]) == (201, demand.reference, True)
    why = {**sent, "reference": "COH-2024-002", "no_demand_reason": "A pilot before anyone asked."}
    assert secretariat.post("/cohorts", why, idempotency_key="k4").json()["is_ordered"] is False
