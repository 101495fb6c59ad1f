"""What parties owe, for machines: made once under a key, kept and let off over the version that was read."""

from datetime import date

import pytest

from corridor.rooms.agreements.models import Obligation
from tests.factories.actors import make_user
from tests.factories.agreements import make_agreement, make_obligation
from tests.factories.members import make_seat
from tests.factories.tokens import machine_of

pytestmark = pytest.mark.django_db
NEW = {
    "agreement": "AGR-2023-0031",
    "member": "vientiane",
    "what": "Sends a list",
    "due_on": "2024-05-01",
    "every_months": 6,
}


@pytest.fixture
def agreement():
    return make_agreement()


@pytest.fixture
def secretariat(agreement):
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def coordinator(agreement):
    user = make_user("khamla")
    make_seat(user, "coordinator", member=agreement.parties.get(organisation__reference="vientiane").organisation)
    return machine_of(user)


def test_an_obligation_is_made_once_under_a_key(secretariat):
    first = secretariat.post("/obligations", NEW, idempotency_key="k1")
    again = secretariat.post("/obligations", NEW, idempotency_key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Obligation.objects.get().every_months == 6
    other = secretariat.post("/obligations", NEW | {"what": "Another"}, idempotency_key="k1")
    assert (other.status_code, other.json()["code"]) == (409, "KeyInUse")
    bare = secretariat.post("/obligations", NEW)
    assert (bare.status_code, bare.json()["code"]) == (428, "NoKeyNamed")


def test_it_is_kept_over_the_version_that_was_read(coordinator, agreement):
    member = agreement.parties.get(organisation__reference="vientiane").organisation
    owed = make_obligation(agreement, member, due_on=date(2024, 1, 1), every_months=3)
    path = f"/obligations/{owed.reference}"
    sent = {"on": "2024-01-02", "reason": "By post"}
    assert coordinator.post(f"{path}/fulfilments", sent).status_code == 428
    kept = coordinator.post(f"{path}/fulfilments", sent, if_match=coordinator.etag(path))
    assert (kept.status_code, kept.json()["due_on"], kept.json()["times"][0]["settled_as"]) == (
        200,
        "2024-04-01",
        "fulfilled",
    )
    stale = coordinator.post(f"{path}/waivers", sent, if_match='"old"')
    assert stale.status_code == 412
    own = coordinator.post(f"{path}/waivers", sent, if_match=coordinator.etag(path))
    assert (own.status_code, own.json()["code"]) == (403, "OwnObligation")


def test_a_record_that_does_not_show_it_is_refused(coordinator, agreement):
    member = agreement.parties.get(organisation__reference="vientiane").organisation
    path = f"/obligations/{make_obligation(agreement, member, shown_by='cohort').reference}"
    assert coordinator.get(f"{path}/records").json() == []
    answer = coordinator.post(
        f"{path}/fulfilments", {"on": "2024-01-02", "record": "COH-1"}, if_match=coordinator.etag(path)
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchRecord")
    bare = coordinator.post(f"{path}/fulfilments", {"on": "2024-01-02"}, if_match=coordinator.etag(path))
    assert (bare.status_code, bare.json()["code"]) == (409, "NotShown")
