"""The secretariat closes a cohort and awards what was proved; two persons sign what the next edition says, and it is published."""

import re

from playwright.sync_api import Page, expect

from . import alliance as example
from .alliance import Alliance

COHORT = "/cohorts/LGTC-VI-2023-A/"
# As an office writes it down that saw each name confirmed on paper.
NAMES_CONFIRMED = """
INSERT INTO people_certificatename
    (id, person_id, language, full_name, confirmed_on, confirming, written_by, attested_by, document_id, ended_at)
SELECT lower(hex(randomblob(16))), e.person_id, n.language, n.full_name, '2024-02-01', 'paper', 'secretariat', 'College office', NULL, NULL
FROM training_enrolment e JOIN training_cohort c ON c.id = e.cohort_id
JOIN people_personname n ON n.person_id = e.person_id AND n.form = 'own' WHERE c.reference = 'LGTC-VI-2023-A'
"""
CERTIFICATES = """
SELECT count(*), count(DISTINCT k.enrolment_id), sum(k.document = '') FROM credentials_credential k
JOIN training_cohort c ON c.id = k.cohort_id WHERE c.reference = 'LGTC-VI-2023-A'
"""


def test_the_secretariat_closes_a_cohort_and_awards_its_certificates(
    strict_page: Page, alliance_to_change: Alliance, be, shot
):
    page = strict_page
    be("secretariat")
    page.goto("/desk/")
    expect(page.locator("#main")).to_contain_text("Close 3 cohorts")
    page.goto(COHORT)
    page.locator("#main").get_by_role("link", name="Close the cohort").click()
    page.locator("#main").get_by_role("button", name="Close the cohort").click()
    page.wait_for_url(f"**{COHORT}")
    expect(page.locator("#main")).to_contain_text("The cohort is closed:")
    page.locator("#main").get_by_role("link", name="Award certificates").click()
    shot("award-before")
    issuer = page.get_by_label("Issued by")
    if not issuer.input_value():
        issuer.select_option(index=1)
    page.get_by_role("button", name="Award and sign").click()
    # Nobody in the example has confirmed how the name stands on a certificate: everybody is named, with what to do.
    expect(page.locator("#main")).to_contain_text("has not confirmed how the name stands on the certificate")
    alliance_to_change.tell(NAMES_CONFIRMED)
    page.goto(f"{COHORT}award/")
    page.get_by_role("button", name="Award and sign").click()
    expect(page.get_by_role("heading", name=re.compile("Signing is under way|Everything is signed"))).to_be_visible()
    example.run(alliance_to_change.folder, "worker", "--once")
    page.goto(f"{COHORT}award/")
    expect(page.get_by_role("heading", name="Everything is signed")).to_be_visible()
    shot("award-after")
    all_of_them, learners, unsigned = alliance_to_change.ask(CERTIFICATES)[0]
    assert all_of_them > 0
    assert (learners, unsigned) == (all_of_them, 0)
    page.locator("table").last.get_by_role("link").first.click()
    expect(page.locator("h1")).to_be_visible()
    token = alliance_to_change.ask("SELECT token FROM credentials_credential ORDER BY id DESC LIMIT 1")[0][0]
    page.goto(f"/c/{token}/verify/")
    expect(page.locator(".verdict")).to_contain_text(re.compile("genuine|valid", re.IGNORECASE))


def test_an_edition_whose_figures_two_persons_signed_is_published(strict_page: Page, alliance_to_change: Alliance, be):
    be("secretariat")
    strict_page.goto("/reports/2023/")
    strict_page.get_by_role("button", name="Publish for good").click()
    expect(strict_page.locator("#main")).to_contain_text("Edition 2023 is published and never changes.")
    assert alliance_to_change.ask("SELECT status FROM indicators_edition WHERE reference = '2023'") == [("published",)]
    file = strict_page.request.get("/reports/2023/edition.json")
    assert file.status == 200


def test_a_figure_is_frozen_signed_by_two_persons_and_placed_before_it_is_published(
    strict_page: Page, alliance_to_change: Alliance, be
):
    page = strict_page
    be("secretariat")
    page.goto("/figures/members.countries/?on=2023-06-30")
    page.get_by_role("button", name=re.compile("^(Freeze|Keep)")).first.click()
    page.wait_for_url("**/versions/**")
    version = re.sub(r"^https?://[^/]+", "", page.url)
    page.get_by_role("button", name=re.compile("^Sign")).first.click()
    expect(page.locator("#main")).to_contain_text(re.compile("second|another|one more", re.IGNORECASE))
    reference = version.rstrip("/").rpartition("/")[2]
    page.goto("/reports/2023/figures/")
    page.get_by_label(f"Place of {reference}").fill("40")
    page.get_by_role("button", name="Keep this order").click()
    expect(page.locator("#main")).to_contain_text("1 figure still waits for its signatures.")
    page.get_by_role("button", name="Publish for good").click()
    expect(page.locator("#main")).to_contain_text("Nothing was published.")
    be("council")
    page.goto(version)
    page.get_by_role("button", name=re.compile("^Sign")).first.click()
    be("secretariat")
    page.goto("/reports/2023/")
    page.get_by_role("button", name="Publish for good").click()
    expect(page.locator("#main")).to_contain_text("Edition 2023 is published and never changes.")
