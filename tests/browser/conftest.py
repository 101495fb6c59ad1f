"""The system's Chromium before the example alliance, a page that tolerates no error, and screenshots where ./test --shots asks for them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from .alliance import PASSWORD, Alliance, copy_of, load_once
from .phones import PHONE, SENT
from .strictness import WIDTHS, watch

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str | None:
    """The browser that ./test found, or the one of the system."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return os.environ.get("CHROMIUM") or next(filter(None, found), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    program = chromium()
    if program is None:
        missing = "Chromium is missing: install it (on Debian or Ubuntu, as root: apt-get install chromium)"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    return {**browser_type_launch_args, "executable_path": program, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": WIDTHS["desktop"], "locale": "en-GB", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the example alliance as it was loaded; nobody writes into it."""
    base = tmp_path_factory.getbasetemp()
    # Workers have a folder each inside that of the run.
    of_the_run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return load_once(of_the_run / "example")


@pytest.fixture(scope="session")
def alliance(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alliance]:
    """The example alliance, served; the same for all tests of a worker, which leave it as they found it."""
    with copy_of(loaded, tmp_path_factory.mktemp("alliance")) as alliance:
        yield alliance


@pytest.fixture(scope="session")
def base_url(alliance: Alliance) -> str:
    """Where ``page.goto("/members/")`` goes."""
    return alliance.url


@pytest.fixture
def alliance_to_change(alliance: Alliance, context: BrowserContext) -> Iterator[Alliance]:
    """The same for a test that writes: put back when it is over, and no page is left that would tell it again what it has forgotten."""
    yield alliance
    for page in context.pages:
        page.close()
    alliance.put_back()


@pytest.fixture
def be(context: BrowserContext, alliance: Alliance) -> Callable[[str], None]:
    """``be("trainer")``: from now on the browser is signed in as that account."""

    def take_the_session(account: str) -> None:
        context.add_cookies([{"name": "sessionid", "value": alliance.session_of(account), "url": alliance.url}])

    return take_the_session


@pytest.fixture
def be_now(page: Page) -> Callable[[str], None]:
    """The same by the page of signing in, for what asks for a proof given a moment ago."""

    def sign_in_now(account: str) -> None:
        page.goto("/sign-in/")
        page.locator("input[name=username]").fill(account)
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)

    return sign_in_now


@pytest.fixture
def strict_page(page: Page, alliance: Alliance) -> Iterator[Page]:
    """A page that fails its test on any script error, breach of the content security policy, or request to somebody else."""
    wrong = watch(page, alliance.url)
    yield page
    assert wrong == []


@pytest.fixture
def shot(page: Page, request: pytest.FixtureRequest) -> Callable[..., None]:
    """
    ``shot("figure")`` writes the page as it is now, at both widths, into the folder of --shots; does nothing without it.
    ``shot("figure", phone)`` writes that of another browser: the test's own page, never opened, would be white.
    """
    folder = request.config.getoption("--shots")

    def take(name: str, of: Page = page) -> None:
        assert of.url != "about:blank", "This page was never opened: say of which page the picture is."
        if folder:
            before = of.viewport_size
            Path(folder).mkdir(parents=True, exist_ok=True)
            for width, size in WIDTHS.items():
                of.set_viewport_size(size)
                of.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
            of.set_viewport_size(before)

    return take


@pytest.fixture
def phones(browser: Browser, alliance_to_change: Alliance) -> Iterator[Callable[[str], Page]]:
    """
    ``phones("trainer")``: another phone on which that account is signed in, with its registers on it; ``at``: the page that it keeps, if another.
    """
    contexts: list[BrowserContext] = []
    asked: set[Request] = set()

    def begun(request: Request) -> None:
        asked.add(request)

    def over(request: Request) -> None:
        asked.discard(request)

    def open_phone(account: str, at: str = PHONE) -> Page:
        context = browser.new_context(viewport=WIDTHS["phone"], base_url=alliance_to_change.url, has_touch=True)
        contexts.append(context)
        context.on("request", begun)
        context.on("requestfinished", over)
        context.on("requestfailed", over)
        session = alliance_to_change.session_of(account)
        context.add_cookies([{"name": "sessionid", "value": session, "url": alliance_to_change.url}])
        page = context.new_page()
        page.goto(at)
        expect(page.locator("[data-rg-net]")).to_have_text(SENT, timeout=20_000)
        page.wait_for_function("navigator.serviceWorker.ready.then((found) => Boolean(found.active))")
        page.wait_for_function(f"caches.match('{at}').then(Boolean)")
        return page

    yield open_phone
    # What a phone has asked is answered before the records are put back under the server.
    for page in (page for context in contexts for page in context.pages):
        for _ in range(50):
            if not asked:
                break
            page.wait_for_timeout(100)
    for context in contexts:
        context.close()


@pytest.fixture
def photo(tmp_path: Path) -> Callable[..., Path]:
    """``photo(7)``: a picture as a camera takes it, larger than is kept; no two are the same."""

    def take(number: int, *, noisy: bool = False) -> Path:
        rows = np.full((1500, 2000, 3), (number * 23) % 255, np.uint8)
        if noisy:
            rows = np.random.default_rng(number).integers(0, 255, (1500, 2000, 3), np.uint8)
        file = tmp_path / f"{number}.jpg"
        file.write_bytes(bytes(cv2.imencode(".jpg", rows)[1]))
        return file

    return take
