"""What answers for the house may be anything, and a phone may be full: nothing is taken for sent or kept that is not."""

import gzip
import json
import re

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Route, expect

from .alliance import Alliance
from .phones import PHONE, SENT, in_the_real_world, mark_all, marks, row, waiting

EVENTS_OF = """SELECT u.username, count(*) FROM journal_event v JOIN journal_device d ON d.id = v.device_id
JOIN accounts_user u ON u.id = d.user_id GROUP BY u.username ORDER BY u.username"""


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500, "body": "<h1>Oh</h1>", "content_type": "text/html"},
        {"status": 429, "body": "Too many", "content_type": "text/plain"},
        {"status": 200, "body": "<!doctype html><title>Sign in</title>", "content_type": "text/html"},
        {"status": 200, "body": '{"kept": ["', "content_type": "application/json"},
        {"status": 502, "body": "", "content_type": "text/html"},
    ],
    ids=["500", "429", "a-page-to-sign-in", "half-a-body", "a-proxy"],
)
def test_whatever_answers_for_the_house_nothing_is_taken_for_sent(phones, alliance_to_change: Alliance, answer):
    page = phones("trainer")
    page.context.route("**/registers/phone/sync/", lambda route: route.fulfill(**answer))
    row(page).click()
    mark_all(page)
    page.wait_for_timeout(1500)
    assert waiting(page) == 1
    page.context.unroute("**/registers/phone/sync/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=40_000)
    assert len(marks(alliance_to_change, 39)) == 40


def test_what_is_too_much_at_once_is_sent_in_parts(phones, alliance_to_change: Alliance):
    page, sizes = phones("trainer"), []

    def small_house(route: Route) -> None:
        sizes.append(len(route.request.post_data_buffer or b""))
        if len(sizes) <= 2:
            route.fulfill(status=413, body="Too large", content_type="text/plain")
        else:
            route.continue_()

    page.context.set_offline(True)
    row(page).click()
    mark_all(page, exceptions=dict.fromkeys(range(1, 9), "Absent"))
    page.context.route("**/registers/phone/sync/", small_house)
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=40_000)
    assert len(sizes) > 2
    assert [mark for mark in marks(alliance_to_change, 39).values() if mark == "absent"] == ["absent"] * 8


def test_a_phone_that_is_full_says_so_and_shows_nothing_as_kept(phones):
    page = phones("trainer")
    row(page).click()
    page.evaluate("""() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value, key) {
        if (this.name === "events") throw new DOMException("full", "QuotaExceededError");
        return put.call(this, value, key);
      };
    }""")
    page.locator("[data-rg-all]").click()
    expect(page.locator("[data-rg-said]")).to_contain_text("This phone is full")
    assert waiting(page) == 0
    expect(page.locator(".tile--present")).to_have_count(0)


# As many as a phone collects in years; the house is one that only counts, once says that it is too much, and once breaks down.
FILL = """async (many) => {
  const { id } = JSON.parse(localStorage.getItem("corridor-account"));
  const book = await Kept.open(id);
  for (let number = 1; number <= many; number += 1) await book.append("register.marked", 1, book.device, { marks: [], of: number });
  book.close();
}"""
SEND = """async () => {
  const root = document.querySelector("[data-rg]").dataset;
  const book = await Kept.open(JSON.parse(localStorage.getItem("corridor-account")).id);
  const { state } = await book.send({ device: root.device, sync: root.sync });
  const left = await book.countWaiting();
  book.close();
  return { state, left };
}"""


def test_five_thousand_that_wait_are_sent_in_small_parts_in_their_order(phones):
    page, had, sizes = phones("trainer"), [], []

    def counting_house(route: Route) -> None:
        body = route.request.post_data_buffer or b""
        events = json.loads(gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body)["events"]
        sizes.append(len(events))
        if len(sizes) == 3:
            return route.fulfill(status=413, body="Too large", content_type="text/plain")
        if len(sizes) == 20:
            return route.fulfill(status=500, body="Oh", content_type="text/plain")
        had.extend(each["payload"]["of"] for each in events)
        told = {"kept": [], "other": [], "last": events[-1]["sequence"], "server_at": "2024-02-02T05:00:00+00:00"}
        return route.fulfill(json=told)

    page.context.route("**/registers/phone/data/", lambda route: route.abort())
    page.context.route("**/registers/phone/sync/", counting_house)
    page.evaluate(FILL, 5000)
    assert page.evaluate(SEND) == {"state": "busy", "left": 5000 - len(had)}
    assert 0 < len(had) < 5000
    assert page.evaluate(SEND) == {"state": "ok", "left": 0}
    assert had == list(range(1, 5001))
    assert max(sizes) == sizes[2] == 200
    assert sizes[3] == 100


@pytest.mark.parametrize("clock", ["1970-01-01T00:10:00Z", "2038-01-19T03:14:08Z"], ids=["1970", "2038"])
def test_a_clock_that_is_decades_wrong_takes_no_names_away(phones, alliance_to_change: Alliance, clock):
    page = phones("trainer")
    page.context.route("**/registers/phone/data/", in_the_real_world)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.reload()
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=20_000)
    listed = page.locator(".rg-row").count()
    page.context.unroute("**/registers/phone/data/")
    page.context.set_offline(True)
    page.clock.set_fixed_time(clock)
    page.reload()
    expect(page.locator(".rg-row")).to_have_count(listed)
    row(page).click()
    mark_all(page)
    expect(page.locator("[data-rg-net]")).to_have_attribute("data-waiting", "1")
    page.reload()
    expect(page.locator("[data-rg-net]")).to_have_attribute("data-waiting", "1")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=40_000)
    assert set(marks(alliance_to_change, 39).values()) == {"present"}


def test_a_page_that_the_house_no_longer_understands_is_asked_for_anew_and_keeps_what_waits(phones):
    page = phones("trainer")
    told = {"code": "AppIsTooOld", "message": "This page is of another version than the house."}
    page.context.route("**/registers/phone/sync/", lambda route: route.fulfill(status=409, json=told))
    asked = []
    page.on("load", lambda loaded: asked.append(loaded.url))
    row(page).click()
    mark_all(page)
    expect(page.locator("[data-rg-state]")).to_contain_text("of another version", timeout=20_000)
    page.wait_for_timeout(1_500)
    assert len(asked) == 1
    expect(page.locator("[data-rg-net]")).to_have_attribute("data-waiting", "1")
    page.evaluate("location.hash = 'waiting'")
    with page.expect_download() as saved:
        page.locator("[data-rg-file]").click()
    assert [each["kind"] for each in json.loads(saved.value.path().read_text())["events"]] == ["register.marked"]


def test_what_a_trainer_left_on_a_shared_phone_goes_home_under_their_name_when_they_are_back(
    phones, alliance_to_change: Alliance
):
    page = phones("trainer")
    before = alliance_to_change.ask(EVENTS_OF)
    page.context.set_offline(True)
    row(page).click()
    mark_all(page)
    expect(page.locator("[data-rg-net]")).to_have_attribute("data-waiting", "1")

    def hand_over(account: str) -> None:
        session = alliance_to_change.session_of(account)
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": alliance_to_change.url}])
        page.context.set_offline(False)
        page.evaluate("location.hash = ''")
        page.reload()
        expect(page.locator("[data-rg-sub]")).to_have_text(account, timeout=20_000)
        expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=20_000)

    hand_over("assessor")
    assert alliance_to_change.ask(EVENTS_OF) == before
    hand_over("trainer")
    assert set(marks(alliance_to_change, 39).values()) == {"present"}
    assert dict(alliance_to_change.ask(EVENTS_OF)) == {**dict(before), "trainer": dict(before).get("trainer", 0) + 1}


def test_a_tab_that_is_killed_after_a_tap_has_kept_it_whole_or_not_at_all(phones, alliance_to_change: Alliance):
    page = phones("trainer")
    page.context.set_offline(True)
    row(page).click()
    mark_all(page, exceptions={2: "Absent"})
    expect(page.locator("[data-rg-net]")).to_have_attribute("data-waiting", "2")
    page.locator("[data-rg-roll] .tile").nth(4).click()
    with pytest.raises(PlaywrightError):
        page.goto("chrome://crash")
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(PHONE)
    expect(page.locator("[data-rg-net]")).to_have_attribute("data-waiting", re.compile("^[23]$"))
    row(page).click()
    kept = waiting(page)
    expect(page.locator(".tile--absent")).to_have_count(kept - 1)
    page.locator("[data-rg-roll] .tile").nth(6).click()
    expect(page.locator("[data-rg-net]")).to_have_attribute("data-waiting", str(kept + 1))
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=40_000)
    absent = {seat for (_, seat), mark in marks(alliance_to_change, 39).items() if mark == "absent"}
    assert absent == ({2, 5, 7} if kept == 3 else {2, 7})
