from datetime import date

import pytest

from corridor.foundations.access import Grant, Role
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.sites.actions import HoldsPostAlready, appoint_manager, appoint_managers, relieve_manager
from corridor.rooms.sites.queries import grants_of, list_managers, sites_managed_by
from tests.factories.actors import VISITOR, make_actor, make_user
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
FROM, UNTIL = date(2023, 1, 1), date(2024, 1, 1)


@pytest.fixture
def site():
    return make_site()


@pytest.fixture
def khamla():
    return make_user("khamla")


def test_a_manager_has_the_site_from_a_day_until_a_day(site, khamla):
    appoint_manager(site=site, user=khamla, held_from=FROM, by=LI)
    relieve_manager(site=site, user=khamla, held_before=UNTIL, by=LI)
    own = frozenset({Grant(Role.SITE_MANAGER, ("site", site.pk))})
    days = [date(2022, 12, 31), FROM, date(2023, 12, 31), UNTIL]
    assert [grants_of(user=khamla, on=day) for day in days] == [frozenset(), own, own, frozenset()]
    assert Entry.objects.filter(event__startswith="sites.manager_").count() == 2


def test_many_at_once_and_nobody_twice(site, khamla):
    nimali = make_user("nimali")
    appoint_managers(posts=[(site, khamla, FROM), (site, nimali, FROM)], by=LI)
    assert [post.user.username for post in list_managers(site=site, on=FROM, by=LI)] == ["khamla", "nimali"]
    with pytest.raises(HoldsPostAlready):
        appoint_manager(site=site, user=khamla, held_from=UNTIL, by=LI)


def test_who_left_can_come_back(site, khamla):
    appoint_manager(site=site, user=khamla, held_from=FROM, by=LI)
    relieve_manager(site=site, user=khamla, held_before=UNTIL, by=LI)
    appoint_manager(site=site, user=khamla, held_from=UNTIL, by=LI)
    assert grants_of(user=khamla, on=UNTIL)


def test_who_does_not_manage_it_cannot_be_relieved(site, khamla):
    with pytest.raises(WrongMoment):
        relieve_manager(site=site, user=khamla, held_before=UNTIL, by=LI)


def test_a_manager_appoints_nobody(site, khamla):
    for by in (make_actor("site_manager", ("site", site.pk)), make_actor("coordinator", ("member", site.host_id))):
        with pytest.raises(AccessDenied):
            appoint_manager(site=site, user=khamla, held_from=FROM, by=by)
        with pytest.raises(AccessDenied):
            relieve_manager(site=site, user=khamla, held_before=UNTIL, by=by)


def test_the_names_of_managers_are_not_public(site, khamla):
    appoint_manager(site=site, user=khamla, held_from=FROM, by=LI)
    own = make_actor("site_manager", ("site", site.pk))
    assert list_managers(site=site, on=FROM, by=own).count() == 1
    assert list(sites_managed_by(by=own)) == [site]
    other = make_actor("site_manager", ("site", make_site("wks-colombo").pk))
    for by in (VISITOR, other):
        with pytest.raises(AccessDenied):
            list_managers(site=site, on=FROM, by=by)
