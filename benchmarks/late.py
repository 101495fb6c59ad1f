"""
The first page of what is late in an alliance of 5,000 members, 20,000 agreements and 100,000 obligations, against the bare list of obligations:
a plain Django page with as many rows and the same joins, in the order of an index, and nothing else looked for.
"""

from datetime import date, timedelta
from http import HTTPStatus

from django.test import Client, override_settings

from corridor.foundations.access import Role
from corridor.kernel.identifiers import new_id
from corridor.rooms.agreements.models import Agreement, AgreementParty, Obligation
from corridor.rooms.members.models import Organisation
from tests.web.readers import browser_of

from . import many_members, plain_page, stores
from .measuring import Result, mean_milliseconds

STORE = "late"
MEMBERS, AGREEMENTS, OBLIGATIONS = 5_000, 20_000, 100_000
ROUNDS = 5
FIRST = date(2020, 1, 1)
# Every third is open, so a good sixth of all is late.
STATES = ("open", "fulfilled", "waived")


def fill(members: int = MEMBERS, agreements: int = AGREEMENTS, obligations: int = OBLIGATIONS) -> None:
    many_members.fill(members)
    keys = list(Organisation.objects.order_by("reference").values_list("pk", flat=True))
    promises = [
        Agreement(
            id=new_id(), reference=f"AGR-{number:07}", status="in_force", starts_on=FIRST, canonical_hash="0" * 64, source_mark="assumed"
        )
        for number in range(agreements)
    ]  # fmt: skip
    Agreement.objects.bulk_create(promises, batch_size=2_000)
    AgreementParty.objects.bulk_create(
        [
            AgreementParty(agreement=promise, organisation_id=keys[(place + side) % len(keys)], position=side + 1)
            for place, promise in enumerate(promises)
            for side in (0, 1)
        ],
        batch_size=2_000,
    )
    days = [FIRST + timedelta(days=number * 7 % 3_000) for number in range(obligations)]
    Obligation.objects.bulk_create(
        [
            Obligation(
                id=new_id(), reference=f"OBL-{number:07}", status=STATES[number % 3], agreement=promises[number % agreements],
                organisation_id=keys[number % len(keys)], what="Sends a list", due_on=day, first_due_on=day,
            )
            for number, day in enumerate(days)
        ],
        batch_size=2_000,
    )  # fmt: skip


def measure(seconds: float) -> list[Result]:
    if not stores.is_sqlite():
        return []
    stores.empty(STORE)
    try:
        fill()
        browser, plain = browser_of(Role.SECRETARIAT), Client()
        plain.cookies = browser.cookies
        return [
            _against_bare("the first page of what is late", "", browser, plain, seconds),
            _against_bare("a page far down", "?after=2023-06-01+obligation+OBL-0050000", browser, plain, seconds),
        ]
    finally:
        stores.leave()
        stores.remove(STORE)


def _against_bare(name: str, words: str, browser: Client, plain: Client, seconds: float) -> Result:
    mine = _get(browser, words)
    plain_page.pad_to(0)
    with _bare():
        plain_page.pad_to(mine - _get(plain, ""))
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(mean_milliseconds(lambda: _get(browser, words), seconds / 2))
        with _bare():
            theirs.append(mean_milliseconds(lambda: _get(plain, ""), seconds / 2))
    return Result.of(f"{name}, of {OBLIGATIONS:,} obligations", "the bare list page", "ms", ours, theirs, goal=2.0)


def _get(browser: Client, words: str) -> int:
    answer = browser.get(f"/late/{words}")
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"/late/{words} answers {answer.status_code}")
    return len(answer.content)


def _bare() -> override_settings:
    return override_settings(ROOT_URLCONF="benchmarks.plain_page", MIDDLEWARE=plain_page.MIDDLEWARE)
