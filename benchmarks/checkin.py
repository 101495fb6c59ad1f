"""
Three phones check five hundred delegates in: each sends its scans in parts, and each part twice, as after a broken line.

Against the same rows written bare, once. What counts first is that nothing is lost and nobody is counted twice; a run where that fails has no
result.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.db import connection

from corridor.foundations.access import NIGHTLY
from corridor.rooms.conferences import queries
from corridor.rooms.conferences.actions import ScanDraft, check_in
from corridor.rooms.conferences.delegating import card_print
from corridor.rooms.conferences.models import Conference, Delegate, Scan
from tests.factories.conferences import make_conference

from . import stores
from .measuring import Result

PHONES, DELEGATES, AT_ONCE, ROUNDS = 3, 500, 50, 5
DAY = date(2024, 11, 21)
AT = datetime(2024, 11, 21, 1, tzinfo=UTC)

Part = tuple[str, list[ScanDraft]]


def measure(seconds: float) -> list[Result]:  # noqa: ARG001 (a number of scans, not a time)
    with stores.kept("checkin"):
        ours, bare = [], []
        for number in range(ROUNDS):
            conference, delegates = _conference(number)
            parts = _parts(delegates)
            ours.append(_rate(lambda part, conference=conference: _send(conference, part), parts * 2, DELEGATES))
            here = queries.count_delegates(conference=conference.reference, by=NIGHTLY)["here"]
            kept = Scan.objects.filter(delegate__conference=conference).count()
            if (here, kept) != (DELEGATES, sum(len(scans) for _phone, scans in parts)):
                raise AssertionError(f"{here} are in and {kept} scans kept")
            bare.append(_rate(_write, _parts(delegates), DELEGATES))
    note = f"{PHONES} phones, each part of {AT_ONCE} sent twice; all {DELEGATES} are in, none twice"
    return [
        Result.of(
            f"check {DELEGATES} delegates in",
            "the same scans, bare and once",
            "per second",
            ours,
            bare,
            goal=0.3,
            note=note,
        )
    ]


def _conference(number: int) -> tuple[Conference, list[Delegate]]:
    made = make_conference(f"CONF-X{number}", starts_on=DAY, is_held=False)
    delegates = Delegate.objects.bulk_create(
        Delegate(
            reference=f"DLG-X{number}-{each:04}", status="registered", conference=made, name=f"Delegate {each}", comes_from="A school",
            email=f"d{each}@example.org", language="en", card=f"{each:08}", secret_digest=f"{number:032}{each:032}", registered_at=AT,
        )
        for each in range(DELEGATES)
    )  # fmt: skip
    return made, delegates


def _parts(delegates: Sequence[Delegate]) -> list[Part]:
    """Each phone sees two thirds of them, so that many are seen twice."""
    parts: list[Part] = []
    for phone in range(PHONES):
        seen = [each for number, each in enumerate(delegates) if number % PHONES != phone]
        scans = [ScanDraft(uuid4(), card_print(each.card), AT + timedelta(seconds=phone)) for each in seen]
        parts += [(f"phone-{phone}", scans[start : start + AT_ONCE]) for start in range(0, len(scans), AT_ONCE)]
    return parts


def _rate(send: Callable[[Part], object], parts: Sequence[Part], delegates: int) -> float:
    def one(part: Part) -> None:
        try:
            send(part)
        finally:
            connection.close()

    begun = time.perf_counter()
    with ThreadPoolExecutor(PHONES) as phones:
        list(phones.map(one, parts))
    return delegates / (time.perf_counter() - begun)


def _send(conference: Conference, part: Part) -> None:
    device, scans = part
    check_in(conference=conference, scans=scans, device=device, at=AT + timedelta(hours=1), by=NIGHTLY)


def _write(part: Part) -> None:
    known = {card_print(card): key for key, card in Delegate.objects.values_list("pk", "card")}
    device, scans = part
    Scan.objects.bulk_create(
        Scan(
            pk=each.key,
            delegate_id=known[each.print],
            device=device,
            scanned_at=each.scanned_at,
            received_at=AT,
            by_label="bare",
        )
        for each in scans
    )
