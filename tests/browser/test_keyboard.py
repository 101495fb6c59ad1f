"""Without a mouse: sign in, skip to the content, open and close a menu, take a register and sign it."""

import re

from playwright.sync_api import Page, expect

from .alliance import PASSWORD, Alliance

FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  return {text: (at.textContent || at.name || "").trim(), shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2};
}"""


def tab_to(page: Page, wanted: str, *, at_most: int = 80) -> None:
    """Tab until the wanted element has the focus; everything on the way shows where it is."""
    for _step in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            assert page.evaluate(FOCUS)["shown"], f"nothing shows that {wanted} has the focus"
            return
    raise AssertionError(f"{wanted} is not reached in {at_most} steps")


def test_a_trainer_signs_in_takes_the_register_and_signs_it(strict_page: Page, alliance_to_change: Alliance):
    page = strict_page
    page.goto("/sign-in/")
    tab_to(page, "input[name=username]")
    page.keyboard.type("trainer")
    tab_to(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    tab_to(page, "#main a[href='/cohorts/LGTC-VI-2024-A/sessions/39/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions/39/")
    tab_to(page, "#s4")
    page.keyboard.press("Space")
    expect(page.locator("[data-exception=s4]")).to_be_visible()
    tab_to(page, "input[name=x4]")
    page.keyboard.press("ArrowRight")
    assert page.locator("input[name=x4]:checked").get_attribute("value") == "late"
    tab_to(page, ".dock button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Read and sign")).to_be_visible()
    tab_to(page, ".dock a[href$='/sign/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign/")
    tab_to(page, ".dock button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_contain_text("It counts, and is locked from")


def test_the_first_step_skips_to_the_content(strict_page: Page):
    strict_page.goto("/members/")
    strict_page.keyboard.press("Tab")
    assert strict_page.evaluate(FOCUS)["text"] == "Skip to the content"
    strict_page.keyboard.press("Enter")
    strict_page.wait_for_url("**#main")
    strict_page.keyboard.press("Tab")
    assert strict_page.evaluate("document.activeElement.closest('#main') !== null")


def test_a_menu_opens_and_closes_and_gives_the_focus_back(strict_page: Page, be):
    be("secretariat")
    strict_page.goto("/desk/")
    tab_to(strict_page, ".menu--user summary")
    strict_page.keyboard.press("Enter")
    expect(strict_page.get_by_role("link", name="My profile").first).to_be_visible()
    strict_page.keyboard.press("Escape")
    expect(strict_page.locator(".menu--user ul")).to_be_hidden()
    assert strict_page.evaluate("document.activeElement.matches('.menu--user summary')")


def test_the_phones_menu_leads_everywhere(strict_page: Page):
    strict_page.set_viewport_size({"width": 360, "height": 760})
    strict_page.goto("/")
    tab_to(strict_page, ".menu--phone summary")
    strict_page.keyboard.press("Enter")
    tab_to(strict_page, ".menu--phone a[href='/figures/']")
    strict_page.keyboard.press("Enter")
    strict_page.wait_for_url(re.compile(r"/figures/$"))
