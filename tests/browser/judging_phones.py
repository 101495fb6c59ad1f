"""What a thumb does where an assessor judges on a phone, and what the records say after."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

PHONE = "/judging/phone/"
ABLE = {1, 2, 3, 5, 6}
COHORT, SCHEMED, WHOLE = "LGTC-VI-2024-A", "VI-02", "VI-06"
# What the records say of one unit of the cohort.
OF = """FROM assessment_decision d JOIN training_enrolment e ON e.id = d.enrolment_id JOIN training_cohort c ON c.id = e.cohort_id
JOIN curricula_unit u ON u.id = d.unit_id WHERE c.reference = 'LGTC-VI-2024-A' AND u.code = '{}'"""
DECIDED = "SELECT e.number, d.result, d.attempt, d.status " + OF + " ORDER BY e.number, d.attempt"
SIGNED = "SELECT e.number, s.role FROM assessment_signoff s JOIN ({}) d ON d.id = s.decision_id JOIN training_enrolment e ON e.id = d.enrolment_id"
FILES = """SELECT e.number, v.kind, v.document_id IS NOT NULL, (SELECT count(*) FROM assessment_evidencecriterion k WHERE k.evidence_id = v.id)
FROM assessment_evidence v JOIN training_enrolment e ON e.id = v.enrolment_id JOIN training_cohort c ON c.id = e.cohort_id
JOIN curricula_unit u ON u.id = v.unit_id WHERE c.reference = 'LGTC-VI-2024-A' AND u.code = '{}' ORDER BY e.number"""
STORED = """async () => {
  const account = JSON.parse(localStorage.getItem("corridor-account")).id;
  const told = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const found = {};
  for (const [base, stores] of [[`corridor-kept-${account}`, ["things"]], [`corridor-pictures-${account}`, ["files", "pieces", "drafts"]]]) {
    const open = await told(indexedDB.open(base));
    for (const store of stores) found[store] = await told(open.transaction(store).objectStore(store).getAll());
  }
  const bytes = Object.values(found).flat().map((each) => new TextDecoder().decode(each.data)).join("");
  const cached = await (await caches.match("/judging/phone/")).text();
  return { bytes, cached, counts: Object.fromEntries(Object.entries(found).map(([name, rows]) => [name, rows.length])) };
}"""


def back_on_the_network(page: Page) -> None:
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")


def open_case(page: Page, seat: int, unit: str = SCHEMED) -> None:
    page.evaluate("location.hash = ''")
    page.locator("[data-rg-list] .rg-row").filter(has_text=unit).filter(has_text=COHORT).click()
    page.locator("[data-rg-cases] .rg-row").filter(has=page.locator("b", has_text=re.compile(f"^{seat}$"))).click()
    # The criteria of the case before stand in the page, unseen, until this one is shown: a file is put even into what nobody sees.
    expect(page.locator("[data-rg-view=case]")).to_be_visible()
    expect(page.locator("[data-rg-title]")).to_have_text(re.compile(rf"^{seat} "))


def add_photo(page: Page, file: Path, criterion: int = 0) -> None:
    row = page.locator("[data-rg-criteria] fieldset").nth(criterion)
    row.locator("[data-rg-kind=photo]").set_input_files(file)
    expect(row.locator(".shot")).to_have_count(1)


def mark(page: Page, found: list[str]) -> None:
    for place, value in enumerate(found):
        tap(page.locator("[data-rg-criteria] fieldset").nth(place), value)


def tap(around: Locator, value: str) -> None:
    radio = around.locator(f"input[value={value}]")
    around.locator(f"label:has(input[value={value}])").click()
    expect(radio).to_be_checked()


def decide(page: Page, result: str = "competent", note: str = "") -> None:
    tap(page.locator("[data-rg-result]"), result)
    page.locator("[data-rg-feedback]").fill(note)
    page.locator("[data-rg-decide]").click()


def sign_all(page: Page) -> None:
    for done, (name, company) in enumerate((("", ""), ("Khamla", ""), ("Bounmy, foreman", "lgtvc")), start=1):
        if name:
            page.get_by_label("Name of who signs").fill(name)
        if company:
            page.get_by_label("Company of the witness").fill(company)
        page.locator("[data-rg-sign-form] button").click()
        # The form is made anew for whoever signs next.
        expect(page.get_by_text("signed on this phone")).to_have_count(done)
    expect(page.locator("[data-rg-sign-done]")).to_be_visible(timeout=30_000)
