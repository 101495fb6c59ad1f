"""What makes a promise more than paper: a site that opened, equipment that was given, an obligation kept and shown; whatever came first."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.models import Entry
from corridor.foundations.documents.receiving import Upload
from corridor.journeys.equip_site import add_equipment, name_agreement
from corridor.journeys.first_delivery import note_deliveries
from corridor.journeys.fulfil_obligation import fulfil_obligation
from corridor.journeys.leave_site import move_site
from corridor.rooms.agreements.queries import activation_by_year, dormant_agreements
from corridor.rooms.members.models import Organisation
from corridor.rooms.sites.actions import move_sites
from corridor.rooms.sites.drafts import EquipmentDraft, SiteStep
from corridor.rooms.sites.lifecycle import SiteStatus
from corridor.rooms.sites.refusals import NotTheHostsAgreement
from tests.factories.actors import make_actor
from tests.factories.agreements import make_agreement, make_obligation
from tests.factories.sites import WAY_TO_OPERATING, make_site

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
TODAY = date(2024, 2, 2)
OPENED = date(2023, 9, 4)


@pytest.fixture
def agreement():
    return make_agreement()


@pytest.fixture
def site(agreement):
    """Agreed in the agreement, and being equipped."""
    made = make_site(operating_from=None)
    made = move_sites(steps=[SiteStep(made, to, date(2023, 6, 1)) for to in WAY_TO_OPERATING[:3]], by=NIGHTLY)[0]
    return name_agreement(site=made, agreement=agreement, today=TODAY, by=NIGHTLY)


def member(reference):
    return Organisation.objects.get(reference=reference)


def given(site, donor, *, on=OPENED, number="LGT-0101"):
    draft = EquipmentDraft(
        site=site, kind="Brake tester", inventory_number=number, acquired_on=on, donor=member(donor) if donor else None
    )
    return add_equipment(equipment=[draft], at=AT, by=NIGHTLY)


def activated(agreement):
    return list(agreement.changes.filter(to_status="activated").values_list("effective_on", "reason"))


def test_a_site_that_opens_activates_the_agreement_in_which_it_was_agreed(agreement, site):
    assert activated(agreement) == []
    secretariat = make_actor("secretariat", label="mei")
    with translation.override("lo"):
        move_site(site=site, to=SiteStatus.UNVEILED, on=OPENED, reason="", by=secretariat)
    assert activated(agreement) == [(OPENED, "The site wks-vientiane opened.")]
    assert Entry.objects.get(event="agreements.activated").by == "mei"
    assert dormant_agreements(on=TODAY, by=NIGHTLY, months=6) == []
    (year,) = activation_by_year(on=TODAY, by=NIGHTLY)
    assert (year.signed, year.activated, [step.activated for step in year.steps[:2]]) == (1, 1, [0, 1])


def test_a_site_that_names_no_agreement_delivers_under_none(agreement):
    make_site(operating_from=OPENED)
    assert note_deliveries(by=NIGHTLY) == []
    assert [each.agreement for each in dormant_agreements(on=TODAY, by=NIGHTLY, months=6)] == [agreement]


def test_naming_the_agreement_later_finds_what_was_delivered_since(agreement):
    site = make_site(operating_from=OPENED)
    name_agreement(site=site, agreement=agreement, today=TODAY, by=NIGHTLY)
    assert activated(agreement)[0][0] == OPENED


def test_only_an_agreement_that_the_host_signed_is_named(agreement):
    site = make_site(host=member("chongqing"))
    other = make_agreement("AGR-2023-0032", parties=("vientiane", "colombo"))
    with pytest.raises(NotTheHostsAgreement, match="AGR-2023-0032"):
        name_agreement(site=site, agreement=other, today=TODAY, by=NIGHTLY)


@pytest.mark.parametrize(
    ("donor", "is_delivery"),
    [("chongqing", True), ("vientiane", False), ("", False), ("colombo", False)],
    ids=["another party", "its host", "nobody", "no party"],
)
def test_equipment_counts_where_another_party_gave_it(agreement, site, donor, is_delivery):
    make_agreement("AGR-2023-0040", parties=("colombo", "vientiane"))
    given(site, donor)
    assert bool(activated(agreement)) == is_delivery


def test_what_came_before_the_agreement_began_was_not_delivered_under_it(agreement, site):
    given(site, "chongqing", on=date(2023, 5, 31))
    assert activated(agreement) == []


def test_what_is_still_to_come_is_not_delivered(agreement, site):
    given(site, "chongqing", on=date(2024, 2, 3))
    assert activated(agreement) == []
    assert [each.pk for each in note_deliveries(until=date(2024, 2, 3), by=NIGHTLY)] == [agreement.pk]


def test_the_first_day_counts_whatever_it_was(agreement):
    site = make_site(operating_from=date(2023, 10, 2))
    site.agreement = agreement
    site.save()
    given_on = date(2023, 8, 7)
    given(site, "chongqing", on=given_on)
    assert [day for day, _reason in activated(agreement)] == [given_on]


def test_a_signed_register_that_came_after_the_site_opened_changes_nothing(agreement, site):
    move_sites(steps=[SiteStep(site, SiteStatus.UNVEILED, OPENED)], by=NIGHTLY)
    note_deliveries(agreements=[agreement.pk], taught={agreement.pk: date(2023, 11, 6)}, by=NIGHTLY)
    assert [day for day, _reason in activated(agreement)] == [OPENED]


@pytest.mark.parametrize("has_document", [True, False], ids=["a document", "a word"])
def test_an_obligation_counts_where_more_than_a_word_shows_it(agreement, has_document):
    obligation = make_obligation(agreement)
    fulfil_obligation(
        obligation=obligation, on=date(2024, 1, 8), today=TODAY, at=AT, by=NIGHTLY, reason="Sent.",
        upload=Upload("list.txt", b"The list", "The list of learners") if has_document else None,
    )  # fmt: skip
    assert [day for day, _reason in activated(agreement)] == ([date(2024, 1, 8)] if has_document else [])


def test_what_is_activated_stays_as_it_is(agreement, site):
    given(site, "chongqing", on=date(2023, 10, 2))
    given(site, "chongqing", on=date(2023, 8, 1), number="LGT-0102")
    assert [day for day, _reason in activated(agreement)] == [date(2023, 10, 2)]
