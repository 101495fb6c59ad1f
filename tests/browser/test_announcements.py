"""A promise from the stage to a running programme; another that falls silent by itself."""

import re

from playwright.sync_api import Page, expect

from .alliance import Alliance


def test_an_announcement_goes_from_the_stage_to_running_with_what_shows_it(
    strict_page: Page, alliance_to_change: Alliance, be, shot
):
    page = strict_page
    be("secretariat")
    page.goto("/announcements/new/")
    page.get_by_label("Conference").select_option("CONF-2023")
    page.get_by_label("Owner").fill("lgtvc")
    page.get_by_label("Title in English").fill("Brake service for bus drivers")
    page.get_by_label("The words that were read out").fill("我们将培训40名公交司机。")
    page.get_by_label("Language of these words").select_option("zh-Hans")
    page.get_by_role("button", name="Write it down").click()
    page.wait_for_url(re.compile(r"/announcements/ANN-\d{4}-\d{4}/$"))
    address = page.url
    page.get_by_role("link", name="Set the target").click()
    page.get_by_label("How many").fill("40")
    page.get_by_label("What is counted").fill("bus drivers")
    page.get_by_label("By when").fill("2024-12-31")
    page.get_by_role("button", name="Set this target").click()
    expect(page.locator("#main")).to_contain_text("bus drivers")
    be("council")
    page.goto(address)
    page.get_by_role("button", name="Confirm as the second person").click()
    be("secretariat")
    for state in ("In preparation", "Running"):
        page.goto(f"{address}move/")
        page.get_by_label("It is now").select_option(label=state)
        page.get_by_role("button", name="Write it down").click()
    be("coordinator-lgtvc")
    page.goto(f"{address}report/")
    page.get_by_label("What has come of it").fill("Twenty drivers have begun at the workshop.")
    page.get_by_label("How many so far").fill("20")
    page.get_by_label("Or a record that shows it").select_option("programme")
    page.get_by_label("Reference of the record").fill("panda-college")
    page.get_by_label("Next report by").fill("2024-06-30")
    page.get_by_role("button", name="Put it on the ledger").click()
    expect(page.locator("#main")).to_contain_text("20 of 40, as the owner reported")
    page.get_by_role("link", name="panda-college").click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(address)
    shot("announcement-running-with-evidence")
    expect(page.locator(".masthead")).to_contain_text("Running")


def test_an_announcement_without_a_report_falls_silent_and_is_merged_no_more_than_once(page: Page, be):
    page.goto("/announcements/?state=silent")
    page.get_by_role("link", name="Scholarships for 60 teachers from member schools").click()
    expect(page.locator(".masthead")).to_contain_text("Silent")
    expect(page.locator("#main")).to_contain_text("A report was due, and none came")
    page.goto("/announcements/ANN-2023-0013/")
    page.get_by_role("link", name="Go to ANN-2023-0002").click()
    expect(page.locator("#main")).to_contain_text("ANN-2023-0013 was merged with it")
    be("secretariat")
    page.goto("/announcements/ANN-2023-0002/merge/")
    page.get_by_label("The announcement that stands").fill("ANN-2023-0013")
    page.get_by_label("Why the two are one promise").fill("The same intake")
    page.get_by_role("button", name="Merge the two").click()
    expect(page.locator("#main form")).to_contain_text("was merged with ANN-2023-0002 before")
