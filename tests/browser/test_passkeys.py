"""An invited person enters by the link, makes a passkey in a browser, signs out, and comes back with the passkey alone."""

import re

import pytest
from playwright.sync_api import CDPSession, Page, expect

from .alliance import Alliance
from .axe import give_axe, violations
from .strictness import SIDEWAYS, TOO_SMALL, WIDTHS


@pytest.fixture
def key(page: Page) -> CDPSession:
    """A key that its holder always confirms, as a telephone does by a finger."""
    give_axe(page.context)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devices


@pytest.fixture
def by_name(alliance: Alliance) -> str:
    """The same server by a name: no passkey belongs to a bare address."""
    return alliance.url.replace("127.0.0.1", "localhost")


def sign_in(page: Page, base: str, account: str) -> None:
    page.goto(f"{base}/sign-in/")
    page.locator("input[name=username]").fill(account)
    page.locator("input[name=password]").fill("five-minute-walk")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/")


def sign_out(page: Page) -> None:
    page.locator(".menu--user summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: not url.endswith("/account/"))


def looked_at(page: Page) -> None:
    for size in WIDTHS.values():
        page.set_viewport_size(size)
        assert page.evaluate(SIDEWAYS) == []
        assert page.evaluate(TOO_SMALL) == []
        assert violations(page) == []


def test_an_invited_person_comes_back_with_a_passkey_alone(
    page: Page, key: CDPSession, by_name: str, alliance_to_change
):
    sign_in(page, by_name, "secretariat")
    page.goto(f"{by_name}/accounts/invite/")
    page.locator("input[name=email]").fill("new.coordinator@college.example")
    page.get_by_role("button", name="Send the invitation").click()
    link = page.locator("#link").input_value()
    looked_at(page)
    sign_out(page)

    page.goto(by_name + re.sub(r"^https?://[^/]+", "", link))
    looked_at(page)
    page.get_by_role("button", name="Enter and make a passkey").click()
    page.wait_for_url("**/account/passkeys/add/")
    looked_at(page)
    page.locator("input[name=name]").fill("Telephone")
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url("**/account/spare-codes/")
    expect(page.locator(".spare-codes li")).to_have_count(10)
    looked_at(page)
    page.goto(f"{by_name}/account/")
    expect(page.locator(".ways")).to_contain_text("Telephone")
    sign_out(page)

    page.goto(f"{by_name}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/desk/")
    expect(page.locator(".menu--user")).to_contain_text("new.coordinator")

    page.goto(f"{by_name}/account/")
    page.get_by_role("link", name="Rename Telephone").click()
    page.locator("input[name=name]").fill("Key on the ring")
    page.get_by_role("button", name="Keep this name").click()
    expect(page.locator(".ways")).to_contain_text("Key on the ring")
    page.get_by_role("link", name="Remove Key on the ring").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator(".ways")).not_to_contain_text("Key on the ring")


def test_a_passkey_that_is_refused_leaves_a_sentence_and_the_password(page: Page, by_name: str):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    page.goto(f"{by_name}/sign-in/")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": False,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[data-passkey-failed]")).to_be_visible()
    assert page.url.endswith("/sign-in/")
