"""Who manages a site, and the labels of its equipment, for machines; and agreements that the secretariat moves."""

import pytest

from corridor.rooms.sites.models import EquipmentLabel
from tests.factories.actors import make_user
from tests.factories.agreements import make_agreement
from tests.factories.members import make_member, make_seat
from tests.factories.sites import make_equipment, make_site
from tests.factories.tokens import Machine, machine_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> Machine:
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def stranger() -> Machine:
    user = make_user("stranger")
    make_seat(user, "coordinator", member=make_member("colombo", country="LK"))
    return machine_of(user)


def test_a_manager_is_appointed_once_and_relieved_over_what_was_read(mei, stranger):
    site = make_site()
    make_user("khamla")
    path = f"/sites/{site.reference}/managers"
    given = {"account": "khamla", "on": "2024-01-08"}
    made = [mei.post(path, given, idempotency_key="a") for _time in range(2)]
    assert [each.status_code for each in made] == [201, 201]
    assert made[0].json()["managers"] == [{"account": "khamla", "held_from": "2024-01-08", "held_before": None}]
    assert mei.post(path, given, idempotency_key="b").json()["code"] == "HoldsPostAlready"
    assert (
        mei.post(path, given | {"account": "nobody"}, idempotency_key="c").json()["problems"][0]["where"] == "account"
    )
    khamla = machine_of(make_user("khamla"))
    assert khamla.get(path).json()["managers"][0]["account"] == "khamla"
    assert khamla.post(path, given, idempotency_key="d").status_code == 403
    version, end = mei.etag(path), {"account": "khamla", "on": "2024-02-02"}
    assert mei.post(f"{path}/end", end).status_code == 428
    assert mei.post(f"{path}/end", end, if_match=version).json()["managers"] == []
    assert mei.post(f"{path}/end", end, if_match=version).status_code == 412
    assert stranger.get(path).status_code == 403


def test_labels_are_made_once_and_anew_only_when_asked(mei, stranger):
    site = make_site()
    first, second = make_equipment(site), make_equipment(site, "INV-2")
    path, given = f"/sites/{site.reference}/labels", {"equipment": [str(first.pk), str(second.pk)]}
    made = mei.post(path, given, idempotency_key="a")
    assert made.status_code == 201
    assert [each["inventory_number"] for each in made.json()["labels"]] == ["INV-1", "INV-2"]
    assert (
        Machine().client.get("/" + made.json()["labels"][0]["address"].partition("//")[2].partition("/")[2]).status_code
        == 200
    )
    assert mei.post(path, given, idempotency_key="b").json() == made.json()
    anew = mei.post(path, {"equipment": [str(first.pk)], "anew": True}, idempotency_key="c").json()
    assert anew["labels"][0]["address"] != made.json()["labels"][0]["address"]
    assert EquipmentLabel.objects.filter(ended_on__isnull=True).count() == 2
    assert len(mei.post(path, {}, idempotency_key="f").json()["labels"]) == 2
    assert mei.post(path, {"anew": True}, idempotency_key="g").status_code == 422
    other = make_equipment(make_site("wks-two"))
    assert (
        mei.post(path, {"equipment": [str(other.pk)]}, idempotency_key="d").json()["problems"][0]["where"]
        == "equipment"
    )
    sheet = mei.post(f"{path}/sheet", {})
    assert (sheet.status_code, sheet["Content-Type"], sheet.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert EquipmentLabel.objects.count() == 3
    assert stranger.post(path, given, idempotency_key="e").status_code == 403
    assert stranger.post(f"{path}/sheet", given).status_code == 403


def test_the_secretariat_moves_an_agreement_over_the_version_that_was_read(mei):
    agreement = make_agreement()
    path = f"/agreements/{agreement.reference}"
    version, given = mei.etag(path), {"to": "suspended", "on": "2024-02-01", "reason": "The council decided so."}
    assert mei.post(f"{path}/changes", given).status_code == 428
    moved = mei.post(f"{path}/changes", given, if_match=version)
    assert (moved.status_code, moved.json()["status"]) == (200, "suspended")
    assert [each["status"] for each in moved.json()["timeline"]][-1] == "suspended"
    assert agreement.changes.get(to_status="suspended").reason == "The council decided so."
    assert mei.post(f"{path}/changes", given, if_match=version).status_code == 412
    resumed = mei.post(f"{path}/changes", given | {"to": "in_force"}, if_match=moved["ETag"])
    assert resumed.json()["status"] == "in_force"
    for changed, answered in (
        ({"to": "signed"}, 422),
        ({"reason": ""}, 422),
        ({"on": "2020-01-01", "to": "terminated"}, 409),
    ):
        assert mei.post(f"{path}/changes", given | changed, if_match=resumed["ETag"]).status_code == answered
    coordinator = make_user("khamla")
    make_seat(
        coordinator, "coordinator", member=agreement.parties.get(organisation__reference="vientiane").organisation
    )
    assert machine_of(coordinator).post(f"{path}/changes", given, if_match=resumed["ETag"]).status_code == 403
