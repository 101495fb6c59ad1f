"""An employer asks whether a certificate is genuine: by file, by pasted text, by address, on a phone."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .alliance import Alliance
from .strictness import WIDTHS


def document_of(alliance: Alliance, where: str) -> str:
    return alliance.ask(f"SELECT document FROM credentials_credential WHERE {where} ORDER BY id LIMIT 1")[0][0]


def token_of(alliance: Alliance, where: str) -> str:
    return alliance.ask(f"SELECT token FROM credentials_credential WHERE {where} ORDER BY id LIMIT 1")[0][0]


def paste(page: Page, text: str) -> None:
    page.goto("/verify/")
    page.get_by_label(re.compile("^Or an address")).fill(text)
    page.get_by_role("button", name="Verify").click()
    expect(page.locator(".verdict")).to_be_visible()


@pytest.fixture
def phone(strict_page: Page) -> Page:
    strict_page.set_viewport_size(WIDTHS["phone"])
    return strict_page


GOOD = "reference = 'CRD-2023-0052'"


def test_an_employer_verifies_a_file(phone: Page, alliance: Alliance, tmp_path: Path, shot):
    file = tmp_path / "certificate.json"
    file.write_text(document_of(alliance, GOOD), encoding="utf-8")
    phone.goto("/")
    phone.locator("a[href='/verify/']:visible").first.click()
    phone.get_by_label(re.compile("^A file")).set_input_files(file)
    phone.get_by_role("button", name="Verify").click()
    expect(phone.locator(".verdict")).to_contain_text("Nothing in it was changed, and it has not been revoked")
    for check in ("Signature", "Issuer", "Entitled", "Dates", "Status", "Form"):
        expect(phone.locator(".checks")).to_contain_text(re.compile(check, re.IGNORECASE))
    shot("verify-genuine")


def test_the_pdf_that_the_holder_sends_verifies_as_it_is(phone: Page, alliance: Alliance, tmp_path: Path):
    file = tmp_path / "certificate.pdf"
    file.write_bytes(phone.request.get(f"/c/{token_of(alliance, GOOD)}/certificate.pdf").body())
    phone.goto("/verify/")
    phone.get_by_label(re.compile("^A file")).set_input_files(file)
    phone.get_by_role("button", name="Verify").click()
    expect(phone.locator(".verdict")).to_contain_text("Nothing in it was changed")


def test_an_address_and_a_pasted_text_give_the_same_answer(phone: Page, alliance: Alliance):
    paste(phone, f"https://ilstc.example/c/{token_of(alliance, GOOD)}/")
    by_address = phone.locator(".verdict").inner_text()
    paste(phone, document_of(alliance, GOOD))
    assert phone.locator(".verdict").inner_text() == by_address


@pytest.mark.parametrize(
    ("name", "where", "said"),
    [
        ("revoked", "status = 'revoked'", "revoked"),
        ("suspended", "status = 'suspended'", "suspended"),
        ("expired", "expires_before < '2024-02-02'", "expired|ended|no longer"),
    ],
)
def test_what_is_no_longer_good_is_told_apart(phone: Page, alliance: Alliance, shot, name: str, where: str, said: str):
    paste(phone, document_of(alliance, where))
    expect(phone.locator(".verdict")).to_contain_text(re.compile(said, re.IGNORECASE))
    shot(f"verify-{name}")


def test_a_changed_letter_is_found(phone: Page, alliance: Alliance, shot):
    changed = json.loads(document_of(alliance, GOOD))
    changed["credentialSubject"]["achievement"]["name"] = "Master of everything"
    paste(phone, json.dumps(changed))
    expect(phone.locator(".verdict")).to_contain_text("The signature does not fit this file")
    assert "Master of everything" not in phone.locator("#main section:not(:has(form))").all_inner_texts()
    shot("verify-tampered")


def test_an_issuer_outside_the_register_is_unknown(phone: Page, alliance: Alliance, shot):
    foreign = document_of(alliance, GOOD).replace("ilstc.example", "elsewhere.example")
    paste(phone, foreign)
    expect(phone.locator("#h-verdict")).to_have_text("We do not know the issuer")
    shot("verify-unknown")


def test_what_is_no_certificate_is_answered_in_place(phone: Page):
    paste(phone, '{"broken": ')
    expect(phone.locator(".verdict")).to_be_visible()
    phone.goto("/verify/")
    phone.get_by_label(re.compile("^Or an address")).fill("https://ilstc.example/c/0000000000000000000000/")
    phone.get_by_role("button", name="Verify").click()
    expect(phone.locator(".refusal, .errorlist, [role=alert]").first).to_be_visible()
