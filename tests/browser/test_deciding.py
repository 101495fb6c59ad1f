"""An assessor decides unit by unit, and makes decisions final."""

import re

from playwright.sync_api import Page, expect

from .alliance import Alliance

UNIT = "/cohorts/LGTC-VI-2024-A/decisions/VI-01/"
DECISIONS = """
SELECT d.status, count(*) FROM assessment_decision d
JOIN training_enrolment e ON e.id = d.enrolment_id JOIN training_cohort c ON c.id = e.cohort_id
WHERE c.reference = 'LGTC-VI-2024-A' GROUP BY d.status
"""


def test_an_assessor_decides_and_makes_it_final(strict_page: Page, alliance_to_change: Alliance, be, shot):
    page, before = strict_page, dict(alliance_to_change.ask(DECISIONS))
    be("assessor")
    page.goto("/desk/")
    page.locator("#main a[href^='/cohorts/LGTC-VI-2024-A/decisions/']").first.click()
    page.goto(UNIT)
    waiting = page.locator("section:has(#h-open) fieldset")
    to_decide = waiting.count()
    assert to_decide == 16
    waiting.nth(0).get_by_text("Competent", exact=True).click()
    waiting.nth(1).get_by_text("Not yet", exact=True).click()
    page.get_by_role("button", name="Record these decisions").click()
    expect(waiting).to_have_count(to_decide - 2)
    shot("decisions-recorded")
    page.get_by_role("button", name=re.compile(r"^Make 14 decisions final")).click()
    expect(page.locator("#main")).to_contain_text("14 decisions are final now")
    after = dict(alliance_to_change.ask(DECISIONS))
    assert after["final"] - before["final"] == 14
    assert sum(after.values()) - sum(before.values()) == 2


def test_a_decision_is_changed_with_its_criteria_until_it_is_final(strict_page: Page, alliance_to_change: Alliance, be):
    page = strict_page
    be("assessor")
    page.goto(UNIT)
    row = page.locator("#main li:has-text('Not final yet') a").first
    row.click()
    page.get_by_label(re.compile("^(Note|Evidence|What was seen)", re.IGNORECASE)).first.fill(
        "Seen on the line, three vehicles."
    )
    page.locator("#main form button[type=submit]").first.click()
    page.wait_for_url(f"**{UNIT}")
    noted = "SELECT count(*) FROM assessment_decision WHERE evidence_note = 'Seen on the line, three vehicles.'"
    assert alliance_to_change.ask(noted) == [(1,)]
