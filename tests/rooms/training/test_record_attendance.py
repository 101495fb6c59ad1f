from datetime import UTC, date, datetime

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import BadInput
from corridor.rooms.training.actions import MarkToRecord, record_attendance
from corridor.rooms.training.models import Attendance, CaptureMode, Mark, Session
from corridor.rooms.training.refusals import RegisterLocked, SessionHasNotBegun
from tests.factories.actors import make_actor
from tests.factories.training import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db


def record(marks, cohort, at=datetime(2023, 7, 1, tzinfo=UTC)):
    return record_attendance(
        marks=marks, capture_mode=CaptureMode.IMPORTED, at=at, by=make_actor("trainer", ("cohort", cohort.pk))
    )


def everybody(session, mark=Mark.PRESENT):
    return [MarkToRecord(session, enrolment, mark) for enrolment in session.cohort.enrolments.all()]


def test_sheets_of_many_sessions_come_in_at_once():
    cohort = make_cohort(learners=3)
    sessions = [make_session(cohort, number=n, on=date(2023, 3, 5 + n)) for n in (1, 2)]
    assert record([mark for session in sessions for mark in everybody(session)], cohort) == 6
    assert {(each.status, each.capture_mode, each.version) for each in Session.objects.all()} == {
        ("held", "imported", 2)
    }
    assert Entry.objects.values_list("event", "count").get() == ("training.attendance_recorded", 6)


def test_whoever_attended_needs_a_mark_in_each_session():
    cohort = make_cohort(learners=2)
    session = make_session(cohort)
    with pytest.raises(BadInput) as refused:
        record(everybody(session)[:1], cohort)
    assert str(refused.value.problems[0]) == "Seat 2 has no mark in COH-2023-041/s1."
    assert not Attendance.objects.exists()


def test_who_had_not_come_yet_may_be_left_out_and_who_leaves_that_day_may_be_there():
    cohort = make_cohort()
    make_enrolment(cohort, number=1, steps=[("enrolled", date(2023, 2, 1))])
    leaving = [("enrolled", date(2023, 2, 1)), ("attending", date(2023, 3, 1)), ("completed", date(2023, 3, 6))]
    make_enrolment(cohort, number=2, steps=leaving)
    assert record(everybody(make_session(cohort))[1:], cohort) == 1


def test_who_was_not_there_that_day_gets_no_mark():
    cohort = make_cohort(learners=1)
    make_enrolment(cohort, number=7, steps=[("enrolled", date(2023, 3, 9))])
    with pytest.raises(BadInput) as refused:
        record(everybody(make_session(cohort)), cohort)
    assert "Seat 7 was not on the roll" in str(refused.value.problems[0])


def test_a_mark_stands_once():
    cohort = make_cohort(learners=1)
    session = make_session(cohort)
    with pytest.raises(BadInput) as refused:
        record(everybody(session) * 2, cohort)
    assert "twice" in str(refused.value.problems[0])


def test_a_locked_register_takes_no_sheet():
    cohort = make_cohort(learners=1)
    with pytest.raises(RegisterLocked):
        record(everybody(make_session(cohort, status="locked")), cohort)


def test_a_session_to_come_takes_no_sheet():
    cohort = make_cohort(learners=1)
    session = make_session(cohort)
    with pytest.raises(SessionHasNotBegun):
        record(everybody(session), cohort, at=datetime(2023, 3, 5, 16, tzinfo=UTC))
    assert record(everybody(session), cohort, at=datetime(2023, 3, 5, 17, tzinfo=UTC)) == 1
