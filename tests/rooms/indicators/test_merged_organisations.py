"""A breakdown names an organisation once: what was said of a record that was merged away counts for the one that stands."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import Role
from corridor.rooms.indicators.queries import show_figure
from corridor.rooms.members.merging import references_that_stand
from corridor.rooms.members.models import Organisation
from tests.factories.actors import make_actor
from tests.factories.demand import make_demand
from tests.factories.figures import complete, make_cohort_at, make_learners
from tests.factories.members import make_alliance, make_organisation

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 3, tzinfo=UTC)
ON = date(2023, 12, 31)


@pytest.fixture(autouse=True)
def _alliance():
    make_alliance()


def merge(gone, into):
    Organisation.objects.filter(pk=gone.pk).update(merged_into=into)


def breakdown(code, dimension):
    counts = show_figure(code=code, scope="", on=ON, at=AT, by=make_actor(Role.AUDITOR)).breakdown[dimension]
    return {code: count for code, count in counts.items() if code != "unknown"}


def test_employers_that_were_merged_are_one_with_the_posts_of_both():
    hung, hong = make_organisation("hung-hing", kind="company"), make_organisation("hongxing", kind="company")
    make_demand("DEM-2023-0001", employer=hung, posts=10, stated_on=date(2023, 3, 1))
    make_demand("DEM-2023-0002", employer=hong, posts=20, stated_on=date(2023, 3, 2))
    assert breakdown("demand.posts_stated", "employer") == {"hung-hing": 10, "hongxing": 20}
    merge(hung, hong)
    assert breakdown("demand.posts_stated", "employer") == {"hongxing": 30}


def test_hosts_and_senders_through_merges_of_merges():
    cohort = make_cohort_at("wks-vientiane", "COH-2023-077")
    host = cohort.site.host
    middle, stays = make_organisation("middle"), make_organisation("stays")
    complete(cohort, make_learners(6, prefix="a"), sending=middle)
    merge(host, middle)
    merge(middle, stays)
    assert references_that_stand() == {host.reference: "stays", "middle": "stays"}
    assert breakdown("sites.operating", "host") == {"stays": 1}
    assert breakdown("training.persons_completed", "sending_organisation") == {"stays": 6}
