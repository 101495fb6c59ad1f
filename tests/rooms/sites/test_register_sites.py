from decimal import Decimal

import pytest
from django.db import IntegrityError

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.sites.actions import ReferenceTaken, register_site, register_sites
from corridor.rooms.sites.drafts import SiteDraft
from corridor.rooms.sites.models import Site
from tests.factories.actors import make_actor
from tests.factories.agreements import find_or_make_member

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")


def draft(reference="wks-vientiane", **more):
    given = {
        "kind": "workshop", "host": find_or_make_member("vientiane"), "country": "LA", "city": "Vientiane",
        "zone": "Asia/Vientiane", "latitude": Decimal("17.96667"), "longitude": Decimal("102.6"),
        "names": {"en": "Workshop Vientiane", "lo": "ໂຮງຝຶກງານ ວຽງຈັນ"},
    } | more  # fmt: skip
    return SiteDraft(reference, **given)


def test_the_secretariat_registers_many_at_once_with_their_names():
    made = register_sites(sites=[draft(), draft("sch-colombo", kind="technology_school")], by=LI)
    assert [(site.reference, site.status) for site in made] == [
        ("wks-vientiane", "proposed"),
        ("sch-colombo", "proposed"),
    ]
    assert set(made[0].names.values_list("language", flat=True)) == {"en", "lo"}
    assert Entry.objects.filter(event="sites.registered", by="li-na").count() == 2


def test_a_site_manager_registers_none():
    with pytest.raises(AccessDenied):
        register_site(site=draft(), by=make_actor("site_manager"))


def test_a_reference_is_given_once():
    register_site(site=draft(), by=LI)
    with pytest.raises(ReferenceTaken):
        register_sites(sites=[draft("wks-phnom-penh"), draft()], by=LI)
    assert Site.objects.count() == 1


def test_a_zone_nobody_knows_a_place_off_the_earth_and_no_name_are_refused_together():
    with pytest.raises(BadInput) as refused:
        register_site(site=draft(zone="Asia/Nowhere", latitude=Decimal(91), names={}), by=LI)
    assert {problem.column for problem in refused.value.problems} == {"zone", "latitude", "name"}


def test_the_table_itself_keeps_sites_on_earth():
    site = register_site(site=draft(), by=LI)
    site.latitude = Decimal(91)
    with pytest.raises(IntegrityError, match="on_earth"):
        site.save()
