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


def test_a_wave_counts_for_a_manager_the_graduates_of_the_own_site_alone():
    cohort, wave = graduates(2)
    other = make_cohort(
        "COH-2023-077", learners=3, status="finished", site="wks-luang-prabang", programme="PRG-2022-002"
    )
    wave.cohorts.create(cohort=other)
    for enrolment in other.enrolments.all():
        answer(wave.follow_ups.create(enrolment=enrolment))
    manager = make_actor("site_manager", ("site", cohort.site_id))
    seen = queries.get_wave(reference=wave.reference, by=manager)
    assert (seen.eligible, seen.asked, seen.answered) == (2, 0, 0)
    whole = queries.get_wave(reference=wave.reference, by=make_actor("auditor"))
    assert (whole.eligible, whole.asked, whole.answered) == (5, 3, 3)
    assert [each.cohort for each in queries.list_wave_cohorts(wave=wave, by=manager)] == [cohort]


def test_a_planned_wave_is_seen_by_the_manager_of_its_cohort_and_counts_nobody():
    cohort = make_cohort(status="finished")
    make_wave(cohorts=[cohort], status="planned")
    seen = queries.list_waves(by=make_actor("site_manager", ("site", cohort.site_id))).get()
    assert (seen.eligible, seen.asked, seen.answered) == (0, 0, 0)
