"""From a number to what it stands on: a visitor to a member's record, an auditor to persons' rows, their marks and the paper."""

import re

from playwright.sync_api import Page, expect

FIGURE = "/figures/members.active/?on=2024-01-18"
PERSONS = "/figures/training.persons_completed/?brand=panda&kind=teacher&to=2024-01-18"


def test_a_visitor_walks_from_the_first_page_to_a_members_record(strict_page: Page, shot):
    strict_page.goto("/")
    strict_page.locator("#main a.num[href^='/figures/members.active']").first.click()
    strict_page.wait_for_url("**/figures/members.active/**")
    strict_page.goto(FIGURE)
    expect(strict_page.locator("#main")).to_contain_text("164")
    strict_page.locator("#main a[href*='/evidence/']").first.click()
    expect(strict_page.locator("#rows, .walk").first).to_contain_text("164 rows of evidence")
    strict_page.locator(".walk tbody tr a[href*='record=']").first.click()
    record = strict_page.locator("#record, .walk").last
    expect(record).to_be_visible()
    shot("walk-visitor-record")
    strict_page.get_by_role("link", name="Open its own page").click()
    assert re.search(r"/members/[\w-]+/$", strict_page.url)
    expect(strict_page.locator("h1")).to_be_visible()


def test_a_visitor_reads_counts_by_cohort_where_the_rows_are_persons(strict_page: Page):
    strict_page.goto(PERSONS)
    expect(strict_page.locator("#main")).to_contain_text("240")
    strict_page.locator("#main a[href*='/evidence/']").first.click()
    expect(strict_page.locator("#main")).to_contain_text("250 rows are about persons and are not shown to you")
    expect(strict_page.get_by_role("heading", name="Counts by cohort")).to_be_visible()
    assert strict_page.locator(".walk a[href*='record=']").count() == 0
    assert "P-0" not in strict_page.locator("#main").inner_text()


def test_an_auditor_walks_to_a_person_the_marks_and_the_scan(strict_page: Page, be, shot):
    be("auditor")
    strict_page.goto(PERSONS)
    strict_page.locator("#main a[href*='/evidence/']").first.click()
    # Ten of the 240 were taught twice: a row for each time that somebody completed.
    expect(strict_page.locator("#main")).to_contain_text("250 rows of evidence")
    strict_page.locator(".walk tbody tr a[href*='record=enrolment']").first.click()
    expect(strict_page.locator("svg.plot rect").first).to_be_visible()
    shot("walk-auditor-marks")


def test_an_auditor_opens_the_scan_of_an_agreement(strict_page: Page, be):
    be("auditor")
    strict_page.goto("/figures/agreements.in_force/?on=2024-01-18")
    strict_page.locator("#main a[href*='/evidence/']").first.click()
    strict_page.locator(".walk tbody tr a[href*='record=']").first.click()
    scan = strict_page.locator(".docs a[href*='/documents/']").first
    expect(scan).to_be_visible()
    kept = strict_page.request.get(scan.get_attribute("href") or "")
    assert (kept.status, kept.headers["content-type"]) == (200, "image/png")


def test_the_same_draw_gives_an_auditor_the_same_rows(strict_page: Page, be):
    be("auditor")
    drawn = []
    for _time in range(2):
        strict_page.goto(PERSONS.replace("/?", "/evidence/?") + "&sample=5&seed=spring")
        rows = strict_page.locator(".walk tbody tr")
        expect(rows).to_have_count(5)
        drawn.append(rows.all_inner_texts())
    assert drawn[0] == drawn[1]
