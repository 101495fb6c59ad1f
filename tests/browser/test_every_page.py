"""
Every page of the roles table, as each role that may read it: no barrier that axe knows, no control too small, nothing goes sideways.

What a role reads differently is opened twice, not in every combination: wide in English, and as on a telephone in the language whose turn it
is, once in light and once in dark. Language and theme go round over pages and roles in a fixed order, so each combination is met many times.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.contracts.roles_by_route import Row

from .alliance import Alliance
from .axe import give_axe, violations
from .places import ACCOUNT_OF, Visit, pages, visits
from .strictness import SIDEWAYS, THEMES, TOO_SMALL, WIDTHS, watch

LANGUAGES = ("en", "zh-hans", "lo", "ur")
DESK = "/desk/"
MOST = 20


@dataclass
class Reader:
    """A browser that stays open for all pages of a role."""

    page: Page
    url: str
    wrong: list[str] = field(default_factory=list)

    def read_in(self, language: str) -> None:
        self.page.context.add_cookies([{"name": "language", "value": language, "url": self.url}])


@pytest.fixture(scope="session")
def reader_of(browser: Browser, alliance: Alliance, browser_context_args: dict) -> Iterator[Callable[[str], Reader]]:
    readers: dict[str, Reader] = {}

    def open_for(role: str) -> Reader:
        if role not in readers:
            context = browser.new_context(**browser_context_args)
            give_axe(context)
            if account := ACCOUNT_OF[role]:
                session = alliance.session_of(account)
                context.add_cookies([{"name": "sessionid", "value": session, "url": alliance.url}])
            page = context.new_page()
            readers[role] = Reader(page, alliance.url, watch(page, alliance.url))
        readers[role].wrong.clear()
        return readers[role]

    yield open_for
    for reader in readers.values():
        reader.page.context.close()


@pytest.mark.parametrize(("number", "one"), [pytest.param(*each, id=each[1].url) for each in enumerate(pages())])
def test_page_has_no_barrier(
    number: int, one: Row, alliance: Alliance, reader_of: Callable[[str], Reader], request: pytest.FixtureRequest
) -> None:
    """What two roles read alike is looked at once; every role's own menus are looked at on its desk."""
    faults, seen, pictured = [], set(), set()
    shots = request.config.getoption("--shots")
    for visit in visits(one, alliance):
        reader = reader_of(visit.role)
        answer = reader.page.request.get(visit.address, max_redirects=0)
        if answer.status != 200:
            faults.append(f"{visit.role} gets {answer.status} from {visit.address}")
            continue
        if (read := essence(answer.text())) in seen:
            continue
        seen.add(read)
        found = faults_of(reader, visit.address, turn=number + len(seen))
        faults += [f"{visit.role}, {visit.address}: {fault}" for fault in found]
        if shots and (visit.address not in pictured or visit.address == DESK):
            pictured.add(visit.address)
            take_shots(reader, Path(shots), visit)
    assert not faults, "\n".join(faults[:MOST])


def essence(html: str) -> str:
    """What a page says beside its frame, without the tokens that are new in each answer."""
    main = re.search(r"<main.*?</main>", html, re.DOTALL)
    said = main.group() if main else html
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", said)


def faults_of(reader: Reader, address: str, *, turn: int) -> list[str]:
    page, found = reader.page, []
    themes = THEMES if turn % 2 else THEMES[::-1]
    languages = {"phone": LANGUAGES[turn % len(LANGUAGES)], "desktop": "en"}
    for (width, size), theme in zip(WIDTHS.items(), themes, strict=True):
        language = languages[width]
        page.set_viewport_size(size)
        reader.read_in(language)
        page.goto(address)
        said = f"{width}, {theme}, {language}"
        found += [f"{said}: {broken}" for broken in violations(page, theme)]
        found += [f"{said}: too small: {control}" for control in page.evaluate(TOO_SMALL)]
        found += [f"{said}: goes sideways: {wide}" for wide in page.evaluate(SIDEWAYS)]
    return found + reader.wrong


def take_shots(reader: Reader, folder: Path, visit: Visit) -> None:
    """Both widths in each language, of each address once, and of the desk of each role."""
    page = reader.page
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]+", "_", visit.address.strip("/") or "home")
    name += f"-{visit.role}" if visit.address == DESK else ""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for language in LANGUAGES:
        reader.read_in(language)
        page.goto(visit.address)
        for width, size in WIDTHS.items():
            page.set_viewport_size(size)
            page.screenshot(path=folder / f"{name}-{language}-{width}.png", full_page=True)
    page.context.clear_cookies(name="language")
