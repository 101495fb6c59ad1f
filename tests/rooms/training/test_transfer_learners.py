"""A learner moves to another cohort or site: the history stays where it was made, and the human being counts once."""

from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.training.actions import Transfer, transfer_learner
from corridor.rooms.training.models import Attendance, Enrolment
from corridor.rooms.training.queries import cohorts_to_move_to, learner_path
from corridor.rooms.training.refusals import CohortIsClosed
from tests.factories.actors import make_actor
from tests.factories.training import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


@pytest.fixture
def cohort():
    return make_cohort("COH-2023-041")


@pytest.fixture
def other():
    return make_cohort("COH-2023-050")


@pytest.fixture
def khamla(cohort):
    return make_enrolment(cohort)


def day(cohort, number):
    return date.fromordinal(cohort.starts_on.toordinal() + number)


def move(enrolment, to, by, on=None, **more):
    on = on or day(enrolment.cohort, 20)
    return transfer_learner(transfer=Transfer(enrolment=enrolment, to=to, on=on, reason="Moved house", **more), by=by)


def test_the_old_place_ends_with_where_to_and_the_new_begins_with_where_from(khamla, other, secretariat):
    session = make_session(khamla.cohort, status="locked")
    place = move(khamla, other, secretariat)
    khamla = Enrolment.objects.get(pk=khamla.pk)
    assert (khamla.status, khamla.moved_to) == ("transferred", place)
    assert (place.status, place.moved_from, place.number, place.person) == ("enrolled", khamla, 1, khamla.person)
    assert [(each.to_status, each.effective_on, each.reason) for each in place.changes.order_by("pk")] == [
        ("applied", day(khamla.cohort, 20), "Moved house"), ("enrolled", day(khamla.cohort, 20), "Moved house"),
    ]  # fmt: skip
    assert Attendance.objects.get(session=session).enrolment == khamla
    path = learner_path(person=khamla.person_id, by=secretariat)
    assert [(step.enrolment, step.attended) for step in path] == [(khamla, 1), (place, 0)]


def test_a_moved_learner_is_one_person_in_two_places(khamla, other, secretariat):
    place = move(khamla, other, secretariat)
    assert Enrolment.objects.filter(person=place.person_id).values("person").distinct().count() == 1
    with pytest.raises(WrongMoment):
        move(khamla, make_cohort("COH-2023-060"), secretariat)


def test_the_next_free_seat_is_taken_or_the_one_asked_for(khamla, other, secretariat):
    make_enrolment(other, number=4)
    with pytest.raises(BadInput, match="Seat 4 of COH-2023-050 is taken"):
        move(khamla, other, secretariat, number=4)
    assert move(khamla, other, secretariat).number == 5


def test_nobody_moves_into_the_same_a_finished_or_a_cohort_they_are_in(khamla, cohort, other, secretariat):
    with pytest.raises(BadInput, match="choose another cohort"):
        move(khamla, cohort, secretariat)
    with pytest.raises(CohortIsClosed):
        move(khamla, make_cohort("COH-2023-070", status="finished"), secretariat)
    make_enrolment(other, person=khamla.person)
    with pytest.raises(BadInput, match="already has a place in COH-2023-050"):
        move(khamla, other, secretariat)
    assert Enrolment.objects.get(pk=khamla.pk).status == "attending"


def test_it_needs_the_right_to_give_places_in_both_cohorts(khamla, cohort, other, secretariat):
    elsewhere = make_cohort("COH-2023-080", site="savannakhet", programme="PRG-2023-0009", agreement="AGR-2023-0090")
    manager = make_actor("site_manager", ("site", cohort.site_id))
    assert other in cohorts_to_move_to(enrolment=khamla, by=manager)
    assert elsewhere not in cohorts_to_move_to(enrolment=khamla, by=manager)
    with pytest.raises(AccessDenied):
        move(khamla, elsewhere, manager)
    with pytest.raises(AccessDenied):
        move(khamla, other, make_actor("trainer", ("cohort", cohort.pk)))
    assert move(khamla, other, manager).cohort == other


def test_the_job_that_waits_goes_along(khamla, other, secretariat):
    Enrolment.objects.filter(pk=khamla.pk).update(job_to_return="Fitter at the depot")
    assert move(Enrolment.objects.get(pk=khamla.pk), other, secretariat).job_to_return == "Fitter at the depot"
