"""The code on a real screen: read by a real reader, changed without a network, said on another phone, and confirmed by the trainer."""

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from .alliance import Alliance
from .phones import marks
from .strictness import WIDTHS

SCREEN = "/cohorts/LGTC-VI-2024-A/sessions/39/arrivals/"
A_STEP_LATER = "Date.now = ((now) => () => now() + 31000)(Date.now)"


def read(page: Page) -> str:
    """What a reader of codes sees on the screen."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.locator(".arrival-code").screenshot())))
    return found[0].text if found else ""


def shown(page: Page) -> str:
    page.wait_for_function("document.querySelector('[data-arrival]').dataset.shown")
    return page.locator("[data-arrival]").get_attribute("data-shown") or ""


def test_a_learner_scans_says_so_and_is_confirmed(
    be, strict_page: Page, browser: Browser, alliance_to_change: Alliance
):
    page = strict_page
    be("trainer")
    page.goto(SCREEN)
    page.get_by_role("button", name="Show the code").click()
    first = shown(page)
    assert read(page) == first
    page.context.set_offline(True)
    page.evaluate(A_STEP_LATER)
    page.wait_for_function("(first) => document.querySelector('[data-arrival]').dataset.shown !== first", arg=first)
    assert read(page) == shown(page) != first
    page.context.set_offline(False)
    page.reload()
    code = shown(page).partition("/arrive/")[2]
    phone = browser.new_context(viewport=WIDTHS["phone"], base_url=alliance_to_change.url).new_page()
    phone.context.add_cookies(
        [{"name": "sessionid", "value": alliance_to_change.session_of("learner"), "url": alliance_to_change.url}]
    )
    phone.goto(f"/arrive/{code}")
    phone.get_by_role("button", name="I am there").click()
    expect(phone.get_by_text("There, waiting for the trainer")).to_be_visible()
    assert marks(alliance_to_change, 39) == {}
    # The list on the screen looks for itself.
    page.get_by_role("button", name="All of them are here").click(timeout=30_000)
    assert list(marks(alliance_to_change, 39).values()) == ["present"]
    phone.reload()
    expect(phone.get_by_text("Confirmed")).to_be_visible()
    phone.context.close()
