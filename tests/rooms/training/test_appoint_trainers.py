import pytest

from corridor.kernel.errors import AccessDenied
from corridor.rooms.training.actions import appoint_trainers
from tests.factories.actors import make_actor
from tests.factories.people import make_person
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db


def test_trainers_are_appointed_once():
    cohort, mei, khamla = make_cohort(), make_person("mei"), make_person("khamla")
    by = make_actor("site_manager", ("site", cohort.site_id))
    assert len(appoint_trainers(places=[(cohort, mei), (cohort, mei)], by=by)) == 1
    assert len(appoint_trainers(places=[(cohort, mei), (cohort, khamla)], by=by)) == 1
    assert cohort.trainers.count() == 2


def test_a_trainer_appoints_nobody():
    cohort = make_cohort()
    with pytest.raises(AccessDenied):
        appoint_trainers(places=[(cohort, make_person())], by=make_actor("trainer", ("cohort", cohort.pk)))
