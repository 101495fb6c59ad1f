"""What everybody may know of decisions, and who is told why they may not see more."""

import pytest

from corridor.kernel.errors import AccessDenied
from corridor.rooms.assessment import queries
from tests.factories.actors import VISITOR, make_actor
from tests.factories.assessment import make_assessor, make_decision, make_decisions
from tests.factories.people import make_person
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db


def test_final_decisions_of_a_programme_are_counted():
    cohort = make_cohort(learners=5)
    somphone = make_assessor(cohort)
    units = list(cohort.curriculum_version.units.all())
    make_decisions(cohort, assessor=somphone, units=units[:1])
    make_decision(cohort.enrolments.first(), units[1], assessor=somphone, final_on=None)
    found = queries.deciding_of(group="programme", keys=[cohort.programme_id], by=VISITOR)[cohort.programme_id]
    assert (found.decisions, found.competent, found.learners, found.units) == (5, 5, 5, 1)


def test_decisions_about_fewer_than_five_are_hidden_from_who_may_not_see_rows():
    cohort = make_cohort(learners=4)
    make_decisions(cohort, assessor=make_assessor(cohort))
    hidden = queries.deciding_of(group="site", keys=[cohort.site_id], by=VISITOR)[cohort.site_id]
    assert (hidden.decisions, hidden.competent, hidden.learners) == (None, None, None)
    shown = queries.deciding_of(group="site", keys=[cohort.site_id], by=make_actor("auditor"))[cohort.site_id]
    assert shown.learners == 4


def test_a_programme_without_decisions_is_there_with_nothing():
    key = make_cohort().programme_id
    assert queries.deciding_of(group="programme", keys=[key], by=VISITOR)[key].decisions == 0


def test_a_trainer_is_told_why_the_decisions_are_not_theirs():
    bounmy = make_person("bounmy")
    cohort = make_cohort(trainers=[bounmy])
    by = make_actor("trainer", ("cohort", cohort.pk), person=bounmy)
    with pytest.raises(AccessDenied, match="Whoever teaches a cohort does not assess it"):
        queries.get_matrix(cohort=cohort, by=by)
    with pytest.raises(AccessDenied, match="see decisions"):
        queries.get_matrix(cohort=cohort, by=VISITOR)
