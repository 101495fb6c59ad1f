"""Phones that come home: a week of one trainer, 25 at once, and one with five thousand events."""

import gzip
import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

from django.db import OperationalError, connection

from benchmarks import stores
from benchmarks.measuring import Result
from corridor.foundations.accounts.models import User
from tests.factories.actors import make_user
from tests.factories.devices import Phone
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

ROUNDS, LEARNERS, DAYS, PHONES, WAITING, AT_ONCE = 5, 40, 5, 25, 5_000, 500
MOST_KILOBYTES, MOST_MILLISECONDS = 30.0, 300.0
MONDAY = date(2023, 3, 6)
HOME = datetime(2023, 3, 11, 5, 0, tzinfo=UTC)
WORDS = ("present", "late", "absent", "excused")


def measure(seconds: float) -> list[Result]:  # noqa: ARG001 (whole syncs are counted, not a time)
    with stores.kept("syncing"):
        weeks = [_week(number) for number in range(ROUNDS)]
        kilobytes = [_weight(phone) for phone in weeks]
        took = [_milliseconds(phone) for phone in weeks]
        alone = [_rate([phone]) for phone in _phones("A", ROUNDS)]
        turns = [_rates(_phones(f"M{number}-", PHONES)) for number in range(ROUNDS)]
        waiting = _waiting()
        per_event = [_milliseconds(waiting, at_once=AT_ONCE) / WAITING]
    many = [rate for rate, _, _ in turns]
    slowest = sorted(second for _, took_each, _ in turns for second in took_each)
    half, nearly_all = statistics.median(slowest) * 1000, slowest[int(len(slowest) * 0.99)] * 1000
    return [
        Result.of(
            f"a week of one trainer ({DAYS * 2} registers of {LEARNERS}, signed), compressed", f"{MOST_KILOBYTES:.0f} kB", "kB",
            kilobytes, [MOST_KILOBYTES] * ROUNDS, goal=1.0,
        ),
        Result.of(
            "the same week, taken by the house", f"{MOST_MILLISECONDS:.0f} ms", "ms", took, [MOST_MILLISECONDS] * ROUNDS, goal=1.0,
        ),
        Result.of(
            f"{PHONES} phones at once, a register each", "one phone", "per second", many, alone,
            note=f"p50 {half:.0f} ms, p99 {nearly_all:.0f} ms, {sum(errors for _, _, errors in turns)} lock errors",
        ),
        Result.of(
            f"{WAITING:,} events of one phone, {AT_ONCE} at once: each", "an event of the week", "ms", per_event,
            [statistics.median(took) / (DAYS * 2 * 2)], note=f"{per_event[0] * WAITING / 1000:.0f} s in all",
        ),
    ]  # fmt: skip


def _week(number: int) -> Phone:
    """A trainer who taught twice a day for five days without a network, with four exceptions in each register."""
    user = make_user(f"week-{number}")
    cohort = make_cohort(f"COH-W-{number}", learners=LEARNERS, trainers=[make_person(f"week-{number}", user=user)])
    seats = list(cohort.enrolments.order_by("number"))
    phone = Phone.of(user, at=HOME)
    for lesson in range(DAYS * 2):
        session = make_session(cohort, number=lesson + 1, on=MONDAY + timedelta(days=lesson // 2))
        others = {seats[(lesson * 7 + nth) % LEARNERS]: WORDS[nth] for nth in range(1, 4)}
        phone.mark(session, {seat: others.get(seat, "present") for seat in seats})
        phone.sign(session)
    return phone


def _phones(name: str, count: int) -> list[Phone]:
    """So many phones, each of a trainer of its own, with one whole register to bring."""
    made = []
    for number in range(count):
        user = make_user(f"{name}{number}".lower())
        cohort = make_cohort(
            f"COH-{name}{number}", learners=LEARNERS, trainers=[make_person(f"{name}{number}".lower(), user=user)]
        )
        phone = Phone.of(user, at=HOME)
        phone.mark(make_session(cohort), dict.fromkeys(cohort.enrolments.all(), "present"))
        made.append(phone)
    return made


def _waiting() -> Phone:
    """A trainer who was away for a hundred and twenty-five lessons, and tapped every learner by itself."""
    user = make_user("away")
    cohort = make_cohort("COH-AWAY", learners=LEARNERS, trainers=[make_person("away", user=user)])
    seats = list(cohort.enrolments.order_by("number"))
    phone = Phone.of(user, at=HOME)
    for lesson in range(WAITING // LEARNERS):
        session = make_session(cohort, number=lesson + 1, on=MONDAY + timedelta(days=lesson % DAYS))
        for nth, seat in enumerate(seats):
            phone.mark(session, {seat: WORDS[(lesson + nth) % 4]})
    return phone


def _weight(phone: Phone) -> float:
    body = {"format": 1, "device": str(phone.device.pk), "oldest": 1, "events": phone.kept}
    return len(gzip.compress(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())) / 1000


def _milliseconds(phone: Phone, *, at_once: int = AT_ONCE) -> float:
    begun = time.perf_counter()
    for start in range(0, len(phone.kept), at_once):
        phone.send(phone.kept[start : start + at_once], at=HOME)
    return (time.perf_counter() - begun) * 1000


def _rate(phones: list[Phone]) -> float:
    return _rates(phones)[0]


def _rates(phones: list[Phone]) -> tuple[float, list[float], int]:
    """How many registers a second come in, how long each took, and how many found the database locked."""
    took: list[float] = []
    errors = 0

    def send(phone: Phone) -> None:
        nonlocal errors
        begun = time.perf_counter()
        try:
            phone.user = User.objects.get(pk=phone.user.pk)
            phone.send(at=HOME)
            took.append(time.perf_counter() - begun)
        except OperationalError:
            errors += 1
        finally:
            connection.close()

    begun = time.perf_counter()
    with ThreadPoolExecutor(len(phones)) as pool:
        list(pool.map(send, phones))
    return len(took) / (time.perf_counter() - begun), took, errors
