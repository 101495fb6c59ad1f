"""Two members amend the same day of an agreement; the second is told both days, takes up the first, and goes on."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from .alliance import Alliance

AGREEMENT = "/agreements/AGR-2023-0031/"
FIRST, SECOND = "/agreements/AGR-2023-0031-A1/", "/agreements/AGR-2023-0031-A2/"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def amend(page: Page, last_day: str, reason: str) -> None:
    page.goto(f"{AGREEMENT}amend/")
    page.get_by_label("Last day").fill(last_day)
    page.get_by_label("Why").fill(reason)
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.locator("#h-changes")).to_have_text("What this amendment changes")


def sign_on_paper(page: Page, member: str, scan: Path) -> None:
    page.goto(f"{FIRST}paper/")
    choice = page.get_by_label("Who signed")
    value = choice.locator("option", has_text=re.compile(member)).first.get_attribute("value")
    choice.select_option(value)
    page.get_by_label("Signed on").fill("2024-02-02")
    page.get_by_label("In which office").fill("President")
    page.get_by_label("Who compared the scan with the paper").fill("Records office")
    page.get_by_label("The scan", exact=True).set_input_files(scan)
    page.locator("#main form button[type=submit]").last.click()
    page.wait_for_url(f"**{FIRST}")


def test_an_amendment_that_conflicts_is_refused_with_both_values(
    strict_page: Page, alliance_to_change: Alliance, be, shot, tmp_path: Path
):
    page, scan = strict_page, tmp_path / "signed.pdf"
    scan.write_bytes(PDF)
    be("coordinator-lgtvc")
    amend(page, "2027-05-31", "One more intake.")
    page.get_by_role("link", name="Propose it to its parties").click()
    page.get_by_role("button", name="Propose it to its parties").click()
    be("coordinator-cqipc")
    amend(page, "2028-05-31", "Two more intakes.")
    be("secretariat")
    sign_on_paper(page, "Chongqing Industry", scan)
    sign_on_paper(page, "Lao-German", scan)
    page.goto(AGREEMENT)
    expect(page.locator("#main")).to_contain_text("It was amended since")
    be("coordinator-cqipc")
    page.goto(SECOND)
    expect(page.locator("#h-conflicts")).to_be_visible()
    shot("amendment-conflicts")
    page.get_by_role("link", name="Propose it to its parties").click()
    page.get_by_role("button", name="Propose it to its parties").click()
    refused = page.locator("#main")
    expect(refused).to_contain_text("was amended in the same place since this copy was made")
    expect(refused).to_contain_text("2027-06-01")
    expect(refused).to_contain_text("2028-06-01")
    page.goto(f"{SECOND}revise/")
    expect(page.locator("#h-conflicts")).to_be_visible()
    page.get_by_role("button", name="Keep the draft").click()
    page.get_by_role("link", name="Propose it to its parties").click()
    page.get_by_role("button", name="Propose it to its parties").click()
    expect(page.locator("#main")).to_contain_text("is before its parties")
    versions = alliance_to_change.ask(
        "SELECT v.number, v.origin FROM agreements_agreementversion v JOIN agreements_agreement a ON a.id = v.agreement_id "
        "WHERE a.reference = 'AGR-2023-0031' ORDER BY v.number"
    )
    assert versions == [(1, "proposed"), (2, "amended")]
