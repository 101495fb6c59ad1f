"""The agenda on its page and in a calendar, what was decided, and announcements on a screen."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.rooms.conferences.models import AgendaItem, Minutes, Resolution
from tests.factories.conferences import make_announcement, make_conference
from tests.factories.members import make_member
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
ITEM = {
    "kind": "talk", "title_en": "Brakes, lamps; and more", "title_lo": "ເບກ", "starts": "2023-11-23T09:00", "ends": "2023-11-23T10:00",
    "hall": "Hall A",
    "language": "en", "speakers": "Mei Lin, Chongqing\nNimali",
}  # fmt: skip
RESOLUTION = {
    "text_en": "Compare the curricula.",
    "owner": "vientiane",
    "resolved_on": "2023-11-23",
    "due_on": "2024-01-31",
}


@pytest.fixture
def conference():
    return make_conference()


@pytest.fixture
def secretariat():
    return browser_of("secretariat")


def test_an_item_is_planned_and_read_in_the_time_of_the_place_and_of_the_reader(client, conference, secretariat):
    assert secretariat.post("/conferences/CONF-2023/agenda/new/", ITEM).status_code == 302
    page = text_of(client.get("/conferences/CONF-2023/agenda/?zone=Pacific/Honolulu"))
    for words in (
        "Thursday, 23 November 2023",
        "09:00</time>–10:00",
        "22 November 2023, 15:00 Pacific/Honolulu",
        "Hall A",
        "<b>Nimali</b>",
    ):
        assert words in page
    assert client.get("/conferences/CONF-2023/agenda/?zone=Mars/Olympus").status_code == 422


def test_a_clash_is_told_on_the_form_and_nothing_is_lost(conference, secretariat):
    secretariat.post("/conferences/CONF-2023/agenda/new/", ITEM)
    again = secretariat.post(
        "/conferences/CONF-2023/agenda/new/", ITEM | {"starts": "2023-11-23T09:30", "title_en": "Doors"}
    )
    assert "Hall A is taken from 09:00–10:00" in text_of(again)
    assert 'value="Doors"' in text_of(again)
    assert again.status_code == 409 or again.status_code == 422
    key = AgendaItem.objects.get().pk
    assert 'value="2023-11-23T09:00"' in text_of(secretariat.get(f"/conferences/CONF-2023/agenda/{key}/change/"))
    assert (
        secretariat.post(
            f"/conferences/CONF-2023/agenda/{key}/change/", ITEM | {"ends": "2023-11-23T11:00"}
        ).status_code
        == 302
    )
    assert secretariat.post(f"/conferences/CONF-2023/agenda/{key}/away/").status_code == 302
    assert not AgendaItem.objects.exists()


def test_the_calendar_file_holds_the_whole_agenda_or_one_item(client, conference, secretariat):
    secretariat.post("/conferences/CONF-2023/agenda/new/", ITEM)
    secretariat.post(
        "/conferences/CONF-2023/agenda/new/", ITEM | {"starts": "2023-11-23T10:00", "ends": "2023-11-23T11:00"}
    )
    answer = client.get("/conferences/CONF-2023/agenda.ics")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 2
    for line in (
        "BEGIN:VCALENDAR", "VERSION:2.0", "DTSTART:20231123T010000Z", "DTEND:20231123T020000Z", "LOCATION:Hall A\\, Chongqing",
        "SUMMARY:Brakes\\, lamps\\; and more",
    ):  # fmt: skip
        assert f"{line}\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    one = AgendaItem.objects.first()
    assert client.get(f"/conferences/CONF-2023/agenda/{one.pk}.ics").content.decode().count("BEGIN:VEVENT") == 1


def test_a_document_of_a_conference_is_opened_by_anyone(client, conference, secretariat):
    sent = {"title": "Slides", "file": SimpleUploadedFile("slides.txt", b"One two")}
    assert secretariat.post("/conferences/CONF-2023/documents/new/", sent).status_code == 302
    page = text_of(client.get("/conferences/CONF-2023/agenda/"))
    assert "Slides" in page
    reference = conference.documents.get().document.reference
    assert client.get(f"/conferences/CONF-2023/documents/{reference}/").content == b"One two"
    assert client.get("/conferences/CONF-2023/documents/doc-other/").status_code == 404


def test_a_resolution_stands_on_the_desk_of_its_owner_until_it_is_carried_out(client, conference, secretariat):
    vientiane = make_member("vientiane", country="LA")
    assert secretariat.post("/conferences/CONF-2023/decided/new/", RESOLUTION | {"owner": "nobody"}).status_code == 422
    secretariat.post("/conferences/CONF-2023/decided/new/", RESOLUTION)
    reference = Resolution.objects.get().reference
    khamla = browser_of("coordinator", member=vientiane)
    assert "Compare the curricula." in text_of(khamla.get("/desk/"))
    assert "Compare the curricula." in text_of(secretariat.get("/desk/"))
    page = text_of(client.get("/conferences/CONF-2023/decided/"))
    assert "One resolution is late." in page
    assert (
        khamla.post(
            f"/resolutions/{reference}/settle/", {"to": "dropped", "on": "2024-02-02", "reason": "No"}
        ).status_code
        == 422
    )
    khamla.post(
        f"/resolutions/{reference}/settle/", {"to": "done", "on": "2024-02-02", "reason": "Compared in Vientiane."}
    )
    assert "Compared in Vientiane." in text_of(client.get("/conferences/CONF-2023/decided/"))
    assert "Compare the curricula." not in text_of(khamla.get("/desk/"))


def test_minutes_wait_for_a_second_person(client, conference, secretariat):
    secretariat.post("/conferences/CONF-2023/minutes/", {"language": "en", "text": "We met and decided."})
    assert "We met and decided." not in text_of(client.get("/conferences/CONF-2023/decided/"))
    council = browser_of("council")
    assert "We met and decided." in text_of(council.get("/conferences/CONF-2023/decided/"))
    assert council.post("/conferences/CONF-2023/minutes/en/approve/").status_code == 302
    assert "We met and decided." in text_of(client.get("/conferences/CONF-2023/decided/"))
    assert Minutes.objects.get().approved_on == date(2024, 2, 2)


def test_announcements_go_one_by_one_over_the_screen(client, conference):
    for title in ("Panda College", "Railway signalling"):
        make_announcement(title=title)
    first = text_of(client.get("/conferences/CONF-2023/screen/"))
    assert ("Panda College" in first, 'rel="next"' in first, 'rel="prev"' in first) == (True, True, False)
    last = text_of(client.get("/conferences/CONF-2023/screen/?n=99"))
    assert ("Railway signalling" in last, 'rel="next"' in last, 'rel="prev"' in last) == (True, False, True)
    assert client.get("/conferences/CONF-2023/screen/?n=x").status_code == 200
