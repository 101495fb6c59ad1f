"""What may be assessed where on a day: its equipment works, it is accredited, somebody is licensed; and decisions hold to it."""

from datetime import date, timedelta

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.actions import NewDecision
from corridor.rooms.assessment.models import Decision
from corridor.rooms.assessment.queries import Result
from corridor.rooms.assessment.refusals import LicensedAlready, NotCapable, NotLicensed
from corridor.rooms.sites import actions as sites
from corridor.rooms.sites.actions.equipping import EquipmentChanged
from corridor.rooms.sites.drafts import FaultStep
from tests.factories.assessment import make_assessor
from tests.factories.capability import make_accreditation, make_licence, make_needs
from tests.factories.people import make_person
from tests.factories.sites import OPERATING_FROM, make_equipment
from tests.factories.training import make_cohort
from tests.factories.upkeep import BROKEN_ON, MENDED_ON, make_calibration, make_fault

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 20)


@pytest.fixture
def cohort():
    return make_cohort(learners=2)


@pytest.fixture
def unit(cohort):
    return cohort.curriculum_version.units.first()


@pytest.fixture
def assessor(cohort):
    return make_assessor(cohort)


@pytest.fixture
def capable(cohort, unit, assessor):
    """Everything that the unit needs stands there."""
    make_needs(unit)
    make_accreditation(cohort.site)
    make_licence(assessor, unit)
    return make_equipment(cohort.site)


def lacks(cohort, unit, on=ON):
    found = queries.capability_of(site=cohort.site, unit=unit, on=on, by=NIGHTLY)
    return [each.code for each in found.lacks]


def decide(cohort, unit, assessor, on=ON, number=1):
    new = NewDecision(
        enrolment=cohort.enrolments.get(number=number),
        unit=unit,
        assessor=assessor,
        result=Result.COMPETENT,
        decided_on=on,
    )
    return actions.record_decisions(decisions=[new], by=NIGHTLY)[0]


def test_a_place_with_all_that_a_unit_needs_is_capable(cohort, unit, assessor, capable):
    assert lacks(cohort, unit) == []
    assert decide(cohort, unit, assessor).pk


def test_of_a_unit_of_which_nobody_said_what_it_needs_nothing_is_refused(cohort, unit, assessor):
    found = queries.capability_of(site=cohort.site, unit=unit, on=ON, by=NIGHTLY)
    assert (found.may, found.is_asked) == (True, False)
    assert [each.code for each in found.unstated] == ["needs_not_stated", "not_accredited", "licence_not_written"]
    assert decide(cohort, unit, assessor).pk


def test_what_is_written_down_holds_though_nobody_said_what_the_unit_needs(cohort, unit, assessor):
    make_accreditation(cohort.site, ends_before=ON)
    assert decide(cohort, unit, assessor, ON - timedelta(days=1)).pk
    with pytest.raises(NotCapable) as refused:
        decide(cohort, unit, assessor, number=2)
    assert "accreditation" in str(refused.value)
    make_accreditation(cohort.site, starts_on=ON)
    assert lacks(cohort, unit) == []
    assert decide(cohort, unit, assessor, number=2).pk


def test_where_somebody_is_licensed_whoever_is_not_decides_nothing(cohort, unit, assessor):
    other = make_assessor(cohort, "keo")
    make_licence(assessor, unit, starts_on=ON, ends_before=ON + timedelta(days=2))
    assert decide(cohort, unit, other, ON - timedelta(days=1)).pk
    with pytest.raises(NotLicensed):
        decide(cohort, unit, other, number=2)
    assert decide(cohort, unit, assessor, number=2).pk
    assert lacks(cohort, unit, ON + timedelta(days=2)) == ["nobody_licensed"]


def test_needs_stated_for_a_later_day_leave_the_days_before_told_and_not_refused(cohort, unit):
    make_needs(unit, asked_from=ON + timedelta(days=1))
    found = queries.capability_of(site=cohort.site, unit=unit, on=ON, by=NIGHTLY)
    assert (found.may, "needs_not_stated" in {each.code for each in found.unstated}) == (True, True)


def test_nothing_is_asked_of_the_days_before_it_was_written_down(cohort, unit):
    make_needs(unit, asked_from=ON + timedelta(days=1))
    assert (lacks(cohort, unit), lacks(cohort, unit, ON + timedelta(days=1))) == (
        [], ["no_equipment", "not_accredited", "nobody_licensed"],
    )  # fmt: skip


def test_an_open_fault_takes_the_capability_away_and_says_which_machine_since_when_and_who_mends_it(
    cohort, unit, assessor, capable
):
    sites.change_equipment(changes=[EquipmentChanged(capable, {"mended_by": "Mekong Lift Service"})], by=NIGHTLY)
    fault = make_fault(capable, words="The pump leaks.")
    with pytest.raises(NotCapable) as refused:
        decide(cohort, unit, assessor, BROKEN_ON + timedelta(days=1))
    said = str(refused.value)
    for part in (unit.code, "Brake tester INV-1", "The pump leaks", "Mekong Lift Service can mend it"):
        assert part in said
    assert Decision.objects.count() == 0
    assert lacks(cohort, unit, BROKEN_ON - timedelta(days=1)) == []
    sites.settle_faults(steps=[FaultStep(fault, "mended", MENDED_ON)], by=NIGHTLY)
    assert decide(cohort, unit, assessor, MENDED_ON).pk


def test_a_second_machine_of_the_kind_keeps_the_capability(cohort, unit, capable):
    make_equipment(cohort.site, "INV-2", kind="brake  TESTER")
    make_fault(capable)
    assert lacks(cohort, unit, BROKEN_ON) == []
    make_needs(unit, {"Brake tester": 2})
    assert lacks(cohort, unit, BROKEN_ON) == ["not_working"]


def test_a_calibration_that_is_due_takes_it_away(cohort, unit, capable):
    sites.change_equipment(changes=[EquipmentChanged(capable, {"calibration_months": 6})], by=NIGHTLY)
    assert lacks(cohort, unit, date(2023, 4, 9)) == []
    assert lacks(cohort, unit, date(2023, 4, 10)) == ["calibration_due"]
    make_calibration(capable, on=date(2023, 5, 2))
    assert lacks(cohort, unit, date(2023, 4, 12)) == ["calibration_due"]
    assert lacks(cohort, unit, date(2023, 5, 2)) == []


def test_an_accreditation_that_ended_or_is_for_something_else_does_not_count(cohort, unit, assessor):
    make_needs(unit, {})
    make_licence(assessor, unit)
    make_accreditation(cohort.site, ends_before=ON)
    assert (lacks(cohort, unit, ON - timedelta(days=1)), lacks(cohort, unit)) == ([], ["accreditation_ended"])
    make_accreditation(cohort.site, starts_on=ON, curricula=(cohort.curriculum_version.curriculum,))
    assert lacks(cohort, unit) == []


def test_who_is_not_licensed_decides_nothing_though_another_is(cohort, unit, capable):
    other = make_assessor(cohort, "keo")
    with pytest.raises(NotLicensed):
        decide(cohort, unit, other)
    make_licence(other, unit, ends_before=ON)
    with pytest.raises(NotLicensed):
        decide(cohort, unit, other)


def test_an_exception_of_the_secretariat_lets_it_pass_on_its_days_alone(cohort, unit, assessor, capable):
    make_fault(capable)
    given = {"site": cohort.site, "unit": unit, "starts_on": BROKEN_ON, "by": NIGHTLY}
    with pytest.raises(BadInput):
        actions.except_capability(**given, ends_before=BROKEN_ON + timedelta(days=2), reason=" ")
    with pytest.raises(BadInput):
        actions.except_capability(**given, ends_before=BROKEN_ON + timedelta(days=200), reason="Long")
    actions.except_capability(**given, ends_before=BROKEN_ON + timedelta(days=2), reason="Done at the host school.")
    assert decide(cohort, unit, assessor, BROKEN_ON).pk
    with pytest.raises(NotCapable):
        decide(cohort, unit, assessor, BROKEN_ON + timedelta(days=2), number=2)


def test_a_decision_is_not_moved_to_a_day_without_capability(cohort, unit, assessor, capable):
    decision = decide(cohort, unit, assessor)
    make_fault(capable)
    with pytest.raises(NotCapable):
        actions.change_decision(
            decision=decision, result=Result.COMPETENT, evidence_note="", decided_on=BROKEN_ON, version=1, by=NIGHTLY
        )


def test_the_history_tells_each_stretch_of_days_once(cohort, unit, capable):
    fault = make_fault(capable)
    sites.settle_faults(steps=[FaultStep(fault, "mended", MENDED_ON)], by=NIGHTLY)
    found = queries.capability_history(
        site=cohort.site, unit=unit, first=OPERATING_FROM, last=date(2024, 2, 2), by=NIGHTLY
    )
    assert [(each.first, each.last, bool(each.lacks)) for each in found] == [
        (OPERATING_FROM, BROKEN_ON - timedelta(days=1), False),
        (BROKEN_ON, MENDED_ON - timedelta(days=1), True),
        (MENDED_ON, date(2024, 2, 2), False),
    ]


def test_a_licence_is_held_once_at_a_time_and_ended(unit):
    person = make_person("keo")
    licence = make_licence(person, unit)
    with pytest.raises(LicensedAlready):
        make_licence(person, unit, starts_on=ON)
    actions.end_licence(licence=licence, ends_before=ON, by=NIGHTLY)
    assert make_licence(person, unit, starts_on=ON).pk


def test_a_visitor_neither_sees_it_nor_grants(cohort, unit):
    for act in (
        lambda: queries.capability_of(site=cohort.site, unit=unit, on=ON, by=VISITOR),
        lambda: actions.grant_licences(licences=[], by=VISITOR),
        lambda: actions.except_capability(
            site=cohort.site, unit=unit, starts_on=ON, ends_before=ON, reason="x", by=VISITOR
        ),
    ):
        with pytest.raises(AccessDenied):
            act()
