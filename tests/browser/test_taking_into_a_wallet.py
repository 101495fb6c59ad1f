"""A holder takes a certificate into a wallet that nobody here wrote: by the code and the digits that stand on the page, over TLS, once."""

from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.outside.loopback import NODE, take, tls_before

from .alliance import Alliance
from .strictness import SIDEWAYS, TOO_SMALL
from .test_verifying import paste

pytestmark = pytest.mark.skipif(NODE is None, reason="there is no node here to run the outside wallet")
HELD = "CRD-2023-0052"
TAKEN = "Certificate taken into a wallet"


def seen_code(page: Page) -> str:
    """What the camera of a phone reads on the page."""
    picture = Image.open(BytesIO(page.locator(".wallet-code").screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text


def test_what_the_page_shows_gives_the_certificate_to_one_wallet_once(
    strict_page: Page, alliance_to_change: Alliance, be, tmp_path: Path, shot
):
    page = strict_page
    be("learner")
    page.goto("/my-certificates/")
    page.get_by_role("link", name=HELD).click()
    expect(page.locator("#main")).not_to_contain_text(TAKEN)
    page.get_by_role("link", name="Take it into a wallet").click()
    page.get_by_role("button", name="Make an offer").click()
    read, digits = seen_code(page), page.locator(".wallet-digits").inner_text().strip()
    # On a phone the wallet is on the same device: the link and the code say the same.
    assert page.get_by_role("link", name="The wallet is on this device").get_attribute("href") == read
    assert page.evaluate(SIDEWAYS) == [] and page.evaluate(TOO_SMALL) == []
    shot("wallet-offer")

    with tls_before(alliance_to_change.url, tmp_path, host="ilstc.example") as front:
        mistyped = take(front.pem, read, f"{(int(digits) + 1) % 1_000_000:06}", at=front.place)
        assert mistyped["error"] == "invalid_grant", mistyped
        taken = take(front.pem, read, digits, at=front.place)
        assert "credential" in taken, taken
        again = take(front.pem, read, digits, at=front.place)
        assert again["error"] == "invalid_grant", again

    page.get_by_role("link", name=HELD).click()
    expect(page.locator("#main")).to_contain_text(TAKEN)
    shot("wallet-taken")
    page.get_by_role("link", name="Take it into a wallet").click()
    expect(page.locator("#main")).to_contain_text(TAKEN)
    expect(page.locator(".wallet-digits")).to_have_count(0)
    paste(page, taken["credential"])
    expect(page.locator(".verdict")).to_contain_text("Genuine and in force")
