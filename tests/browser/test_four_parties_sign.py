"""An agreement of four parties: one signs here with a second factor, one by a link on a phone, two on paper; and it is in force."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.accounts.signing import code_of

from .alliance import Alliance
from .axe import give_axe, violations
from .strictness import WIDTHS

PARTIES = ("cqipc", "panyalatsamy-college", "liting-vocational-college", "lgtvc")
ADDRESS, NAME = "rector@panyalatsamy.example", "Somsak Phommachan"
SCAN = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def with_axe(context: BrowserContext) -> None:
    give_axe(context)


def looked_at(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def drafted_and_proposed(page: Page) -> str:
    """The reference of an agreement that the secretariat puts before four parties."""
    page.goto("/agreements/new/")
    page.locator("[name=starts_on]").fill("2024-02-01")
    page.locator("[name=parties]").fill("\n".join(f"{party}: teaches" for party in PARTIES))
    page.locator("[name=title_en]").fill("Four schools, one workshop")
    page.locator("[name=body_en]").fill("Article 1. We teach together.\n\nArticle 2. We tell the truth.")
    page.locator("[name=title_lo]").fill("ສີ່ໂຮງຮຽນ")
    page.locator("[name=body_lo]").fill("ມາດຕາ 1. ພວກເຮົາສອນຮ່ວມກັນ.")
    page.locator("form[method=post] button.btn-primary[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/agreements/AGR-2024-\d+/$"))
    page.get_by_role("link", name="Propose it to its parties").click()
    page.locator("[name=reason]").fill("All four have read it")
    page.get_by_role("button", name="Propose it to its parties").click()
    page.wait_for_url(re.compile(r"/agreements/AGR-2024-\d+/$"))
    return page.url.rstrip("/").rpartition("/")[2]


def sign_here(page: Page, reference: str, be_now) -> None:
    """With a second factor that is set up on the way."""
    be_now("coordinator-lgtvc")
    page.goto("/account/app/")
    secret = page.locator("#secret").input_value()
    page.locator("input[name=code]").fill(code_of(secret))
    page.locator("#main button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/account/app/" not in url)
    page.context.clear_cookies()
    be_now("coordinator-lgtvc")
    page.wait_for_url("**/account/second-factor/code/**")
    page.locator("input[name=code]").fill(code_of(secret, ahead=1))
    page.locator("#main button[type=submit]").first.click()
    page.wait_for_url("**/desk/")
    page.goto(f"/agreements/{reference}/sign/")
    looked_at(page)
    page.get_by_label("In which office").fill("Deputy director")
    page.get_by_label("I have read the text above").check()
    page.get_by_role("button", name="Sign this text").click()
    page.wait_for_url(f"**/agreements/{reference}/")


def record_on_paper(page: Page, reference: str, member: str, paper: Path) -> None:
    page.goto(f"/agreements/{reference}/paper/")
    page.get_by_label("Who signed").select_option(member)
    page.get_by_label("Signed on").fill("2024-02-02")
    page.get_by_label("In which office").fill("President")
    page.get_by_label("Who compared the scan with the paper").fill("Records office")
    page.locator("input[name=scan]").set_input_files(paper)
    looked_at(page)
    page.get_by_role("button", name="Keep the scan and the signature").click()
    page.wait_for_url(f"**/agreements/{reference}/")


def named_and_sent(page: Page, reference: str) -> None:
    """A signer without an account is named and sent a link."""
    page.goto(f"/agreements/{reference}/signers/add/panyalatsamy-college/")
    page.get_by_label("Office", exact=True).fill("Rector")
    page.get_by_label("Name of the person").fill(NAME)
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Letters and the page of the link are in").select_option("lo")
    looked_at(page)
    page.get_by_role("button", name="Name this signer").click()
    page.get_by_role("button", name="Send the link").click()
    expect(page.locator("#main")).to_contain_text("A link is on its way")
    looked_at(page)


def sign_by_link(page: Page, alliance: Alliance, shot) -> None:
    """On a phone, in the signer's language: first the code of somebody who was only passed the link, then the right one."""
    link = re.search(r"https?://[^/]+(/sign/\S+)", alliance.letters_to(ADDRESS)[-1]).group(1)
    page.context.clear_cookies()
    page.set_viewport_size(WIDTHS["phone"])
    page.goto(link)
    expect(page.locator("html")).to_have_attribute("lang", "lo")
    looked_at(page)
    page.locator(f"form[action='{link}code/'] button").click()
    code = re.search(r"^(\d{6})$", alliance.letters_to(ADDRESS)[-1], re.MULTILINE).group(1)
    for tried in (f"{(int(code) + 1) % 1_000_000:06}", code):
        page.locator("input[name=name]").fill(NAME)
        page.locator("input[name=code]").fill(tried)
        page.locator("input[name=has_read]").check()
        shot("signing-by-link")
        page.locator(f"form[action='{link}'] button[type=submit]").click()
        if tried != code:
            expect(page.locator("#main [role=alert], #main .errorlist, #main .refusal").first).to_be_visible()
            looked_at(page)
    page.wait_for_url("**/agreements/AGR-2024-*/")
    looked_at(page)
    answer = page.goto(link)
    assert answer is not None
    assert answer.status == 410
    page.set_viewport_size(WIDTHS["desktop"])


def test_four_parties_sign_in_three_ways(page: Page, alliance_to_change: Alliance, be, be_now, shot, tmp_path: Path):
    paper = tmp_path / "page.pdf"
    paper.write_bytes(SCAN)
    be("secretariat")
    reference = drafted_and_proposed(page)
    named_and_sent(page, reference)
    for member in (PARTIES[0], PARTIES[2]):
        record_on_paper(page, reference, member, paper)
    sign_by_link(page, alliance_to_change, shot)
    sign_here(page, reference, be_now)
    expect(page.locator("#main")).to_contain_text(f"That was the last signature: {reference} is signed by all.")
    page.goto(f"/agreements/{reference}/signers/")
    looked_at(page)
    shot("agreement-signers")
    signed = alliance_to_change.ask(
        "SELECT s.way, s.proof FROM agreements_signature s JOIN agreements_agreementparty p ON p.id = s.party_id "
        f"JOIN agreements_agreement a ON a.id = p.agreement_id WHERE a.reference = '{reference}' ORDER BY s.way, s.proof"
    )
    assert signed == [("electronic", "second_factor"), ("link", "mail_code"), ("paper", "scan"), ("paper", "scan")]
    assert alliance_to_change.ask(f"SELECT status FROM agreements_agreement WHERE reference = '{reference}'") == [
        ("in_force",)
    ]
    pdf = page.request.get(f"/agreements/{reference}/agreement.pdf")
    assert pdf.body().startswith(b"%PDF-")
