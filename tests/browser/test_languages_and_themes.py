"""A reader changes the language and the light; Lao fits a phone; and Urdu runs from right to left."""

import re

import pytest
from playwright.sync_api import Page, expect

from .alliance import Alliance
from .axe import give_axe, violations
from .strictness import SIDEWAYS, WIDTHS

# Of the first name that ends in a dot: where its first letter and its dot begin, and how far from the edge where lines begin it stands.
ENDS_IN_A_DOT = """() => {
  const named = [...document.querySelectorAll("tbody th [lang=en]")].find((each) => each.textContent.trim().endsWith("."));
  const text = named.firstChild, range = document.createRange();
  const at = (place) => { range.setStart(text, place); range.setEnd(text, place + 1); return range.getBoundingClientRect(); };
  const cell = named.closest("th").getBoundingClientRect();
  return [at(0).left, at(text.length - 1).left, cell.right - named.getBoundingClientRect().right];
}"""
PUBLIC = (
    "/",
    "/members/",
    "/announcements/",
    "/figures/",
    "/verify/",
    "/sites/wks-vientiane/",
    "/programmes/panda-college/",
)


def test_a_reader_changes_the_language_and_stays_where_they_are(strict_page: Page):
    strict_page.goto("/members/?on=2023-01-31")
    for own_name, tag in (("中文", "zh"), ("ລາວ", "lo"), ("اردو", "ur"), ("English", "en")):
        strict_page.locator(".foot").get_by_role("button", name=own_name, exact=True).click()
        expect(strict_page.locator("html")).to_have_attribute("lang", re.compile(f"^{tag}"))
        assert strict_page.url.endswith("/members/?on=2023-01-31")


def test_light_and_dark_are_chosen_and_kept(strict_page: Page):
    strict_page.goto("/")
    strict_page.locator(".foot").get_by_role("button", name="Dark").click()
    expect(strict_page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    dark = strict_page.evaluate("getComputedStyle(document.body).backgroundColor")
    strict_page.goto("/figures/")
    assert strict_page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    strict_page.locator(".foot").get_by_role("button", name="Light").click()
    expect(strict_page.locator("html")).to_have_attribute("data-bs-theme", "light")
    assert strict_page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


def test_the_device_decides_until_the_reader_does(strict_page: Page):
    strict_page.emulate_media(color_scheme="dark")
    strict_page.goto("/")
    expect(strict_page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    strict_page.emulate_media(color_scheme="light")
    expect(strict_page.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_the_register_is_taken_in_lao(strict_page: Page, alliance: Alliance, be, shot):
    be("trainer")
    strict_page.set_viewport_size(WIDTHS["phone"])
    strict_page.context.add_cookies([{"name": "language", "value": "lo", "url": alliance.url}])
    strict_page.goto("/cohorts/LGTC-VI-2024-A/sessions/39/")
    expect(strict_page.locator("html")).to_have_attribute("lang", "lo")
    button = strict_page.locator(".dock button[type=submit]").inner_text()
    assert any("\u0e80" <= letter <= "\u0eff" for letter in button), button
    expect(strict_page.locator(".tile-in")).to_have_count(40)
    assert strict_page.evaluate(SIDEWAYS) == []
    shot("register-lo")


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_in_urdu_runs_from_right_to_left(strict_page: Page, alliance: Alliance, address: str, width: str):
    give_axe(strict_page.context)
    strict_page.set_viewport_size(WIDTHS[width])
    strict_page.context.add_cookies([{"name": "language", "value": "ur", "url": alliance.url}])
    strict_page.goto(address)
    assert strict_page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert strict_page.evaluate(SIDEWAYS) == []
    assert violations(strict_page) == []


def test_a_latin_name_in_a_page_in_urdu_keeps_its_own_direction(strict_page: Page, alliance: Alliance):
    strict_page.set_viewport_size(WIDTHS["desktop"])
    strict_page.context.add_cookies([{"name": "language", "value": "ur", "url": alliance.url}])
    strict_page.goto("/members/")
    first_letter, dot, from_the_edge = strict_page.evaluate(ENDS_IN_A_DOT)
    assert first_letter < dot
    assert 0 <= from_the_edge < 30


def test_what_is_typed_in_a_page_in_urdu_runs_in_its_own_direction(strict_page: Page, alliance: Alliance):
    strict_page.context.add_cookies([{"name": "language", "value": "ur", "url": alliance.url}])
    strict_page.goto("/apply/again/")
    expect(strict_page.locator("[name=reference]")).to_have_css("unicode-bidi", "plaintext")
