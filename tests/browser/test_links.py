"""No link leads nowhere: what the pages of each role's first steps point at answers."""

import pytest
from playwright.sync_api import Page

from .alliance import Alliance
from .places import ACCOUNT_OF

LINKS = "[...new Set([...document.querySelectorAll('a[href]')].map((link) => link.href.split('#')[0]))]"
PAGES = (
    "/",
    "/desk/",
    "/cohorts/",
    "/members/lgtvc/",
    "/programmes/panda-college/",
    "/sites/wks-vientiane/",
    "/reports/",
)


@pytest.mark.parametrize(
    "role", [role for role in ACCOUNT_OF if role in {"visitor", "secretariat", "trainer", "auditor"}]
)
def test_every_link_of_the_first_pages_answers(strict_page: Page, alliance: Alliance, be, role: str):
    if account := ACCOUNT_OF[role]:
        be(account)
    dead, tried = [], set()
    for address in PAGES:
        strict_page.goto(address)
        for link in strict_page.evaluate(LINKS):
            if link.startswith(alliance.url) and link not in tried:
                tried.add(link)
                if (status := strict_page.request.get(link).status) >= 400:
                    dead.append(f"{role}, {address}: {link} answers {status}")
    assert len(tried) > 20
    assert not dead, "\n".join(dead)
