"""
A whole week of a trainer and of an assessor in a valley without a network: each day their phones open the pages from what they keep themselves,
the house is switched off and started again on Friday, others have judged and marked meanwhile, and at the end everything is there once.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.request import Request, urlopen
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from .judging_phones import ABLE, OF, SCHEMED, STORED, add_photo, decide, mark, open_case, sign_all
from .judging_phones import PHONE as JUDGING
from .killed_houses import FarPhone, House, Place
from .phones import PHONE, SENT, mark_all, sign
from .strictness import WIDTHS
from .weeks_away import AwayPhone, WeakLine, plain

WEEK = [date(2024, 2, 5) + timedelta(days=number) for number in range(5)]
# What the trainer saw, by session and seat; everybody else was present.
SEEN: dict[int, dict[int, str]] = {
    41: {3: "Late", 7: "Absent", 12: "Excused"}, 42: {3: "Absent"}, 43: {}, 44: {40: "Left early"}, 45: {9: "Late"},
    46: {1: "Excused", 2: "Excused"}, 47: {}, 48: {21: "Absent", 22: "Absent"}, 49: {3: "Late"}, 50: {17: "Left early"},
}  # fmt: skip
WORDS = {"Late": "late", "Absent": "absent", "Excused": "excused", "Left early": "left_early"}
GUEST_IN, GUEST = 44, "Somchit of the ministry"
REMARK_IN, REMARK = 48, "The bridge is out"
# Two learners of Wednesday whom another phone marks otherwise: the inbox takes what came for the first, and what stood for the second.
OTHERWISE = {5: "absent", 6: "excused"}
CONTESTED = 45
# A candidate of Wednesday whom another phone of the assessor judges otherwise.
JUDGED_TWICE = 5
SIGNED_SEATS = {1, 2}
MOST_OF_A_WEEK = 30_000

MARKS = """SELECT s.number, e.number, a.mark, a.minutes_late, a.remark FROM training_attendance a JOIN training_session s ON s.id = a.session_id
JOIN training_cohort c ON c.id = s.cohort_id JOIN training_enrolment e ON e.id = a.enrolment_id
WHERE c.reference = 'LGTC-VI-2024-A' AND s.number BETWEEN 41 AND 50"""
SESSIONS = """SELECT s.number, s.id, s.held_on, s.status, s.signed_by, s.capture_mode FROM training_session s
JOIN training_cohort c ON c.id = s.cohort_id WHERE c.reference = 'LGTC-VI-2024-A' AND s.number BETWEEN 41 AND 50 ORDER BY s.begins_at"""
PLACES = """SELECT e.number, e.id FROM training_enrolment e JOIN training_cohort c ON c.id = e.cohort_id
WHERE c.reference = 'LGTC-VI-2024-A'"""
GUESTS = """SELECT s.number, g.name FROM training_guest g JOIN training_registerentry r ON r.id = g.entry_id
JOIN training_session s ON s.id = r.session_id JOIN training_cohort c ON c.id = s.cohort_id
WHERE c.reference = 'LGTC-VI-2024-A' AND s.number BETWEEN 41 AND 50 AND g.taken_back_at IS NULL"""
EVENTS = "SELECT id, kind, sequence, state FROM journal_event WHERE device_id = '{}' ORDER BY sequence"
CONFLICTS = "SELECT k.id, k.reason, k.about, k.scope_kind, k.outcome, k.decided_by FROM journal_conflict k ORDER BY k.raised_at, k.id"
DECISIONS = "SELECT e.number, d.result, d.attempt, d.status, d.decided_on " + OF + " ORDER BY e.number"
SIGNATURES = (
    "SELECT t.number, s.role FROM assessment_signoff s JOIN assessment_decision x ON x.id = s.decision_id AND x.version = s.decision_version "
    "JOIN (SELECT d.id AS key, e.number " + OF + ") t ON t.key = x.id"
)
FILES = """SELECT e.number, v.id, v.sha256, (SELECT count(*) FROM assessment_evidencecriterion k WHERE k.evidence_id = v.id)
FROM assessment_evidence v JOIN documents_document f ON f.id = v.document_id JOIN training_enrolment e ON e.id = v.enrolment_id
JOIN training_cohort c ON c.id = e.cohort_id JOIN curricula_unit u ON u.id = v.unit_id
WHERE c.reference = 'LGTC-VI-2024-A' AND u.code = 'VI-02' ORDER BY e.number"""

TILES = re.compile(r'tile--read(?: tile--(\w+))?"[^<]*><span class="tile-no">(\d+)<')


@pytest.fixture
def house(loaded: Path, tmp_path: Path) -> Iterator[House]:
    """On Monday morning."""
    house = House.of(loaded, tmp_path / "house")
    house.day = WEEK[0].isoformat()
    house.start()
    yield house
    house.kill()


@pytest.fixture
def session_of(loaded: Path) -> Callable[[str], str]:
    return json.loads((loaded / "sessions.json").read_text()).__getitem__


def teach(phone: AwayPhone, day: date, sessions: dict[int, str]) -> None:
    """All registers of a day, taken and signed."""
    page = phone.wake_up(day)
    for place, (number, key) in enumerate(sessions.items()):
        # Today's stand first.
        row = page.locator(".rg-row").nth(place)
        expect(row).to_have_attribute("href", f"#register/{UUID(key)}")
        row.click()
        mark_all(page, exceptions=SEEN[number])
        if number == REMARK_IN:
            field = page.get_by_label("Remark").first
            field.fill(REMARK)
            field.press("Tab")
        if number in {41, 49}:
            page.locator(".exc").filter(has_text="3 ").get_by_role("button", name="15").click()
        if number == GUEST_IN:
            page.get_by_text("Guests").click()
            page.get_by_label("Name of a guest").fill(GUEST)
            page.get_by_role("button", name="Write the guest down").click()
            expect(page.locator("[data-rg-guests]")).to_have_text("1")
        sign(page)
        expect(row).to_contain_text("Signed on this phone, not sent yet")


def judge(phone: AwayPhone, day: int, photo: Callable[[int], Path]) -> None:
    """Two candidates of a day, each with a photo."""
    page = phone.wake_up(WEEK[day])
    for seat in (2 * day + 1, 2 * day + 2):
        open_case(page, seat)
        add_photo(page, photo(seat))
        if seat in ABLE:
            mark(page, ["met", "met", "met"])
            decide(page)
        else:
            mark(page, ["met", "not_met"])
            decide(page, "not_yet_competent", "Measure the pads on both sides.")
        expect(page.locator("[data-rg-view=sign]")).to_be_visible()
        if seat in SIGNED_SEATS:
            sign_all(page)


def mark_otherwise(house: House, key: str, places: dict[int, UUID]) -> FarPhone:
    """What another phone of the same trainer says of two learners of Wednesday comes first."""
    far = FarPhone.of(house, "trainer")
    wednesday = next(each for each in far.registers if each.pk == UUID(key))
    far.own.mark(
        wednesday, {Place(places[seat]): word for seat, word in OTHERWISE.items()}, clock=datetime(2024, 2, 7, 3, tzinfo=UTC)
    )  # fmt: skip
    far.sync()
    return far


def judge_otherwise(house: House, browser: Browser, session: str) -> str:
    """What another phone of the same assessor says of a candidate comes first. Return its key."""
    context = browser.new_context(viewport=WIDTHS["phone"], base_url=house.url, has_touch=True)
    context.add_cookies([{"name": "sessionid", "value": session, "url": house.url}])
    page = context.new_page()
    page.goto(JUDGING)
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=20_000)
    open_case(page, JUDGED_TWICE)
    mark(page, ["met", "not_met"])
    decide(page, "not_yet_competent", "Once more, slowly.")
    expect(page.locator("[data-rg-view=sign]")).to_be_visible()
    expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=20_000)
    device = page.evaluate(
        "Kept.open(JSON.parse(localStorage.getItem('corridor-account')).id).then(({ device }) => device)"
    )
    context.close()
    return device


def settle(page: Page, key: str, outcome: str, reason: str, *says: str) -> None:
    """A named person reads both values in plain words, and decides."""
    page.goto("/registers/conflicts/")
    row = page.locator("tbody tr").filter(has=page.locator(f"a[href*='{UUID(key)}']"))
    expect(row).to_contain_text(says[0])
    row.locator("a").first.click()
    for words in says[1:]:
        expect(page.locator("#main")).to_contain_text(words)
    page.get_by_text(outcome).click()
    page.get_by_label("Why").fill(reason)
    with page.expect_navigation():
        page.get_by_role("button", name="Decide").click()
    expect(row).to_have_count(0)


def all_marks(house: House) -> dict[tuple[int, int], tuple[str, int | None, str]]:
    return {(number, seat): (word, minutes, remark) for number, seat, word, minutes, remark in house.ask(MARKS)}


def as_seen(seats: set[int]) -> dict[tuple[int, int], tuple[str, int | None, str]]:
    """What the registers have to say at the end, mark by mark."""
    marks: dict[tuple[int, int], tuple[str, int | None, str]] = {
        (number, seat): ("present", None, "") for number in SEEN for seat in seats
    }
    for number, exceptions in SEEN.items():
        for seat, word in exceptions.items():
            minutes = 15 if word == "Late" and number in {41, 49} else None
            marks[number, seat] = (WORDS[word], minutes, REMARK if (number, seat) == (REMARK_IN, 21) else "")
    marks[CONTESTED, 6] = ("excused", None, "")
    return marks


def asked(house: House, session: str, address: str) -> bytes:
    with urlopen(Request(house.url + address, headers={"Cookie": f"sessionid={session}"})) as answer:
        return answer.read()


def shown(house: House, session: str, number: int) -> list[tuple[tuple[int, int], str]]:
    """What the page of a signed register says of each seat."""
    page = asked(house, session, f"/cohorts/LGTC-VI-2024-A/sessions/{number}/").decode()
    return [((number, int(seat)), word or "present") for word, seat in TILES.findall(page)]


def assert_all_there(house: House, chain: dict, state: set[str]) -> None:
    """What a phone made is on the house: each event once, in its order."""
    found = house.ask(EVENTS.format(plain(chain["device"])))
    assert [row[:3] for row in found] == [
        (plain(each["id"]), each["kind"], each["sequence"]) for each in chain["events"]
    ]
    assert {row[3] for row in found} == state


@pytest.mark.timeout(900)  # where it comes first the example is loaded; a house is started twice
def test_a_week_of_registers_and_ten_assessments_come_home_and_every_total_is_exact(
    house: House, browser: Browser, session_of, photo
):
    sessions = [(number, key, date.fromisoformat(on)) for number, key, on, *_ in house.ask(SESSIONS)]
    assert {number for number, *_ in sessions} == set(SEEN)
    places = {seat: UUID(key) for seat, key in house.ask(PLACES)}
    before = house.ask(CONFLICTS)
    trainer = AwayPhone.of(house, browser, session_of("trainer"), PHONE, WEEK[0])
    assessor = AwayPhone.of(house, browser, session_of("assessor"), JUDGING, WEEK[0])
    # The bus leaves; nobody hears of them until Friday, and the house is switched off too.
    for phone in (trainer, assessor):
        phone.leave()
    house.kill()
    for number, day in enumerate(WEEK):
        teach(trainer, day, {register: key for register, key, on in sessions if on == day})
        judge(assessor, number, photo)
    taught, judged = trainer.chain(), assessor.chain()
    assert [each["kind"] for each in taught["events"]].count("register.signed") == 10
    # 10 photos told, 10 judgements, 6 signatures; and the ten files themselves.
    assert len(judged["events"]) == 26
    expect(assessor.page.locator("[data-rg-net]")).to_have_attribute("data-waiting", "36")
    assert {each["at"][:10] for each in taught["events"]} == {day.isoformat() for day in WEEK}

    house.day = WEEK[4].isoformat()
    house.start()
    assert all_marks(house) == {}
    far = mark_otherwise(house, dict(session[:2] for session in sessions)[CONTESTED], places)
    other = judge_otherwise(house, browser, session_of("assessor"))
    lines = [WeakLine(), WeakLine()]
    for phone, line in zip((trainer, assessor), lines, strict=True):
        phone.context.route("**/registers/phone/sync/", line)
        phone.come_home()
    for phone in (trainer, assessor):
        expect(phone.page.locator("[data-rg-net]")).to_have_text(SENT, timeout=60_000)
    assert [line.broken for line in lines] == [1, 1]
    assert all(line.too_large and len(line.sizes) > 3 for line in lines)
    assert sum(lines[0].sizes) < MOST_OF_A_WEEK

    # Nobody was overruled by whoever came last.
    new = house.ask(CONFLICTS)[len(before) :]
    assert [(reason, kind, outcome) for _, reason, _, kind, outcome, _ in sorted(new, key=lambda row: row[1:3])] == [
        ("other_decision", "judging", "waiting"), ("other_mark", "cohort", "waiting"), ("other_mark", "cohort", "waiting"),
        ("signature_contested", "cohort", "waiting"),
    ]  # fmt: skip
    about = {(reason, about and plain(about)): key for key, reason, about, *_ in new}
    desk = browser.new_context(base_url=house.url, locale="en-GB")
    page = desk.new_page()
    differ = "Two have marked the same learner differently."
    desk.add_cookies([{"name": "sessionid", "value": session_of("manager-vientiane"), "url": house.url}])
    settle(page, about["other_mark", plain(places[5])], "Take what came", "She was there.", differ, "Absent", "Present")
    settle(page, about["other_mark", plain(places[6])], "What stood stays", "He called.", differ, "Excused", "Present")
    settle(
        page,
        about["signature_contested", None],
        "Take what came",
        "It is settled.",
        "The signature came, but two marks still differ.",
    )
    desk.add_cookies([{"name": "sessionid", "value": session_of("secretariat"), "url": house.url}])
    settle(
        page, about["other_decision", plain(places[JUDGED_TWICE])], "Take what came", "The second look was a slip.",
        "The learner was decided about meanwhile, and not in the same way.", "Once more, slowly.",
    )  # fmt: skip
    desk.close()

    # The totals, in the records.
    assert all_marks(house) == as_seen(set(places))
    assert [row[3:] for row in house.ask(SESSIONS)] == [("locked", "trainer", "live")] * 10
    assert house.ask(GUESTS) == [(GUEST_IN, GUEST)]
    assert house.ask(DECISIONS.format(SCHEMED)) == [
        (seat, "competent" if seat in ABLE else "not_yet_competent", 1, "assessed", WEEK[(seat - 1) // 2].isoformat())
        for seat in range(1, 11)
    ]
    assert sorted(house.ask(SIGNATURES.format(SCHEMED))) == [
        (seat, role) for seat in sorted(SIGNED_SEATS) for role in ("assessor", "learner", "witness")
    ]
    assert_all_there(house, taught, {"applied", "contested"})
    assert_all_there(house, judged, {"applied", "contested"})
    assert [len(house.ask(EVENTS.format(plain(key)))) for key in (far.own.device.pk, other)] == [1, 1]
    assert [(outcome, by) for *_, outcome, by in house.ask(CONFLICTS)[len(before) :]].count(("waiting", "")) == 0
    assert house.ask(CONFLICTS)[: len(before)] == before
    # And as the house shows them to whoever asks: the photos byte by byte, the registers on their pages.
    kept = house.ask(FILES)
    assert [(seat, criteria) for seat, _, _, criteria in kept] == [(seat, 1) for seat in range(1, 11)]
    for _, key, digest, _ in kept:
        assert sha256(asked(house, session_of("assessor"), f"/evidence/{UUID(key)}/")).hexdigest() == digest
    wanted = {place: word for place, (word, *_) in as_seen(set(places)).items()}
    assert {place: word for number in SEEN for place, word in shown(house, session_of("trainer"), number)} == wanted
    # Nothing is left on the phones but what they carry.
    assert trainer.chain()["events"] == assessor.chain()["events"] == []
    assert assessor.page.evaluate(STORED)["counts"] == {"things": 1, "files": 0, "pieces": 0, "drafts": 0}
    for phone in (trainer, assessor):
        expect(phone.page.locator("[data-rg-net]")).to_have_text(SENT)
        assert [wrong for wrong in phone.wrong if wrong] == []
        phone.go()
