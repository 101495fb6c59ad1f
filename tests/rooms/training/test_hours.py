"""Hours: what is wanted, planned and taught of each unit; and that a unit is assessed only after enough of it was attended."""

from datetime import date, timedelta

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.assessment.actions import NewDecision, record_decisions
from corridor.rooms.training import queries
from corridor.rooms.training.actions import Description, Transfer, describe_cohort, transfer_learner, waive_hours
from corridor.rooms.training.models import Attendance, Session
from corridor.rooms.training.refusals import HoursAreMissing
from corridor.rooms.training.required_hours import attended_of, require_hours
from tests.factories.actors import VISITOR, make_actor
from tests.factories.assessment import make_assessor
from tests.factories.people import make_person
from tests.factories.training import STARTS_ON, make_cohort, make_session

pytestmark = pytest.mark.django_db
SECRETARIAT = make_actor("secretariat")
ON = date(2023, 6, 1)


@pytest.fixture
def unit():
    """Ten hours of practice and five of theory."""
    found = make_cohort("COH-0").curriculum_version.units.first()
    found.hours.all().delete()
    found.hours.create(kind="practice", hours=10)
    found.hours.create(kind="theory", hours=5)
    return found


@pytest.fixture
def cohort(unit):
    made = make_cohort("COH-1", learners=2)
    describe_cohort(cohort=made, description=Description(capacity=None, required_share=80), by=SECRETARIAT)
    made.refresh_from_db()
    return made


def taught(cohort, unit, number, minutes, kind="practice", **more):
    session = make_session(
        cohort, number=number, on=STARTS_ON + timedelta(days=number), minutes=minutes, kind=kind, **more
    )
    Session.objects.filter(pk=session.pk).update(unit=unit)
    return session


def test_hours_are_summed_by_unit_and_kind_and_online_is_theory(cohort, unit):
    taught(cohort, unit, 1, 180, status="locked")
    taught(cohort, unit, 2, 120, kind="online", status="locked")
    taught(cohort, unit, 3, 60)
    taught(cohort, unit, 4, 60, status="cancelled")
    make_session(cohort, number=5, minutes=30)
    rows = queries.hours_of(cohort=cohort, by=SECRETARIAT)
    kinds = {each.kind: (each.wanted, each.planned, each.delivered) for each in rows[0].kinds}
    assert kinds["practice"] == (600, 240, 180)
    assert kinds["theory"] == (300, 120, 120)
    assert (rows[0].total.planned, rows[0].total.is_short) == (360, True)
    assert rows[-1].unit is None
    assert rows[-1].total.planned == 30
    with pytest.raises(NotFound):
        queries.hours_of(cohort=cohort, by=VISITOR)


def test_a_unit_is_not_assessed_before_enough_of_it_was_attended(cohort, unit):
    """80 percent of 15 hours are 12."""
    taught(cohort, unit, 1, 600, status="locked", marks={2: "absent"})
    one, two = cohort.enrolments.order_by("number")
    with pytest.raises(HoursAreMissing, match="attended"):
        require_hours([(one, unit, ON)])
    taught(cohort, unit, 2, 120, status="locked", marks={2: "late"})
    require_hours([(one, unit, ON)])
    assert [
        (each.enrolment.number, each.minutes)
        for each, _name in queries.short_of_hours(cohort=cohort, on=ON, by=SECRETARIAT)
        if each.unit == unit
    ] == [(2, 120)]
    Attendance.objects.filter(enrolment=two, mark="late").update(minutes_late=20)
    assert attended_of([(two, unit, ON)])[0].minutes == 100
    assert attended_of([(one, unit, STARTS_ON + timedelta(days=1))])[0].minutes == 600


def test_the_room_of_assessment_asks_and_prior_learning_is_not_asked(cohort, unit):
    one = cohort.enrolments.get(number=1)
    assessor = make_person("nimali")
    make_assessor(cohort, assessor.reference)
    decision = NewDecision(enrolment=one, unit=unit, assessor=assessor, result="competent", decided_on=ON)
    with pytest.raises(HoursAreMissing):
        record_decisions(decisions=[decision], by=as_assessor(assessor))
    waive_hours(enrolment=one, unit=unit, reason="Taught at the company, seen by the trainer", on=ON, by=SECRETARIAT)
    assert len(record_decisions(decisions=[decision], by=as_assessor(assessor))) == 1


def as_assessor(assessor):
    return make_actor("assessor", person=assessor)


def test_a_reason_is_written_by_the_secretariat_alone(cohort, unit):
    one = cohort.enrolments.get(number=1)
    with pytest.raises(BadInput):
        waive_hours(enrolment=one, unit=unit, reason=" ", on=ON, by=SECRETARIAT)
    with pytest.raises(AccessDenied):
        waive_hours(
            enrolment=one, unit=unit, reason="x", on=ON, by=make_actor("site_manager", ("site", cohort.site_id))
        )


def test_what_was_attended_before_a_move_counts(cohort, unit):
    taught(cohort, unit, 1, 600, status="locked")
    one = cohort.enrolments.get(number=1)
    other = make_cohort("COH-2")
    describe_cohort(cohort=other, description=Description(capacity=None, required_share=50), by=SECRETARIAT)
    other.refresh_from_db()
    place = transfer_learner(transfer=Transfer(enrolment=one, to=other, on=date(2023, 5, 1)), by=SECRETARIAT)
    require_hours([(place, unit, ON)])


def test_a_cohort_that_does_not_ask_refuses_nobody(unit):
    cohort = make_cohort("COH-3", learners=1)
    require_hours([(cohort.enrolments.get(), unit, ON)])
    assert queries.short_of_hours(cohort=cohort, on=ON, by=SECRETARIAT) == []
