"""
The first page of what is late in an alliance of 5,000 members, 20,000 agreements and 100,000 obligations, against the bare list page of members:
as many rows in the same frame, of one room instead of five.
"""

from datetime import date, timedelta
from http import HTTPStatus

from django.test import Client

from corridor.foundations.access import Role
from corridor.kernel.identifiers import new_id
from corridor.rooms.agreements.models import Agreement, AgreementParty, Obligation
from corridor.rooms.members.models import Organisation
from tests.web.readers import browser_of

from . import many_members, stores
from .measuring import Result, mean_milliseconds

STORE = "late"
MEMBERS, AGREEMENTS, OBLIGATIONS = 5_000, 20_000, 100_000
ROUNDS = 5
# As many rows of the same alliance, of one room and in one order.
BARE = "/members/"
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
        browser = browser_of(Role.SECRETARIAT)
        return [
            _against_bare("the first page of what is late", "", browser, seconds),
            _against_bare("a page far down", "?after=2023-06-01+obligation+OBL-0050000", browser, seconds),
        ]
    finally:
        stores.leave()
        stores.remove(STORE)


def _against_bare(name: str, words: str, browser: Client, seconds: float) -> Result:
    for address in (f"/late/{words}", BARE):
        _get(browser, address)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(mean_milliseconds(lambda: _get(browser, f"/late/{words}"), seconds / 2))
        theirs.append(mean_milliseconds(lambda: _get(browser, BARE), seconds / 2))
    return Result.of(f"{name}, of {OBLIGATIONS:,} obligations", "the bare list page", "ms", ours, theirs, goal=2.0)


def _get(browser: Client, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{address} answers {answer.status_code}")
