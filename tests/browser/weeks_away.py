"""A phone that is away for a week: its own clock goes on, its page is closed and opened anew, and what it made is known from its own store."""

import gzip
import json
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from .killed_houses import House
from .phones import SENT, in_the_real_world
from .strictness import WIDTHS, watch

# Later than whatever time of day it was in the house when the phone last heard of it, and the same day still in Vientiane.
LATE_IN_THE_EVENING = time(16, 30)
CHAIN = """async () => {
  const book = await Kept.open(JSON.parse(localStorage.getItem("corridor-account")).id);
  const events = await book.waiting();
  book.close();
  return { device: book.device, events: events.map(({ id, kind, sequence, at }) => ({ id, kind, sequence, at })) };
}"""


@dataclass
class AwayPhone:
    """``wrong`` is everything that went wrong on any of its pages."""

    house: House
    context: BrowserContext
    at: str
    page: Page
    wrong: list[list[str]] = field(default_factory=list)

    @classmethod
    def of(cls, house: House, browser: Browser, session: str, at: str, day: date) -> "AwayPhone":
        """Loaded on that day with a network, and everything on it."""
        context = browser.new_context(
            viewport=WIDTHS["phone"], base_url=house.url, has_touch=True, timezone_id="Asia/Vientiane"
        )
        context.add_cookies([{"name": "sessionid", "value": session, "url": house.url}])
        context.clock.install(time=evening_of(day))
        context.route(f"**{at}data/", in_the_real_world)
        made = cls(house, context, at, context.new_page())
        made.wrong.append(watch(made.page, house.url))
        made.page.goto(at)
        expect(made.page.locator("[data-rg-net]")).to_have_text(SENT, timeout=20_000)
        made.page.wait_for_function("navigator.serviceWorker.ready.then((found) => Boolean(found.active))")
        made.page.wait_for_function(f"caches.match('{at}').then(Boolean)")
        return made

    def leave(self) -> None:
        self.context.unroute(f"**{self.at}data/")
        self.context.set_offline(True)

    def wake_up(self, day: date) -> Page:
        """Another day: the phone was off, and opens the page from what it keeps itself."""
        self.page.close()
        self.context.clock.set_system_time(evening_of(day))
        self.page = self.context.new_page()
        self.wrong.append(watch(self.page, self.house.url))
        self.page.goto(self.at)
        return self.page

    def come_home(self) -> None:
        self.context.route(f"**{self.at}data/", in_the_real_world)
        self.context.set_offline(False)
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def go(self) -> None:
        """Switched off; what it has just asked is not waited for."""
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.close()

    def chain(self) -> dict[str, Any]:
        """The key of the device, and what waits on it."""
        return self.page.evaluate(CHAIN)


@dataclass
class WeakLine:
    """A line that carries few events at once and breaks in the middle; ``sizes`` are the bytes of what went through."""

    most: int = 8
    breaks_after: int = 2
    sizes: list[int] = field(default_factory=list)
    too_large: int = 0
    broken: int = 0

    def __call__(self, route: Route) -> None:
        body = route.request.post_data_buffer or b""
        if len(json.loads(gzip.decompress(body))["events"]) > self.most:
            self.too_large += 1
            return route.fulfill(status=413, body="Too large", content_type="text/plain")
        if len(self.sizes) == self.breaks_after and not self.broken:
            self.broken += 1
            return route.abort()
        self.sizes.append(len(body))
        return route.continue_()


def evening_of(day: date) -> datetime:
    return datetime.combine(day, LATE_IN_THE_EVENING)


def plain(key: str | UUID) -> str:
    """A key as the records hold it."""
    return str(key).replace("-", "")
