"""A phone at the door of a conference: with a network, without one, and when it is back, nothing is lost and nobody counted twice."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from .alliance import Alliance
from .strictness import SIDEWAYS, WIDTHS

DOOR = "/conferences/CONF-2024/door/"
SCANS = "SELECT d.card, count(*) FROM conferences_scan s JOIN conferences_delegate d ON d.id = s.delegate_id GROUP BY d.card"
CARDS = (
    "SELECT d.card FROM conferences_delegate d JOIN conferences_conference c ON c.id = d.conference_id "
    "WHERE c.reference = 'CONF-2024' ORDER BY d.reference"
)


def check_in(page: Page, code: str) -> None:
    page.get_by_label("Code on the name card").fill(code)
    page.get_by_role("button", name="Check in", exact=True).click()


def test_delegates_are_checked_in_without_a_network_and_sent_when_it_is_back(
    page: Page, context: BrowserContext, alliance_to_change: Alliance, be, shot
):
    cards = [row[0] for row in alliance_to_change.ask(CARDS)]
    be("secretariat")
    page.set_viewport_size(WIDTHS["phone"])
    page.goto(DOOR)
    expect(page.locator("[data-door-all]")).to_have_text(str(len(cards)))
    assert page.evaluate(SIDEWAYS) == []
    check_in(page, f"{cards[0][:4]}-{cards[0][4:]}".lower())
    expect(page.locator("[data-door-answer]")).to_contain_text("Welcome")
    expect(page.locator("[data-door-net]")).to_have_text("Everything is sent")
    assert dict(alliance_to_change.ask(SCANS)) == {cards[0]: 1}
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    context.set_offline(offline=True)
    for code in (cards[1], cards[2], cards[1]):
        check_in(page, code)
        expect(page.get_by_label("Code on the name card")).to_have_value("")
    expect(page.locator("[data-door-answer]")).to_contain_text("Was here already")
    check_in(page, "NOBODY22")
    expect(page.locator("[data-door-answer]")).to_contain_text("No name card of this conference")
    expect(page.locator("[data-door-net]")).to_have_text(re.compile("scans kept on this phone: 3"))
    shot("door-without-a-network")
    # The page is there too when it is opened anew, and still knows the names and what waits.
    page.reload()
    expect(page.locator("[data-door-all]")).to_have_text(str(len(cards)))
    expect(page.locator("[data-door-in]")).to_have_text("3")
    expect(page.locator("[data-door-net]")).to_have_text(re.compile("scans kept on this phone: 3"))
    assert dict(alliance_to_change.ask(SCANS)) == {cards[0]: 1}

    context.set_offline(offline=False)
    expect(page.locator("[data-door-net]")).to_have_text("Everything is sent", timeout=30_000)
    # Both scans of the one who came twice are kept; who is in is counted by persons.
    assert dict(alliance_to_change.ask(SCANS)) == {cards[0]: 1, cards[1]: 2, cards[2]: 1}
    page.goto("/conferences/CONF-2024/delegates/?state=here")
    expect(page.locator("tbody tr")).to_have_count(3)


def test_names_are_taken_off_a_phone(page: Page, alliance: Alliance, be):
    be("secretariat")
    page.goto(DOOR)
    expect(page.locator("[data-door-all]")).not_to_have_text("0")
    page.get_by_role("button", name="Take the names off this phone").click()
    expect(page.locator("[data-door-all]")).to_have_text("0")
