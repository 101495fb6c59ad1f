"""Sites for machines: registered once under a key, moved on, listed and described over the version that was read; refused as on the pages."""

from datetime import date

import pytest

from corridor.rooms.agreements.models import Agreement
from corridor.rooms.sites.models import Accreditation, Site
from tests.factories.actors import make_user
from tests.factories.agreements import make_agreement
from tests.factories.curricula import make_version
from tests.factories.members import make_member, make_seat
from tests.factories.sites import make_brand, make_listing, make_site
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
NEW = {
    "reference": "wks-colombo", "kind": "workshop", "host": "colombo", "country": "LK", "city": "Colombo", "zone": "Asia/Colombo",
    "latitude": "6.92710", "longitude": "79.86120", "names": {"en": "Workshop Colombo", "si": "කොළඹ වැඩමුළුව"},
}  # fmt: skip


@pytest.fixture
def mei():
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def khamla():
    user = make_user("khamla")
    make_seat(user, "coordinator", member=make_member("vientiane"))
    return machine_of(user)


def test_a_place_is_registered_once_under_a_key(mei, khamla):
    make_member("colombo", country="LK")
    made = [mei.post("/sites", NEW, idempotency_key="s1") for _time in range(2)]
    assert [each.status_code for each in made] == [201, 201]
    assert (made[0].json()["status"], Site.objects.count()) == ("proposed", 1)
    assert mei.post("/sites", NEW, idempotency_key="s2").status_code == 409
    assert mei.post("/sites", NEW | {"reference": "x"}).status_code == 428
    assert khamla.post("/sites", NEW | {"reference": "x"}, idempotency_key="s3").status_code == 403


@pytest.mark.parametrize(
    ("changed", "where"),
    [({"host": "nobody"}, "host"), ({"host": ""}, "host"), ({"zone": "Asia/Nowhere"}, "zone"), ({"names": {}}, "name"),
     ({"latitude": "95"}, "latitude")],
    ids=["unknown_host", "no_host", "zone", "name", "pole"],
)  # fmt: skip
def test_what_is_wrong_with_a_place_is_said_at_its_field(mei, changed, where):
    make_member("colombo", country="LK")
    answer = mei.post("/sites", NEW | changed, idempotency_key="s1")
    assert (answer.status_code, answer.json()["problems"][0]["where"]) == (422, where)


def test_it_is_moved_on_over_the_version_that_was_read(mei):
    make_site(operating_from=None)
    where, step = "/sites/wks-vientiane/steps", {"to": "feasible", "on": "2023-01-10"}
    read = mei.get("/sites/wks-vientiane")
    assert mei.post(where, step).status_code == 428
    assert mei.post(where, step, if_match=read["ETag"]).json()["status"] == "feasible"
    assert mei.post(where, step, if_match=read["ETag"]).status_code == 412
    again = mei.get("/sites/wks-vientiane")["ETag"]
    assert mei.post(where, {"to": "closed", "on": "2022-01-01"}, if_match=again).status_code == 409


def test_a_place_under_which_a_cohort_runs_is_not_closed(mei):
    make_cohort()
    tag = mei.get("/sites/wks-vientiane")["ETag"]
    answer = mei.post("/sites/wks-vientiane/steps", {"to": "closed", "on": "2023-05-10"}, if_match=tag)
    assert answer.status_code == 409
    assert "COH-2023-041" in answer.json()["detail"]


def test_it_is_listed_accepted_and_leaves_the_brand(mei):
    make_site()
    assert mei.post("/brands", {"code": "panda", "name": "Panda Workshop"}, idempotency_key="b1").status_code == 201
    sent = {"brand": "panda", "starts_on": "2023-01-01"}
    made = mei.post("/sites/wks-vientiane/listings", sent, idempotency_key="l1")
    assert (made.status_code, made.json()["listings"][0]["accepted_on"]) == (201, None)
    assert mei.post("/sites/wks-vientiane/listings", sent, idempotency_key="l2").status_code == 409
    where = "/sites/wks-vientiane/listings/panda"
    accepted = mei.post(f"{where}/acceptance", {"on": "2023-03-15"}, if_match=made["ETag"])
    assert accepted.json()["listings"][0]["accepted_on"] == "2023-03-15"
    ended = mei.post(f"{where}/end", {"on": "2024-01-01"}, if_match=accepted["ETag"])
    assert ended.json()["listings"][0]["ends_before"] == "2024-01-01"
    assert mei.post(f"{where}/end", {"on": "2025-01-01"}, if_match=ended["ETag"]).status_code == 404


def test_rooms_and_addresses_are_described_again(mei, khamla):
    make_site()
    room, where = {"name": "Hall", "capacity": 36}, "/sites/wks-vientiane/rooms"
    answer = mei.put(where, room, if_match=mei.get("/sites/wks-vientiane")["ETag"])
    answer = mei.put(where, room | {"capacity": 40}, if_match=answer["ETag"])
    assert answer.json()["rooms"] == [{"name": "Hall", "capacity": 40}]
    said = {"language": "lo", "text": "ຖະໜົນ 13"}
    answer = mei.put("/sites/wks-vientiane/addresses", said, if_match=answer["ETag"])
    assert answer.json()["addresses"] == {"lo": "ຖະໜົນ 13"}
    answer = mei.put("/sites/wks-vientiane/addresses", {"language": "english!", "text": "x"}, if_match=answer["ETag"])
    assert (answer.status_code, answer.json()["problems"][0]["where"]) == (422, "language")
    tag = khamla.get("/sites/wks-vientiane")["ETag"]
    assert khamla.put(where, room, if_match=tag).status_code == 403


def test_an_accreditation_is_written_down_and_ended(mei):
    make_site()
    version = make_version()
    sent = {
        "accredited_by": "Ministry", "accredited_for": "Inspection", "starts_on": "2023-01-01", "ends_on": "2025-12-31",
        "curricula": [version.curriculum.reference],
    }  # fmt: skip
    where = "/sites/wks-vientiane/accreditations"
    assert mei.post(where, sent | {"curricula": ["none"]}, idempotency_key="a0").status_code == 422
    made = mei.post(where, sent, idempotency_key="a1").json()
    assert (made["ends_before"], made["curricula"]) == ("2026-01-01", [version.curriculum.reference])
    one = f"{where}/{made['id']}"
    tag = mei.get(one)["ETag"]
    assert mei.post(f"{one}/end", {"on": "2024-01-01"}, if_match=tag).json()["ends_before"] == "2024-01-01"
    assert mei.post(f"{one}/end", {"on": "2023-06-01"}, if_match=tag).status_code == 412
    assert Accreditation.objects.get().ends_before.year == 2024


def test_a_listing_on_which_a_cohort_counts_is_not_ended(mei):
    brand = make_brand()
    cohort = make_cohort(brand=brand)
    if not cohort.site.listings.filter(brand=brand).exists():
        make_listing(cohort.site, brand)
    tag = mei.get("/sites/wks-vientiane")["ETag"]
    answer = mei.post(f"/sites/wks-vientiane/listings/{brand.code}/end", {"on": "2023-05-10"}, if_match=tag)
    assert answer.status_code == 409


def test_a_site_names_the_agreement_in_which_it_was_agreed(mei, khamla):
    make_agreement("AGR-2023-0031")
    make_agreement("AGR-2023-0032", parties=("chongqing", "colombo"))
    site = "/sites/" + make_site(operating_from=date(2023, 9, 4)).reference
    read = mei.get(site)
    assert read.json()["agreement"] is None
    assert mei.put(f"{site}/agreement", {"agreement": "AGR-2023-0031"}).status_code == 428
    put = {"if_match": read["ETag"]}
    assert mei.put(f"{site}/agreement", {"agreement": "AGR-2023-0032"}, **put).status_code == 409
    assert mei.put(f"{site}/agreement", {"agreement": "AGR-2023-9999"}, **put).status_code == 422
    assert khamla.put(f"{site}/agreement", {"agreement": "AGR-2023-0031"}, **put).status_code == 403
    named = mei.put(f"{site}/agreement", {"agreement": "AGR-2023-0031"}, **put)
    assert (named.status_code, named.json()["agreement"]) == (200, "AGR-2023-0031")
    assert Agreement.objects.get(reference="AGR-2023-0031").status == "activated"
