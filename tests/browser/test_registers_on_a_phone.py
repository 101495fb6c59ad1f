"""A trainer's phone in a workshop without a network: nothing that was marked is lost, and nobody is overruled by whoever came last."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .alliance import Alliance
from .axe import give_axe, violations
from .phones import AFTER, FIRST_LOAD, PHONE, SENT, STATUS, STORED, Taps, mark_all, marks, row, sign, waiting
from .strictness import SIDEWAYS, TOO_SMALL, WIDTHS, watch


def test_forty_learners_with_three_exceptions_are_signed_in_eight_taps(phones, alliance_to_change: Alliance):
    page, tap = phones("trainer"), Taps()
    wrong = watch(page, alliance_to_change.url)
    tap(row(page))
    expect(page.locator("[data-rg-roll] .tile")).to_have_count(40)
    assert page.evaluate(SIDEWAYS) == []
    mark_all(page, exceptions={3: "Absent", 7: "Absent", 12: "Late"}, tap=tap)
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate(TOO_SMALL) == []
    sign(page, tap)
    assert tap.count <= 8
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=20_000)
    assert alliance_to_change.ask(STATUS.format(39)) == [("locked", "trainer")]
    found = marks(alliance_to_change, 39)
    assert len(found) == 40
    assert {seat: mark for (_, seat), mark in found.items() if mark != "present"} == {
        3: "absent",
        7: "absent",
        12: "late",
    }
    assert wrong == []


EVENTS = "SELECT count(*) FROM journal_event"
CONFLICTS = "SELECT count(*) FROM journal_conflict"


def test_a_week_without_a_network_closed_and_opened_again_is_brought_home(phones, alliance_to_change: Alliance):
    [(events,)], conflicts = alliance_to_change.ask(EVENTS), alliance_to_change.ask(CONFLICTS)
    page = phones("trainer")
    page.context.set_offline(True)
    days = page.locator("[data-rg-list] .rg-row")
    expect(days.nth(2)).to_be_visible()
    # Today's two sessions and the one of yesterday that nobody has signed.
    for place, exceptions in ((0, {5: "Late"}), (1, {6: "Left early", 9: "Excused"})):
        row(page, place).click()
        mark_all(page, exceptions=exceptions)
        sign(page)
    expect(page.locator("[data-rg-net]")).to_have_text(re.compile(r"^Offline: \d+ waiting here, the oldest for"))
    before = 0
    # Until the phone has put away the last of it.
    while (now := waiting(page)) != before:
        before = now
        page.wait_for_timeout(1_000)
    assert before >= 8
    # The battery is out: another day, the same phone, still no network.
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(PHONE)
    expect(page.locator("[data-rg-net]")).to_have_attribute("data-waiting", str(before))
    expect(row(page, 0)).to_contain_text("Signed on this phone, not sent yet")
    assert marks(alliance_to_change, 39, 40) == {}
    context.set_offline(False)
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=30_000)
    found = marks(alliance_to_change, 39, 40)
    assert len(found) == 80
    assert {key: mark for key, mark in found.items() if mark != "present"} == {
        (39, 5): "late", (40, 6): "left_early", (40, 9): "excused",
    }  # fmt: skip
    assert [alliance_to_change.ask(STATUS.format(number)) for number in (39, 40)] == [[("locked", "trainer")]] * 2
    assert alliance_to_change.ask(EVENTS) == [(events + before,)]
    assert alliance_to_change.ask(CONFLICTS) == conflicts


def test_two_phones_that_differ_meet_in_the_inbox_and_a_named_person_decides(
    phones, page: Page, alliance_to_change: Alliance, be, shot
):
    # Those of other phones wait before it.
    [(earlier,)] = alliance_to_change.ask(f"{CONFLICTS} WHERE outcome = 'waiting'")
    one, other = phones("trainer"), phones("trainer")
    for phone in (one, other):
        phone.context.set_offline(True)
        row(phone).click()
    mark_all(one)
    mark_all(other, exceptions={4: "Absent"})
    one.context.set_offline(False)
    one.evaluate("dispatchEvent(new Event('online'))")
    expect(one.locator("[data-rg-net]")).to_have_text(SENT, timeout=30_000)
    other.context.set_offline(False)
    other.evaluate("dispatchEvent(new Event('online'))")
    expect(other.locator("[data-rg-net]")).to_have_text(SENT, timeout=30_000)
    assert marks(alliance_to_change, 39)[39, 4] == "present"
    expect(other.locator("[data-rg-roll] .tile").nth(3)).to_contain_text("Differs")
    expect(other.locator("[data-rg-sign]")).to_be_hidden()
    be("manager-vientiane")
    page.goto("/registers/conflicts/")
    shot("conflicts")
    expect(page.locator("tbody tr")).to_have_count(earlier + 1)
    expect(page.locator("tbody tr").last).to_contain_text("Two have marked the same learner differently.")
    page.locator("tbody tr").last.locator("a").first.click()
    page.get_by_text("Take what came").click()
    page.get_by_label("Why").fill("Her mother called that morning.")
    shot("conflict")
    with page.expect_navigation():
        page.get_by_role("button", name="Decide").click()
    page.goto("/registers/conflicts/")
    expect(page.locator("tbody tr")).to_have_count(earlier)
    assert marks(alliance_to_change, 39)[39, 4] == "absent"
    other.evaluate("dispatchEvent(new Event('online'))")
    expect(other.locator("[data-rg-roll] .tile").nth(3)).to_contain_text("Absent", timeout=20_000)
    page.goto("/registers/conflicts/?state=decided")
    decided = page.locator("tbody tr", has_text="Her mother called that morning.")
    expect(decided).to_contain_text("manager-vientiane")


def test_what_waits_is_saved_as_a_file_and_brought_by_somebody_else(
    phones, page: Page, alliance_to_change: Alliance, be, tmp_path
):
    [(earlier,)] = alliance_to_change.ask(EVENTS)
    phone = phones("trainer")
    phone.context.set_offline(True)
    row(phone).click()
    mark_all(phone, exceptions={2: "Absent"})
    phone.locator("[data-rg-net]").click()
    expect(phone.locator("[data-rg-waiting] li")).to_have_count(2)
    with phone.expect_download() as saved:
        phone.locator("[data-rg-file]").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    be("manager-vientiane")
    page.goto("/registers/files/")
    page.get_by_label("File of a journal").set_input_files(file)
    page.get_by_role("button", name="Take this file in").click()
    expect(page.locator("#main")).to_contain_text("2 of them were new")
    assert marks(alliance_to_change, 39)[39, 2] == "absent"
    told = json.loads(file.read_text())
    told["events"][0]["payload"]["marks"][0]["mark"] = "absent"
    file.write_text(json.dumps(told))
    page.goto("/registers/files/")
    page.get_by_label("File of a journal").set_input_files(file)
    page.get_by_role("button", name="Take this file in").click()
    expect(page.locator("#main")).to_contain_text("is not signed by its device")
    # The network is back: what came by hand is known already.
    phone.context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("[data-rg-net]")).to_have_text(SENT, timeout=30_000)
    assert alliance_to_change.ask(EVENTS) == [(earlier + 2,)]


def test_signing_out_takes_the_names_off_and_leaves_what_waits(phones, alliance_to_change: Alliance):
    page = phones("trainer")
    account = page.evaluate("JSON.parse(localStorage.getItem('corridor-account')).id")
    page.context.route("**/registers/phone/sync/", lambda route: route.abort())
    row(page).click()
    mark_all(page)
    page.wait_for_function(
        f"(account) => ({STORED})(account).then((kept) => kept.things === 1 && kept.events === 1)", arg=account
    )
    page.goto("/desk/")
    # On a copy of the session: the others of this run go on with theirs.
    page.context.route("**/sign-out/", lambda route: route.fulfill(status=200, body="out", content_type="text/html"))
    page.evaluate("document.querySelector('form[action$=\"/sign-out/\"]').requestSubmit()")
    page.wait_for_timeout(800)
    page.context.clear_cookies()
    page.goto(PHONE)
    assert page.evaluate(STORED, account) == {"things": 0, "events": 1}
    expect(page.locator(".rg-row")).to_have_count(0)
    expect(page.locator("[data-rg-empty]")).to_contain_text("Open this page once with a network")


def test_a_phone_that_nobody_opens_forgets_the_names(phones):
    page = phones("trainer")
    account = page.evaluate("JSON.parse(localStorage.getItem('corridor-account')).id")
    page.evaluate(
        """async (account) => {
          const asked = indexedDB.open(`corridor-kept-${account}`);
          const base = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
          const going = base.transaction("meta", "readwrite");
          going.objectStore("meta").put(Date.now() - 15 * 86400000, "opened");
          await new Promise((done) => { going.oncomplete = done; });
        }""",
        account,
    )
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-rg-empty]")).to_contain_text("the names were taken off this phone")
    assert page.evaluate(STORED, account)["things"] == 0


def test_two_trainers_share_a_phone_and_neither_sees_the_other(phones, alliance_to_change: Alliance):
    page = phones("trainer")
    expect(row(page)).to_be_visible()
    page.context.clear_cookies()
    session = alliance_to_change.session_of("assessor")
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": alliance_to_change.url}])
    page.reload()
    expect(page.locator("[data-rg-sub]")).to_have_text("assessor", timeout=20_000)
    expect(page.locator(".rg-row")).to_have_count(0)


def test_names_are_nowhere_readable_on_the_phone(phones, alliance_to_change: Alliance):
    page = phones("trainer")
    found = page.evaluate("""async () => {
      const account = JSON.parse(localStorage.getItem("corridor-account")).id;
      const asked = indexedDB.open(`corridor-kept-${account}`);
      const base = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
      const told = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
      const got = await told(base.transaction("things").objectStore("things").getAll());
      const bytes = got.map((each) => new TextDecoder().decode(each.data)).join("");
      const keys = await told(base.transaction("meta").objectStore("meta").get("keys"));
      const cached = await (await caches.match("/registers/phone/")).text();
      return { bytes, cached, hide: keys.hide.extractable, sign: keys.sign.privateKey.extractable };
    }""")
    assert (found["hide"], found["sign"]) == (False, False)
    names = alliance_to_change.ask("SELECT full_name FROM people_personname WHERE form = 'own' LIMIT 500")
    assert not [name for (name,) in names if name in found["bytes"] or name in found["cached"]]


def test_the_page_weighs_little_at_first_and_less_after(browser: Browser, alliance_to_change: Alliance):
    context = browser.new_context(viewport=WIDTHS["phone"], base_url=alliance_to_change.url)
    session = alliance_to_change.session_of("trainer")
    context.add_cookies([{"name": "sessionid", "value": session, "url": alliance_to_change.url}])
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    # A slow line, and a phone of five years ago.
    slow = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
    line.send("Network.emulateNetworkConditions", slow)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 3})
    weights: list[int] = []
    line.on("Network.loadingFinished", lambda told: weights.append(int(told["encodedDataLength"])))
    page.goto(PHONE)
    expect(row(page)).to_be_visible(timeout=30_000)
    assert sum(weights) < FIRST_LOAD
    page.wait_for_function(f"caches.match('{PHONE}').then(Boolean)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    weights.clear()
    page.reload()
    expect(row(page)).to_be_visible(timeout=30_000)
    page.wait_for_timeout(1500)
    assert sum(weights) < AFTER
    context.close()


@pytest.mark.parametrize("language", ["lo", "km", "ur", "zh-hans"])
def test_an_opened_register_has_no_barrier_in_any_language_of_the_workshop(
    browser: Browser, alliance_to_change: Alliance, request: pytest.FixtureRequest, language: str
):
    context = browser.new_context(
        viewport=WIDTHS["phone"], base_url=alliance_to_change.url, has_touch=True, bypass_csp=True
    )
    give_axe(context)
    for name, value in (("sessionid", alliance_to_change.session_of("trainer")), ("language", language)):
        context.add_cookies([{"name": name, "value": value, "url": alliance_to_change.url}])
    page = context.new_page()
    page.goto(PHONE)
    expect(row(page)).to_be_visible(timeout=20_000)
    # What is tapped here stays on this phone.
    context.set_offline(True)
    row(page).click()
    page.locator("[data-rg-all]").click()
    for seat in (3, 7, 12):
        page.locator("[data-rg-roll] .tile").nth(seat - 1).click()
    expect(page.locator(".exc")).to_have_count(3)
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate(TOO_SMALL) == []
    for theme in ("light", "dark"):
        assert violations(page, theme) == []
    if folder := request.config.getoption("--shots"):
        page.emulate_media(color_scheme="light")
        page.screenshot(path=Path(folder) / f"register-open-{language}-360.png")
    context.close()
