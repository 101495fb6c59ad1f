"""Hours: what is wanted, planned and taught of each unit; and that a unit is assessed only after enough of it was attended."""

from datetime import UTC, date, datetime, timedelta

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.assessment.actions import NewDecision, record_decisions
from corridor.rooms.training import queries
from corridor.rooms.training.actions import Description, Transfer, describe_cohort, transfer_learner, waive_hours
from corridor.rooms.training.models import Attendance, Session
from corridor.rooms.training.queries.path import hours_on_path
from corridor.rooms.training.refusals import HoursAreMissing
from corridor.rooms.training.required_hours import attended_of, require_hours
from tests.factories.actors import VISITOR, make_actor
from tests.factories.assessment import make_assessor
from tests.factories.people import make_person
from tests.factories.placements import make_placement
from tests.factories.training import STARTS_ON, make_cohort, make_session

pytestmark = pytest.mark.django_db
SECRETARIAT = make_actor("secretariat")
ON = date(2023, 6, 1)
AT = datetime(2023, 5, 1, 9, tzinfo=UTC)


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


def make_week(placement, *, days, confirmed, week=STARTS_ON):
    """Logbook days (a task or none, minutes) from that Monday, and the mentor's word."""
    monday = week - timedelta(days=week.weekday())
    for number, (task, minutes) in enumerate(days):
        placement.logbook.create(
            done_on=monday + timedelta(days=number), minutes=minutes, text="Worked", task=task, written_at=AT
        )
    logged = sum(minutes for _task, minutes in days)
    placement.weeks.create(
        starts_on=monday, minutes=confirmed, logged_minutes=logged, remark="" if confirmed == logged else "Was away", confirmed_at=AT
    )  # fmt: skip
    return monday


def on_placement(enrolment, unit, on=ON):
    return attended_of([(enrolment, unit, on)])[0].on_placement


def test_confirmed_hours_of_a_placement_count_for_the_unit_of_their_task(cohort, unit):
    one, other = cohort.enrolments.get(number=1), cohort.curriculum_version.units.last()
    placement = make_placement(one)
    brakes = placement.tasks.create(position=1, text="Inspect brakes", unit=unit)
    lamps = placement.tasks.create(position=2, text="Set lamps", unit=other)
    sweep = placement.tasks.create(position=3, text="Sweep")
    monday = make_week(placement, days=[(brakes, 480), (lamps, 240), (sweep, 480), (None, 60)], confirmed=1260)
    assert (on_placement(one, unit), on_placement(one, other)) == (480, 240)
    assert on_placement(one, unit, monday - timedelta(days=1)) == 0
    with pytest.raises(HoursAreMissing, match="8:00 of the 12:00"):
        require_hours([(one, unit, ON)])
    taught(cohort, unit, 9, 240, status="locked")
    require_hours([(one, unit, ON)])
    row = queries.hours_of(cohort=cohort, by=SECRETARIAT)[0]
    assert (row.unit, row.on_placement, row.placed) == (unit, 480, 1)
    hours = hours_on_path(enrolments=[one], by=SECRETARIAT)[one.pk, unit.pk]
    assert (hours.minutes, hours.on_placement) == (720, 480)


def test_the_mentor_has_the_last_word_on_how_much(cohort, unit):
    one = cohort.enrolments.get(number=1)
    placement = make_placement(one)
    brakes = placement.tasks.create(position=1, text="Inspect brakes", unit=unit)
    placement.logbook.create(done_on=STARTS_ON, minutes=480, text="Worked", task=brakes, written_at=AT)
    assert on_placement(one, unit) == 0
    placement.logbook.all().delete()
    make_week(placement, days=[(brakes, 481), (brakes, 479)], confirmed=480)
    assert on_placement(one, unit) == 240 + 239
    later = STARTS_ON + timedelta(days=7)
    make_week(placement, days=[(None, 100)], confirmed=900, week=later)
    assert on_placement(one, unit) == 479 + 100


def test_a_week_without_a_logbook_counts_where_all_tasks_are_for_one_unit(cohort, unit):
    one = cohort.enrolments.get(number=1)
    placement = make_placement(one)
    placement.tasks.create(position=1, text="Inspect brakes", unit=unit)
    make_week(placement, days=[], confirmed=600)
    assert on_placement(one, unit) == 600
    placement.tasks.create(position=2, text="Sweep")
    assert on_placement(one, unit) == 0


def test_a_day_with_a_signed_register_in_the_company_counts_once(cohort, unit):
    one = cohort.enrolments.get(number=1)
    placement = make_placement(one)
    brakes = placement.tasks.create(position=1, text="Inspect brakes", unit=unit)
    monday = make_week(placement, days=[(brakes, 300), (brakes, 300)], confirmed=600)
    session = make_session(cohort, number=1, on=monday, minutes=200, kind="company", status="locked")
    Session.objects.filter(pk=session.pk).update(unit=unit)
    found = attended_of([(one, unit, ON)])[0]
    assert (found.taught, found.on_placement) == (200, 300)


def test_a_cohort_that_does_not_ask_refuses_nobody(unit):
    cohort = make_cohort("COH-3", learners=1)
    require_hours([(cohort.enrolments.get(), unit, ON)])
    assert queries.short_of_hours(cohort=cohort, on=ON, by=SECRETARIAT) == []
