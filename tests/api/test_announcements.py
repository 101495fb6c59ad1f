"""Announcements through the API: made once, read with a version, changed only in the version that was read."""

import pytest

from corridor.rooms.conferences.models import Announcement, Conference
from tests.factories.actors import make_user
from tests.factories.agreements import make_agreement
from tests.factories.conferences import make_announcement, make_conference
from tests.factories.members import make_member, make_seat
from tests.factories.tokens import Machine, machine_of

pytestmark = pytest.mark.django_db
NEW = {
    "conference": "CONF-2023", "owner": "chongqing", "titles": {"en": "Scholarships"}, "country": "LA",
    "wordings": {"zh-Hans": {"text": "六十个名额。"}}, "members": {"vientiane": "host"}, "announced_on": "2023-11-23",
    "next_report_due_on": "2024-01-31", "target": {"number": "60", "unit": "teachers", "reach_by": "2024-12-31"},
}  # fmt: skip


def seated(name: str, role: str, **more: object) -> Machine:
    user = make_user(name)
    make_seat(user, role, **more)
    return machine_of(user)


@pytest.fixture
def secretariat() -> Machine:
    return seated("li-na", "secretariat")


@pytest.fixture
def said():
    return make_announcement()


def url(said, page=""):
    return f"/announcements/{said.reference}{page}"


def test_an_announcement_is_made_once_however_often_it_is_sent(secretariat):
    make_conference()
    make_member("chongqing")
    make_member("vientiane", country="LA")
    assert secretariat.post("/announcements", NEW).status_code == 428
    first = secretariat.post("/announcements", NEW, idempotency_key="a-1")
    assert first.status_code == 200
    body = first.json()
    assert (body["wordings"], body["targets"][0]["number"]) == (
        {"zh-Hans": {"text": "六十个名额。", "said": "read_out"}}, "60.00",
    )  # fmt: skip
    assert [(each["member"]["reference"], each["role"]) for each in body["members"]] == [("vientiane", "host")]
    again = secretariat.post("/announcements", NEW, idempotency_key="a-1")
    assert (again.json(), again["Idempotency-Replayed"]) == (body, "true")
    assert Announcement.objects.count() == 1


def test_a_coordinator_makes_none(said):
    make_member("vientiane", country="LA")
    coordinator = seated("mei", "coordinator", member=said.owner)
    assert coordinator.post("/announcements", NEW, idempotency_key="a-1").status_code == 403
    assert Announcement.objects.count() == 1


def test_the_owner_reports_with_a_record_that_shows_it(said):
    coordinator = seated("mei", "coordinator", member=said.owner)
    agreement = make_agreement(announcement=said)
    sent = {
        "text": "It is signed.", "next_due_on": "2099-06-30", "reached": "20",
        "records": [{"kind": "agreement", "reference": agreement.reference}],
    }  # fmt: skip
    told = coordinator.post(url(said, "/reports"), sent, idempotency_key="r-1")
    assert told.status_code == 200
    (report,) = told.json()["reports"]
    assert (report["reached"], report["shown_by"][0]["reference"]) == ("20.00", agreement.reference)
    sent["records"] = [{"kind": "agreement", "reference": "AGR-1999-0001"}]
    wrong = coordinator.post(url(said, "/reports"), sent, idempotency_key="r-2")
    assert (wrong.status_code, wrong.json()["problems"][0]["where"]) == (422, "record_reference")


def test_changes_name_the_version_that_was_read(said, secretariat):
    tag = secretariat.etag(url(said))
    sent = {"number": "60", "unit": "teachers", "reach_by": "2024-12-31"}
    assert secretariat.put(url(said, "/target"), sent, if_match=tag).status_code == 200
    stale = secretariat.post(url(said, "/changes"), {"to": "agreed", "on": "2024-02-01"}, if_match=tag)
    assert (stale.status_code, stale.json()["code"]) == (412, "VersionIsPast")
    moved = secretariat.post(
        url(said, "/changes"), {"to": "agreed", "on": "2024-02-01"}, if_match=secretariat.etag(url(said))
    )
    assert moved.json()["status"] == "agreed"
    withdrawn = secretariat.post(url(said, "/changes"), {"to": "withdrawn", "on": "2024-02-01"}, if_match=moved["ETag"])
    assert (withdrawn.status_code, withdrawn.json()["problems"][0]["where"]) == (422, "reason")


def test_words_are_translated_and_what_was_read_out_stays(said, secretariat):
    lao = {"text": "ທຶນການສຶກສາ 60 ທຶນ.", "said": "translated"}
    assert secretariat.put(url(said, "/wordings/lo"), lao).status_code == 428
    written = secretariat.put(url(said, "/wordings/lo"), lao, if_match=secretariat.etag(url(said)))
    assert written.json()["wordings"]["lo"] == lao
    read_out = {"text": "Sixty places.", "said": "read_out"}
    refused = secretariat.put(url(said, "/wordings/en"), read_out, if_match=written["ETag"])
    assert (refused.status_code, refused.json()["code"]) == (409, "WrongMoment")
    coordinator = seated("mei", "coordinator", member=said.owner)
    assert coordinator.put(url(said, "/wordings/lo"), lao, if_match=coordinator.etag(url(said))).status_code == 403


def test_who_stands_beside_the_owner_is_named_as_a_whole_list(said, secretariat):
    make_member("vientiane", country="LA")
    make_member("colombo", country="LK")
    sent = {"members": {"vientiane": "host", "colombo": "funder"}}
    named = secretariat.put(url(said, "/members"), sent, if_match=secretariat.etag(url(said)))
    beside = {each["member"]["reference"]: each["role"] for each in named.json()["members"]}
    assert beside == {"vientiane": "host", "colombo": "funder"}
    fewer = secretariat.put(url(said, "/members"), {"members": {"colombo": "host"}}, if_match=named["ETag"])
    assert [(each["member"]["reference"], each["role"]) for each in fewer.json()["members"]] == [("colombo", "host")]
    owner = {"members": {said.owner.reference: "host"}}
    refused = secretariat.put(url(said, "/members"), owner, if_match=fewer["ETag"])
    assert (refused.status_code, refused.json()["code"]) == (422, "BadInput")
    assert secretariat.put(url(said, "/members"), sent, if_match=named["ETag"]).status_code == 412


def test_the_council_confirms_and_the_maker_does_not(secretariat):
    said = make_announcement(confirmed_by="")
    council = seated("the-chair", "council")
    confirmed = council.post(url(said, "/confirmation"), {}, if_match=council.etag(url(said)))
    assert confirmed.status_code == 200
    assert secretariat.post(url(said, "/confirmation"), {}, if_match=secretariat.etag(url(said))).status_code == 403


def test_two_are_merged_and_what_is_merged_is_not_merged_again(said, secretariat):
    standing = make_announcement(title="Another")
    sent = {"into": standing.reference, "on": "2024-02-01", "reason": "Said twice"}
    merged = secretariat.post(url(said, "/merge"), sent, if_match=secretariat.etag(url(said)))
    assert merged.json()["merged_into"] == standing.reference
    again = secretariat.post(url(said, "/merge"), sent, if_match=merged["ETag"])
    assert (again.status_code, again.json()["code"]) == (409, "AlreadyMerged")


def test_a_conference_is_planned_once_and_held_in_the_version_that_was_read(secretariat):
    sent = {
        "reference": "CONF-2024", "titles": {"en": "Annual"}, "place": "Colombo", "country": "LK", "zone": "Asia/Colombo",
        "starts_on": "2024-01-11", "ends_before": "2024-01-13",
    }  # fmt: skip
    planned = secretariat.post("/conferences", sent, idempotency_key="c-1")
    assert (planned.status_code, planned.json()["zone"]) == (200, "Asia/Colombo")
    wrong = secretariat.post("/conferences", sent | {"zone": "Asia/Nowhere"}, idempotency_key="c-2")
    assert (wrong.status_code, wrong.json()["problems"][0]["where"]) == (422, "zone")
    held = secretariat.post("/conferences/CONF-2024/held", {}, if_match=planned["ETag"])
    assert held.json()["status"] == "held"
    assert Conference.objects.count() == 1
