"""A graduate without an account opens the own certificates by a letter, takes them along, and shows one to an employer for a time."""

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils.dateparse import parse_datetime
from playwright.sync_api import Browser, Page, expect

from .alliance import Alliance
from .axe import give_axe, violations
from .strictness import SIDEWAYS, TOO_SMALL, WIDTHS, watch

# Somebody with a certificate in force and an address, and without an account.
GRADUATE = """
    SELECT c.reference, k.value FROM credentials_credential c JOIN training_enrolment e ON e.id = c.enrolment_id
    JOIN people_person p ON p.id = e.person_id JOIN people_contactchannel k ON k.person_id = p.id
    WHERE c.status = 'issued' AND p.user_id IS NULL AND p.merged_into_id IS NULL AND k.kind = 'email' AND k.ended_on IS NULL
    ORDER BY c.reference LIMIT 1
"""


@pytest.fixture
def browser_of(browser: Browser, alliance_to_change: Alliance, browser_context_args: dict):
    """A page of somebody's own browser; no page may err."""
    opened: list[tuple[Page, list[str]]] = []

    def open_for(account: str | None) -> Page:
        context = browser.new_context(**{**browser_context_args, "base_url": alliance_to_change.url})
        give_axe(context)
        if account:
            cookie = {
                "name": "sessionid",
                "value": alliance_to_change.session_of(account),
                "url": alliance_to_change.url,
            }
            context.add_cookies([cookie])
        page = context.new_page()
        opened.append((page, watch(page, alliance_to_change.url)))
        return page

    yield open_for
    for page, wrong in opened:
        page.context.close()
        assert wrong == []


def looked_at(page: Page) -> None:
    """No barrier here, on a desk and in a hand."""
    for size in reversed(WIDTHS.values()):
        page.set_viewport_size(size)
        assert page.evaluate(SIDEWAYS) == []
        assert page.evaluate(TOO_SMALL) == []
    assert violations(page) == []


def letter(alliance: Alliance, address: str, number: int) -> str:
    letters = alliance.letters_to(address)
    assert len(letters) == number
    return letters[-1]


def test_a_graduate_without_an_account_claims_and_shows_until_the_end(
    browser_of, alliance_to_change: Alliance, tmp_path: Path
):
    alliance = alliance_to_change
    reference, address = alliance.ask(GRADUATE)[0]
    before = len(alliance.letters_to(address))
    office, graduate = browser_of("secretariat"), browser_of(None)
    office.goto(f"/credentials/{reference}/link/")
    looked_at(office)
    office.get_by_role("button", name="Make it").click()
    expect(office.locator("#main")).to_contain_text("The letter is on its way")

    link = re.search(r"https?://[^/\s]+(/claim/\S+)", letter(alliance, address, before + 1))[1]
    graduate.goto(link)
    looked_at(graduate)
    graduate.get_by_role("button", name="Send me the code").click()
    code = re.search(r"^\d{6}\s*$", letter(alliance, address, before + 2), re.M)[0]
    graduate.get_by_label("Code", exact=True).fill(code)
    graduate.get_by_role("button", name="Open my certificates").click()
    graduate.wait_for_url("**/my-certificates/")
    looked_at(graduate)
    graduate.get_by_role("link", name=reference).click()
    with graduate.expect_download() as download:
        graduate.get_by_role("link", name="All forms in one file").click()
    download.value.save_as(tmp_path / "all.zip")
    with ZipFile(tmp_path / "all.zip") as archive:
        assert {f"{reference}/credential.json", f"{reference}/certificate.pdf"} <= set(archive.namelist())

    shown_to_an_employer(graduate, browser_of(None), alliance)
    again = browser_of(None)
    answer = again.request.get(link)
    assert answer.status == 410 and "works once" in answer.text()


def shown_to_an_employer(graduate: Page, employer: Page, alliance: Alliance) -> None:
    graduate.get_by_role("link", name="Show it to somebody").click()
    graduate.get_by_label("What it is for").fill("Application")
    graduate.get_by_label("My name").uncheck()
    graduate.get_by_label("For how long").select_option("7")
    graduate.locator("[name=looking][value=asked]").check()
    looked_at(graduate)
    graduate.get_by_role("button", name="Make the link").click()
    address = re.sub(r"^https?://[^/]+", "", graduate.get_by_label("Address to hand on").input_value())
    looked_at(graduate)
    employer.goto(address)
    expect(employer.locator("h1")).to_have_text("The holder asks who looks")
    looked_at(employer)
    employer.locator("[name=name]").fill("Nok, Saigon Motors")
    employer.get_by_role("button", name="Give my name and look").click()
    expect(employer.locator(".verdict")).to_contain_text("Genuine and in force")
    expect(employer.locator("#main")).not_to_contain_text("Holder")
    looked_at(employer)
    graduate.reload()
    expect(graduate.locator("#main")).to_contain_text("Nok, Saigon Motors")
    a_week_passes(alliance)
    answer = employer.request.get(address)
    assert answer.status == 410 and "is not any more" in answer.text()


def a_week_passes(alliance: Alliance) -> None:
    """The day of the example stands still: instead, what is shown was begun a week earlier."""
    with closing(sqlite3.connect(alliance.database)) as connection, connection:
        for key, *instants in connection.execute("SELECT id, made_at, ends_at FROM credentials_showing").fetchall():
            earlier = [str(parse_datetime(each) - timedelta(days=8)) for each in instants]
            connection.execute("UPDATE credentials_showing SET made_at = ?, ends_at = ? WHERE id = ?", (*earlier, key))
