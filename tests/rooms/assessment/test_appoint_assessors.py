from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied
from corridor.rooms.assessment.actions import appoint_assessors
from corridor.rooms.assessment.models import Appointment
from corridor.rooms.assessment.refusals import AssessorIsTrainer
from tests.factories.actors import make_actor
from tests.factories.people import make_person
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 6)


def test_an_assessor_is_appointed_to_a_cohort():
    cohort, nimali = make_cohort(), make_person("nimali")
    appointed = appoint_assessors(places=[(cohort, nimali, DAY)], by=make_actor("secretariat"))
    assert appointed[0].appointed_on == DAY
    assert appoint_assessors(places=[(cohort, nimali, DAY)], by=make_actor("secretariat")) == []


def test_a_trainer_of_the_cohort_is_not_appointed():
    mei = make_person("mei")
    cohort = make_cohort(trainers=[mei])
    with pytest.raises(AssessorIsTrainer):
        appoint_assessors(
            places=[(cohort, make_person("nimali"), DAY), (cohort, mei, DAY)], by=make_actor("secretariat")
        )
    assert not Appointment.objects.exists()


def test_an_assessor_appoints_nobody():
    cohort = make_cohort()
    with pytest.raises(AccessDenied):
        by = make_actor("assessor", ("cohort", cohort.pk))
        appoint_assessors(places=[(cohort, make_person(), DAY)], by=by)
