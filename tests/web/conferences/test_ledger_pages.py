"""The ledger as pages: silence shows by itself, owners report, a second person confirms."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.rooms.conferences.models import Announcement
from tests.factories.conferences import make_announcement
from tests.factories.members import make_alliance, make_member
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

REPORT = {"text": "Twenty learners have begun.", "language": "en", "next_due_on": "2024-06-30", "due_on": "2024-03-31"}


def test_an_announcement_whose_report_day_has_passed_is_shown_as_silent_beside_its_state(client):
    make_announcement(title="Scholarships for teachers", next_report_due_on=date(2023, 12, 31))
    page = text_of(client.get("/announcements/?state=silent"))
    assert "Scholarships for teachers" in page
    assert "It stands as “Announced”." in page
    assert "report was due, 33 days ago" in page


def test_the_ledger_is_searched_and_filtered_by_state(client):
    make_announcement(title="Panda College")
    make_announcement(title="Railway signalling")
    page = text_of(client.get("/announcements/?q=railway"))
    assert "Railway signalling" in page
    assert "Panda College" not in page
    assert "No announcement fits this" in text_of(client.get("/announcements/?state=done"))
    assert client.get("/announcements/?state=asleep").status_code == 422


def test_the_ledger_asks_the_same_for_twenty_rows_as_for_two(client):
    make_alliance()
    make_announcement()
    make_announcement()
    with CaptureQueriesContext(connection) as few:
        client.get("/announcements/")
    for number in range(18):
        make_announcement(title=f"Promise {number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/announcements/")
    assert len(many) == len(few)


def test_pages_of_the_ledger_lose_no_row(client):
    for number in range(27):
        make_announcement(title=f"Promise {number}")
    first = client.get("/announcements/")
    last = Announcement.objects.order_by("reference")[24].reference
    assert f"after=2024-01-31~{last}" in text_of(first).replace("%7E", "~")
    second = text_of(client.get(f"/announcements/?after=2024-01-31~{last}"))
    assert "Promise 25" in second
    assert "Promise 26" in second
    assert "Promise 24<" not in second


def test_the_owner_reports_and_the_next_report_day_moves(client):
    vientiane = make_member("vientiane", country="LA")
    said = make_announcement(owner=vientiane, next_report_due_on=date(2024, 3, 31))
    browser = browser_of("coordinator", member=vientiane)
    answer = browser.post(f"/announcements/{said.reference}/report/", REPORT, follow=True)
    page = text_of(answer)
    assert "stands on the ledger" in page
    assert "Twenty learners have begun." in page
    assert "The next report is due on 30 June 2024." in page


def test_a_report_without_a_word_is_shown_again_and_nothing_is_lost():
    vientiane = make_member("vientiane", country="LA")
    said = make_announcement(owner=vientiane, next_report_due_on=date(2024, 3, 31))
    answer = browser_of("coordinator", member=vientiane).post(
        f"/announcements/{said.reference}/report/", {**REPORT, "text": "", "next_due_on": "2024-07-01"}
    )
    assert answer.status_code == 422
    assert 'value="2024-07-01"' in text_of(answer)


def test_a_report_on_a_page_that_is_out_of_date_shows_both_days():
    vientiane = make_member("vientiane", country="LA")
    said = make_announcement(owner=vientiane, next_report_due_on=date(2024, 4, 30))
    answer = browser_of("coordinator", member=vientiane).post(f"/announcements/{said.reference}/report/", REPORT)
    assert answer.status_code == 409
    assert "2024-03-31" in text_of(answer)
    assert "2024-04-30" in text_of(answer)


def test_nobody_reports_for_another_member():
    said = make_announcement()
    browser = browser_of("coordinator", member=make_member("vientiane", country="LA"))
    assert browser.get(f"/announcements/{said.reference}/report/").status_code == 403
    assert browser.post(f"/announcements/{said.reference}/report/", REPORT).status_code == 403


def test_what_waits_for_a_second_person_is_public_once_the_council_confirms_it(client):
    said = make_announcement(confirmed_by="", made_by="secretariat")
    assert client.get(f"/announcements/{said.reference}/").status_code == 404
    council = browser_of("council")
    assert "Confirm as the second person" in text_of(council.get(f"/announcements/{said.reference}/"))
    council.post(f"/announcements/{said.reference}/confirm/")
    assert client.get(f"/announcements/{said.reference}/").status_code == 200


def test_nobody_is_their_own_second_person():
    said = make_announcement(confirmed_by="", made_by="council")
    answer = browser_of("council").post(f"/announcements/{said.reference}/confirm/")
    assert answer.status_code == 409
    assert "a second person has to confirm it" in text_of(answer)


def test_the_secretariat_writes_down_an_announcement_and_what_becomes_of_it(client):
    make_announcement()
    browser = browser_of("secretariat")
    sent = {
        "conference": "CONF-2023", "owner": "chongqing", "title_en": "Cold chains", "title_zh": "冷链", "country": "CN",
        "announced_on": "2023-11-23", "next_report_due_on": "2024-05-01",
    }  # fmt: skip
    answer = browser.post("/announcements/new/", sent, follow=True)
    said = Announcement.objects.order_by("reference").last()
    assert "becomes public once a second person confirms it" in text_of(answer)
    browser_of("council").post(f"/announcements/{said.reference}/confirm/")
    moved = {"to": "agreed", "on": "2024-02-02", "reason": "Two colleges have signed."}
    browser.post(f"/announcements/{said.reference}/move/", moved)
    assert "Two colleges have signed." in text_of(client.get(f"/announcements/{said.reference}/"))


def test_an_owner_that_is_not_there_is_named_beside_its_field():
    make_announcement()
    sent = {
        "conference": "CONF-2023", "owner": "atlantis", "title_en": "Cold chains", "announced_on": "2023-11-23",
        "next_report_due_on": "2024-05-01",
    }  # fmt: skip
    answer = browser_of("secretariat").post("/announcements/new/", sent)
    assert answer.status_code == 422
    assert "There is no member atlantis." in text_of(answer)


def test_a_conference_tells_what_was_announced_there(client):
    make_announcement(title="Panda College")
    page = text_of(client.get("/conferences/CONF-2023/"))
    assert "0 of 1" in page
    assert "Panda College" in page
    assert client.get("/conferences/CONF-1999/").status_code == 404


def test_a_conference_is_planned_and_not_held_before_its_first_day(client):
    make_member("chongqing")
    secretariat = browser_of("secretariat")
    sent = {
        "reference": "CONF-2024", "title_en": "Annual conference 2024", "place": "Chongqing", "country": "CN",
        "starts_on": "2024-11-21", "ends_on": "2024-11-23", "zone": "Asia/Shanghai",
    }  # fmt: skip
    answer = secretariat.post("/conferences/new/", sent, follow=True)
    assert "21 November 2024 to 23 November 2024, Chongqing" in text_of(answer)
    assert "21 November 2024 to 23 November 2024" in text_of(client.get("/"))
    early = secretariat.post("/conferences/CONF-2024/hold/")
    assert early.status_code == 409
    assert "it has not been held yet" in text_of(early)
    assert secretariat.post("/conferences/new/", sent).status_code == 409
