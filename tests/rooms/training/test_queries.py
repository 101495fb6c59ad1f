from datetime import date

import pytest

from corridor.foundations.access import Role
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.kernel.periods import Period
from corridor.rooms.training import counting, queries
from corridor.rooms.training.models import Session
from tests.factories.actors import make_actor, make_user
from tests.factories.members import make_member
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2023, 3, 6)
COMPLETED = [("enrolled", date(2023, 2, 1)), ("attending", FIRST_DAY), ("completed", date(2023, 6, 30))]


def trainer(cohort):
    return make_actor("trainer", ("cohort", cohort.pk))


def test_a_register_shows_everybody_in_the_order_of_seats_with_both_names():
    cohort = make_cohort()
    khamla = make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla Phommachanh")
    make_enrolment(cohort, person=khamla, number=2)
    make_enrolment(cohort, person=make_person("mei"), number=1)
    make_session(cohort, status="held", marks={2: "late"})
    register = queries.get_register(cohort=cohort.reference, number=1, by=trainer(cohort))
    assert [(row.number, row.own_name, row.romanised_name, row.mark) for row in register.rows] == [
        (1, "陈美", "Chen Mei", "present"),
        (2, "ຄຳຫຼ້າ", "Khamla Phommachanh", "late"),
    ]
    assert register.rows[1].own_language == "lo"
    assert (register.version, register.is_taken) == (2, True)


def test_a_register_of_forty_costs_as_many_statements_as_one_of_two(django_assert_num_queries):
    small, large = make_cohort("COH-1", learners=2), make_cohort("COH-2", learners=40)
    for cohort in (small, large):
        make_session(cohort)
        with django_assert_num_queries(5):
            queries.get_register(cohort=cohort.reference, number=1, by=trainer(cohort))


def test_a_register_of_another_cohort_is_not_there_and_names_are_not_for_the_council():
    cohort = make_cohort(learners=1)
    make_session(cohort)
    with pytest.raises(NotFound):
        queries.get_register(cohort=cohort.reference, number=1, by=make_actor("trainer", ("cohort", cohort.site_id)))
    with pytest.raises(NotFound):
        queries.get_register(cohort=cohort.reference, number=1, by=make_actor("council"))


def test_a_sending_member_sees_the_cohort_but_not_its_register():
    sender = make_member("colombo", country="LK")
    cohort = make_cohort()
    make_enrolment(cohort, sending_organisation=sender)
    make_enrolment(cohort, number=2)
    make_session(cohort)
    coordinator = make_actor("coordinator", ("member", sender.pk))
    assert queries.get_cohort(reference=cohort.reference, by=coordinator) == cohort
    assert [row.enrolment.number for row in queries.list_learners(cohort=cohort, by=coordinator)] == [1]
    with pytest.raises(AccessDenied):
        queries.get_register(cohort=cohort.reference, number=1, by=coordinator)


def test_todays_sessions_are_those_of_the_trainers_own_cohorts():
    mine, other = make_cohort("COH-1", learners=1), make_cohort("COH-2")
    today = make_session(mine)
    make_session(mine, number=2, on=date(2023, 3, 7))
    make_session(mine, number=3, status="cancelled")
    make_session(other)
    assert list(queries.sessions_of_day(on=FIRST_DAY, by=trainer(mine))) == [today]


def test_registers_are_due_until_they_are_signed():
    cohort = make_cohort(learners=1)
    not_taken = make_session(cohort)
    not_signed = make_session(cohort, number=2, status="held")
    make_session(cohort, number=3, status="locked")
    assert list(queries.registers_due(on=date(2023, 3, 7), by=trainer(cohort))) == [not_taken, not_signed]
    assert not queries.registers_due(on=FIRST_DAY, by=trainer(cohort)).exists()
    assert not queries.registers_due(on=date(2023, 3, 7), by=make_actor("auditor")).exists()


def test_a_cohort_carries_its_counts():
    cohort = make_cohort(learners=2)
    make_enrolment(cohort, number=3, steps=[("enrolled", date(2023, 2, 1)), ("never_started", FIRST_DAY)])
    make_enrolment(cohort, number=4, steps=COMPLETED)
    make_session(cohort, status="locked")
    make_session(cohort, number=2)
    make_session(cohort, number=3, status="cancelled")
    found = queries.get_cohort(reference=cohort.reference, by=make_actor("auditor"))
    assert (found.learners, found.learning, found.completed) == (3, 2, 1)
    assert (found.sessions_planned, found.sessions_locked) == (2, 1)


def test_visitors_see_no_cohort():
    make_cohort()
    assert not queries.list_cohorts(by=make_actor("visitor")).exists()


def test_a_learner_sees_their_own_path_and_nobody_elses():
    cohort = make_cohort(learners=1)
    make_session(cohort, status="locked", marks={1: "late"})
    make_session(cohort, number=2, status="locked", marks={1: "absent"})
    person = cohort.enrolments.get().person
    step = queries.learner_path(person=person.pk, by=make_actor("learner", ("person", person.pk)))[0]
    assert (step.attended, step.held, step.minutes_attended) == (1, 2, 180)
    assert queries.learner_path(person=person.pk, by=make_actor("learner", ("person", cohort.pk))) == []


def test_a_learner_sees_the_cohort_of_a_record_that_was_merged_into_theirs():
    cohort = make_cohort()
    khamla, twin = make_person("khamla"), make_person("khamla-2")
    make_enrolment(cohort, number=1, person=twin)
    assert queries.list_cohorts(by=make_actor("learner", ("person", twin.pk), person=khamla)).get() == cohort
    assert not queries.list_cohorts(by=make_actor("learner", ("person", khamla.pk), person=khamla)).exists()


def test_an_account_teaches_and_learns_by_its_person():
    user = make_user("bounmy")
    person = make_person("bounmy", user=user)
    taught, learnt = make_cohort("COH-1", trainers=[person]), make_cohort("COH-2")
    make_enrolment(learnt, person=person)
    grants = queries.grants_of(user=user, on=FIRST_DAY)
    assert {(grant.role, grant.scope) for grant in grants} == {
        (Role.TRAINER, ("cohort", taught.pk)),
        (Role.LEARNER, ("person", person.pk)),
    }


def test_attendance_counts_in_signed_sessions_alone():
    cohort = make_cohort(learners=4)
    marks = {1: "present", 2: "late", 3: "absent", 4: "excused"}
    make_session(cohort, status="locked", marks=marks)
    make_session(cohort, number=2, status="held", marks=marks)
    unsigned = make_session(cohort, number=3, status="locked", marks=marks)
    Session.objects.filter(pk=unsigned.pk).update(signed_by="")
    assert set(counting.counted_attendance().values_list("session__number", "mark")) == {(1, "present"), (1, "late")}


def test_attendance_counts_on_the_days_inside():
    cohort = make_cohort(learners=1)
    make_session(cohort, status="locked", on=date(2023, 3, 31))
    make_session(cohort, number=2, status="locked", on=date(2023, 4, 1))
    march = Period(date(2023, 3, 1), date(2023, 4, 1))
    assert counting.counted_attendance(march).get().session.number == 1


def test_completed_says_on_which_day_and_whether_anything_was_attended():
    cohort = make_cohort()
    make_enrolment(cohort, number=1, steps=COMPLETED)
    make_session(cohort, status="locked")
    make_enrolment(cohort, number=2, steps=COMPLETED)
    found = counting.completed_enrolments(Period.year(2023)).order_by("number")
    assert [(each.completed_on, each.attended) for each in found] == [
        (date(2023, 6, 30), True),
        (date(2023, 6, 30), False),
    ]
    assert not counting.completed_enrolments(Period.year(2022)).exists()
