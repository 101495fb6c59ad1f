"""The log on pages: narrowed, with what each edit changed, for one record, as a sheet, and as checkpoints to keep."""

import csv
from datetime import UTC, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit import checkpoints, log
from tests.factories.members import make_member
from tests.web.conftest import TODAY
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def edited():
    member = make_member("vientiane", country="LA")
    browser = browser_of("coordinator", member=member)
    sent = {"city": "Pakse", "region": "", "latitude": "", "longitude": "", "version": member.version}
    assert browser.post("/members/vientiane/place/", sent).status_code == 302
    return browser


def test_an_edit_shows_what_it_changed_on_the_log_and_on_the_records_own_history(edited):
    for browser, address in (
        (browser_of("auditor"), "/audit/?event=members.edited"),
        (edited, "/audit/of/member/vientiane/"),
    ):
        text = text_of(browser.get(address))
        assert "members.edited" in text
        assert "Organisation edited" in text
        assert "<ins>Pakse</ins>" in text


def test_the_history_goes_out_as_a_sheet(edited):
    answer = edited.get("/audit/of/member/vientiane/?format=csv")
    assert "Pakse" in text_of(answer) or "Pakse" in b"".join(answer.streaming_content).decode()


def test_the_history_is_for_who_may_change_the_record(edited):
    other = browser_of("coordinator", member=make_member("colombo", country="LK"))
    assert other.get("/audit/of/member/vientiane/").status_code == 403
    assert browser_of("auditor").get("/audit/of/member/vientiane/").status_code == 200


def test_no_cell_of_the_sheets_begins_as_a_formula():
    member = make_member("vientiane", country="LA")
    browser = browser_of("coordinator", member=member, username="=cmd|' /C calc'!A0")
    sent = {"city": "=HYPERLINK(1)", "region": "", "latitude": "", "longitude": "", "version": member.version}
    assert browser.post("/members/vientiane/place/", sent).status_code == 302
    for address in ("/audit/", "/audit/of/member/vientiane/"):
        answer = browser_of("auditor").get(f"{address}?format=csv")
        rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
        cells = [cell for row in rows[1:] for cell in row]
        assert "'=cmd|' /C calc'!A0" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
        # The screen and the file answer from one query.
        assert len(rows) - 1 == len(browser_of("auditor").get(address).context["rows"])


@pytest.mark.parametrize(
    ("narrowed", "is_there"),
    [
        ("event=members", True), ("event=members.edited", True), ("event=member", False), ("kind=members.Organisation", True),
        ("kind=members.Seat", False), ("who=coordinator-vientiane", True), ("who=nobody", False), ("first=2100-01-01", False),
    ],
)  # fmt: skip
def test_the_log_is_narrowed(edited, narrowed, is_there):
    assert ("<ins>Pakse</ins>" in text_of(browser_of("auditor").get(f"/audit/?{narrowed}"))) == is_there


def test_an_event_is_told_in_words_and_one_that_nobody_knows_by_its_code():
    member = make_member("vientiane", country="LA")
    log.record("members.edited", by=NIGHTLY, subject=member)
    log.record("members.of_another_age", by=NIGHTLY, subject=member)
    auditor = browser_of("auditor")
    for address in ("/audit/", "/audit/of/member/vientiane/"):
        text = text_of(auditor.get(address))
        assert "Organisation edited" in text and "members.of_another_age" in text
        assert "The product itself" in text and ">system<" not in text
    _head, *rows = csv.reader(auditor.get("/audit/?format=csv").content.decode("utf-8-sig").splitlines())
    told = {row[2]: row[3] for row in rows}
    assert told["members.edited"] == "Organisation edited"
    assert told["members.of_another_age"] == "members.of_another_age"


def test_an_event_that_is_none_is_refused(edited):
    assert browser_of("auditor").get("/audit/?event=%27--").status_code == 422


def test_any_account_keeps_a_checkpoint_and_a_visitor_none(edited, client):
    at = datetime(2024, 2, 2, 9, tzinfo=UTC)
    assert "No checkpoint yet" in text_of(edited.get("/audit/checkpoints/"))
    checkpoints.make_key(at=at, by=NIGHTLY)
    checkpoints.make_checkpoint(on=TODAY, at=at, by=NIGHTLY)
    assert "2024-02-02" in text_of(edited.get("/audit/checkpoints/"))
    kept = edited.get("/audit/checkpoints/2024-02-02/")
    assert kept["Content-Disposition"].endswith('"checkpoint-2024-02-02.json"')
    assert checkpoints.check_against(kept.json(), by=NIGHTLY).holds
    assert edited.get("/audit/checkpoints/2024-02-01/").status_code == 404
    assert edited.get("/audit/checkpoints/soon/").status_code == 404
    assert client.get("/audit/checkpoints/").status_code == 302
