"""How far the graduates of a programme were asked: known to everybody; what they answered is a figure."""

import pytest

from corridor.rooms.outcomes import queries
from tests.factories.actors import VISITOR, make_actor
from tests.factories.outcomes import answer, make_wave
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db


def graduates(count: int):
    cohort = make_cohort(learners=count, status="finished")
    for enrolment in cohort.enrolments.all():
        enrolment.changes.create(
            from_status="attending", to_status="completed", effective_on=cohort.ends_before, by_label="secretariat"
        )
        enrolment.status = "completed"
        enrolment.save()
    return cohort, make_wave(cohorts=[cohort])


def test_asked_reached_and_answered_are_counted():
    cohort, wave = graduates(6)
    for follow_up in wave.follow_ups.all()[:5]:
        answer(follow_up)
    found = queries.following_up_of(group="programme", keys=[cohort.programme_id], by=VISITOR)[cohort.programme_id]
    assert (found.eligible, found.asked, found.reached, found.answered, found.months) == (6, 5, 5, 5, 6)


def test_fewer_than_five_are_hidden_from_who_may_not_see_rows():
    cohort, wave = graduates(6)
    answer(wave.follow_ups.first())
    hidden = queries.following_up_of(group="site", keys=[cohort.site_id], by=VISITOR)[cohort.site_id]
    assert (hidden.eligible, hidden.asked) == (6, None)
    shown = queries.following_up_of(group="site", keys=[cohort.site_id], by=make_actor("auditor"))[cohort.site_id]
    assert shown.asked == 1
