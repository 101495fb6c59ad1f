"""
``python -m benchmarks.soak [--devices 25] [--syncs 200] [--seed 1]``: phones of a trainer in real Chromium, each with a store of its own, on the
example alliance. Their network is cut and comes back, answers are lost, the house answers 503, and pages are closed a moment after a tap.

At the end every phone has sent everything; what the house has of each phone is counted against what that phone keeps, and all show the same.
"""

import argparse
import random
import sqlite3
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from tests.browser.alliance import Alliance, copy_of, load_once
from tests.browser.conftest import QUIET, chromium
from tests.browser.phones import PHONE, SENT, row

WAIT = 120_000
# An account has at most twenty devices, so a second trainer of the same cohort has the others.
ACCOUNTS, OF_ONE = ("trainer", "assessor"), 15
SECOND_TRAINER = """
INSERT INTO training_cohorttrainer (id, cohort_id, person_id, role)
SELECT lower(hex(randomblob(16))), c.id, p.id, 'trainer' FROM training_cohort c, people_person p JOIN accounts_user u ON u.id = p.user_id
WHERE c.reference = 'LGTC-VI-2024-A' AND u.username = 'assessor'
"""
OWN_SEATS = 25
KEPT = """async () => {
  const names = (await indexedDB.databases()).map((each) => each.name).filter((name) => name.startsWith("corridor-kept"));
  let count = 0;
  for (const name of names) {
    const asked = indexedDB.open(name);
    const base = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
    if (!base.objectStoreNames.contains("events")) continue;
    count += await new Promise((done) => {
      const got = base.transaction("events").objectStore("events").count(); got.onsuccess = () => done(got.result);
    });
    base.close();
  }
  return count;
}"""
SHOWN = """() => [...document.querySelectorAll("[data-rg-roll] .tile")].map((tile) => [...tile.classList].filter((name) =>
  name.startsWith("tile--") && name !== "tile--tap").sort().join(" ")).join("|")"""
EVENTS = """
SELECT d.id, count(*), max(e.sequence), count(DISTINCT e.sequence) FROM journal_event e JOIN journal_device d ON d.id = e.device_id
GROUP BY d.id
"""


@dataclass
class Phone:
    number: int
    context: BrowserContext
    page: Page


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__.partition(":")[2])
    parser.add_argument("--devices", type=int, default=25)
    parser.add_argument("--syncs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="corridor-soak-") as place:
        folder = Path(place)
        (folder / "own").mkdir()
        with copy_of(load_once(folder / "example"), folder / "own") as alliance, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium(), args=QUIET)
            return soak(browser, alliance, words)


def soak(browser: Browser, alliance: Alliance, words: argparse.Namespace) -> int:
    chance, begun = random.Random(words.seed), time.monotonic()
    if words.devices > OF_ONE * len(ACCOUNTS):
        raise SystemExit(f"at most {OF_ONE * len(ACCOUNTS)} devices")
    with closing(sqlite3.connect(alliance.database)) as base, base:
        base.execute(SECOND_TRAINER)
    # What the example had before: an event of a device of its own.
    before = {row[0] for row in alliance.ask(EVENTS)}
    phones = [opened(browser, alliance, number) for number in range(words.devices)]
    print(f"{len(phones)} phones are open after {time.monotonic() - begun:.0f} s", flush=True)
    done: Counter[str] = Counter()
    order = [number % len(phones) for number in range(words.syncs)]
    chance.shuffle(order)
    begun = time.monotonic()
    for count, number in enumerate(order, 1):
        phone = phones[number]
        way = chance.choice(WAYS)
        way(phone, chance)
        done[way.__name__] += 1
        expect(phone.page.locator("[data-rg-net]")).to_have_text(SENT, timeout=WAIT)
        if count % 20 == 0:
            print(f"{count} syncs after {time.monotonic() - begun:.0f} s", flush=True)
    took = time.monotonic() - begun
    return told(alliance, phones, before, done, took)


def opened(browser: Browser, alliance: Alliance, number: int) -> Phone:
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=alliance.url, has_touch=True)
    session = alliance.session_of(ACCOUNTS[number // OF_ONE])
    context.add_cookies([{"name": "sessionid", "value": session, "url": alliance.url}])
    context.set_default_timeout(WAIT)
    phone = Phone(number, context, context.new_page())
    look(phone)
    return phone


def look(phone: Phone) -> None:
    phone.page.goto(PHONE)
    expect(phone.page.locator("[data-rg-net]")).to_have_text(SENT, timeout=WAIT)
    row(phone.page).click()


def tap(phone: Phone, chance: random.Random) -> None:
    """A seat of its own, or now and then one that others tap too, where nobody has to decide about it yet."""
    tiles = phone.page.locator("[data-rg-roll] .tile")
    seats = [phone.number % OWN_SEATS]
    if chance.random() < 0.2:
        seats.insert(0, chance.randrange(OWN_SEATS, tiles.count()))
    for seat in seats:
        if tiles.nth(seat).is_enabled():
            tiles.nth(seat).click()
            return


def plain(phone: Phone, chance: random.Random) -> None:
    tap(phone, chance)


def cut(phone: Phone, chance: random.Random) -> None:
    phone.context.set_offline(True)
    for _ in range(chance.randint(1, 3)):
        tap(phone, chance)
    phone.page.wait_for_timeout(100)
    phone.context.set_offline(False)
    phone.page.evaluate("dispatchEvent(new Event('online'))")


def answer_lost(phone: Phone, chance: random.Random) -> None:
    """The house takes it, and the phone does not hear so: it sends it again."""

    def lose(route: Route) -> None:
        with suppress(Exception):
            route.fetch()
        route.abort()

    phone.context.route("**/registers/phone/sync/", lose, times=1)
    tap(phone, chance)
    phone.page.wait_for_timeout(400)
    phone.page.evaluate("dispatchEvent(new Event('online'))")


def answered_503(phone: Phone, chance: random.Random) -> None:
    phone.context.route("**/registers/phone/sync/", lambda route: route.fulfill(status=503, body="busy"), times=1)
    tap(phone, chance)
    phone.page.wait_for_timeout(300)
    phone.page.evaluate("dispatchEvent(new Event('online'))")


def killed(phone: Phone, chance: random.Random) -> None:
    """The page is gone a moment after the tap; what was on the screen by then is on the phone."""
    tap(phone, chance)
    phone.page.close()
    phone.page = phone.context.new_page()
    look(phone)


WAYS = (plain, cut, answer_lost, answered_503, killed)


def told(alliance: Alliance, phones: list[Phone], before: set[str], done: Counter[str], took: float) -> int:
    """Everything is counted, on the phones and in the house. Return 1 where they differ."""
    for phone in phones:
        look(phone)
    kept = sorted(count for phone in phones if (count := phone.page.evaluate(KEPT)))
    rows = [row for row in alliance.ask(EVENTS) if row[0] not in before]
    house = sorted(count for _, count, _, _ in rows)
    are_whole = all(count == last == numbers for _, count, last, numbers in rows)
    shown = {phone.page.evaluate(SHOWN) for phone in phones}
    with closing(sqlite3.connect(f"file:{alliance.database}?mode=ro", uri=True)) as base:
        states = dict(base.execute("SELECT state, count(*) FROM journal_event GROUP BY state"))
        waiting = base.execute("SELECT count(*) FROM journal_conflict WHERE outcome = 'waiting'").fetchone()[0]
    print(
        f"phones: {len(phones)}; syncs: {sum(done.values())} in {took:.0f} s ({', '.join(f'{n} {w}' for w, n in sorted(done.items()))})"
    )
    print(
        f"events on the phones: {sum(kept)}; in the house: {sum(house)}; of each phone the same number: {kept == house}; chains whole: {are_whole}"
    )
    print(
        f"states: {states}; waiting for a person: {waiting}; registers shown: {len(shown)} (1: all phones show the same)"
    )
    return 0 if kept == house and are_whole and len(shown) == 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
