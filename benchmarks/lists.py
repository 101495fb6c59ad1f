"""
The pages of members and of people against plain Django pages with the same rows, joins and size of HTML; and the larger against the smaller.

Through Django's test client in this process, members as a visitor and people as the secretariat: on a shared machine a server and its clients
disturb each other more than the pages differ. SQLite only: the rows are written by its own means.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from corridor.foundations.access import VISITOR, Role
from corridor.rooms.members import queries
from tests.web.readers import browser_of

from . import many_members, many_people, plain_page, stores
from .measuring import Result, mean_milliseconds

ON = date(2024, 1, 18)
ROUNDS = 5
# What the list of members is asked for. The last two look at every member, whoever asks.
QUESTIONS: dict[str, dict[str, object]] = {
    "the first page": {},
    "a page near the end": {"after": 0.9},
    "a search that many fit": {"search": "College 1"},
    "a state that few are in": {"status": "suspended"},
    "a search that none fit": {"search": "zzz"},
}


@dataclass(frozen=True)
class Page:
    """A page of ours and the plain one at the same address, at two sizes."""

    name: str
    address: str
    fill: Callable[[int], None]
    small: int
    large: int
    role: str = ""

    def store(self, size: int) -> str:
        return f"{self.name}-{size}"

    def make(self) -> None:
        for size in (self.small, self.large):
            stores.empty(self.store(size))
            self.fill(size)

    def browser(self) -> Client:
        return browser_of(self.role) if self.role else Client()


PAGES = [
    Page("members", f"/members/?on={ON.isoformat()}", many_members.fill, 1_000, 5_000),
    Page("people", "/people/", many_people.fill, 1_000, 1_000_000, Role.SECRETARIAT),
]
# Pages of people that are not the first. The place is nine tenths of the way down.
FURTHER = {
    "a page near the end": "?after=p-%07d",
    "a search for a name": "?q=si+12",
    "a search that none fit": "?q=zzz",
}


def measure(seconds: float) -> list[Result]:
    if not stores.is_sqlite():
        return []
    found: list[Result] = []
    for page in PAGES:
        page.make()
        try:
            found += [_against_plain(page, seconds), _large_against_small(page, seconds)]
            if page.name == "members":
                found += [_list_against_list(page, name, asked, seconds) for name, asked in QUESTIONS.items()]
            else:
                found += [_large_against_small(page, seconds, name, words) for name, words in FURTHER.items()]
        finally:
            stores.leave()
            for size in (page.small, page.large):
                stores.remove(page.store(size))
    return found


def _against_plain(page: Page, seconds: float) -> Result:
    stores.use(page.store(page.large))
    browser = page.browser()
    _get(browser, page.address)  # what is read once in a process is read
    with CaptureQueriesContext(connection) as statements:
        mine = _get(browser, page.address)
        count = len(statements)
    # A client keeps the middleware that it has first met.
    plain = Client()
    plain.cookies = browser.cookies
    plain_page.pad_to(0)
    with _plain():
        plain_page.pad_to(mine - _get(plain, page.address))
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(mean_milliseconds(lambda: _get(browser, page.address), seconds / 2))
        with _plain():
            theirs.append(mean_milliseconds(lambda: _get(plain, page.address), seconds / 2))
    return Result.of(
        f"page of 50 {page.name} of {page.large:,}", "a plain Django page", "ms", ours, theirs, goal=1 / 0.6,
        note=f"{count} statements, {mine // 1024} kB, as {page.role or 'a visitor'}",
    )  # fmt: skip


def _large_against_small(page: Page, seconds: float, name: str = "the first page", words: str = "") -> Result:
    browsers: dict[int, Client] = {}

    def ask(size: int) -> object:
        return _get(browsers[size], page.address + (words % (size * 9 // 10) if "%" in words else words))

    for size in (page.small, page.large):
        stores.use(page.store(size))
        browsers[size] = page.browser()
    return _sizes(page, f"whole page of {page.name}, {name}", ask, seconds)


def _list_against_list(page: Page, name: str, asked: dict[str, object], seconds: float) -> Result:
    def ask(size: int) -> object:
        after = asked.get("after")
        given = asked | ({"after": f"m-{int(size * after):07d}"} if isinstance(after, float) else {})
        return queries.list_members(by=VISITOR, on=ON, **given)  # type: ignore[arg-type]

    return _sizes(page, f"list of members, {name}", ask, seconds)


def _sizes(page: Page, name: str, ask: Callable[[int], object], seconds: float) -> Result:
    turns: dict[int, list[float]] = {page.small: [], page.large: []}
    for _ in range(ROUNDS):
        for size, times in turns.items():
            stores.use(page.store(size))
            if not times:
                ask(size)
            times.append(mean_milliseconds(lambda: ask(size), seconds / 5))  # noqa: B023 (called at once)
    return Result.of(
        f"{name}: {page.large:,}", f"the same at {page.small:,}", "ms", turns[page.large], turns[page.small], goal=1.5
    )


def _get(browser: Client, address: str) -> int:
    answer = browser.get(address)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{address} answers {answer.status_code} {answer.headers.get('Location', '')}")
    return len(answer.content)


def _plain() -> override_settings:
    return override_settings(ROOT_URLCONF="benchmarks.plain_page", MIDDLEWARE=plain_page.MIDDLEWARE)
