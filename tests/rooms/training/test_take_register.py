from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, StaleForm, WrongMoment
from corridor.rooms.training.actions import take_register
from corridor.rooms.training.models import Attendance, CaptureMode, Session
from corridor.rooms.training.refusals import RegisterLocked, SessionHasNotBegun, SessionIsCancelled
from corridor.rooms.training.roll import Roll, seats_due
from tests.factories.actors import make_actor
from tests.factories.training import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db
NOON = datetime(2023, 3, 6, 5, 0, tzinfo=UTC)
ALL_PRESENT = {1: "present", 2: "present", 3: "present"}


@pytest.fixture
def session():
    return make_session(make_cohort(learners=3))


def take(session, marks=ALL_PRESENT, *, version=1, by=None, at=NOON):
    return take_register(
        session=session, marks=marks, version=version, capture_mode=CaptureMode.LIVE, at=at,
        by=by or make_actor("trainer", ("cohort", session.cohort_id), label="bounmy"),
    )  # fmt: skip


def marks_of(session):
    return dict(session.marks.values_list("enrolment__number", "mark"))


def test_a_trainer_takes_the_register(session):
    taken = take(session, {1: "present", 2: "late", 3: "absent"})
    taken.refresh_from_db()
    assert (taken.status, taken.version, taken.capture_mode) == ("held", 2, "live")
    assert marks_of(taken) == {1: "present", 2: "late", 3: "absent"}
    assert Entry.objects.values_list("event", "by", "count").get() == ("training.register_taken", "bounmy", 3)


def test_until_it_is_locked_a_register_is_taken_again(session):
    take(session)
    again = take(Session.objects.get(), {1: "late", 2: "present", 3: "present"}, version=2)
    assert again.version == 3
    assert marks_of(again)[1] == "late"
    assert again.changes.count() == 1


def test_a_stale_form_is_refused_with_both_registers(session):
    take(session, {1: "absent", 2: "present", 3: "present"})
    with pytest.raises(StaleForm) as refused:
        take(Session.objects.get(), {1: "present", 2: "late", 3: "present"})
    assert (refused.value.theirs, refused.value.yours) == ("1 Absent", "2 Late")
    assert marks_of(session)[1] == "absent"


def test_whoever_was_slower_writes_nothing_that_another_could_be_waiting_for(session):
    slower = Session.objects.select_related("cohort__site").get(pk=session.pk)
    take(session)
    with CaptureQueriesContext(connection) as statements, pytest.raises(StaleForm):
        take(slower, {1: "late", 2: "present", 3: "present"})
    assert [each["sql"] for each in statements if each["sql"].startswith("INSERT") or ";" in each["sql"]] == []
    assert sum(each["sql"].startswith("UPDATE") for each in statements) == 1


def test_whoever_is_behind_already_does_not_wait_for_the_session(session):
    take(session)
    now = Session.objects.select_related("cohort__site").get(pk=session.pk)
    with CaptureQueriesContext(connection) as statements, pytest.raises(StaleForm):
        take(now)
    assert all(each["sql"].startswith("SELECT") for each in statements)


def test_everybody_on_the_roll_needs_a_mark(session):
    with pytest.raises(BadInput) as refused:
        take(session, {1: "present", 9: "present", 2: "asleep"})
    assert [str(problem) for problem in refused.value.problems] == [
        "3: Seat 3 has no mark.",
        "9: Seat 9 is not on the roll of this session.",
        "2: “asleep” is not a mark.",
    ]
    assert not Attendance.objects.exists()
    assert Session.objects.get().status == "planned"


def test_who_has_left_is_not_on_the_roll_and_who_may_still_come_is():
    cohort = make_cohort()
    make_enrolment(cohort, number=1)
    make_enrolment(cohort, number=2, steps=[("enrolled", date(2023, 2, 1)), ("withdrew", date(2023, 3, 6))])
    make_enrolment(cohort, number=3, steps=[("enrolled", date(2023, 2, 1))])
    take(make_session(cohort), {1: "present", 3: "absent"})
    assert Attendance.objects.count() == 2


def test_a_locked_register_does_not_change():
    session = make_session(make_cohort(learners=3), status="locked")
    with pytest.raises(RegisterLocked):
        take(session, version=2)


def test_a_cancelled_session_has_no_register():
    session = make_session(make_cohort(learners=3), status="cancelled")
    with pytest.raises(SessionIsCancelled):
        take(session)


def test_no_register_is_taken_before_the_day_at_the_site(session):
    with pytest.raises(SessionHasNotBegun):
        take(session, at=datetime(2023, 3, 5, 16, 59, tzinfo=UTC))
    take(session, at=datetime(2023, 3, 5, 17, 0, tzinfo=UTC))


def test_only_the_cohorts_own_trainers_take_its_register(session):
    for stranger in (make_actor("trainer", ("cohort", session.pk)), make_actor("secretariat"), make_actor("auditor")):
        with pytest.raises(AccessDenied):
            take(session, by=stranger)


def test_a_step_that_was_written_of_a_later_day_keeps_a_register_from_being_taken(session):
    later = session.held_on + timedelta(days=1)
    session.changes.create(from_status="cancelled", to_status="planned", effective_on=later, by_label="khamla")
    with pytest.raises(WrongMoment):
        take(session)
    session.refresh_from_db()
    assert (session.status, session.version) == ("planned", 1)
    assert not Attendance.objects.exists() and not Entry.objects.exists()


def test_the_seats_due_are_those_of_the_roll():
    cohort = make_cohort(learners=6)
    for place, status in zip(
        cohort.enrolments.order_by("-number"), ["withdrew", "suspended", "attending", "enrolled"], strict=False
    ):
        for days, to in ((2, "suspended"), (4, status)):
            place.changes.create(
                from_status="", to_status=to, effective_on=cohort.starts_on + timedelta(days=days), by_label="khamla"
            )
    for days in range(-1, 7):
        session = Session(cohort=cohort, held_on=cohort.starts_on + timedelta(days=days))
        must = Roll.of_cohort(cohort).must(cohort.pk, session.held_on)
        assert seats_due(session) == {place.number: place.pk for place in must}


def test_forty_learners_cost_as_many_statements_as_four(django_assert_num_queries):
    # The roll, and a savepoint that is let go, since a test has begun a transaction; PostgreSQL is sent the five that write in two messages.
    statements = 1 + 2 + (2 if connection.vendor == "postgresql" else 5)
    few = make_session(make_cohort("COH-1", learners=4))
    many = make_session(make_cohort("COH-2", learners=40))
    for session, count in ((few, 4), (many, 40)):
        session = Session.objects.select_related("cohort__site").get(pk=session.pk)
        with django_assert_num_queries(statements):
            take(session, dict.fromkeys(range(1, count + 1), "present"))


@pytest.mark.django_db(transaction=True)
def test_of_two_registers_at_once_one_wins_and_the_other_hears_of_it():
    session = make_session(make_cohort(learners=3))
    both_ready = Barrier(2)

    def at_once(marks):
        mine = Session.objects.select_related("cohort__site").get(pk=session.pk)
        try:
            both_ready.wait(timeout=10)
            take(mine, marks)
            return "taken"
        except StaleForm as refused:
            return refused.theirs
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as two:
        ends = list(two.map(at_once, [{**ALL_PRESENT, 1: "absent"}, {**ALL_PRESENT, 2: "late"}]))
    kept = marks_of(session)
    assert sorted(ends, key=lambda end: end != "taken")[0] == "taken"
    assert ends.count("taken") == 1
    assert {*ends} == {"taken", "1 Absent" if kept[1] == "absent" else "2 Late"}
    assert Session.objects.get().version == 2
    assert Entry.objects.filter(event="training.register_taken").count() == 1
