from datetime import UTC, date, datetime

import pytest

from corridor.foundations.audit.models import Entry
from corridor.journeys.lock_session import lock_session, lock_sessions
from corridor.journeys.sign_here import SecondFactorWanted
from corridor.kernel.errors import AccessDenied, StaleForm
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.training.actions import Signature, set_register_rule
from corridor.rooms.training.models import Session, SigningWith
from tests.factories.actors import make_actor
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db
NOON = datetime(2023, 3, 9, 5, 0, tzinfo=UTC)


def trainer(*cohorts):
    return make_actor("trainer", ("cohort", cohorts[0].pk), label="bounmy")


def agreement():
    return Agreement.objects.get()


def test_the_first_locked_session_activates_the_agreement_from_its_day():
    cohort = make_cohort(learners=1)
    session = make_session(cohort, status="held", on=date(2023, 3, 8))
    assert lock_session(session=session, version=2, at=NOON, by=trainer(cohort)).status == "locked"
    assert agreement().status == "activated"
    assert agreement().changes.get(to_status="activated").effective_on == date(2023, 3, 8)
    assert Entry.objects.get(event="agreements.activated").by == "bounmy"


def test_later_sessions_leave_the_agreement_as_it_is():
    cohort = make_cohort(learners=1)
    for number in (1, 2):
        session = make_session(cohort, number=number, status="held")
        lock_session(session=session, version=2, at=NOON, by=trainer(cohort))
    assert agreement().changes.filter(to_status="activated").count() == 1


def test_of_many_at_once_the_earliest_counts():
    cohort = make_cohort(learners=1)
    days = [date(2023, 3, 9), date(2023, 3, 7), date(2023, 3, 8)]
    held = [make_session(cohort, number=n, on=day, status="held") for n, day in enumerate(days, start=1)]
    given = [Signature(session=each, signed_by="bounmy", signed_at=NOON) for each in held]
    assert len(lock_sessions(signatures=given, by=trainer(cohort))) == 3
    assert agreement().changes.get(to_status="activated").effective_on == date(2023, 3, 7)


def test_a_register_is_signed_even_if_its_agreement_is_suspended_by_then():
    cohort = make_cohort(learners=1)
    agreement().changes.create(
        from_status="in_force", to_status="suspended", effective_on=date(2023, 3, 1), by_label="secretariat"
    )
    Agreement.objects.update(status="suspended")
    lock_session(session=make_session(cohort, status="held"), version=2, at=NOON, by=trainer(cohort))
    assert (Session.objects.get().status, agreement().status) == ("locked", "suspended")


def test_who_may_not_sign_activates_nothing():
    cohort = make_cohort(learners=1)
    session = make_session(cohort, status="held")
    with pytest.raises(AccessDenied):
        lock_session(session=session, version=2, at=NOON, by=make_actor("secretariat"))
    assert agreement().status == "in_force"


def test_a_register_that_was_taken_anew_is_not_signed_as_it_was_seen_before():
    cohort = make_cohort(learners=1)
    with pytest.raises(StaleForm):
        lock_session(session=make_session(cohort, status="held"), version=1, at=NOON, by=trainer(cohort))
    assert Session.objects.get().status == "held"


@pytest.fixture
def with_a_second_factor():
    cohort = make_cohort(learners=1)
    set_register_rule(
        programme=cohort.programme, late_after_days=None, closes_after_days=None, sign_with=SigningWith.SECOND_FACTOR,
        by=make_actor("secretariat"),
    )  # fmt: skip
    return make_session(cohort, status="held")


def test_where_the_programme_asks_for_a_second_factor_a_name_is_not_enough(with_a_second_factor):
    by = trainer(with_a_second_factor.cohort)
    with pytest.raises(SecondFactorWanted) as refused:
        lock_session(session=with_a_second_factor, version=2, at=NOON, by=by)
    assert not refused.value.is_set_up
    assert Session.objects.get().status == "held"
    given = lock_session(session=with_a_second_factor, version=2, at=NOON, by=by, is_second_factor_given=True)
    assert given.status == "locked"
