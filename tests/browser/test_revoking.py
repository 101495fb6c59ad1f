"""A certificate is revoked on its page: its holder is told, whoever verifies reads since when and why, and a phone that is behind says how far."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from .alliance import Alliance
from .strictness import SIDEWAYS, TOO_SMALL, WIDTHS, watch
from .test_verifying import GOOD, document_of, paste, token_of
from .test_verifying_offline import BUNDLE, KEPT, ON_THE_DEVICE, asked

HELD = "CRD-2023-0052"
DAY, WHY = "2 February 2024", "Misconduct in an assessment"
REVOKED = "Genuine, but revoked. Do not rely on it."


@pytest.fixture
def employer(browser: Browser, alliance_to_change: Alliance) -> Iterator[Page]:
    """The phone of somebody without an account, with the keys and lists of before."""
    context = browser.new_context(viewport=WIDTHS["phone"], base_url=alliance_to_change.url, has_touch=True)
    page = context.new_page()
    wrong = watch(page, alliance_to_change.url)
    page.goto("/verify/")
    expect(page.locator("[data-vf-age]")).to_have_text(ON_THE_DEVICE, timeout=20_000)
    page.wait_for_function("navigator.serviceWorker.ready.then((found) => Boolean(found.active))")
    page.wait_for_function(KEPT)
    yield page
    context.close()
    assert [each for each in wrong if "Failed to fetch" not in each] == []


def looked_at(page: Page) -> None:
    for size in reversed(WIDTHS.values()):
        page.set_viewport_size(size)
        assert page.evaluate(SIDEWAYS) == []
        assert page.evaluate(TOO_SMALL) == []


def revoke(page: Page, alliance: Alliance, shot) -> None:
    """With a reason, and after what it would do was looked at."""
    page.goto(f"/credentials/{HELD}/")
    page.get_by_label("What to do").select_option(label="Revoke it for ever")
    page.get_by_label("Reason").select_option(label=WHY)
    page.get_by_role("button", name="See what would happen").click()
    would = page.get_by_role("region", name="What would happen")
    expect(would).to_contain_text("1 holder is told")
    expect(would.get_by_role("row").last).to_contain_text("Revoked")
    looked_at(page)
    shot("revoke-confirm")
    assert alliance.ask(f"SELECT status FROM credentials_credential WHERE {GOOD}") == [("issued",)]
    page.get_by_role("button", name="Change it and sign the list").click()
    expect(page.locator("#main")).to_contain_text("It is done, and the status list says so from now on.")
    expect(page.get_by_label("What to do")).to_have_count(0)


def says_why(page: Page, place: str) -> None:
    expect(page.locator(place)).to_contain_text(DAY)
    expect(page.locator(place)).to_contain_text(WHY)


def test_the_holder_is_told_and_every_verifier_says_since_when_and_why(
    employer: Page, strict_page: Page, alliance_to_change: Alliance, be, shot
):
    page, alliance = strict_page, alliance_to_change
    document, token = document_of(alliance, GOOD), token_of(alliance, GOOD)
    employer.context.set_offline(True)
    be("secretariat")
    revoke(page, alliance, shot)

    page.goto(f"/c/{token}/verify/")
    expect(page.locator("#h-verdict")).to_have_text(REVOKED)
    says_why(page, ".verdict")
    paste(page, document)
    expect(page.locator("#h-verdict")).to_have_text(REVOKED)
    says_why(page, ".verdict")

    be("learner")
    page.goto("/notices/")
    page.get_by_role("link", name=re.compile(f"{HELD}.*revoked|revoked.*{HELD}")).click()
    expect(page.locator("#h-verdict")).to_have_text(REVOKED)
    page.goto(f"/my-certificates/{HELD}/")
    expect(page.locator("h1")).to_contain_text("Revoked")
    says_why(page, "section[aria-labelledby=h-changes]")
    expect(page.get_by_role("link", name="Take it into a wallet")).to_have_count(0)
    looked_at(page)
    shot("revoked-of-the-holder")

    a_phone_that_is_behind(employer, document)


def a_phone_that_is_behind(employer: Page, document: str) -> None:
    """It knows what it last heard, and says of when that is; with a network it knows better."""
    employer.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=3))
    employer.reload()
    asked(employer, document)
    expect(employer.locator("#h-verdict")).to_have_text(re.compile("^Genuine, and in force on "))
    expect(employer.locator("[data-vf-known]")).to_contain_text("3 days ago")
    expect(employer.locator("[data-vf-known]")).to_contain_text("What was revoked after that is not known here")
    employer.context.set_offline(False)
    with employer.expect_response(BUNDLE):
        asked(employer, document)
    expect(employer.locator("#h-verdict")).to_have_text(REVOKED)
    says_why(employer, ".verdict")
