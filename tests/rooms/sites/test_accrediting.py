"""What a place is accredited for has days and a paper; that it expires is asked, never stored."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts import AccreditationDraft
from corridor.rooms.sites.refusals import AccreditedAlready
from tests.factories.actors import VISITOR, make_actor
from tests.factories.papers import PDF
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db
AT, STARTS, ENDS = datetime(2024, 1, 18, tzinfo=UTC), date(2022, 1, 1), date(2024, 4, 1)


@pytest.fixture
def site():
    return make_site("wks-vientiane")


def accredit(site, by, **more):
    facts = {
        "accredited_by": "Ministry",
        "accredited_for": "Inspection",
        "starts_on": STARTS,
        "ends_before": ENDS,
        **more,
    }
    return actions.accredit_sites(accreditations=[AccreditationDraft(site, **facts)], at=AT, by=by)[0]


def test_a_manager_writes_down_what_the_own_site_is_accredited_for(site):
    made = accredit(site, make_actor("site_manager", ("site", site.pk)))
    assert [each.pk for each in queries.accreditations_of(by=VISITOR, site="wks-vientiane")] == [made.pk]
    assert [each.pk for each in queries.accreditations_of(by=VISITOR, host=site.host.reference)] == [made.pk]
    with pytest.raises(AccessDenied):
        accredit(make_site("wks-colombo"), make_actor("site_manager", ("site", site.pk)))


def test_it_is_expiring_within_ninety_days_of_its_end(site):
    made = accredit(site, make_actor("secretariat"))
    assert not made.is_expiring(on=date(2024, 1, 1))
    assert made.is_expiring(on=date(2024, 1, 2))
    assert made.is_in_force(on=date(2024, 3, 31))
    assert not made.is_in_force(on=ENDS)


def test_what_is_incomplete_or_said_twice_is_refused(site):
    secretariat = make_actor("secretariat")
    for more in ({"accredited_by": " "}, {"accredited_for": ""}, {"ends_before": STARTS}):
        with pytest.raises(BadInput):
            accredit(site, secretariat, **more)
    accredit(site, secretariat)
    with pytest.raises(AccreditedAlready):
        accredit(site, secretariat)


def test_it_ends_once(site):
    secretariat = make_actor("secretariat")
    made = accredit(site, secretariat, ends_before=None)
    actions.end_accreditation(accreditation=made, ends_before=ENDS, by=secretariat)
    with pytest.raises(WrongMoment):
        actions.end_accreditation(accreditation=made, ends_before=ENDS, by=secretariat)


def test_the_paper_is_for_those_who_may_see_documents_and_the_own_staff(site):
    upload = Upload("paper.pdf", PDF, "Accreditation")
    made = accredit(site, make_actor("secretariat"), upload=upload)
    for by in (make_actor("auditor"), make_actor("site_manager", ("site", site.pk))):
        assert queries.open_accreditation_paper(site=site.reference, key=made.pk, by=by)[1] == upload.content
    with pytest.raises(AccessDenied):
        queries.open_accreditation_paper(site=site.reference, key=made.pk, by=VISITOR)
    bare = accredit(site, make_actor("secretariat"), accredited_for="Welding")
    with pytest.raises(NotFound):
        queries.open_accreditation_paper(site=site.reference, key=bare.pk, by=make_actor("auditor"))
