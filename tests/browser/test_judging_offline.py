"""
An assessor's phone in a yard without a network: checklists, photos and signatures come home whole, once, and nobody is overruled by whoever
came last; a phone that is full and a house that answers nonsense lose nothing.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .alliance import Alliance
from .axe import give_axe, violations
from .judging_phones import (
    ABLE,
    DECIDED,
    FILES,
    OF,
    PHONE,
    SCHEMED,
    SIGNED,
    STORED,
    WHOLE,
    add_photo,
    back_on_the_network,
    decide,
    mark,
    open_case,
    sign_all,
)
from .phones import SENT, waiting
from .strictness import SIDEWAYS, TOO_SMALL, WIDTHS, watch


def test_ten_assessments_with_photos_come_home_whole_after_the_phone_was_closed(
    phones, alliance_to_change: Alliance, photo
):
    page = phones("assessor", PHONE)
    wrong = watch(page, alliance_to_change.url)
    page.context.set_offline(True)
    for seat in range(1, 11):
        open_case(page, seat)
        add_photo(page, photo(seat))
        # These have a passing mark in the written test.
        if seat in ABLE:
            mark(page, ["met", "met", "met"])
            decide(page)
        else:
            mark(page, ["met", "not_met"])
            decide(page, "not_yet_competent", "Measure the pads on both sides.")
        expect(page.locator("[data-rg-view=sign]")).to_be_visible()
        if seat in {1, 2, 9}:
            sign_all(page)
    # A decision is changed before anybody has signed it.
    open_case(page, 3)
    mark(page, ["met", "not_met"])
    decide(page, "not_yet_competent", "Once more, slowly.")
    expect(page.locator("[data-rg-view=sign]")).to_be_visible()
    # 10 photos told, 11 judgements, 9 signatures; and the ten files themselves.
    assert waiting(page) == 40
    open_case(page, 12)
    mark(page, ["met"])
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(PHONE)
    expect(page.locator("[data-rg-net]")).to_have_attribute("data-waiting", "40")
    open_case(page, 12)
    expect(page.locator("[data-rg-criteria] fieldset").nth(0).locator("[value=met]")).to_be_checked()
    assert alliance_to_change.ask(DECIDED.format(SCHEMED)) == []
    back_on_the_network(page)
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=60_000)
    assert alliance_to_change.ask(DECIDED.format(SCHEMED)) == [
        (seat, "competent" if seat in ABLE - {3} else "not_yet_competent", 1, "assessed") for seat in range(1, 11)
    ]
    assert alliance_to_change.ask(FILES.format(SCHEMED)) == [(seat, "photo", 1, 1) for seat in range(1, 11)]
    signed = alliance_to_change.ask(SIGNED.format("SELECT d.id, d.enrolment_id " + OF.format(SCHEMED)))
    assert sorted(signed) == sorted((seat, role) for seat in (1, 2, 9) for role in ("assessor", "learner", "witness"))
    assert alliance_to_change.ask("SELECT count(*) FROM journal_conflict WHERE scope_kind = 'judging'") == [(0,)]
    assert page.evaluate(STORED)["counts"] == {"things": 1, "files": 0, "pieces": 0, "drafts": 1}
    assert wrong == []


def test_two_phones_that_differ_meet_in_the_inbox_and_a_named_person_decides(
    phones, page: Page, alliance_to_change: Alliance, be, shot
):
    one, other = phones("assessor", PHONE), phones("assessor", PHONE)
    for phone in (one, other):
        phone.context.set_offline(True)
        open_case(phone, 3, WHOLE)
    decide(one)
    decide(other, "not_yet_competent", "Explain each line of the report.")
    for phone in (one, other):
        expect(phone.locator("[data-rg-view=unit]")).to_be_visible()
        back_on_the_network(phone)
        expect(phone.locator("[data-rg-net]")).to_have_text(SENT, timeout=30_000)
    assert alliance_to_change.ask(DECIDED.format(WHOLE)) == [(3, "competent", 1, "assessed")]
    row = other.locator("[data-rg-cases] .rg-row").filter(has=other.locator("b", has_text=re.compile("^3$")))
    expect(row).to_contain_text("Waits for a named person")
    be("secretariat")
    page.goto("/registers/conflicts/")
    shot("judging-conflicts")
    last = page.locator("tbody tr").last
    expect(last).to_contain_text("The learner was decided about meanwhile, and not in the same way.")
    last.locator("a").first.click()
    expect(page.locator("#main")).to_contain_text("Explain each line of the report.")
    page.get_by_text("Take what came").click()
    page.get_by_label("Why").fill("She looked a second time.")
    shot("judging-conflict")
    with page.expect_navigation():
        page.get_by_role("button", name="Decide").click()
    assert alliance_to_change.ask(DECIDED.format(WHOLE)) == [(3, "not_yet_competent", 1, "assessed")]
    other.evaluate("dispatchEvent(new Event('online'))")
    expect(row).to_contain_text("Not yet competent", timeout=20_000)


def test_photos_go_along_in_a_file_on_a_stick_and_are_not_sent_again(
    phones, page: Page, alliance_to_change: Alliance, be, photo, tmp_path
):
    phone, pieces = phones("assessor", PHONE), []
    phone.context.set_offline(True)
    for seat in (6, 7):
        open_case(phone, seat)
        add_photo(phone, photo(seat, noisy=True))
    phone.locator("[data-rg-net]").click()
    expect(phone.locator("[data-rg-title]")).to_have_text("Judging")
    expect(phone.locator("[data-rg-films]")).to_contain_text("A file carries them too, each up to 12 MB.")
    with phone.expect_download() as saved:
        phone.locator("[data-rg-file]").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    be("secretariat")
    page.goto("/registers/files/")
    page.get_by_label("File of a journal").set_input_files(file)
    page.get_by_role("button", name="Take this file in").click()
    expect(page.locator("#main")).to_contain_text("2 photos and films came with it.")
    assert alliance_to_change.ask(FILES.format(SCHEMED)) == [(6, "photo", 1, 1), (7, "photo", 1, 1)]
    # The network is back: what came by hand is known already, and goes off the phone.
    phone.on(
        "request",
        lambda asked: pieces.append(asked.url) if asked.method == "POST" and "/evidence/" in asked.url else None,
    )
    back_on_the_network(phone)
    expect(phone.locator("[data-rg-net]")).to_have_text(SENT, timeout=30_000)
    assert pieces == []
    assert phone.evaluate(STORED)["counts"]["pieces"] == 0


def test_whatever_answers_for_the_house_nothing_is_sent_twice_or_lost(phones, alliance_to_change: Alliance, photo):
    page, pieces = phones("assessor", PHONE), []
    answers = [
        {"status": 500, "body": "<h1>Oh</h1>", "content_type": "text/html"},
        {"status": 200, "body": "<!doctype html><title>Sign in</title>", "content_type": "text/html"},
        {"status": 429, "body": "Too many", "content_type": "text/plain"},
        {"status": 413, "body": "Too large", "content_type": "text/plain"},
        {"status": 200, "body": '{"missing": [', "content_type": "application/json"},
    ]

    def odd_house(route: Route) -> None:
        if route.request.method == "POST" and answers:
            return route.fulfill(**answers.pop(0))
        if route.request.method == "POST":
            pieces.append(route.request.url)
            # The line breaks after the first piece.
            if len(pieces) == 2:
                return route.abort()
        return route.continue_()

    page.context.route("**/judging/phone/evidence/**", odd_house)
    open_case(page, 4)
    add_photo(page, photo(4, noisy=True))
    expect(page.locator("[data-rg-net]")).not_to_have_text(SENT)
    for _ in range(40):
        if not waiting(page):
            break
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(400)
    assert answers == []
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=20_000)
    assert alliance_to_change.ask(FILES.format(SCHEMED)) == [(4, "photo", 1, 1)]
    # Each piece went once, but the one that the line swallowed.
    assert len(pieces) == len(set(pieces)) + 1 >= 3


def test_a_phone_that_is_full_keeps_nothing_by_halves_and_says_what_to_do(phones, alliance_to_change: Alliance, photo):
    page = phones("assessor", PHONE)
    page.context.set_offline(True)
    open_case(page, 5)
    page.evaluate("""() => {
      window.put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value, key) {
        if (this.name === "pieces" && value.number === 1) throw new DOMException("full", "QuotaExceededError");
        return window.put.call(this, value, key);
      };
    }""")
    field = page.locator("[data-rg-criteria] [data-rg-kind=photo]").first
    field.set_input_files(photo(5, noisy=True))
    expect(page.locator("[data-rg-said]")).to_contain_text("This phone is full: this is not kept.")
    expect(page.locator(".shot")).to_have_count(0)
    assert page.evaluate(STORED)["counts"]["pieces"] == 0
    # Room is made, and the battery goes out between the picture and the word of it.
    page.evaluate("""() => {
      IDBObjectStore.prototype.put = function (value, key) {
        if (this.name === "events") throw new DOMException("gone", "AbortError");
        return window.put.call(this, value, key);
      };
    }""")
    field.set_input_files(photo(5, noisy=True))
    expect(page.locator(".shot")).to_have_count(1)
    assert page.evaluate(STORED)["counts"] == {"things": 1, "files": 1, "pieces": 4, "drafts": 0}
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(PHONE)
    expect(page.locator("[data-rg-net]")).to_have_attribute("data-waiting", "2")
    open_case(page, 5)
    expect(page.locator(".shot")).to_have_count(1)
    back_on_the_network(page)
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=30_000)
    assert alliance_to_change.ask(FILES.format(SCHEMED)) == [(5, "photo", 1, 1)]


def test_a_checklist_is_refused_on_the_phone_as_the_house_would(phones):
    page = phones("assessor", PHONE)
    page.context.set_offline(True)
    open_case(page, 6)
    said = page.locator("[data-rg-said]")
    page.locator("[data-rg-decide]").click()
    expect(said).to_contain_text("Choose a result")
    decide(page)
    expect(said).to_contain_text("Criterion 1.1 was not looked at.")
    mark(page, ["not_met", "met"])
    decide(page)
    expect(said).to_contain_text("Criterion 1.1 is critical and was not met")
    decide(page, "not_yet_competent")
    expect(said).to_contain_text("Say to the learner what is missing.")
    page.locator("[data-rg-undo]").click()
    expect(page.locator("[data-rg-result] [value=competent]")).to_be_checked()
    for _ in range(3):
        page.locator("[data-rg-undo]").click()
    expect(page.locator("[data-rg-view=case] :checked")).to_have_count(0)
    expect(page.locator("[data-rg-undo]")).to_be_disabled()
    assert waiting(page) == 0


def test_names_are_nowhere_readable_on_the_phone(phones, alliance_to_change: Alliance, photo):
    page = phones("assessor", PHONE)
    page.context.set_offline(True)
    open_case(page, 8)
    add_photo(page, photo(8))
    mark(page, ["met"])
    found = page.evaluate(STORED)
    names = alliance_to_change.ask("SELECT full_name FROM people_personname WHERE form = 'own' LIMIT 500")
    assert not [name for (name,) in names if name in found["bytes"] or name in found["cached"]]
    assert (found["counts"]["files"], found["counts"]["drafts"]) == (1, 1)
    assert "JFIF" not in found["bytes"]


@pytest.mark.parametrize("language", ["en", "lo", "km", "ur", "zh-hans"])
def test_a_thumb_finds_everything_and_no_barrier_stands(
    browser: Browser, alliance_to_change: Alliance, photo, request: pytest.FixtureRequest, language
):
    context = browser.new_context(
        viewport=WIDTHS["phone"], base_url=alliance_to_change.url, has_touch=True, bypass_csp=True
    )
    give_axe(context)
    for name, value in (("sessionid", alliance_to_change.session_of("assessor")), ("language", language)):
        context.add_cookies([{"name": name, "value": value, "url": alliance_to_change.url}])
    page = context.new_page()

    def look() -> None:
        assert page.evaluate(SIDEWAYS) == []
        assert page.evaluate(TOO_SMALL) == []
        for theme in ("light", "dark"):
            assert violations(page, theme) == []

    page.goto(PHONE)
    expect(page.locator("[data-rg-list] .rg-row").first).to_be_visible(timeout=20_000)
    look()
    open_case(page, 2)
    add_photo(page, photo(2))
    mark(page, ["met", "met"])
    look()
    if folder := request.config.getoption("--shots"):
        page.emulate_media(color_scheme="light")
        page.screenshot(path=Path(folder) / f"judging-open-{language}-360.png")
    decide(page)
    expect(page.locator("[data-rg-view=sign]")).to_be_visible()
    look()
    page.locator("[data-rg-sign-form] button").click()
    page.locator("[data-rg-net]").click()
    look()
    context.close()
