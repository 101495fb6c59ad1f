"""A school applies without an account, two reviewers score, the council decides, and the applicant reads why."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories.papers import PDF

from .alliance import Alliance
from .axe import give_axe, violations


@pytest.fixture(autouse=True)
def with_axe(context: BrowserContext) -> None:
    give_axe(context)


def named(verb: str, thing: str) -> re.Pattern[str]:
    """A button and what it is about, which stands there for ears alone."""
    return re.compile(rf"{re.escape(verb)} ?: ?{re.escape(thing)}")


def looked_at(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def hand_in(page: Page, name: str, paper: Path) -> None:
    page.locator("#main").get_by_role("link", name=named("Hand it in", name)).click()
    page.get_by_label("File").set_input_files(paper)
    looked_at(page)
    page.get_by_role("button", name="Hand it in").click()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_school_applies(strict_page: Page, alliance_to_change: Alliance, shot, tmp_path: Path, width: int):
    page, paper = strict_page, tmp_path / "paper.pdf"
    paper.write_bytes(PDF)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/apply/as/school/")
    page.get_by_label("Your name").fill("Khamla Vongsa")
    page.get_by_label("Your e-mail address").fill("khamla@savannakhet.example")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile("/apply/to/"))
    own = page.url
    looked_at(page)
    page.goto(f"{own}sections/who/")
    page.get_by_label("Official name in English").fill("Savannakhet Technical College")
    page.get_by_label("City").fill("Savannakhet")
    page.get_by_label("Country or region").select_option("LA")
    looked_at(page)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Learners last year").fill("900")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Why does it want to join?").fill("To teach what the port asks for.")
    page.get_by_label("Workshops").check()
    looked_at(page)
    page.get_by_role("button", name="Save and go on").click()
    for name in ("Certificate of registration", "Safety rules of the workshops"):
        page.goto(own)
        hand_in(page, name, paper)
    expect(page.locator("h1")).to_have_text("Everything is there: you can submit")
    page.get_by_role("button", name="Submit the application").click()
    expect(page.locator("h1")).to_have_text("Your application is with the secretariat")
    looked_at(page)
    shot(f"application-submitted-{width}")
    page.get_by_role("link", name=named("Hand in", "A coordinator is named")).click()
    page.get_by_label("Note").fill("It is the deputy director.")
    looked_at(page)
    page.get_by_role("button", name="Hand it in").click()
    page.locator("a[href*='/letters/']").first.click()
    looked_at(page)
    stands = alliance_to_change.ask(
        "SELECT m.status, o.standing FROM members_membership m JOIN members_organisation o ON o.id = m.organisation_id "
        "WHERE o.reference = 'savannakhet-technical-college'"
    )
    assert stands == [("applied", "unconfirmed")]


def test_reviewers_score_and_the_council_decides(strict_page: Page, alliance_to_change: Alliance, be, shot):
    page = strict_page
    be("secretariat")
    page.goto("/applications/APL-2023-0003/")
    page.get_by_role("button", name="Begin the review").click()
    page.get_by_role("link", name="Ask reviewers").click()
    page.get_by_label("User names").fill("council\nassessor")
    page.get_by_role("button", name="Ask them").click()
    for account, points in (("council", "4"), ("assessor", "2")):
        be(account)
        page.goto("/applications/APL-2023-0003/")
        expect(page.locator("#main")).not_to_contain_text("Weighted mean")
        page.get_by_role("link", name="My sheet").click()
        for name in ("Quality of what it does", "Fit with the programmes of the alliance", "Means to take part"):
            page.get_by_label(name).select_option(points)
        looked_at(page)
        page.get_by_role("button", name="Hand it in").click()
    be("council")
    page.goto("/applications/APL-2023-0003/")
    expect(page.locator("#main")).to_contain_text("Weighted mean 3.0 of 5 over 2 sheets")
    page.get_by_role("link", name="Minute the vote").click()
    page.get_by_label("Day of the vote").fill("2024-02-02")
    for name, number in (("Present", "9"), ("For", "7"), ("Against", "1"), ("Abstained", "0")):
        page.get_by_label(name, exact=True).fill(number)
    page.get_by_label("Declared interests").fill("Fourth seat: belongs to it")
    page.get_by_label("Minutes", exact=False).first.fill("The council voted.")
    page.get_by_label("Approved", exact=True).check()
    looked_at(page)
    page.get_by_role("button", name="Write down the decision").click()
    expect(page.locator("#main")).to_contain_text("The decision is written down")
    looked_at(page)
    shot("application-decided")


def test_the_secretariat_drafts_a_form(strict_page: Page, alliance_to_change: Alliance, be):
    page = strict_page
    be("secretariat")
    page.goto("/applications/forms/")
    page.get_by_role("button", name=named("Begin a draft", "School")).click()
    looked_at(page)
    page.get_by_role("link", name="Add a question").first.click()
    looked_at(page)
    page.get_by_label("What it says (English)").fill("Web address")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator("#main")).to_contain_text("Web address")
    page.get_by_role("link", name=named("Edit", "web-address")).click()
    looked_at(page)
