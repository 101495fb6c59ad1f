"""Many steps of many lives: written in order, in few statements, all or none."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.lifecycles.moving import Step, move, move_all, move_each, take_steps, with_status_on
from corridor.kernel.errors import WrongMoment
from corridor.rooms.sites.lifecycle import SiteStatus as Status
from corridor.rooms.sites.models import Site, SiteChange
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2022, 5, 1), date(2022, 9, 1)


def proposed(count):
    return [make_site(f"wks-{number}", operating_from=None) for number in range(count)]


def test_a_thing_may_take_several_steps_and_its_table_keeps_their_order():
    (site,) = proposed(1)
    way = [Status.FEASIBLE, Status.AGREED, Status.EQUIPPING]
    take_steps([Step(site, to, EARLY, f"to {to.value}") for to in way], by=NIGHTLY)
    assert site.status == Site.objects.get().status == "equipping"
    assert site.status_on(EARLY) == "equipping"
    changes = site.changes.order_by("recorded_at", "pk").values_list("from_status", "to_status", "by_label", "reason")
    assert list(changes) == [
        ("proposed", "feasible", "system", "to feasible"),
        ("feasible", "agreed", "system", "to agreed"),
        ("agreed", "equipping", "system", "to equipping"),
    ]


def test_two_copies_of_one_row_are_one_thing():
    (site,) = proposed(1)
    copy = Site.objects.get(pk=site.pk)
    take_steps([Step(site, Status.FEASIBLE, EARLY), Step(copy, Status.AGREED, LATE)], by=NIGHTLY)
    assert site.status == copy.status == Site.objects.get().status == "agreed"


def test_however_many_steps_there_are_three_statements(django_assert_num_queries):
    one, *others = proposed(6)
    with django_assert_num_queries(3):
        move(one, to=Status.FEASIBLE, on=EARLY, by=NIGHTLY)
    steps = [Step(site, to, EARLY) for site in others for to in (Status.FEASIBLE, Status.AGREED)]
    with django_assert_num_queries(3):
        take_steps(steps, by=NIGHTLY)
    with django_assert_num_queries(0):
        take_steps([], by=NIGHTLY)


def test_one_step_that_cannot_be_taken_and_none_is():
    sites = proposed(2)
    with pytest.raises(WrongMoment, match="wks-1 is “Proposed”; it cannot become “Accepted”"):
        take_steps([Step(sites[0], Status.FEASIBLE, EARLY), Step(sites[1], Status.ACCEPTED, EARLY)], by=NIGHTLY)
    assert not SiteChange.objects.exists()
    assert [site.status for site in sites] == ["proposed", "proposed"]


def test_days_follow_the_order_of_writing_inside_one_call_and_between_two():
    (site,) = proposed(1)
    with pytest.raises(WrongMoment):
        take_steps([Step(site, Status.FEASIBLE, LATE), Step(site, Status.AGREED, EARLY)], by=NIGHTLY)
    move_each([(site, LATE)], to=Status.FEASIBLE, by=NIGHTLY)
    with pytest.raises(WrongMoment, match="cannot take effect before that day"):
        move_all([site], to=Status.AGREED, on=EARLY, by=NIGHTLY)


def test_the_state_of_many_on_a_day_is_that_of_each():
    sites = proposed(3)
    move_each([(sites[0], EARLY), (sites[1], LATE)], to=Status.FEASIBLE, by=NIGHTLY)
    for day in (date(2022, 4, 30), EARLY, LATE):
        together = dict(with_status_on(Site.objects.all(), day).values_list("reference", "status_then"))
        assert together == {site.reference: site.status_on(day) for site in sites}
