from datetime import date

import pytest

from corridor.journeys.recognise import recognise
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.training import queries
from corridor.rooms.training.actions import appoint_trainers, end_trainer
from corridor.rooms.training.models import CohortTrainer
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_person
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
FROM, UNTIL = date(2023, 4, 3), date(2023, 5, 2)


def test_a_trainer_who_teaches_already_keeps_the_place():
    cohort, mei, khamla = make_cohort(), make_person("mei"), make_person("khamla")
    by = make_actor("site_manager", ("site", cohort.site_id))
    assert len(appoint_trainers(places=[(cohort, mei), (cohort, mei)], by=by)) == 1
    assert len(appoint_trainers(places=[(cohort, mei), (cohort, khamla)], by=by)) == 1
    assert cohort.trainers.count() == 2


def test_nobody_appoints_for_a_cohort_that_is_not_theirs():
    cohort = make_cohort()
    with pytest.raises(AccessDenied):
        appoint_trainers(places=[(cohort, make_person())], by=make_actor("trainer", ("cohort", cohort.pk)))


def test_access_follows_the_days_in_which_somebody_teaches():
    cohort, by = make_cohort(), make_actor("secretariat")
    user = make_user("khamla")
    khamla = make_person("khamla", user=user)
    (place,) = appoint_trainers(places=[(cohort, khamla)], role="lead", held_from=FROM, by=by)
    end_trainer(place=place, on=UNTIL, by=by)

    def teaches(day):
        return ("cohort", cohort.pk) in {grant.scope for grant in recognise(user, on=day).grants}

    assert [teaches(date(2023, 4, 2)), teaches(FROM), teaches(date(2023, 5, 1)), teaches(UNTIL)] == [
        False,
        True,
        True,
        False,
    ]
    assert [(row.place.role, row.place.held_before) for row in queries.list_trainers(cohort=cohort, by=by)] == [
        ("lead", UNTIL)
    ]


def test_a_place_ends_once_and_not_before_it_begins():
    cohort, by = make_cohort(), make_actor("secretariat")
    (place,) = appoint_trainers(places=[(cohort, make_person("khamla"))], held_from=FROM, by=by)
    with pytest.raises(BadInput):
        end_trainer(place=place, on=date(2023, 4, 2), by=by)
    end_trainer(place=place, on=UNTIL, by=by)
    with pytest.raises(BadInput):
        end_trainer(place=place, on=UNTIL, by=by)


def test_who_stopped_may_teach_again_and_both_times_stay():
    cohort, khamla, by = make_cohort(), make_person("khamla"), make_actor("secretariat")
    (place,) = appoint_trainers(places=[(cohort, khamla)], by=by)
    end_trainer(place=place, on=FROM, by=by)
    assert len(appoint_trainers(places=[(cohort, khamla)], role="assistant", held_from=UNTIL, by=by)) == 1
    assert CohortTrainer.objects.filter(cohort=cohort).count() == 2
