"""
A company joins, from the first page to the last: it applies, two reviewers score, the council votes, its coordinator enters with a passkey,
fills the profile, answers a data call and hands the seat over; who held it is out with the next click.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.papers import PDF

from .alliance import Alliance
from .axe import give_axe, violations
from .strictness import SIDEWAYS, TOO_SMALL, WIDTHS, watch

COMPANY = "Thakhek Haulage"
MEMBER = "thakhek-haulage"
CALL = "DTC-2024-0001"
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def base(alliance_to_change: Alliance) -> str:
    """The server by a name: no passkey belongs to a bare address."""
    return alliance_to_change.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def browser_of(
    browser: Browser, base: str, alliance: Alliance, browser_context_args: dict
) -> Iterator[Callable[[str | None], Page]]:
    """``browser_of("council")``: a page of somebody's own browser, signed in as that account; ``None``: nobody yet. No page may err."""
    opened: list[tuple[Page, list[str]]] = []

    def open_for(account: str | None) -> Page:
        context = browser.new_context(**{**browser_context_args, "base_url": base})
        give_axe(context)
        if account:
            context.add_cookies([{"name": "sessionid", "value": alliance.session_of(account), "url": base}])
        page = context.new_page()
        opened.append((page, watch(page, base)))
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
    page.set_viewport_size(WIDTHS["desktop"])


def test_a_company_joins_and_its_seat_passes_on(browser_of, base: str, alliance: Alliance, tmp_path: Path):
    applicant, mei, council = (browser_of(account) for account in (None, "secretariat", "council"))
    own = apply(applicant, tmp_path)
    reference = applied(alliance)
    review(mei, browser_of, reference)
    decide(council, reference)
    applicant.goto(own)
    expect(applicant.locator("#main")).to_contain_text("Approved")
    link = admit(mei, reference, alliance)

    coordinator = browser_of(None)
    enter_with_a_passkey(coordinator, base + link)
    fill_the_profile(coordinator)
    mei.goto(f"/data-calls/{CALL}/")
    mei.get_by_role("button", name="Open it and ask the members").click()
    answer_the_call(coordinator, alliance)
    hand_over(coordinator, mei)


def apply(page: Page, folder: Path) -> str:
    """Everything that a company is asked for, with one file; the address of its own page."""
    paper = folder / "registration.pdf"
    paper.write_bytes(PDF)
    page.goto("/apply/")
    page.locator("#main a[href='/apply/as/company/']").click()
    page.get_by_label("Your name").fill("Somchit Phommasan")
    page.get_by_label("Your e-mail address").fill("somchit@haulage.example")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/apply/to/*/")
    own = page.url
    page.goto(f"{own}sections/who/")
    page.get_by_label("Official name in English").fill(COMPANY)
    page.get_by_label("Country or region").select_option("LA")
    page.get_by_label("City").fill("Thakhek")
    looked_at(page)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Employees").fill("85")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Why does it want to join?").fill("Our drivers learn from whoever inspects their lorries.")
    page.get_by_label("Posts for graduates").check()
    page.get_by_role("button", name="Save and go on").click()
    for code in ("registration", "resolution"):
        page.goto(f"{own}documents/{code}/")
        page.get_by_label("File").set_input_files(paper)
        page.get_by_role("button", name="Hand it in").click()
    page.get_by_role("button", name="Submit the application").click()
    expect(page.locator("h1")).to_have_text("Your application is with the secretariat")
    looked_at(page)
    return own


def applied(alliance: Alliance) -> str:
    return alliance.ask("SELECT reference FROM members_application ORDER BY started_at DESC")[0][0]


def review(mei: Page, browser_of: Callable[[str | None], Page], reference: str) -> None:
    mei.goto(f"/applications/{reference}/")
    mei.get_by_role("button", name="Begin the review").click()
    mei.get_by_role("link", name="Ask reviewers").click()
    mei.get_by_label("User names").fill("auditor\nassessor")
    mei.get_by_role("button", name="Ask them").click()
    for account, points in (("auditor", "5"), ("assessor", "3")):
        reviewer = browser_of(account)
        reviewer.goto(f"/applications/{reference}/")
        expect(reviewer.locator("#main")).not_to_contain_text("Weighted mean")
        reviewer.get_by_role("link", name="My sheet").click()
        for name in ("Quality of what it does", "Fit with the programmes of the alliance", "Means to take part"):
            reviewer.get_by_label(name).select_option(points)
        looked_at(reviewer)
        reviewer.get_by_role("button", name="Hand it in").click()
    mei.goto(f"/applications/{reference}/")
    expect(mei.locator("#main")).to_contain_text("Weighted mean 4.0 of 5 over 2 sheets")
    looked_at(mei)


def decide(council: Page, reference: str) -> None:
    council.goto(f"/applications/{reference}/decide/")
    council.get_by_label("Day of the vote").fill("2024-02-02")
    for name, number in (("Present", "9"), ("For", "7"), ("Against", "1"), ("Abstained", "0")):
        council.get_by_label(name, exact=True).fill(number)
    council.get_by_label("Declared interests").fill("Fourth seat: buys from it")
    council.get_by_label("Minutes of the council").fill("The council heard both reviewers and voted.")
    council.get_by_label("Approved", exact=True).check()
    looked_at(council)
    council.get_by_role("button", name="Write down the decision").click()
    expect(council.locator("#main")).to_contain_text("Fourth seat: buys from it")
    looked_at(council)


def admit(mei: Page, reference: str, alliance: Alliance) -> str:
    """The conditions are judged and the coordinator invited; the path of the invitation's link."""
    here = f"/applications/{reference}/"
    mei.goto(here)
    ways = f"#main a[href^='{here}conditions/']:not([href='{here}conditions/'])"
    for address in [each.get_attribute("href") for each in mei.locator(ways).all()]:
        mei.goto(address)
        mei.locator("input[value=waived]").check()
        mei.get_by_label("Why").fill("Seen at the office.")
        mei.get_by_role("button", name="Write it down").click()
    mei.get_by_role("link", name="Invite the coordinator").click()
    mei.get_by_label("E-mail address").fill("noy@haulage.example")
    mei.get_by_role("button", name="Send the invitation").click()
    mei.get_by_role("button", name="Make it a member from today").click()
    expect(mei.locator("#main")).to_contain_text("The organisation is a member from today")
    looked_at(mei)
    mei.goto(f"/members/{MEMBER}/who-speaks/")
    expect(mei.locator("#main")).to_contain_text("noy")
    return new_link(mei, "noy")


def new_link(mei: Page, name: str) -> str:
    """The letter did not arrive: the secretariat asks for another and hands its link over."""
    mei.goto(f"/accounts/?q={name}")
    mei.locator("#main th").get_by_role("link", name=name, exact=False).click()
    mei.get_by_role("button", name="Send a new link").click()
    return re.sub(r"^https?://[^/]+", "", mei.locator("#link").input_value())


def enter_with_a_passkey(page: Page, link: str) -> None:
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto(link)
    expect(page.locator("#main")).to_contain_text(COMPANY)
    looked_at(page)
    page.get_by_role("button", name="Enter and make a passkey").click()
    page.wait_for_url("**/account/passkeys/add/")
    page.locator("input[name=name]").fill("Telephone")
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url("**/account/spare-codes/")
    page.locator(".menu--user summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/desk/")
    looked_at(page)


def fill_the_profile(page: Page) -> None:
    page.goto(f"/members/{MEMBER}/names/")
    page.locator("input[name=language]").fill("lo")
    page.locator("input[name=name]").fill("ຂົນສົ່ງທ່າແຂກ")
    page.locator("#main button[type=submit]").click()
    page.goto(f"/members/{MEMBER}/place/")
    page.get_by_label("Degrees north").fill("17.41")
    page.get_by_label("Degrees east").fill("104.83")
    looked_at(page)
    page.locator("#main button[type=submit]").click()
    page.goto(f"/members/{MEMBER}/")
    expect(page.locator("#main")).to_contain_text("ຂົນສົ່ງທ່າແຂກ")
    looked_at(page)


def answer_the_call(page: Page, alliance: Alliance) -> None:
    page.goto("/desk/")
    expect(page.locator(f"#main a[href*='/data-calls/{CALL}/']").first).to_be_visible()
    page.goto(f"/data-calls/{CALL}/answers/{MEMBER}/")
    page.locator("input[name=q1]").fill("6")
    page.locator("select[name=q2]").select_option("yes")
    page.locator("select[name=q3]").select_option("teachers")
    looked_at(page)
    page.get_by_role("button", name="Send the answers").click()
    expect(page.locator("#main")).to_contain_text("The answers are sent")
    looked_at(page)
    sent = alliance.ask(
        "SELECT a.value FROM members_returnedanswer a JOIN members_return r ON r.id = a.sent_id "
        "WHERE r.submitted_by = 'noy' ORDER BY a.id"
    )
    assert [value for (value,) in sent] == ["6", "yes", "teachers"]


def hand_over(page: Page, mei: Page) -> None:
    token = make_token(page)
    assert told(page, token) == 200
    # A page that was opened before stays open in another tab; its next click is the test.
    page.goto(f"/members/{MEMBER}/place/")
    beside = page.context.new_page()
    beside.goto(f"/members/{MEMBER}/who-speaks/")
    beside.get_by_role("link", name="Hand it over").click()
    beside.locator("input[name=account]").fill("khammy@haulage.example")
    looked_at(beside)
    beside.get_by_role("button", name="Hand it over").click()
    beside.wait_for_url("**/desk/")
    page.get_by_label("City").fill("Pakse")
    with page.expect_navigation() as answered:
        page.locator("#main button[type=submit]").click()
    assert answered.value is not None
    assert answered.value.status in {403, 404}
    for address in (
        f"/members/{MEMBER}/place/",
        f"/members/{MEMBER}/who-speaks/",
        f"/data-calls/{CALL}/answers/{MEMBER}/",
    ):
        assert page.request.get(address).status in {403, 404}
    # What a machine did in that name ends the same minute, and so does every place where one is signed in when the account is closed.
    assert told(page, token) in {403, 404}
    page.goto("/account/sessions/")
    expect(page.locator("#main")).to_contain_text("This one")
    mei.goto(f"/members/{MEMBER}/who-speaks/")
    expect(mei.locator("#main")).to_contain_text("Handed over to khammy")
    mei.goto("/accounts/?q=noy")
    mei.locator("#main th").get_by_role("link", name="noy", exact=False).click()
    mei.get_by_role("button", name="Close the account").click()
    expect(mei.locator("#main")).to_contain_text("signed out everywhere")
    page.goto("/desk/")
    assert "/sign-in/" in page.url
    assert told(page, token) == 401


def make_token(page: Page) -> str:
    """A machine of the coordinator's; what it may is what its holder may."""
    page.goto("/profile/")
    page.locator("input[name=name]").fill("Timetable")
    page.get_by_role("button", name="Make a token").click()
    found = re.search(r"crd_[\w-]+", page.locator("#main").inner_html())
    assert found is not None
    return found[0]


def told(page: Page, token: str) -> int:
    """What the API answers this machine about the member's own part of the call."""
    answer = page.request.get(
        f"/api/v1/data-calls/{CALL}/answers/{MEMBER}", headers={"Authorization": f"Bearer {token}"}
    )
    return answer.status
