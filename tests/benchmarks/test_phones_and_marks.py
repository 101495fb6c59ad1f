"""The week of a trainer weighs little, whatever the machine; and the alliance of many marks is made and asked as the benchmark does."""

import pytest

from benchmarks import attendance, syncing
from corridor.rooms.training.models import Attendance, Session
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db


def test_a_week_of_one_trainer_is_under_thirty_kilobytes_and_is_taken_whole():
    phone = syncing._week(1)
    assert syncing._weight(phone) < syncing.MOST_KILOBYTES
    assert syncing._milliseconds(phone) > 0
    assert Session.objects.filter(status="locked").count() == syncing.DAYS * 2
    assert Attendance.objects.count() == syncing.DAYS * 2 * syncing.LEARNERS


def test_many_marks_are_made_and_every_question_is_answered():
    cohort = make_cohort("COH-OWN", learners=attendance.LEARNERS)
    attendance._teach([cohort])
    make_session(cohort, number=900, on=attendance.TODAY)
    attendance._grow_to(8_000, cohort, [1])
    assert Attendance.objects.count() == 8_000
    for ask in attendance._asked(cohort).values():
        assert ask()
