from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.training.actions import finish_cohort
from corridor.rooms.training.refusals import SessionsAreOpen
from tests.factories.actors import make_actor
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db
LAST_DAY = date(2023, 6, 30)


def test_a_cohort_finishes_when_every_session_is_locked_or_cancelled():
    cohort = make_cohort(learners=1)
    make_session(cohort, status="locked")
    make_session(cohort, number=2, status="cancelled")
    assert finish_cohort(cohort=cohort, on=LAST_DAY, by=make_actor("secretariat")).status == "finished"


def test_a_cohort_with_open_sessions_does_not_finish():
    cohort = make_cohort(learners=1)
    make_session(cohort, status="held")
    make_session(cohort, number=2)
    with pytest.raises(SessionsAreOpen) as refused:
        finish_cohort(cohort=cohort, on=LAST_DAY, by=make_actor("secretariat"))
    assert "2 sessions of COH-2023-041" in str(refused.value)


def test_a_cohort_that_has_not_begun_does_not_finish():
    with pytest.raises(WrongMoment):
        finish_cohort(cohort=make_cohort(status="planned"), on=LAST_DAY, by=make_actor("secretariat"))


def test_a_trainer_does_not_finish_a_cohort():
    cohort = make_cohort()
    with pytest.raises(AccessDenied):
        finish_cohort(cohort=cohort, on=LAST_DAY, by=make_actor("trainer", ("cohort", cohort.pk)))
