"""How many certificates a programme has given: known to everybody, except where so few could be recognised."""

import pytest

from corridor.rooms.credentials.queries.counts import issuing_of
from tests.factories.actors import VISITOR, make_actor
from tests.factories.credentials import award, make_assessed_cohort
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db


def test_certificates_of_a_programme_are_counted_by_kind():
    cohort = make_assessed_cohort(learners=5)
    award(cohort)
    found = issuing_of(group="programme", keys=[cohort.programme_id], by=VISITOR)[cohort.programme_id]
    assert (found.issued, found.awards, found.statements) == (5, 5, 0)


def test_fewer_than_five_are_hidden_from_who_may_not_see_rows():
    cohort = make_assessed_cohort(learners=2)
    award(cohort)
    hidden = issuing_of(group="site", keys=[cohort.site_id], by=VISITOR)[cohort.site_id]
    assert (hidden.issued, hidden.awards, hidden.statements) == (None, None, None)
    assert issuing_of(group="site", keys=[cohort.site_id], by=make_actor("auditor"))[cohort.site_id].issued == 2


def test_a_programme_without_certificates_is_there_with_nothing():
    key = make_cohort().programme_id
    assert issuing_of(group="programme", keys=[key], by=VISITOR)[key].issued == 0
