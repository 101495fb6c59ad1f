"""Several who take the last place in the same moment: one has it, the others are refused and shown the waiting list."""

from datetime import date

import pytest

from corridor.rooms.training.actions import Description, EnrolmentStep, describe_cohort, move_enrolments
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Enrolment
from corridor.rooms.training.refusals import NoPlaceLeft
from tests.factories.actors import make_actor
from tests.factories.training import make_cohort, make_enrolment
from tests.rooms.members.test_two_at_once import at_once

SECRETARIAT = make_actor("secretariat")


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_taken_by_one_of_three():
    cohort = make_cohort("COH-1")
    places = iter([make_enrolment(cohort, number=number, steps=[]) for number in (1, 2, 3)])
    describe_cohort(cohort=cohort, description=Description(capacity=1), by=SECRETARIAT)
    on = date(2023, 2, 10)

    def take():
        move_enrolments(
            steps=[EnrolmentStep(enrolment=next(places), to=EnrolmentStatus.ENROLLED, on=on)], by=SECRETARIAT
        )

    assert at_once(take) == [NoPlaceLeft, NoPlaceLeft]
    assert sorted(Enrolment.objects.values_list("status", flat=True)) == ["applied", "applied", "enrolled"]
