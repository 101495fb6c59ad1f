"""What a phone asks of the server: no name in the page that it keeps, its own learners in what it hides, and an answer to every batch."""

import base64
import gzip
import json
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.foundations.journal.models import Conflict, Device, Event
from corridor.foundations.journal.reading import MOST_BYTES
from corridor.kernel.identifiers import new_id
from corridor.rooms.people.models import Person
from corridor.rooms.training.actions import show_screen, take_register
from corridor.rooms.training.models import Arrival, CaptureMode
from tests.factories.actors import make_actor, make_user
from tests.factories.devices import Phone, public_text
from tests.factories.members import make_seat
from tests.factories.training import make_cohort, make_session
from tests.web.people_at_work import make_colleague, manager_of, sign_in
from tests.web.readers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DATA, DEVICE, SYNC = "/registers/phone/data/", "/registers/phone/device/", "/registers/phone/sync/"
TODAY = date(2024, 2, 2)
BYTES = "application/octet-stream"


@pytest.fixture
def scene():
    bounmy, browser = make_colleague("bounmy")
    cohort = make_cohort(learners=3, trainers=[bounmy])
    session = make_session(cohort, on=TODAY)
    return session, browser, bounmy


def batch(phone, events=None):
    told = {
        "format": 1,
        "device": str(phone.device.pk),
        "oldest": 1,
        "events": phone.kept if events is None else events,
    }
    return gzip.compress(json.dumps(told).encode())


def test_the_page_that_a_browser_keeps_names_nobody(scene):
    session, browser, _ = scene
    page = text_of(browser.get("/registers/phone/"))
    for place in session.cohort.enrolments.all():
        assert place.person.names.first().full_name not in page
    assert "bounmy" not in page
    assert "COH-2023-041" not in page


def test_the_data_hold_the_own_learners_and_nobody_elses(scene):
    session, browser, _ = scene
    make_session(make_cohort("COH-OTHER", learners=2), on=TODAY)
    answer = browser.get(DATA)
    told = answer.json()
    assert list(told["cohorts"]) == ["COH-2023-041"]
    assert [each["id"] for each in told["registers"]] == [str(session.pk)]
    assert len(told["registers"][0]["roll"]) == 3
    assert browser.get(DATA, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_the_data_say_who_has_said_to_be_there(scene):
    session, browser, _ = scene
    place = session.cohort.enrolments.get(number=2)
    by = make_actor("trainer", ("cohort", session.cohort_id))
    screen = show_screen(session=session, at=session.begins_at, by=by)
    Arrival.objects.create(screen=screen, session=session, enrolment=place, arrived_at=session.begins_at, phone="p")
    told = browser.get(DATA).json()["registers"][0]
    assert (told["there"], told["marks"]) == ([str(place.pk)], {})


def test_forty_learners_cost_as_many_statements_as_three(scene):
    session, browser, _ = scene
    with CaptureQueriesContext(connection) as few:
        browser.get(DATA)
    for number in range(2, 8):
        make_session(session.cohort, number=number, on=TODAY)
    with CaptureQueriesContext(connection) as many:
        browser.get(DATA)
    assert len(many) == len(few)


def test_a_device_is_registered_and_its_batch_answered(scene):
    session, browser, bounmy = scene
    key = generate_private_key(SECP256R1())
    sent = {"id": str(new_id()), "name": "Phone", "public_key": public_text(key)}
    assert browser.post(DEVICE, json.dumps(sent), content_type=BYTES).status_code == 200
    phone = Phone(bounmy.user, Device.objects.get(), key)
    phone.mark(session, dict.fromkeys(session.cohort.enrolments.all(), "present"))
    answer = browser.post(SYNC, batch(phone), content_type=BYTES)
    assert (answer.status_code, answer.json()["last"]) == (200, 1)
    assert session.marks.count() == 3


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422), (b"<html>", 422), (b'{"format": 1}', 422), (b'{"format": 9, "device": "x", "events": []}', 422),
        (json.dumps({"format": 9, "device": str(new_id()), "events": []}).encode(), 409),
        (json.dumps({"format": 1, "device": str(new_id()), "events": []}).encode(), 404),
        (b" " * (MOST_BYTES + 1), 413),
    ],
    ids=["nothing", "a-page", "headless", "no-device", "another-version", "unknown-device", "too-much"],
)  # fmt: skip
def test_what_is_no_batch_is_told_so_in_words(scene, body, status):
    answer = scene[1].post(SYNC, body, content_type=BYTES)
    assert answer.status_code == status
    assert answer.json()["message"]


@pytest.mark.parametrize(
    "sent", ["", "[]", '{"id": "x"}', '{"id": "01a22ab4-0245-739b-9f18-da551bbc0818", "public_key": "x"}']
)
def test_what_is_no_device_is_told_so(scene, sent):
    assert scene[1].post(DEVICE, sent, content_type=BYTES).status_code == 422


def test_a_lost_phone_is_taken_off_by_its_owner(scene):
    _, browser, bounmy = scene
    phone = Phone.of(bounmy.user)
    assert "Phone" in text_of(browser.get("/registers/devices/"))
    assert browser.post(f"/registers/devices/{phone.device.pk}/withdraw/").status_code == 302
    assert "Withdrawn" in text_of(browser.get("/registers/devices/"))
    _, stranger = make_colleague("khamla")
    assert stranger.post(f"/registers/devices/{phone.device.pk}/withdraw/").status_code == 404


def test_a_manager_decides_in_plain_words_and_together(scene):
    session, _, bounmy = scene
    phone = Phone.of(bounmy.user)
    phone.mark(
        session, dict.fromkeys(session.cohort.enrolments.all(), "present"), held_on=session.held_on - timedelta(days=1)
    )
    phone.send(at=session.begins_at)
    manager = manager_of(session.cohort.site)
    page = text_of(manager.get("/registers/conflicts/"))
    assert "The session was moved to another day meanwhile." in page
    first = Conflict.objects.order_by("raised_at", "pk")[0]
    assert manager.post(f"/registers/conflicts/{first.pk}/", {"outcome": "brought", "reason": ""}).status_code == 422
    assert "2 more came with it" in text_of(manager.get(f"/registers/conflicts/{first.pk}/"))
    together = f"/registers/conflicts/{first.pk}/together/"
    assert manager.post(together, {"outcome": "brought", "reason": "Moved by telephone."}).status_code == 302
    assert session.marks.count() == 3
    assert "Moved by telephone." in text_of(manager.get("/registers/conflicts/?state=decided"))
    assert "Nothing waits for a decision" in text_of(manager.get("/registers/conflicts/"))


def test_the_list_of_registers_leads_to_each_without_scripts(scene):
    page = text_of(scene[1].get("/registers/"))
    assert "/cohorts/COH-2023-041/sessions/1/" in page


def test_who_sees_a_session_but_not_its_learners_is_led_nowhere(scene):
    session, _, _ = scene
    place = session.cohort.enrolments.get(number=1)
    learner = make_user("khamla")
    Person.objects.filter(pk=place.person_id).update(user=learner)
    seat = make_seat(make_user("bounthan"), "coordinator", member=session.cohort.site.host)
    for browser in (sign_in(learner), sign_in(seat.user)):
        for address in ("/registers/", "/cohorts/COH-2023-041/"):
            page = text_of(browser.get(address))
            assert "COH-2023-041" in page
            assert "/sessions/1/" not in page
        assert browser.get("/cohorts/COH-2023-041/sessions/1/").status_code == 403


def test_the_inbox_says_what_came_in_words_and_who_wrote_what_stands(scene):
    session, trainer, bounmy = scene
    by = make_actor("trainer", ("cohort", session.cohort_id), label="khamla")
    marks, at, places = dict.fromkeys((1, 2, 3), "present"), session.begins_at, session.cohort.enrolments
    take_register(session=session, marks=marks, version=1, capture_mode=CaptureMode.LIVE, at=at, by=by)
    phone = Phone.of(bounmy.user)
    phone.mark(session, {places.get(number=2): "left_early"})
    phone.sign(session)
    phone.do("register.flown", session.pk, {})
    phone.send(at=at)
    manager = manager_of(session.cohort.site)
    page = text_of(manager.get("/registers/conflicts/"))
    assert "Left early" in page
    assert "khamla" in page
    assert "Signature" in page
    assert "register.signed" not in page
    assert "register.flown" in page
    own = Conflict.objects.get(reason="other_mark")
    assert "Whoever may correct this register decides this" in text_of(trainer.get(f"/registers/conflicts/{own.pk}/"))


def test_what_cannot_be_taken_is_offered_to_nobody(scene):
    session, _, bounmy = scene
    phone = Phone.of(bounmy.user)
    phone.do("register.flown", session.pk, {})
    phone.send(at=session.begins_at)
    manager, address = manager_of(session.cohort.site), f"/registers/conflicts/{Conflict.objects.get().pk}/"
    page = text_of(manager.get(address))
    assert "Take what came" not in page
    assert "What came cannot be taken as it is." in page
    assert manager.post(address, {"outcome": "brought", "reason": "Let it be."}).status_code == 422
    assert manager.post(address, {"outcome": "standing", "reason": "A wrong page."}).status_code == 302


def test_a_file_of_a_phone_is_brought_by_the_manager(scene, tmp_path):
    session, _, bounmy = scene
    phone = Phone.of(bounmy.user)
    phone.mark(session, dict.fromkeys(session.cohort.enrolments.all(), "present"))
    told = {
        "kind": "corridor-journal", "format": 1, "events": phone.kept,
        "devices": [{"id": str(phone.device.pk), "public_key": phone.device.public_key, "user": "bounmy"}],
    }  # fmt: skip
    file = tmp_path / "journal.json"
    file.write_text(json.dumps(told))
    manager = manager_of(session.cohort.site)
    with file.open("rb") as sent:
        assert manager.post("/registers/files/", {"file": sent}).status_code == 302
    assert session.marks.count() == 3
    assert base64.b64decode(Event.objects.get().signature)
    given = manager.get("/registers/files/journal.json")
    assert json.loads(given.content)["events"] == json.loads(file.read_text())["events"]
    file.write_bytes(file.read_bytes()[:-40])
    with file.open("rb") as sent:
        answer = manager.post("/registers/files/", {"file": sent})
    assert answer.status_code == 422
    assert "only a part of one" in text_of(answer)


def test_the_data_count_guests_and_do_not_name_them(scene):
    session, browser, _ = scene
    entry = session.entries.create(origin="device", entered_by="bounmy", entered_at=session.begins_at)
    entry.guests.create(name="Somchai")
    entry.guests.create(name="Kham", taken_back_at=session.begins_at, taken_back_by="bounmy")
    answer = browser.get(DATA)
    assert answer.json()["registers"][0]["guests"] == 1
    assert "Somchai" not in answer.content.decode()
