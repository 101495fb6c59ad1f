from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.sites.actions import move_site, move_sites
from corridor.rooms.sites.drafts import SiteStep
from corridor.rooms.sites.lifecycle import SiteStatus as Status
from corridor.rooms.sites.queries import count_sites, list_sites
from tests.factories.actors import make_actor
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
FEASIBLE, UNVEILED, OPERATING = date(2022, 5, 1), date(2022, 9, 1), date(2022, 10, 10)


def test_unveiled_is_not_operating_on_any_day_between():
    site = make_site(operating_from=None)
    way = [
        (Status.FEASIBLE, FEASIBLE), (Status.AGREED, FEASIBLE), (Status.EQUIPPING, FEASIBLE),
        (Status.UNVEILED, UNVEILED), (Status.OPERATING, OPERATING),
    ]  # fmt: skip
    (moved,) = move_sites(steps=[SiteStep(site, to, on) for to, on in way], by=LI)
    days = [date(2022, 4, 30), FEASIBLE, UNVEILED, OPERATING]
    assert [moved.status_on(day) for day in days] == ["proposed", "equipping", "unveiled", "operating"]
    assert [moved.is_open(on=day) for day in days] == [False, False, False, True]
    assert [list_sites(by=VISITOR, on=day).get().status_then for day in days] == [moved.status_on(day) for day in days]
    assert [count_sites(by=VISITOR, on=day)["open"] for day in days] == [0, 0, 0, 1]
    assert Entry.objects.filter(event="sites.moved").count() == 5


def test_a_step_that_its_state_does_not_lead_to_is_refused_and_nothing_is_written():
    site, other = make_site(operating_from=None), make_site("wks-colombo")
    with pytest.raises(WrongMoment):
        move_sites(
            steps=[SiteStep(other, Status.ACCEPTED, OPERATING), SiteStep(site, Status.OPERATING, OPERATING)], by=LI
        )
    other.refresh_from_db()
    assert other.status == "operating"


def test_a_closed_site_does_not_open_again():
    site = make_site()
    move_site(site=site, to=Status.CLOSED, on=date(2023, 5, 1), by=LI, reason="The lease ended.")
    with pytest.raises(WrongMoment):
        move_site(site=site, to=Status.OPERATING, on=date(2023, 6, 1), by=LI)
    assert site.is_open(on=date(2023, 4, 30))


def test_its_manager_and_its_host_do_not_move_it():
    site = make_site()
    for by in (make_actor("site_manager", ("site", site.pk)), make_actor("coordinator", ("member", site.host_id))):
        with pytest.raises(AccessDenied):
            move_site(site=site, to=Status.ACCEPTED, on=OPERATING, by=by)
