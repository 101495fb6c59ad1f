"""From the stage to the workshop: announced, confirmed, proposed, approved step by step, running, delivered; the ledger and the story say so."""

import re

from playwright.sync_api import Page, expect

from .alliance import Alliance


def test_a_promise_becomes_a_programme_that_runs_and_the_ledger_shows_it(
    strict_page: Page, alliance_to_change: Alliance, be, shot
):
    page = strict_page
    be("secretariat")
    page.goto("/announcements/new/")
    page.get_by_label("Conference").select_option("CONF-2023")
    page.get_by_label("Owner").fill("lgtvc")
    page.get_by_label("Title in English").fill("Hybrid vehicle service at the workshop")
    page.get_by_label("The words that were read out").fill("我们将培训混合动力汽车维修工。")
    page.get_by_label("Language of these words").select_option("zh-Hans")
    page.get_by_role("button", name="Write it down").click()
    page.wait_for_url(re.compile(r"/announcements/ANN-\d{4}-\d{4}/$"))
    announcement = page.url
    number = announcement.rstrip("/").rsplit("/", 1)[1]
    be("council")
    page.goto(announcement)
    page.get_by_role("button", name="Confirm as the second person").click()

    be("secretariat")
    page.goto("/programmes/")
    page.get_by_role("link", name="Propose a programme").click()
    page.get_by_label("Reference", exact=True).fill("hybrid-service")
    page.get_by_label("Kind").select_option("corporate")
    page.get_by_label("Title in English").fill("Hybrid vehicle service")
    page.get_by_label("Agreements under which it is run").fill("AGR-1999-0001")
    page.get_by_label("Announcements that it keeps").fill(number)
    page.get_by_label("Demand that it answers").fill("DEM-2023-0011")
    page.get_by_label("Sites where it is held").fill("wks-vientiane")
    page.get_by_label("Who takes part, and as what").fill("cqipc lead\nlgtvc host")
    page.get_by_label("Languages of instruction").fill("lo zh-Hans")
    page.get_by_role("button", name="Propose it").click()
    expect(page.locator("#main form")).to_contain_text("There is no agreement “AGR-1999-0001” here that you may see.")
    page.get_by_label("Agreements under which it is run").fill("AGR-2022-0007")
    page.get_by_role("button", name="Propose it").click()
    page.wait_for_url("**/programmes/hybrid-service/")
    expect(page.locator("#main")).to_contain_text("Nobody has approved this step.")

    _move(page, "Approved")
    expect(page.locator("#main form")).to_contain_text("waits for the step “Proposal”")
    for step, outcome, finding in (
        ("Proposal", "It is approved", "Both schools name their trainers"),
        ("Feasibility", "It is approved", "A hybrid car and its tester stand in the hall"),
    ):
        page.goto("/programmes/hybrid-service/steps/")
        page.get_by_role("link", name="Write down what was found").click()
        page.get_by_label("Step", exact=True).select_option(label=step)
        page.get_by_label("Which office or board looked at it").fill("Committee for workshops")
        page.get_by_label(outcome).check()
        page.get_by_label("Finding").fill(finding)
        page.get_by_role("button", name="Write it down").click()
    expect(page.locator(".masthead")).to_contain_text("Every step that it needs is approved.")
    shot("programme-steps-approved")
    for state in ("Approved", "Running"):
        _move(page, state)
        page.wait_for_url("**/programmes/hybrid-service/")
    expect(page.locator(".masthead")).to_contain_text("Running")
    story = page.locator(".story")
    for words in (
        "Announced on the stage",
        "Agreement signed",
        "Step of approval approved",
        "Programme running",
        "wks-vientiane",
        "not yet",
    ):
        expect(story).to_contain_text(words)
    shot("programme-from-the-stage")

    for state in ("In preparation", "Running"):
        _say(page, announcement, state)
    be("coordinator-lgtvc")
    _report(page, announcement)
    be("secretariat")
    _say(page, announcement, "Done")
    page.goto("/announcements/?state=done")
    expect(page.locator("#main")).to_contain_text(number)
    page.get_by_role("link", name="Hybrid vehicle service at the workshop").click()
    expect(page.locator("#main")).to_contain_text("hybrid-service")


def _move(page: Page, state: str) -> None:
    page.goto("/programmes/hybrid-service/move/")
    page.get_by_label(state, exact=True).check()
    page.get_by_role("button", name="Write the change").click()


def _say(page: Page, announcement: str, state: str) -> None:
    page.goto(f"{announcement}move/")
    page.get_by_label("It is now").select_option(label=state)
    page.get_by_role("button", name="Write it down").click()
    page.wait_for_url(announcement)


def _report(page: Page, announcement: str) -> None:
    page.goto(f"{announcement}report/")
    page.get_by_label("What has come of it").fill("The programme runs at the workshop.")
    page.get_by_label("Or a record that shows it").select_option("programme")
    page.get_by_label("Reference of the record").fill("hybrid-service")
    page.get_by_label("Next report by").fill("2024-06-30")
    page.get_by_role("button", name="Put it on the ledger").click()
