"""The server is killed (kill -9) in the middle of syncs, and its database put back to yesterday's: at the end every event is there once."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from .alliance import DAY
from .killed_houses import FarPhone, House

PHONES, EVENTS, KILLS = 4, 45, 3
ALL_EVENTS = "SELECT id, device_id, sequence, state FROM journal_event"
ENTRIES = "SELECT id FROM training_registerentry WHERE origin = 'device'"
MARKS = "SELECT enrolment_id, mark FROM training_attendance WHERE session_id = '{}'"


@pytest.fixture
def house(loaded: Path, tmp_path: Path) -> Iterator[House]:
    house = House.of(loaded, tmp_path / "house")
    house.start()
    yield house
    house.kill()


def mark(phones: list[FarPhone], count: int) -> None:
    """Each phone marks seats of its own in today's register, again and again: the last word on a seat is its own."""
    words = ("present", "absent", "excused", "left_early")
    for nth, phone in enumerate(phones):
        today = next(each for each in phone.registers if each.held_on == date.fromisoformat(DAY))
        seats = today.roll[nth::PHONES]
        for number in range(count):
            phone.own.mark(today, {seats[number % len(seats)]: words[(number + nth) % len(words)]})


def sync_through(house: House, phones: list[FarPhone], kills: int) -> None:
    """All phones send at once, and the house is killed so many times while they do."""
    until = datetime.now(UTC) + timedelta(minutes=10)
    with ThreadPoolExecutor(len(phones)) as pool:
        sending = [pool.submit(phone.sync_all, until) for phone in phones]
        for _ in range(kills):
            before = len(house.ask("SELECT 1 FROM journal_event"))
            while len(house.ask("SELECT 1 FROM journal_event")) <= before + 5 and not all(
                each.done() for each in sending
            ):
                time.sleep(0.005)
            house.kill()
            house.start()
        for each in sending:
            each.result()


def assert_whole(house: House, phones: list[FarPhone]) -> None:
    """Every event of every phone once, applied once, and the register says the last word on each seat."""
    own = {phone.own.device.pk.hex for phone in phones}
    stored = [row for row in house.ask(ALL_EVENTS) if row[1] in own]
    told = {(each["id"].replace("-", ""), each["sequence"]) for phone in phones for each in phone.own.kept}
    assert {(key, sequence) for key, _, sequence, _ in stored} == told
    assert len(stored) == len(told)
    assert {state for *_, state in stored} == {"applied"}
    keys = {key for key, _ in told}
    assert sorted(key for (key,) in house.ask(ENTRIES) if key in keys) == sorted(keys)
    last: dict[str, str] = {}
    for phone in phones:
        for event in phone.own.kept:
            for each in event["payload"]["marks"]:
                last[each["place"].replace("-", "")] = each["mark"]
    session = phones[0].own.kept[0]["subject"].replace("-", "")
    now = dict(house.ask(MARKS.format(session)))
    assert {place: now[place] for place in last} == last


@pytest.mark.timeout(900)  # a house is started five times
def test_killed_in_mid_sync_and_put_back_to_yesterday_nothing_is_lost_and_nothing_is_there_twice(
    house: House, tmp_path: Path
):
    before = len(house.ask("SELECT 1 FROM journal_event"))
    phones = [FarPhone.of(house, "trainer") for _ in range(PHONES)]
    mark(phones, EVENTS)
    sync_through(house, phones, KILLS)
    assert_whole(house, phones)
    assert sum(phone.unanswered for phone in phones) > 0, "it was killed while they were sending"
    yesterday = tmp_path / "yesterday.sqlite3"
    house.back_up(yesterday)
    mark(phones, EVENTS)
    sync_through(house, phones, 0)
    assert_whole(house, phones)
    house.kill()
    house.restore(yesterday)
    house.start()
    assert len(house.ask("SELECT 1 FROM journal_event")) == before + PHONES * EVENTS, "what came after the copy is gone"
    mark(phones, 1)
    sync_through(house, phones, 1)
    assert_whole(house, phones)
