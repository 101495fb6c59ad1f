from datetime import date

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.training.actions import CohortPlan, open_cohort, open_cohorts
from corridor.rooms.training.models import Cohort
from corridor.rooms.training.refusals import (
    AgreementIsNotInForce,
    BrandIsNotListed,
    CurriculumIsNotPublished,
    DemandIsLate,
    NoDemand,
    NotHeldThere,
    ProgrammeIsNotRunning,
    SiteIsNotOpen,
)
from tests.factories.actors import make_actor
from tests.factories.curricula import make_version
from tests.factories.training import make_demand, make_ground

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2023, 3, 6)


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


@pytest.fixture
def plan():
    programme, site, brand = make_ground()
    version = make_version()
    usual = {
        "reference": "COH-2023-041", "programme": programme, "curriculum_version": version, "site": site, "brand": brand,
        "starts_on": FIRST_DAY, "ends_before": date(2023, 7, 1), "no_demand_reason": "A pilot before anyone asked.",
    }  # fmt: skip
    return lambda **other: CohortPlan(**{**usual, **other})


def test_a_cohort_opens_on_a_demand_stated_before_its_first_day(plan, secretariat):
    demand = make_demand(stated_on=FIRST_DAY)
    cohort = open_cohort(plan=plan(demand=demand, no_demand_reason=""), by=secretariat)
    assert cohort.status == "planned"
    assert cohort.demand == demand
    assert Entry.objects.get().event == "training.cohort_opened"


def test_a_cohort_opens_without_demand_if_it_says_why(plan, secretariat):
    assert open_cohort(plan=plan(), by=secretariat).no_demand_reason == "A pilot before anyone asked."


def test_a_cohort_without_demand_and_reason_is_refused(plan, secretariat):
    with pytest.raises(NoDemand):
        open_cohort(plan=plan(no_demand_reason="  "), by=secretariat)


@pytest.mark.parametrize("stated_on", [date(2023, 3, 7), None])
def test_a_demand_dated_after_opening_or_not_at_all_is_refused(plan, secretariat, stated_on):
    demand = make_demand(stated_on=stated_on)
    with pytest.raises(DemandIsLate):
        open_cohort(plan=plan(demand=demand, no_demand_reason=""), by=secretariat)


def test_a_demand_and_a_reason_for_none_do_not_go_together(plan, secretariat):
    with pytest.raises(BadInput):
        open_cohort(plan=plan(demand=make_demand()), by=secretariat)


def test_the_programme_must_be_approved_or_running_on_the_first_day(plan, secretariat):
    plan().programme.changes.create(
        from_status="running", to_status="suspended", effective_on=FIRST_DAY, by_label="secretariat"
    )
    with pytest.raises(ProgrammeIsNotRunning):
        open_cohort(plan=plan(), by=secretariat)


def test_the_agreement_must_be_in_force_on_the_first_day(plan, secretariat):
    agreement = plan().programme.agreement
    agreement.ends_before = FIRST_DAY
    agreement.save()
    with pytest.raises(AgreementIsNotInForce):
        open_cohort(plan=plan(), by=secretariat)


def test_the_site_must_be_operating_on_the_first_day(plan, secretariat):
    with pytest.raises(SiteIsNotOpen):
        open_cohort(plan=plan(starts_on=date(2022, 10, 9), programme=plan().programme, brand=None), by=secretariat)


def test_the_programme_must_be_held_at_the_site(plan, secretariat):
    plan().programme.places.all().delete()
    with pytest.raises(NotHeldThere):
        open_cohort(plan=plan(), by=secretariat)


def test_a_draft_curriculum_is_not_taught(plan, secretariat):
    draft = make_version(version="2.0", published_on=None)
    with pytest.raises(CurriculumIsNotPublished):
        open_cohort(plan=plan(curriculum_version=draft), by=secretariat)


def test_the_site_must_carry_the_brand_on_the_first_day(plan, secretariat):
    plan().site.listings.update(ends_before=FIRST_DAY)
    with pytest.raises(BrandIsNotListed):
        open_cohort(plan=plan(), by=secretariat)


def test_all_cohorts_of_a_sheet_open_or_none(plan, secretariat):
    with pytest.raises(NoDemand):
        open_cohorts(plans=[plan(), plan(reference="COH-2023-042", no_demand_reason="")], by=secretariat)
    assert not Cohort.objects.exists()


def test_a_reference_is_used_once(plan, secretariat):
    open_cohort(plan=plan(), by=secretariat)
    with pytest.raises(BadInput) as refused:
        open_cohort(plan=plan(), by=secretariat)
    assert refused.value.problems[0].column == "reference"


def test_a_site_manager_opens_cohorts_at_their_own_site_alone(plan):
    site = plan().site
    open_cohort(plan=plan(), by=make_actor("site_manager", ("site", site.pk)))
    with pytest.raises(AccessDenied):
        open_cohort(plan=plan(reference="COH-9"), by=make_actor("site_manager", ("site", plan().programme.pk)))


def test_a_trainer_opens_no_cohort(plan):
    with pytest.raises(AccessDenied):
        open_cohort(plan=plan(), by=make_actor("trainer", ("site", plan().site.pk)))
