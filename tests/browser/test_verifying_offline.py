"""An employer's phone verifies by itself: without a network, by its camera, with keys and lists from a file; and tells nobody."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from corridor.rooms.credentials.proofs.jwk import jwk_of
from tests.rooms.credentials.proofs.strangers import KEYS, badge_of, did_jwk, message, token

from .alliance import Alliance
from .conftest import QUIET, chromium
from .strictness import SIDEWAYS, TOO_SMALL, WIDTHS, watch
from .test_verifying import GOOD, document_of, token_of

KEPT = "caches.match('/verify/').then(Boolean)"
ON_THE_DEVICE = re.compile("^Keys and lists of .* are on this device")
BUNDLE = "**/verify/bundle.json"
FRAME = (1280, 720)


def asked(page: Page, text: str) -> None:
    page.get_by_label(re.compile("^Or an address")).fill(text)
    page.get_by_role("button", name="Verify", exact=True).click()
    expect(page.locator("#h-verdict")).to_be_visible(timeout=20_000)


@pytest.fixture
def phone(browser: Browser, alliance: Alliance) -> Iterator[Page]:
    """Of somebody without an account, who opened the page once."""
    context = browser.new_context(viewport=WIDTHS["phone"], base_url=alliance.url, has_touch=True)
    page = context.new_page()
    wrong = watch(page, alliance.url)
    page.goto("/verify/")
    expect(page.locator("[data-vf-age]")).to_have_text(ON_THE_DEVICE, timeout=20_000)
    page.wait_for_function("navigator.serviceWorker.ready.then((found) => Boolean(found.active))")
    page.wait_for_function(KEPT)
    yield page
    assert [each for each in wrong if "Failed to fetch" not in each] == []
    context.close()


def test_without_a_network_certificates_are_told_apart_and_nobody_is_told(phone: Page, alliance: Alliance, shot):
    phone.context.set_offline(True)
    phone.reload()
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.url))
    asked(phone, document_of(alliance, GOOD))
    expect(phone.locator("#h-verdict")).to_have_text("Genuine and in force")
    expect(phone.locator(".check")).to_have_count(6)
    expect(phone.locator("[data-vf-known]")).to_contain_text("What was revoked after that is not known here")
    phone.get_by_label("Your country").select_option("LA")
    expect(phone.locator("[data-vf-here]")).to_contain_text("Certificate of an institution")
    phone.get_by_label("Your country").select_option("FR")
    expect(phone.locator("[data-vf-here]")).to_contain_text("No statement about France is known here")
    assert phone.evaluate(SIDEWAYS) == []
    assert phone.evaluate(TOO_SMALL) == []
    shot("verify-without-a-network", phone)
    asked(phone, document_of(alliance, "status = 'revoked'"))
    expect(phone.locator("#h-verdict")).to_have_text(re.compile("revoked"))
    changed = json.loads(document_of(alliance, GOOD)) | {"name": "Master of everything"}
    asked(phone, json.dumps(changed))
    expect(phone.locator("#h-verdict")).to_have_text(re.compile("^Changed after it was signed"))
    assert "Master of everything" not in phone.locator("[data-vf-answer]").inner_text()
    asked(phone, document_of(alliance, GOOD).replace("ilstc.example", "elsewhere.example"))
    expect(phone.locator("#h-verdict")).to_have_text("We do not know the issuer")
    # Fonts and icons, which everybody asks for, and the bundle.
    assert [each for each in sent if "/static/" not in each and not each.endswith("/verify/bundle.json")] == []


@pytest.mark.parametrize("alg", ["RS256", "PS256", "ES384"])
def test_badges_of_strangers_are_told_genuine_without_a_network(phone: Page, tmp_path: Path, alg: str, shot):
    phone.context.set_offline(True)
    phone.reload()
    did = did_jwk(KEYS[alg])
    text = token(badge_of(did), alg=alg, kid=f"{did}#0")
    asked(phone, text)
    expect(phone.locator("#h-verdict")).to_have_text(
        re.compile("^Genuine signature, but the issuer is not in this register")
    )
    assert phone.evaluate(SIDEWAYS) == []
    asked(phone, token(badge_of("https://guild.example/issuers/5"), alg=alg, jwk=jwk_of(KEYS[alg].public_key())))
    expect(phone.locator("[data-vf-answer]")).to_contain_text("The signature fits the key that came with the token.")
    shot(f"verify-a-stranger-{alg.lower()}", phone)
    broken = f"{text[:-8]}{'A' * 8}"
    asked(phone, broken)
    expect(phone.locator("#h-verdict")).to_have_text(re.compile("^Changed after it was signed"))
    file = tmp_path / "badge.cose"
    file.write_bytes(message(badge_of(did), alg=alg, _4=f"{did}#0".encode()))
    phone.get_by_label(re.compile("^Or an address")).fill("")
    phone.locator("input[type=file][name=file]").set_input_files(file)
    phone.get_by_role("button", name="Verify", exact=True).click()
    expect(phone.locator("#h-verdict")).to_have_text(re.compile("^Genuine signature, but"))


def test_what_is_old_says_how_old_it_is(phone: Page, alliance: Alliance):
    phone.context.set_offline(True)
    phone.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=3))
    phone.reload()
    asked(phone, document_of(alliance, GOOD))
    expect(phone.locator("#h-verdict")).to_have_text(re.compile("^Genuine, and in force on "))
    expect(phone.locator("[data-vf-known]")).to_contain_text("3 days ago")
    expect(phone.locator(".verdict--offline")).to_be_visible()


@pytest.mark.parametrize("trouble", ["slow", "broken"])
def test_a_house_that_is_slow_or_broken_holds_nobody_up(phone: Page, alliance: Alliance, trouble: str):
    if trouble == "slow":
        phone.route(BUNDLE, lambda route: phone.wait_for_timeout(1))  # it is never answered
    else:
        phone.route(BUNDLE, lambda route: route.fulfill(status=503, body="Not now"))
    phone.clock.install(time=datetime.now(UTC) + timedelta(hours=2))
    asked(phone, document_of(alliance, GOOD))
    expect(phone.locator("#h-verdict")).to_have_text("Genuine and in force")
    expect(phone.locator("[data-vf-known]")).to_contain_text("What was revoked after that is not known here")


def test_keys_and_lists_come_by_a_file_and_never_from_a_stranger(
    context: BrowserContext, phone: Page, alliance: Alliance, tmp_path: Path
):
    with phone.expect_download() as waiting:
        phone.get_by_role("button", name="Save keys and lists as a file").click()
    saved = tmp_path / "verifier-bundle.json"
    waiting.value.save_as(saved)
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(json.loads(saved.read_text()) | {"statusLists": []}))
    # Another device, to which the alliance's bundle never came.
    page = context.new_page()
    page.route(BUNDLE, lambda route: route.abort())
    page.goto("/verify/")
    page.get_by_label(re.compile("^Or an address")).fill(document_of(alliance, GOOD))
    page.get_by_role("button", name="Verify", exact=True).click()
    expect(page.locator("[data-vf-note]")).to_contain_text("Nothing from the alliance is on this device yet")
    by_file = page.get_by_label(re.compile("^Open a file with keys and lists"))
    by_file.set_input_files(forged)
    expect(page.locator("[data-vf-note]")).to_contain_text("not signed by this alliance")
    by_file.set_input_files(saved)
    expect(page.locator("[data-vf-note]")).to_contain_text("were taken from the file")
    asked(page, document_of(alliance, GOOD))
    expect(page.locator("#h-verdict")).to_have_text("Genuine and in force")


def film_of(pdf: bytes, folder: Path) -> tuple[Path, str]:
    """What a camera sees that is held over the code of a printed certificate, and what the code holds."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=6).to_pil().convert("RGB")
    (code, *_others) = zxingcpp.read_barcodes(page)
    corners = (code.position.top_left, code.position.bottom_right)
    box = (corners[0].x - 60, corners[0].y - 60, corners[1].x + 60, corners[1].y + 60)
    seen = page.crop(box).resize((640, 640), Image.Resampling.LANCZOS)
    frame = Image.new("RGB", FRAME, "white")
    frame.paste(seen, ((FRAME[0] - 640) // 2, 40))
    film = folder / "film.mjpeg"
    frame.save(film, format="JPEG", quality=95)
    return film, code.text


def test_the_camera_reads_the_code_of_a_printed_certificate_without_a_network(
    browser_type: BrowserType, phone: Page, alliance: Alliance, tmp_path: Path
):
    pdf = phone.request.get(f"/c/{token_of(alliance, GOOD)}/certificate.pdf").body()
    film, held = film_of(pdf, tmp_path)
    assert "#P1." in held
    camera = [
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"
    ]  # fmt: skip
    browser = browser_type.launch(executable_path=chromium(), args=[*QUIET, *camera])
    context = browser.new_context(viewport=WIDTHS["phone"], base_url=alliance.url, permissions=["camera"])
    page = context.new_page()
    wrong = watch(page, alliance.url)
    page.goto("/verify/")
    expect(page.locator("[data-vf-age]")).to_have_text(ON_THE_DEVICE, timeout=20_000)
    page.wait_for_function(KEPT)
    context.set_offline(True)
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.locator("#h-verdict")).to_have_text("Genuine and in force", timeout=20_000)
    expect(page.locator("[data-vf-side]")).to_contain_text("CRD-2023-0052")
    expect(page.locator("[data-vf-side]")).to_contain_text("Compare each line with the paper")
    assert wrong == []
    browser.close()


def test_a_paper_of_one_unit_that_two_members_signed_is_read_without_a_network(phone: Page, alliance: Alliance, shot):
    pdf = phone.request.get(f"/c/{token_of(alliance, "reference = 'CRD-2024-0030'")}/certificate.pdf").body()
    (code, *_others) = zxingcpp.read_barcodes(pypdfium2.PdfDocument(pdf)[0].render(scale=6).to_pil().convert("RGB"))
    phone.context.set_offline(True)
    asked(phone, code.text)
    expect(phone.locator("#h-verdict")).to_have_text("Genuine and in force")
    side = phone.locator("[data-vf-side]")
    expect(side.locator("div", has_text="Kind")).to_contain_text("One unit")
    expect(side.locator("div", has_text="Signed together with")).to_contain_text(
        "Chongqing Industry Polytechnic College"
    )
    assert phone.evaluate(SIDEWAYS) == []
    shot("paper-of-a-unit-without-a-network", phone)
