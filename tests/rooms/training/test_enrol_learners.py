from datetime import date

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.training.actions import EnrolmentStep, Place, enrol_learners, move_enrolments
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Enrolment
from corridor.rooms.training.refusals import CohortIsClosed
from tests.factories.actors import make_actor
from tests.factories.people import make_people, make_person
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
APPLIED_ON = date(2023, 2, 1)


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


def place(cohort, number, person):
    return Place(
        cohort=cohort, number=number, person=person, participant_kind="student", study_mode="full_time",
        applied_on=APPLIED_ON,
    )  # fmt: skip


def step(enrolment, to, on, reason=""):
    return EnrolmentStep(enrolment=enrolment, to=EnrolmentStatus(to), on=on, reason=reason)


def test_a_learner_applies_and_gets_a_seat(secretariat):
    enrolment = enrol_learners(places=[place(make_cohort(), 1, make_person("khamla"))], by=secretariat)[0]
    assert enrolment.status == "applied"
    assert list(enrolment.changes.values_list("to_status", "effective_on")) == [("applied", APPLIED_ON)]


def test_forty_learners_come_in_by_as_many_statements_as_four(secretariat, django_assert_num_queries):
    people = make_people(44)
    few, many = make_cohort("COH-1"), make_cohort("COH-2")
    with django_assert_num_queries(7):
        enrol_learners(places=[place(few, n, people[n]) for n in range(4)], by=secretariat)
    with django_assert_num_queries(7):
        enrol_learners(places=[place(many, n, people[n + 4]) for n in range(40)], by=secretariat)
    assert Entry.objects.filter(event="training.enrolled").values_list("count", flat=True)[1] == 40


def test_a_seat_and_a_person_are_taken_once(secretariat):
    cohort = make_cohort(learners=1)
    khamla = make_person("khamla")
    with pytest.raises(BadInput) as refused:
        enrol_learners(places=[place(cohort, 1, khamla), place(cohort, 2, khamla)], by=secretariat)
    assert [str(problem) for problem in refused.value.problems] == [
        "number: Seat 1 of COH-2023-041 is taken.",
        "person: khamla already has a place in COH-2023-041.",
    ]
    assert Enrolment.objects.count() == 1


def test_a_finished_cohort_takes_nobody(secretariat):
    with pytest.raises(CohortIsClosed):
        enrol_learners(places=[place(make_cohort(status="finished"), 1, make_person())], by=secretariat)


def test_a_site_manager_enrols_at_their_own_site_alone():
    cohort = make_cohort()
    enrol_learners(places=[place(cohort, 1, make_person())], by=make_actor("site_manager", ("site", cohort.site_id)))
    with pytest.raises(AccessDenied):
        elsewhere = make_actor("site_manager", ("site", cohort.pk))
        enrol_learners(places=[place(cohort, 2, make_person("khamla"))], by=elsewhere)


def test_many_learners_take_many_steps_each_on_its_day(secretariat):
    cohort = make_cohort()
    mei, khamla = enrol_learners(
        places=[place(cohort, 1, make_person("mei")), place(cohort, 2, make_person("khamla"))], by=secretariat
    )
    steps = [
        step(mei, "enrolled", date(2023, 2, 20)),
        step(khamla, "enrolled", date(2023, 2, 21)),
        step(mei, "attending", date(2023, 3, 6)),
        step(khamla, "withdrew", date(2023, 3, 1), reason="Found work."),
        step(mei, "completed", date(2023, 6, 30)),
    ]
    assert move_enrolments(steps=steps, by=secretariat) == 5
    assert (mei.status, khamla.status) == ("completed", "withdrew")
    assert mei.status_on(date(2023, 3, 5)) == "enrolled"
    assert khamla.changes.get(to_status="withdrew").reason == "Found work."


def test_nobody_moves_if_one_cannot(secretariat):
    cohort = make_cohort(learners=2)
    first, second = cohort.enrolments.all()
    with pytest.raises(WrongMoment):
        move_enrolments(
            steps=[
                step(first, "completed", date(2023, 6, 30)),
                step(second, "never_started", date(2023, 6, 30)),
            ],
            by=secretariat,
        )
    assert {each.status for each in cohort.enrolments.all()} == {"attending"}
