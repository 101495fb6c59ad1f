"""What no page may do, whoever looks at it: talk to strangers, err in a script, scroll sideways, or offer a control too small for a thumb."""

from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request

WIDTHS: dict[str, Any] = {"phone": {"width": 360, "height": 760}, "desktop": {"width": 1280, "height": 900}}
THEMES = ("light", "dark")

# A control is measured as it is hit: a box to tick by its label, a link in a sentence by nothing (the sentence gives its height).
TOO_SMALL = """() => {
  const least = 44, found = [];
  const seen = (el) => el.checkVisibility({opacityProperty: false, visibilityProperty: true}) && el.getClientRects().length;
  for (const el of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (el.closest(".skip") || !seen(el) || el.disabled) continue;
    let box = el;
    if (el.matches("[type=checkbox], [type=radio]")) box = el.labels[0] ?? el;
    if (el.matches("a") && !el.closest("td, th") && getComputedStyle(el).display === "inline") continue;
    const lines = [...box.getClientRects()], width = Math.max(...lines.map((line) => line.width));
    const height = Math.max(...lines.map((line) => line.bottom)) - Math.min(...lines.map((line) => line.top));
    if (height < least - 0.5 || width < least - 0.5 && !el.matches("a"))
      found.push(`${el.outerHTML.slice(0, 140)} is ${Math.round(width)} by ${Math.round(height)}`);
  }
  return found;
}"""
SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const beyond = [...document.body.querySelectorAll("*")].filter((el) => el.getBoundingClientRect().right > wide + 1);
  return [`${document.documentElement.scrollWidth} wide: ` + beyond.slice(0, 3).map((el) => el.outerHTML.slice(0, 100)).join(" | ")];
}"""


def watch(page: Page, own: str) -> list[str]:
    """Everything that goes wrong on the page from now on, as sentences."""
    wrong: list[str] = []

    def said(message: ConsoleMessage) -> None:
        # A refusal is an answer: the browser notes 4xx pages as errors of the network.
        if message.type == "error" and "Failed to load resource" not in message.text:
            wrong.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((own, "data:", "blob:", "about:")):
            wrong.append(f"a request to {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", asked)
    return wrong
