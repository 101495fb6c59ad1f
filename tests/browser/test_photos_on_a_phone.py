"""Photos on a phone: only where its trainer wants them, hidden as names are, there without a network, and gone when they are not wanted."""

import base64
from io import BytesIO

from PIL import Image
from playwright.sync_api import Route, expect

from .phones import row

THINGS = """async () => {
  const account = JSON.parse(localStorage.getItem("corridor-account")).id;
  const asked = indexedDB.open(`corridor-kept-${account}`);
  const base = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const told = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const got = await told(base.transaction("things").objectStore("things").get("photos"));
  base.close();
  return got ? { size: got.data.byteLength, text: new TextDecoder().decode(got.data) } : null;
}"""


def portrait() -> str:
    made = BytesIO()
    Image.effect_noise((120, 120), 60).convert("RGB").save(made, "JPEG")
    return base64.b64encode(made.getvalue()).decode()


def test_photos_are_taken_along_hidden_only_where_the_trainer_wants_them(phones):
    page, asked, content = phones("trainer"), [], portrait()
    row(page).click()
    tiles = page.locator("[data-rg-roll] .tile")
    place = tiles.first.get_attribute("data-place")

    def house(route: Route) -> None:
        asked.append(route.request.headers.get("if-none-match"))
        route.fulfill(json={"photos": {place: content}}, headers={"ETag": '"one"'})

    page.context.route("**/registers/phone/photos/", house)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(1000)
    assert asked == []
    switch, shown = page.locator("[data-rg-photos]"), page.locator(".tile-photo")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(shown).to_have_count(1)
    expect(tiles.first.locator(".tile-photo")).to_be_visible()
    expect(switch).to_have_attribute("aria-pressed", "true")
    stored = page.evaluate(THINGS)
    assert stored["size"] > len(content) and content[:40] not in stored["text"]
    page.context.set_offline(True)
    page.reload()
    expect(shown).to_have_count(1, timeout=20_000)
    switch.click()
    expect(shown).to_have_count(0)
    assert page.evaluate(THINGS)["size"] < 100
    page.context.set_offline(False)
