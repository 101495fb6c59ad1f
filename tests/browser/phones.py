"""What a thumb does on the registers of a phone, and what the records say after."""

import re

from playwright.sync_api import Page, Route

from .alliance import Alliance

PHONE = "/registers/phone/"
FIRST_LOAD, AFTER = 150_000, 20_000
MARKS = """
SELECT s.number, e.number, a.mark FROM training_attendance a
JOIN training_session s ON s.id = a.session_id JOIN training_cohort c ON c.id = s.cohort_id
JOIN training_enrolment e ON e.id = a.enrolment_id
WHERE c.reference = 'LGTC-VI-2024-A' AND s.number IN ({}) ORDER BY s.number, e.number
"""
STATUS = """
SELECT s.status, s.signed_by FROM training_session s JOIN training_cohort c ON c.id = s.cohort_id
WHERE c.reference = 'LGTC-VI-2024-A' AND s.number = {}
"""
SENT = re.compile("^Everything is sent$")
# What a page of ours may not know once it has forgotten: every row of every store, unread.
STORED = """async (account) => {
  const asked = indexedDB.open(`corridor-kept-${account}`);
  const base = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const count = (name) => new Promise((done) => {
    const got = base.transaction(name).objectStore(name).count(); got.onsuccess = () => done(got.result);
  });
  return { things: await count("things"), events: await count("events") };
}"""


class Taps:
    """A thumb that counts."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, place) -> None:
        self.count += 1
        place.click()


def row(page: Page, place: int = 0):
    return page.locator(".rg-row").nth(place)


def mark_all(page: Page, *, exceptions: dict[int, str] | None = None, tap=None) -> None:
    """Everybody present but these seats: each is a tap, and another where absent is not what is meant."""
    tap = tap or (lambda place: place.click())
    tap(page.locator("[data-rg-all]"))
    for seat, word in (exceptions or {}).items():
        tap(page.locator("[data-rg-roll] .tile").nth(seat - 1))
        if word != "Absent":
            tap(
                page.locator(".exc")
                .filter(has=page.get_by_text(re.compile(f"^{seat} ")))
                .locator("label", has_text=word)
            )


def sign(page: Page, tap=None) -> None:
    tap = tap or (lambda place: place.click())
    tap(page.locator("[data-rg-sign]"))
    tap(page.locator("[data-rg-signed]"))


def waiting(page: Page) -> int:
    return int(page.locator("[data-rg-net]").get_attribute("data-waiting") or 0)


def marks(alliance: Alliance, *sessions: int) -> dict[tuple[int, int], str]:
    found = alliance.ask(MARKS.format(", ".join(map(str, sessions))))
    return {(session, seat): mark for session, seat, mark in found}


def in_the_real_world(route: Route) -> None:
    """The example's day stands still; a phone of a real house goes by its own clock."""
    answer = route.fetch()
    if not answer.ok:
        return route.fulfill(response=answer)
    return route.fulfill(response=answer, json={**answer.json(), "is_example": False})
