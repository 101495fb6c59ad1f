"""
Any history of phones and networks ends the same: everything that was done is there once, and everybody reads the same register.

Machines draw histories: who marks what and when, which part of a chain is sent, twice, in which order, over which route, with clocks that
are decades wrong, and a house that is put back to what it was the day before.
"""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from corridor.foundations.journal.models import Conflict, Event
from corridor.foundations.journal.queries import last_of_chain
from corridor.journeys.decide_conflict import TAKE, decide_conflicts
from corridor.rooms.training.agreeing import Saying, Value, agreed, contested_of, sayings_of, standing
from corridor.rooms.training.models import Session
from tests.factories.actors import make_actor, make_user
from tests.factories.devices import NOON, Phone
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

NAMES = ("bounmy", "khamla", "nimali")
WORDS = ["present", "absent", "late", "excused"]
CLOCKS = [
    datetime(1970, 1, 1, tzinfo=UTC),
    NOON,
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    datetime(9999, 1, 1, tzinfo=UTC),
]

whose = st.sampled_from(range(len(NAMES)))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("mark"), whose, st.sampled_from(range(2)), st.sampled_from(range(3)), st.sampled_from(WORDS), st.sampled_from(CLOCKS)),
        st.tuples(st.just("send"), whose, st.integers(0, 6), st.integers(1, 6), st.randoms(use_true_random=False)),
        st.tuples(st.just("look"), whose),
        st.tuples(st.just("restore")),
    ),
    min_size=3,
    max_size=25,
)  # fmt: skip


def everything_sent(phones: list[Phone]) -> None:
    for phone in phones:
        phone.sent = last_of_chain(phone.device)
        phone.send()


def expected(phones: list[Phone], session: Session) -> dict[UUID, set[Value]]:
    """What stands of each learner, told from the chains alone: by another way than the product's own."""
    said: dict[UUID, list[dict]] = defaultdict(list)
    for phone in phones:
        for event in phone.kept:
            if event["subject"] == str(session.pk):
                for each in event["payload"]["marks"]:
                    said[UUID(each["place"])].append({**each, "event": event["id"]})
    return {
        place: {Value(each["mark"]) for each in rows if all(other["saw"] != each["event"] for other in rows)}
        for place, rows in said.items()
    }


class Undone(Exception):
    pass


@pytest.mark.django_db
@settings(
    max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(history=steps)
def test_every_history_ends_with_the_same_register_everywhere(history):
    try:
        with transaction.atomic():
            run(history)
            raise Undone
    except Undone:
        pass


def run(history) -> None:
    people = [make_person(name, user=make_user(name)) for name in NAMES]
    cohort = make_cohort(learners=3, trainers=people)
    sessions = [make_session(cohort, number=number) for number in (1, 2)]
    seats = list(cohort.enrolments.order_by("number"))
    phones = [Phone.of(person.user) for person in people]
    yesterday = transaction.savepoint_create()
    at = NOON
    for step in history:
        at += timedelta(minutes=1)
        if step[0] == "mark":
            _, who, where, seat, word, clock = step
            phones[who].mark(sessions[where], {seats[seat]: word}, clock=clock)
        elif step[0] == "send":
            _, who, first, count, shuffled = step
            part = phones[who].kept[first : first + count]
            shuffled.shuffle(part)
            phones[who].send(part, at=at)
        elif step[0] == "look":
            phones[step[1]].look()
        else:
            transaction.savepoint_rollback(yesterday)
            yesterday = transaction.savepoint_create()
    for _ in range(2):
        everything_sent(phones)
    assert Event.objects.count() == sum(len(phone.kept) for phone in phones)
    assert not Event.objects.exclude(state__in=["applied", "contested"]).exists()
    for session in sessions:
        wanted = expected(phones, session)
        found = {place: set(standing(said).values()) for place, said in sayings_of(session).items()}
        assert found == wanted
        waiting = set(
            Conflict.objects.filter(event__subject=session.pk, outcome="waiting", reason="other_mark").values_list(
                "about", flat=True
            )
        )
        assert set(contested_of(session)) <= waiting
    manager = make_actor("site_manager", ("site", cohort.site_id), label="somchai")
    waiting_now = list(Conflict.objects.filter(outcome="waiting").select_related("event__device__user"))
    if waiting_now:
        decide_conflicts(conflicts=waiting_now, outcome=TAKE, reason="Asked.", at=at, by=manager)
    for session in sessions:
        assert contested_of(session) == {}
        marks = {row.enrolment_id: row.mark for row in session.marks.all()}
        assert marks == {place: agreed(standing(said).values()).mark for place, said in sayings_of(session).items()}
        for phone in phones:
            phone.sent = last_of_chain(phone.device)
            phone.look()
            assert {place: phone.seen[session.pk, place] is not None for place in marks} == dict.fromkeys(marks, True)
    assert not Conflict.objects.filter(outcome="waiting").exists()


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(WORDS), st.one_of(st.none(), st.integers(0, 6))),
        max_size=6,
        unique_by=lambda row: row[0],
    )
)
def test_what_stands_depends_on_no_order(rows):
    said = [Saying(UUID(int=key), Value(word), None if saw is None else UUID(int=saw)) for key, word, saw in rows]
    ends = {frozenset(standing(order).items()) for order in permutations(said[:5])}
    assert len(ends) == 1
