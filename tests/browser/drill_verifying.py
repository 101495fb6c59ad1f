"""
How long a verdict takes on a slow phone without a network, and what the page weighs: ``python -m tests.browser.drill_verifying``. It prints.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from .alliance import copy_of, load_once, read_past
from .conftest import QUIET, chromium
from .strictness import WIDTHS
from .test_verifying import GOOD

SLOWER = 4
TURNS = 5
# From the tap until the answer stands in the page.
VERDICT = """async (text) => {
  const form = document.querySelector("[data-vf-ask] form");
  form.querySelector("textarea").value = text;
  document.querySelector("[data-vf-answer]").replaceChildren();
  const began = performance.now();
  const answered = new Promise((done) => {
    const look = () => (document.querySelector("#h-verdict") ? done(performance.now() - began) : requestAnimationFrame(look));
    look();
  });
  form.requestSubmit();
  return answered;
}"""


def measured(page: Page, document: str) -> list[float]:
    """Milliseconds of the first verdict after the page was opened, and of the next ones."""
    return [page.evaluate(VERDICT, document) for _ in range(TURNS + 1)]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="corridor-drill-") as place, sync_playwright() as play:
        folder = Path(place)
        with copy_of(load_once(folder / "example"), _made(folder / "copy")) as alliance:
            [(document,)] = read_past(alliance.database, f"SELECT document FROM credentials_credential WHERE {GOOD}")
            browser = play.chromium.launch(executable_path=chromium(), args=QUIET)
            context = browser.new_context(viewport=WIDTHS["phone"], base_url=alliance.url)
            page = context.new_page()
            line = context.new_cdp_session(page)
            line.send("Network.enable")
            weights: list[int] = []
            line.on("Network.loadingFinished", lambda told: weights.append(int(told["encodedDataLength"])))
            page.goto("/verify/", wait_until="networkidle")
            page.wait_for_function("caches.match('/verify/').then(Boolean)")
            print(f"The page with all that it loads: {sum(weights) / 1000:.0f} kB in {len(weights)} parts")
            context.set_offline(True)
            line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            page.reload()
            page.wait_for_selector("[data-vf-save]:not([hidden])")
            first, *further = measured(page, document)
            print(
                f"A verdict without a network, {SLOWER} times slower: {first:.0f} ms at first, {median(further):.0f} ms after"
            )
            browser.close()
    return 0


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    sys.exit(main())
