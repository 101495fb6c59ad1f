from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.credentials.actions import end_entitlement, grant_entitlements
from corridor.rooms.credentials.drafts import EntitlementDraft
from corridor.rooms.credentials.models import Entitlement
from corridor.rooms.credentials.queries import entitled_issuers, list_entitlements
from corridor.rooms.credentials.refusals import AlreadyEntitled, NotHeldThere
from corridor.rooms.members.models import Organisation
from tests.factories.actors import VISITOR, make_actor
from tests.factories.credentials import make_entitlement
from tests.factories.sites import make_site
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db


def draft(cohort, **changes):
    given = {
        "issuer": Organisation.objects.get(reference="chongqing"), "site": cohort.site, "programme": cohort.programme,
        "starts_on": date(2023, 1, 1), "ends_before": date(2024, 1, 1),
    }  # fmt: skip
    return EntitlementDraft(**(given | changes))


def test_the_secretariat_entitles_and_anyone_may_read_it():
    cohort = make_cohort()
    (granted,) = grant_entitlements(entitlements=[draft(cohort)], by=make_actor("secretariat"))
    assert granted.covers(date(2023, 12, 31)) and not granted.covers(date(2024, 1, 1))
    assert [row.issuer.reference for row in list_entitlements(by=VISITOR, site=cohort.site_id)] == ["chongqing"]
    assert entitled_issuers(cohort=cohort, on=date(2024, 1, 1), by=VISITOR) == []
    assert [each.reference for each in entitled_issuers(cohort=cohort, on=date(2023, 6, 1), by=VISITOR)] == [
        "chongqing"
    ]


@pytest.mark.parametrize("role", ["coordinator", "site_manager", "key_holder", "auditor", "visitor"])
def test_nobody_else_entitles(role):
    cohort = make_cohort()
    with pytest.raises(AccessDenied):
        grant_entitlements(entitlements=[draft(cohort)], by=make_actor(role))


def test_days_are_granted_once():
    cohort = make_cohort()
    first, next_year = draft(cohort), draft(cohort, starts_on=date(2024, 1, 1), ends_before=None)
    assert len(grant_entitlements(entitlements=[first, next_year], by=NIGHTLY)) == 2
    with pytest.raises(AlreadyEntitled, match="chongqing"):
        grant_entitlements(entitlements=[draft(cohort, starts_on=date(2023, 12, 31))], by=NIGHTLY)
    vientiane = Organisation.objects.get(reference="vientiane")
    assert grant_entitlements(entitlements=[draft(cohort, issuer=vientiane)], by=NIGHTLY)


def test_only_where_the_programme_is_held():
    cohort = make_cohort()
    elsewhere = make_site("wks-colombo", country="LK", city="Colombo", zone="Asia/Colombo")
    with pytest.raises(NotHeldThere, match="wks-colombo"):
        grant_entitlements(entitlements=[draft(cohort), draft(cohort, site=elsewhere)], by=NIGHTLY)
    assert not Entitlement.objects.exists()


def test_it_is_ended_on_a_day_inside_its_days():
    entitlement = make_entitlement(make_cohort())
    with pytest.raises(BadInput):
        end_entitlement(entitlement=entitlement, before=date(2023, 1, 1), by=NIGHTLY)
    end_entitlement(entitlement=entitlement, before=date(2023, 9, 1), by=NIGHTLY)
    assert not Entitlement.objects.get().covers(date(2023, 9, 1))
    with pytest.raises(BadInput):
        end_entitlement(entitlement=entitlement, before=date(2023, 10, 1), by=NIGHTLY)
