"""A member has left, and the house that it left answers nobody any more: any web server serves its kit, and the page in it verifies."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .alliance import copy_of, run
from .strictness import SIDEWAYS, TOO_SMALL, WIDTHS, watch

ISSUED = """
    SELECT o.reference, c.reference, c.document, c.status FROM credentials_credential c JOIN members_organisation o ON o.id = c.issuer_id
    WHERE c.status IN ('issued', 'revoked') AND c.expires_before IS NULL AND c.document != '' ORDER BY c.reference
"""


@dataclass(frozen=True)
class Left:
    """The address of a plain web server that serves the kit; one certificate in force, and one revoked, which has a page of its own."""

    url: str
    good: str
    revoked: str
    held: str


@pytest.fixture(scope="module")
def left(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    folder, kit = tmp_path_factory.mktemp("house"), tmp_path_factory.mktemp("kit") / "kit"
    with copy_of(loaded, folder) as house:
        rows = house.ask(ISSUED)
        member = next(row[0] for row in rows if row[3] == "revoked")
        texts = {status: text for reference, _number, text, status in reversed(rows) if reference == member}
        run(folder, "leave", member, "--out", str(kit))
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(house.url, timeout=5)
    log = kit.parent / "log"
    words = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(kit / "site")]
    with log.open("w") as told:
        server = subprocess.Popen(words, stdout=told, stderr=told)
    try:
        held = next(
            each.parent.name for each in kit.glob("site/c/*/index.html") if "it is: Revoked" in each.read_text("utf-8")
        )
        yield Left(address_in(log), texts["issued"], texts["revoked"], f"/c/{held}/")
    finally:
        server.terminate()
        server.wait(20)


def address_in(log: Path) -> str:
    for _ in range(200):
        if "(http://" in (said := log.read_text()):
            return said.partition("(")[2].partition("/)")[0]
        time.sleep(0.05)
    raise AssertionError(log.read_text())


@pytest.fixture
def visitor(browser: Browser, left: Left) -> Iterator[Page]:
    """Of an employer in a third country, on a phone."""
    context = browser.new_context(viewport=WIDTHS["phone"], base_url=left.url)
    page = context.new_page()
    wrong = watch(page, left.url)
    page.goto("/")
    page.get_by_role("link", name="verify/", exact=True).click()
    expect(page.locator("#age")).to_contain_text("What was revoked after that is not known here")
    yield page
    # The icon of the tab, which a plain server does not have.
    assert [each for each in wrong if "favicon" not in each] == []
    context.close()


def asked(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Verify").click()
    expect(page.locator("#answer")).to_be_visible()


def test_the_kit_alone_tells_genuine_revoked_and_changed_apart(visitor: Page, left: Left, shot):
    sent: list[str] = []
    visitor.on("request", lambda request: sent.append(request.url))
    asked(visitor, left.good)
    expect(visitor.locator("#verdict")).to_have_text("Genuine and in force")
    expect(visitor.locator("dt", has_text="passed")).to_have_count(6)
    assert visitor.evaluate(SIDEWAYS) == []
    shot("kit-verify", visitor)
    asked(visitor, left.revoked)
    expect(visitor.locator("#verdict")).to_have_text("Genuine, but revoked. Do not rely on it.")
    asked(visitor, json.dumps(json.loads(left.good) | {"name": "Master of everything"}))
    expect(visitor.locator("#verdict")).to_have_text("Changed after it was signed. Do not rely on it.")
    expect(visitor.locator("#answer")).not_to_contain_text("Master of everything")
    asked(visitor, left.good.replace("ilstc.example", "elsewhere.example"))
    expect(visitor.locator("#verdict")).to_have_text("We do not know the issuer")
    assert sent == []


def test_a_list_that_somebody_altered_on_the_server_is_not_believed(visitor: Page, left: Left):
    def alter(route) -> None:
        answer = route.fetch()
        route.fulfill(body=answer.text().replace('"validFrom":"20', '"validFrom":"19', 1))

    visitor.route("**/status/*/*/", alter)
    visitor.reload()
    asked(visitor, left.good)
    expect(visitor.locator("#verdict")).to_have_text("Changed after it was signed. Do not rely on it.")


def test_a_register_of_somebody_else_verifies_nothing(visitor: Page):
    visitor.route("**/issuers.json", lambda route: route.fulfill(body=json.dumps({"type": "RegisterOfIssuers"})))
    visitor.reload()
    expect(visitor.locator("#age")).to_contain_text("Nothing can be verified here")


VERDICTS = {
    "zh-CN": ("zh-Hans", "ltr", "真实有效"), "lo-LA": ("lo", "ltr", "ແທ້ ແລະ ມີຜົນໃຊ້ໄດ້"), "ur-PK": ("ur", "rtl", "اصلی"),
    "km-KH": ("km", "ltr", "ពិតប្រាកដ និងមានសុពលភាព"), "fr-FR": ("en", "ltr", "Genuine and in force"),
}  # fmt: skip


@pytest.mark.parametrize("locale", VERDICTS)
def test_the_kit_speaks_the_language_of_the_browser(browser: Browser, left: Left, locale: str, shot):
    tag, direction, verdict = VERDICTS[locale]
    context = browser.new_context(viewport=WIDTHS["phone"], base_url=left.url, locale=locale)
    page = context.new_page()
    wrong = watch(page, left.url)
    for place in ("/", left.held, "/verify/"):
        page.goto(place)
        expect(page.locator("html")).to_have_attribute("lang", tag)
        expect(page.locator("html")).to_have_attribute("dir", direction)
        expect(page.locator("h1:visible")).to_have_count(1)
        assert page.evaluate(SIDEWAYS) == [] and page.evaluate(TOO_SMALL) == []
        assert page.evaluate("scrollY") == 0
        shot(f"kit-{place.strip('/').partition('/')[0] or 'index'}-{tag}", page)
    asked_in(page, left.good)
    expect(page.locator("#verdict")).to_contain_text(verdict)
    assert page.locator("#checks").inner_text().count("%(") == 0
    shot(f"kit-verdict-{tag}", page)
    # Another one is chosen: the verdict that stands there is told again, and the other pages keep the choice.
    page.locator("nav a[hreflang=lo]").click()
    expect(page.locator("#verdict")).to_contain_text(VERDICTS["lo-LA"][2])
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    page.goto(left.held)
    expect(page.locator("html")).to_have_attribute("lang", "lo")
    assert [each for each in wrong if "favicon" not in each] == []
    context.close()


def asked_in(page: Page, text: str) -> None:
    """In whatever language the page is."""
    page.locator("#text").fill(text)
    page.locator("#ask button").click()
    expect(page.locator("#answer")).to_be_visible()


def test_without_a_script_the_links_alone_choose_the_language(browser: Browser, left: Left):
    context = browser.new_context(
        viewport=WIDTHS["phone"], base_url=left.url, java_script_enabled=False, locale="lo-LA"
    )
    page = context.new_page()
    for place in ("/", left.held):
        page.goto(place)
        expect(page.locator("main > section:visible")).to_have_attribute("lang", "en")
        for tag in ("ur", "zh-Hans", "km"):
            page.locator(f"nav a[hreflang={tag}]").click()
            expect(page.locator("main > section:visible")).to_have_attribute("lang", tag)
    page.goto("/verify/")
    expect(page.locator("noscript p, main p[lang]").first).to_be_visible()
    context.close()
