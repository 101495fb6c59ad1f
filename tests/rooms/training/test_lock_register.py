from datetime import UTC, date, datetime

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, StaleForm
from corridor.rooms.training.actions import Signature, lock_register, lock_registers
from corridor.rooms.training.models import Session
from corridor.rooms.training.refusals import RegisterIsEmpty, RegisterLocked, SessionIsCancelled
from tests.factories.actors import make_actor
from tests.factories.training import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db
NOON = datetime(2023, 3, 6, 5, 0, tzinfo=UTC)


def lock(session, *, version=2, by=None):
    trainer = by or make_actor("trainer", ("cohort", session.cohort_id), label="bounmy")
    return lock_register(session=session, version=version, at=NOON, by=trainer)


def test_a_trainer_signs_and_the_register_is_locked():
    locked = lock(make_session(make_cohort(learners=2), status="held"))
    assert (locked.status, locked.signed_by, locked.signed_at) == ("locked", "bounmy", NOON)
    assert locked.status_on(date(2023, 3, 6)) == "locked"
    assert Entry.objects.get(event="training.register_locked").by == "bounmy"


def test_who_is_enrolled_and_was_there_attends_from_that_day():
    cohort = make_cohort()
    came = make_enrolment(cohort, number=1, steps=[("enrolled", date(2023, 2, 1))])
    stayed_away = make_enrolment(cohort, number=2, steps=[("enrolled", date(2023, 2, 1))])
    lock(make_session(cohort, status="held", marks={1: "late", 2: "absent"}))
    came.refresh_from_db()
    stayed_away.refresh_from_db()
    assert (came.status, stayed_away.status) == ("attending", "enrolled")
    assert came.changes.get(to_status="attending").effective_on == date(2023, 3, 6)


def test_a_cohort_runs_from_the_day_of_its_first_locked_session():
    cohort = make_cohort(status="planned", learners=1)
    lock(make_session(cohort, status="held"))
    cohort.refresh_from_db()
    assert cohort.status == "running"
    assert cohort.changes.get().effective_on == date(2023, 3, 6)


def test_nobody_signs_twice():
    session = make_session(make_cohort(learners=1), status="held")
    lock(session)
    with pytest.raises(RegisterLocked):
        lock(Session.objects.get())


def test_a_register_that_nobody_took_is_not_signed():
    with pytest.raises(RegisterIsEmpty):
        lock(make_session(make_cohort(learners=1)), version=1)


def test_a_cancelled_session_is_not_signed():
    with pytest.raises(SessionIsCancelled):
        lock(make_session(make_cohort(learners=1), status="cancelled"), version=1)


def test_nobody_signs_what_they_did_not_see():
    session = make_session(make_cohort(learners=1), status="held", marks={1: "absent"})
    with pytest.raises(StaleForm) as refused:
        lock(session, version=1)
    assert refused.value.theirs == "1 Absent"


def test_the_site_manager_may_sign_too_and_strangers_may_not():
    cohort = make_cohort(learners=1)
    session = make_session(cohort, status="held")
    for stranger in (make_actor("secretariat"), make_actor("trainer", ("cohort", session.pk)), make_actor("learner")):
        with pytest.raises(AccessDenied):
            lock(session, by=stranger)
    lock(session, by=make_actor("site_manager", ("site", cohort.site_id), label="phoukham"))


def test_sheets_signed_on_paper_are_locked_in_sets():
    cohort = make_cohort(learners=1)
    sessions = [make_session(cohort, number=n, on=date(2023, 3, 5 + n), status="held") for n in (1, 2, 3)]
    given = [Signature(session=each, signed_by="bounmy", signed_at=each.begins_at) for each in sessions]
    lock_registers(signatures=given, by=make_actor("trainer", ("cohort", cohort.pk)))
    assert set(Session.objects.values_list("status", "signed_by")) == {("locked", "bounmy")}


def test_all_of_a_set_are_locked_or_none():
    cohort = make_cohort(learners=1)
    held, planned = make_session(cohort, status="held"), make_session(cohort, number=2)
    given = [Signature(session=each, signed_by="bounmy", signed_at=NOON) for each in (held, planned)]
    with pytest.raises(RegisterIsEmpty):
        lock_registers(signatures=given, by=make_actor("trainer", ("cohort", cohort.pk)))
    assert Session.objects.filter(status="locked").count() == 0
