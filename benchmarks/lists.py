"""
The list of members against a plain Django page with the same rows, joins and size of HTML, at 1,000 and at 1,000,000 members.

Through Django's test client in this process, as a visitor: on a shared machine a server and its clients disturb each other more than
the pages differ. SQLite only: the million members are written by its own means.
"""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from corridor.foundations.access import VISITOR
from corridor.rooms.members import queries

from . import many_members, plain_page, stores
from .measuring import Result, mean_milliseconds

ON = date(2024, 1, 18)
SMALL, LARGE = 1_000, 1_000_000
ROUNDS = 5
# Milliseconds.
SLOW = 2_000
# What the list is asked for. The last two look at every member, whoever asks.
QUESTIONS = {
    "the first page": {},
    "a page near the end": {"after": 0.9},
    "a search that many fit": {"search": "College 1"},
    "a state that few are in": {"status": "suspended"},
    "a search that none fit": {"search": "zzz"},
}


def measure(seconds: float) -> list[Result]:
    if not stores.is_sqlite():
        return []
    for size in (SMALL, LARGE):
        stores.empty(_name(size))
        many_members.fill(size)
    try:
        return [
            _against_plain(seconds),
            *(_large_against_small(f"list of members, {name}", _list(asked), seconds) for name, asked in QUESTIONS.items()),
            _large_against_small("whole page of members, with the counts by place", _ours, seconds),
        ]  # fmt: skip
    finally:
        stores.leave()
        for size in (SMALL, LARGE):
            stores.remove(_name(size))


def _against_plain(seconds: float) -> Result:
    """At 1,000 rows, where the counts by place weigh little; they are part of our page."""
    stores.use(_name(SMALL))
    with CaptureQueriesContext(connection) as statements:
        mine = _ours(SMALL)
        count = len(statements)
    plain_page.pad_to(0)
    with _plain():
        client = Client()
        plain_page.pad_to(mine - len(client.get("/members/").content))
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(mean_milliseconds(lambda: _ours(SMALL), seconds / 2))
        with _plain():
            theirs.append(mean_milliseconds(lambda: client.get("/members/"), seconds / 2))
    return Result.of(
        "page of 50 members of 1,000, as a visitor", "a plain Django page", "ms", ours, theirs, goal=1 / 0.6,
        note=f"{count} statements, {mine // 1024} kB",
    )  # fmt: skip


def _large_against_small(name: str, ask: Callable[[int], object], seconds: float) -> Result:
    turns: dict[int, list[float]] = {SMALL: [], LARGE: []}
    for _ in range(ROUNDS):
        for size, times in turns.items():
            stores.use(_name(size))
            if not times:
                ask(size)
            times.append(mean_milliseconds(lambda: ask(size), seconds / 10))  # noqa: B023 (called at once)
        # What takes seconds is not worth five turns.
        if turns[LARGE][-1] > SLOW:
            break
    return Result.of(f"{name}: 1,000,000", "the same at 1,000", "ms", turns[LARGE], turns[SMALL], goal=1.5)


def _list(asked: dict[str, object]) -> Callable[[int], object]:
    def ask(size: int) -> object:
        after = asked.get("after")
        given = asked | ({"after": f"m-{int(size * after):07d}"} if isinstance(after, float) else {})
        return queries.list_members(by=VISITOR, on=ON, **given)  # type: ignore[arg-type]

    return ask


def _ours(_size: int) -> int:
    answer = Client().get("/members/", {"on": ON.isoformat()})
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"the page of members answers {answer.status_code}")
    return len(answer.content)


def _plain() -> override_settings:
    return override_settings(ROOT_URLCONF="benchmarks.plain_page", MIDDLEWARE=plain_page.MIDDLEWARE)


def _name(size: int) -> str:
    return f"members-{size}"
