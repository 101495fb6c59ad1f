"""The system's Chromium, a page that tolerates no error, and screenshots where ./test --shots asks for them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

# Playwright keeps an event loop in this thread; the tests still talk to the database plainly.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = {"phone": {"width": 360, "height": 760}, "desktop": {"width": 1280, "height": 900}}


def chromium() -> str | None:
    """The browser that ./test found, or the one of the system."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return os.environ.get("CHROMIUM") or next(filter(None, found), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    program = chromium()
    if program is None:
        pytest.skip("Chromium is missing: install it (on Debian or Ubuntu, as root: apt-get install chromium)")
    return {**browser_type_launch_args, "executable_path": program, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": WIDTHS["desktop"], "locale": "en-GB"}


@pytest.fixture
def strict_page(page: Page, live_server: Any) -> Iterator[Page]:
    """A page that fails its test on any script error, breach of the content security policy, or request to somebody else."""
    wrong: list[str] = []

    def said(message: ConsoleMessage) -> None:
        # A refusal is an answer: the browser notes 4xx pages as errors of the network.
        if message.type == "error" and "Failed to load resource" not in message.text:
            wrong.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            wrong.append(f"a request to {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", asked)
    yield page
    assert wrong == []


@pytest.fixture
def shot(page: Page, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """``shot("figure")`` writes the page as it is now, at both widths, into the folder of --shots; does nothing without it."""
    folder = request.config.getoption("--shots")

    def take(name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            for width, size in WIDTHS.items():
                page.set_viewport_size(size)  # type: ignore[arg-type]
                page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    return take
