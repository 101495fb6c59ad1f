"""A fault reported by a phone without an account and without a network takes a capability away, and the assessor is told why."""

import re

from playwright.sync_api import Browser, Page, expect

from .alliance import Alliance
from .strictness import SIDEWAYS, TOO_SMALL, WIDTHS, watch

SITE = "/sites/wks-vientiane/"
UNIT = "/cohorts/LGTC-VI-2024-A/decisions/VI-03/"
LABEL = """
SELECT l.secret FROM sites_equipmentlabel l JOIN sites_equipment e ON e.id = l.equipment_id
WHERE e.inventory_number = 'LGT-0101' AND l.ended_on IS NULL
"""
FAULTS = """
SELECT f.what, f.words, f.reported_by, e.status FROM sites_fault f JOIN sites_equipment e ON e.id = f.equipment_id
WHERE e.inventory_number = 'LGT-0101' ORDER BY f.id
"""


def labels_printed(page: Page, alliance: Alliance) -> str:
    """Print the labels of the site; the secret on that of the brake tester."""
    page.goto(f"{SITE}equipment/")
    expect(page.get_by_role("button", name="Print labels")).to_be_visible()
    sent = page.request.post(
        f"{SITE}equipment/labels/",
        form={"csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""},
        headers={"Referer": page.url},
    )
    assert sent.body().startswith(b"%PDF")
    return str(alliance.ask(LABEL)[0][0])


def test_a_fault_reported_without_a_network_takes_a_capability_away(
    strict_page: Page, browser: Browser, alliance_to_change: Alliance, be, shot
):
    page, alliance = strict_page, alliance_to_change
    be("manager-vientiane")
    where = f"/fault/{labels_printed(page, alliance)}/"
    be("assessor")
    page.goto(UNIT)
    expect(page.locator("#main")).not_to_contain_text("It cannot be assessed here today.")

    phone = browser.new_context(viewport=WIDTHS["phone"], base_url=alliance.url)
    stranger = phone.new_page()
    wrong = watch(stranger, alliance.url)
    stranger.goto(where)
    assert stranger.evaluate(SIDEWAYS) == []
    assert stranger.evaluate(TOO_SMALL) == []
    stranger.wait_for_function("navigator.serviceWorker.ready.then((found) => Boolean(found.active))")
    stranger.wait_for_function("caches.match(location.pathname).then(Boolean)")
    phone.set_offline(True)
    stranger.get_by_text("It is dangerous").click()
    stranger.get_by_role("button", name="Send").click()
    expect(stranger.locator("[data-fault-kept]")).to_be_visible()
    assert alliance.ask(FAULTS) == []
    # The page is there without a network too, and so is what was kept on it.
    stranger.goto(where)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Roller brake tester")
    phone.set_offline(False)
    expect(stranger.locator("[data-fault-sent]")).to_be_visible(timeout=20_000)
    assert alliance.ask(FAULTS) == [("unsafe", "", "label", "faulty")]
    stranger.reload()
    expect(stranger.locator("#main")).to_contain_text("Reported already")
    assert len(alliance.ask(FAULTS)) == 1
    assert wrong == []
    phone.close()

    be("manager-vientiane")
    page.goto("/desk/")
    expect(page.locator("#main")).to_contain_text("Have 2 faults mended")
    page.goto(f"{SITE}capability/")
    expect(page.locator("#main")).to_contain_text(re.compile("Roller brake tester LGT-0101 has not worked since"))
    shot("capability")

    be("assessor")
    page.set_viewport_size(WIDTHS["phone"])
    page.goto(UNIT)
    expect(page.locator("#main")).to_contain_text("It cannot be assessed here today.")
    expect(page.locator("#main")).to_contain_text("Vientiane Garage Equipment (invented) can mend it.")
    shot("assessor-told-why-not")
    page.locator(".seg label", has_text="Competent").first.click()
    page.get_by_role("button", name="Record these decisions").click()
    expect(page.locator("#main")).to_contain_text("VI-03 cannot be assessed at wks-vientiane")


def test_the_form_of_a_label_works_without_scripts(
    browser: Browser, strict_page: Page, alliance_to_change: Alliance, be
):
    be("manager-vientiane")
    where = f"/fault/{labels_printed(strict_page, alliance_to_change)}/"
    context = browser.new_context(java_script_enabled=False, viewport=WIDTHS["phone"], base_url=alliance_to_change.url)
    page = context.new_page()
    page.goto(where)
    page.get_by_text("Noise, smoke or a leak").click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#main")).to_contain_text("It is reported.")
    assert [row[0] for row in alliance_to_change.ask(FAULTS)] == ["noise"]
    context.close()
