"""What was decided and the minutes, through the API."""

import pytest

from corridor.rooms.conferences.models import Resolution
from tests.factories.actors import make_user
from tests.factories.conferences import make_conference
from tests.factories.members import make_member, make_seat
from tests.factories.tokens import Machine, machine_of

pytestmark = pytest.mark.django_db
SENT = {
    "texts": {"en": "Compare the curricula."},
    "owner": "vientiane",
    "resolved_on": "2023-11-23",
    "due_on": "2024-01-31",
}


def seated(name: str, role: str, **more: object) -> Machine:
    user = make_user(name)
    make_seat(user, role, **more)
    return machine_of(user)


def test_a_resolution_is_written_down_once_and_settled_in_the_version_that_was_read(visitor):
    make_conference()
    vientiane = make_member("vientiane", country="LA")
    secretariat, khamla = seated("li-na", "secretariat"), seated("khamla", "coordinator", member=vientiane)
    made = secretariat.post("/conferences/CONF-2023/resolutions", SENT, idempotency_key="r-1")
    assert secretariat.post("/conferences/CONF-2023/resolutions", SENT, idempotency_key="r-1").json() == made.json()
    assert Resolution.objects.count() == 1
    reference = made.json()["reference"]
    assert [each["reference"] for each in visitor.get("/resolutions?status=late&on=2024-02-02").json()["rows"]] == [
        reference
    ]
    url, settled = f"/resolutions/{reference}/changes", {"to": "done", "on": "2024-01-30", "reason": "Compared."}
    assert khamla.post(url, settled).status_code == 428
    tag = khamla.etag(f"/resolutions/{reference}")
    assert khamla.post(url, settled, if_match=tag).json()["status"] == "done"
    assert khamla.post(url, settled, if_match=tag).status_code == 412
    assert khamla.post("/conferences/CONF-2023/resolutions", SENT, idempotency_key="r-2").status_code == 403


def test_minutes_are_written_in_the_version_that_was_read_and_approved_by_a_second_person(visitor):
    make_conference()
    secretariat, council = seated("li-na", "secretariat"), seated("the-chair", "council")
    url = "/conferences/CONF-2023/minutes"
    sent = {"text": "We met in Guiyang."}
    assert secretariat.put(f"{url}/en", sent).status_code == 428
    tag = secretariat.etag(url)
    written = secretariat.put(f"{url}/en", sent, if_match=tag)
    assert (written.status_code, written.json()["minutes"]["en"]["approved_on"]) == (200, None)
    assert secretariat.put(f"{url}/en", {"text": "We met."}, if_match=tag).status_code == 412
    assert visitor.get(url).json()["minutes"] == {}
    mine = secretariat.post(f"{url}/en/approval", {}, if_match=written["ETag"])
    assert mine.status_code == 403
    assert council.put(f"{url}/en", sent, if_match=council.etag(url)).status_code == 403
    approved = council.post(f"{url}/en/approval", {}, if_match=council.etag(url))
    assert approved.status_code == 200
    assert visitor.get(url).json()["minutes"]["en"]["text"] == "We met in Guiyang."
    late = secretariat.put(f"{url}/en", {"text": "We met elsewhere."}, if_match=secretariat.etag(url))
    assert (late.status_code, late.json()["code"]) == (409, "WrongMoment")
    assert council.post(f"{url}/lo/approval", {}, if_match=council.etag(url)).status_code == 404


def test_minutes_need_a_conference_that_took_place_and_a_language_that_there_is():
    make_conference("CONF-2024", is_held=False)
    make_conference()
    secretariat = seated("li-na", "secretariat")
    soon = secretariat.put(
        "/conferences/CONF-2024/minutes/en", {"text": "We met."}, if_match=secretariat.etag("/conferences/CONF-2024/minutes")
    )  # fmt: skip
    assert (soon.status_code, soon.json()["code"]) == (409, "WrongMoment")
    wrong = secretariat.put(
        "/conferences/CONF-2023/minutes/qqx", {"text": "We met."}, if_match=secretariat.etag("/conferences/CONF-2023/minutes")
    )  # fmt: skip
    assert (wrong.status_code, wrong.json()["problems"][0]["where"]) == (422, "language")
