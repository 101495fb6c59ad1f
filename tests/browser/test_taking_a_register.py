"""A trainer takes the register of forty on a phone, with scripts and without, and signs it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .alliance import Alliance
from .strictness import SIDEWAYS, WIDTHS, watch

TODAY = "/cohorts/LGTC-VI-2024-A/sessions/39/"
MARKS = """
SELECT e.number, a.mark FROM training_attendance a
JOIN training_session s ON s.id = a.session_id JOIN training_cohort c ON c.id = s.cohort_id
JOIN training_enrolment e ON e.id = a.enrolment_id
WHERE c.reference = 'LGTC-VI-2024-A' AND s.number = 39 ORDER BY e.number
"""


def test_a_trainer_finds_todays_register_takes_it_and_signs_it(
    strict_page: Page, alliance_to_change: Alliance, be, shot
):
    page = strict_page
    page.set_viewport_size(WIDTHS["phone"])
    be("trainer")
    page.goto("/desk/")
    page.locator(f"#main a[href='{TODAY}']").first.click()
    expect(page.locator(".tile-in")).to_have_count(40)
    assert page.evaluate(SIDEWAYS) == []
    page.locator("label[for=s7]").click()
    page.locator("label[for=s12]").click()
    late = page.locator("[data-exception=s12]")
    expect(late).to_be_visible()
    expect(page.locator("[data-exception=s8]")).to_be_hidden()
    late.get_by_text("Late", exact=True).click()
    expect(page.locator("label[for=s12] .tile-mark")).to_have_text("Late")
    shot("register-being-taken")
    page.get_by_role("button", name="Save the register").click()
    expect(
        page.locator("[role=status], .note, .message").filter(has_text="The register is saved").first
    ).to_be_visible()
    page.get_by_role("link", name="Read and sign").click()
    shot("register-before-signing")
    page.get_by_role("button", name=re.compile("^Sign: 38 on time, 2 exceptions")).click()
    expect(page.locator("#main")).to_contain_text("It counts, and is locked from")
    marks = dict(alliance_to_change.ask(MARKS))
    assert len(marks) == 40
    assert {number: mark for number, mark in marks.items() if mark != "present"} == {7: "absent", 12: "late"}


def test_a_phone_without_scripts_takes_the_same_register(browser: Browser, alliance_to_change: Alliance):
    context = browser.new_context(java_script_enabled=False, viewport=WIDTHS["phone"], base_url=alliance_to_change.url)
    session = alliance_to_change.session_of("trainer")
    context.add_cookies([{"name": "sessionid", "value": session, "url": alliance_to_change.url}])
    page = context.new_page()
    wrong = watch(page, alliance_to_change.url)
    page.goto(TODAY)
    page.locator("label[for=s7]").click()
    page.locator("label[for=s12]").click()
    page.get_by_role("button", name="Save the register").click()
    page.locator("[data-exception=s12]").get_by_text("Excused", exact=True).click()
    page.get_by_role("button", name="Save again").click()
    page.get_by_role("link", name="Read and sign").click()
    page.get_by_role("button", name=re.compile("^Sign: 38 on time, 2 exceptions")).click()
    expect(page.locator("#main")).to_contain_text("It counts, and is locked from")
    marks = dict(alliance_to_change.ask(MARKS))
    assert {number: mark for number, mark in marks.items() if mark != "present"} == {7: "absent", 12: "excused"}
    assert wrong == []
    context.close()


def test_two_trainers_at_one_register_are_both_shown_to_the_second(strict_page: Page, alliance_to_change: Alliance, be):
    be("trainer")
    strict_page.goto(TODAY)
    other = strict_page.context.new_page()
    other.goto(TODAY)
    other.locator("label[for=s3]").click()
    other.get_by_role("button", name="Save the register").click()
    expect(other.get_by_role("link", name="Read and sign")).to_be_visible()
    strict_page.locator("label[for=s9]").click()
    with strict_page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        strict_page.get_by_role("button", name="Save the register").click()
    assert answered.value.status == 409
    expect(strict_page.locator("#main")).to_contain_text(re.compile(r"\b9\b"))
    assert {number: mark for number, mark in alliance_to_change.ask(MARKS) if mark != "present"} == {3: "absent"}


@pytest.mark.parametrize("account", ["assessor", "manager-vientiane"])
def test_who_does_not_teach_reads_the_register_and_takes_none(strict_page: Page, alliance: Alliance, be, account: str):
    be(account)
    strict_page.goto(TODAY)
    expect(strict_page.locator("h1")).to_be_visible()
    assert strict_page.locator("#main button[type=submit]").count() == 0
