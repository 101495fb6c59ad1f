"""A site is not closed, and a listing not ended, under the feet of a cohort; both say which cohorts and the way out."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.journeys import leave_site
from corridor.journeys.leave_site import CohortsRunThere
from corridor.kernel.errors import AccessDenied
from corridor.rooms.sites.lifecycle import SiteStatus
from corridor.rooms.sites.models import Site
from tests.factories.sites import make_brand, make_listing
from tests.factories.training import make_cohort
from tests.web.readers import browser_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_cohort()


def move(site, to, on):
    return leave_site.move_site(site=site, to=to, on=on, reason="", by=NIGHTLY)


@pytest.mark.parametrize("to", [SiteStatus.CLOSED, SiteStatus.HANDED_OVER], ids=lambda to: to.value)
def test_a_site_does_not_leave_while_a_cohort_runs(cohort, to):
    with pytest.raises(CohortsRunThere) as refused:
        move(cohort.site, to, cohort.starts_on)
    assert cohort.reference in str(refused.value)
    assert Site.objects.get().status == "operating"
    assert move(cohort.site, to, cohort.ends_before).status == to


def test_it_may_be_suspended(cohort):
    assert move(cohort.site, SiteStatus.SUSPENDED, cohort.starts_on).status == "suspended"


def test_a_listing_does_not_end_in_the_middle_of_a_cohort_that_counts_for_it(cohort):
    listing = cohort.site.listings.get()
    other = make_listing(cohort.site, make_brand("chuyi"))
    cohort.brand = listing.brand
    cohort.save()
    with pytest.raises(CohortsRunThere):
        leave_site.end_listing(listing=listing, ends_before=cohort.starts_on, by=NIGHTLY)
    assert leave_site.end_listing(listing=other, ends_before=cohort.starts_on, by=NIGHTLY).ends_before
    ended = leave_site.end_listing(listing=listing, ends_before=cohort.ends_before, by=NIGHTLY)
    assert ended.ends_before == cohort.ends_before


def test_a_cohort_without_a_brand_counts_for_the_one_of_its_site(cohort):
    listing = cohort.site.listings.get()
    cohort.brand = None
    cohort.save()
    with pytest.raises(CohortsRunThere):
        leave_site.end_listing(listing=listing, ends_before=cohort.starts_on, by=NIGHTLY)


def test_only_who_may_moves_it(cohort):
    with pytest.raises(AccessDenied):
        leave_site.move_site(site=cohort.site, to=SiteStatus.CLOSED, on=date(2030, 1, 1), reason="", by=VISITOR)


def test_the_page_says_which_cohort_and_the_way_out(cohort):
    mei = browser_of("secretariat")
    sent = {"to": "closed", "on": cohort.starts_on.isoformat(), "reason": "Moves"}
    answer = mei.post(f"/sites/{cohort.site.reference}/move/", sent)
    assert answer.status_code == 409
    assert cohort.reference in text_of(answer)
    assert "suspend the site" in text_of(answer)
