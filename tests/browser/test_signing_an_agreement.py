"""A member reads a text and signs it by its fingerprint."""

from playwright.sync_api import Page, expect

from .alliance import Alliance

AGREEMENT = "/agreements/AGR-2024-0006/"


def test_a_member_signs_what_waits_on_its_desk(strict_page: Page, alliance_to_change: Alliance, be_now, shot):
    page = strict_page
    be_now("coordinator-lgtvc")
    page.goto("/desk/")
    page.locator(f"#main a[href^='{AGREEMENT}']").first.click()
    if not page.url.endswith("/sign/"):
        page.locator(f"#main a[href='{AGREEMENT}sign/']").first.click()
    page.get_by_label("In which office").fill("Deputy director")
    page.get_by_role("button", name="Sign this text").click()
    assert page.url.endswith("/sign/"), "nobody signs without saying that they have read"
    page.get_by_label("I have read the text above").check()
    shot("agreement-before-signing")
    page.get_by_role("button", name="Sign this text").click()
    page.wait_for_url(f"**{AGREEMENT}")
    expect(page.locator("#main")).to_contain_text(
        "The signature under AGR-2024-0006 is kept. Others have still to sign."
    )
    signed = alliance_to_change.ask(
        "SELECT p.signed_as, p.signed_hash = a.canonical_hash FROM agreements_agreementparty p "
        "JOIN agreements_agreement a ON a.id = p.agreement_id JOIN members_organisation o ON o.id = p.organisation_id "
        "WHERE a.reference = 'AGR-2024-0006' AND o.reference = 'lgtvc'"
    )
    assert signed == [("Deputy director", 1)]


def test_the_last_signature_puts_it_in_force_or_waits_for_its_day(
    strict_page: Page, alliance_to_change: Alliance, be_now
):
    be_now("coordinator-company")
    strict_page.goto("/agreements/AGR-2024-0005/sign/")
    strict_page.get_by_label("In which office").fill("General manager")
    strict_page.get_by_label("I have read the text above").check()
    strict_page.get_by_role("button", name="Sign this text").click()
    expect(strict_page.locator("#main")).to_contain_text("That was the last signature: AGR-2024-0005 is signed by all.")


def test_a_visitor_knows_that_it_exists_and_does_not_read_it(strict_page: Page):
    strict_page.goto("/agreements/AGR-2024-0005/")
    expect(strict_page.locator("h1")).to_be_visible()
    strict_page.goto("/agreements/AGR-2024-0005/text/")
    assert "/sign-in/" in strict_page.url
