"""Machines preview an awarding, award, give further kinds, attest persons, and change what was attested."""

from datetime import date

import pytest

from corridor.rooms.assessment.models import Licence
from corridor.rooms.credentials.models import Attestation, Credential, Entitlement
from tests.factories.actors import make_user
from tests.factories.credentials import AWARDED_ON, make_assessed_cohort
from tests.factories.members import make_seat
from tests.factories.people import make_person
from tests.factories.tokens import Machine, machine_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> Machine:
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


def test_a_preview_says_learner_by_learner_what_is_in_the_way(mei):
    cohort = make_assessed_cohort()
    cohort.enrolments.first().person.certificate_names.all().delete()
    said = mei.get(f"/cohorts/{cohort.reference}/award-preview?issuer=chongqing&on=2023-07-10").json()
    assert (said["awards"], said["statements"], said["nothing"], said["refusal"]) == (1, 0, 0, None)
    first, second = said["learners"]
    assert "has not confirmed how the name stands" in first["refusals"][0] and second["refusals"] == []
    assert said["texts"][1] == {
        "part": "title", "what": "VI-1", "texts": [{"language": "en", "text": "Unit VI-1", "text_state": "reviewed"}]
    }  # fmt: skip
    assert not Credential.objects.exists()


def test_a_cohort_is_awarded_once_under_one_key_and_further_kinds_are_given(mei):
    cohort = make_assessed_cohort()
    cohort.enrolments.first().person.certificate_names.all().delete()
    sent, key = {"issuer": "chongqing", "on": "2023-07-10"}, {"idempotency_key": "award-1"}
    refused = mei.post(f"/cohorts/{cohort.reference}/awards", sent, **key)
    assert refused.status_code == 422 and "has not confirmed" in refused.content.decode()
    sent["only_ready"] = True
    key = {"idempotency_key": "award-2"}
    first = mei.post(f"/cohorts/{cohort.reference}/awards", sent, **key)
    assert first.status_code == 201 and (first.json()["awards"], first.json()["waiting"]) == (1, 1)
    assert mei.post(f"/cohorts/{cohort.reference}/awards", sent, **key).json() == first.json()
    assert Credential.objects.count() == 1


def test_further_kinds_are_given_to_who_has_what_they_demand(mei):
    cohort = make_assessed_cohort()
    address = f"/cohorts/{cohort.reference}/further-certificates"
    sent = {"issuer": "chongqing", "on": "2023-07-10", "kind": "module", "units": ["VI-1", "VI-2"]}
    made = mei.post(address, sent, idempotency_key="further-1")
    assert made.status_code == 201 and len(made.json()["references"]) == 2
    assert mei.post(address, sent, idempotency_key="further-2").status_code == 409
    assert mei.post(address, sent | {"kind": "award"}, idempotency_key="further-3").status_code == 422


def test_an_assessor_is_attested_and_the_attestation_suspended_with_its_version(mei):
    cohort = make_assessed_cohort()
    person = make_person("nimali", own_name="Nimali Perera", own_language="en", romanised_name="")
    person.certificate_names.create(
        language="en", full_name="Nimali Perera", confirmed_on=AWARDED_ON, confirming="paper", attested_by="Office",
        written_by="secretariat",
    )  # fmt: skip
    unit = cohort.curriculum_version.units.first()
    Licence.objects.create(person=person, unit=unit, starts_on=date(2023, 1, 1), granted_by="Secretariat")
    sent = {
        "kind": "assessor", "person": "nimali", "curriculum": "vehicle-inspection", "curriculum_version": "1.0",
        "entitlement": str(Entitlement.objects.get().pk),
    }  # fmt: skip
    made = mei.post("/attestations", sent, idempotency_key="attest-1")
    assert made.status_code == 201, made.content
    said = made.json()
    assert (said["kind"], said["person"], said["status"]) == ("assessor", "nimali", "issued") and said["document"]
    address = f"/attestations/{said['reference']}"
    read = mei.get(address)
    step = {"to": "suspended", "why": "under-review"}
    assert mei.post(f"{address}/steps", step).status_code == 428
    done = mei.post(f"{address}/steps", step, if_match=read["ETag"])
    assert done.status_code == 200 and done.json()["status"] == "suspended"
    assert mei.post(f"{address}/steps", step, if_match=read["ETag"]).status_code == 412
    assert [row["reference"] for row in mei.get("/attestations?kind=assessor").json()["rows"]] == [said["reference"]]
    assert Attestation.objects.get().status == "suspended"


def test_who_keeps_no_keys_is_asked_for_no_signature(mei):
    assert mei.get("/signatures").status_code == 403
