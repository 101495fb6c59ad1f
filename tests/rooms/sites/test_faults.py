"""Faults: reported by whoever stands before the machine, once; until they are settled it does not work."""

from datetime import date, timedelta

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.foundations.attempts import TooManyAttempts
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.rooms.sites import actions
from corridor.rooms.sites.actions.faults import BY_LABEL
from corridor.rooms.sites.drafts import EquipmentStep, FaultDraft, FaultStep
from corridor.rooms.sites.lifecycle import EquipmentStatus
from corridor.rooms.sites.models import Fault
from tests.factories.sites import make_equipment, make_site
from tests.factories.upkeep import AT, BROKEN_ON, MENDED_ON, make_fault, make_label, make_repair

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture
def machine():
    return make_equipment(make_site())


def report(machine, **given):
    draft = FaultDraft(machine, **{"what": "dead", "reported_on": BROKEN_ON, **given})
    return actions.report_faults(faults=[draft], at=AT, by=NIGHTLY)[0]


def by_label(label, *, by=VISITOR, **given):
    sent = {"what": "unsafe", "words": "", "key": new_id(), "on": TODAY, "address": "10.0.0.1", **given}
    return actions.report_by_label(secret=label.secret, at=AT, by=by, **sent)


def states(machine):
    machine.refresh_from_db()
    return machine.status_on(BROKEN_ON - timedelta(days=1)), machine.status_on(BROKEN_ON), machine.status


def test_a_machine_with_an_open_fault_does_not_work_from_that_day(machine):
    make_fault(machine, words="The pump leaks.")
    assert states(machine) == ("working", "faulty", "faulty")
    assert machine.changes.get().reason == "The pump leaks."


def test_it_works_again_when_its_last_fault_is_settled(machine):
    first, second = make_fault(machine), make_fault(machine, what="noise")
    actions.settle_faults(steps=[FaultStep(first, "mended", MENDED_ON)], by=NIGHTLY)
    assert states(machine)[2] == "faulty"
    actions.settle_faults(steps=[FaultStep(second, "unfounded", MENDED_ON)], by=NIGHTLY)
    assert states(machine) == ("working", "faulty", "working")
    assert machine.status_on(MENDED_ON - timedelta(days=1)) == "faulty"


def test_a_repair_that_ends_mends_its_fault(machine):
    fault = make_fault(machine)
    make_repair(machine, fault=fault)
    fault.refresh_from_db()
    assert (fault.settled_as, fault.settled_on) == ("mended", MENDED_ON)
    assert states(machine) == ("working", "in_repair", "working")


def test_the_same_report_sent_twice_is_one(machine):
    key = new_id()
    first, again = report(machine, key=key), report(machine, key=key)
    assert (first.pk, again.pk, Fault.objects.count()) == (key, key, 1)


def test_a_key_of_another_machine_is_refused(machine):
    fault = make_fault(machine)
    with pytest.raises(actions.KeyOfAnother):
        report(make_equipment(machine.site, "INV-2"), key=fault.pk)


def test_a_report_that_comes_late_stands_before_nothing_that_is_written(machine):
    """Kept on a phone without a network, while the machine was looked at and found well."""
    steps = [EquipmentStep(machine, EquipmentStatus.FAULTY, date(2024, 1, 20))]
    actions.move_equipment(steps=steps, by=NIGHTLY)
    actions.move_equipment(steps=[EquipmentStep(machine, EquipmentStatus.WORKING, date(2024, 1, 22))], by=NIGHTLY)
    report(machine)
    machine.refresh_from_db()
    assert (machine.status, machine.status_on(date(2024, 1, 21)), machine.status_on(date(2024, 1, 22))) == (
        "faulty", "faulty", "faulty",
    )  # fmt: skip
    assert machine.status_on(BROKEN_ON) == "working"


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"what": "bored"}, "what"),
        ({"words": "x" * 301}, "words"),
        ({"reported_on": date(2024, 2, 9)}, "reported_on"),
    ],
    ids=["kind", "words", "day"],
)
def test_what_is_no_report_is_refused_where_it_stands(machine, given, column):
    with pytest.raises(BadInput) as refused:
        report(machine, **given)
    assert ([each.column for each in refused.value.problems], Fault.objects.count()) == ([column], 0)


def test_nothing_is_reported_of_what_is_retired(machine):
    actions.move_equipment(steps=[EquipmentStep(machine, EquipmentStatus.RETIRED, BROKEN_ON)], by=NIGHTLY)
    with pytest.raises(WrongMoment):
        report(machine)


def test_a_fault_is_settled_once_and_not_before_it_was_reported(machine):
    fault = make_fault(machine)
    with pytest.raises(BadInput):
        actions.settle_faults(steps=[FaultStep(fault, "mended", BROKEN_ON - timedelta(days=1))], by=NIGHTLY)
    actions.settle_faults(steps=[FaultStep(fault, "mended", MENDED_ON)], by=NIGHTLY)
    with pytest.raises(WrongMoment):
        actions.settle_faults(steps=[FaultStep(fault, "mended", MENDED_ON)], by=NIGHTLY)


def test_whoever_holds_the_label_reports_this_machine_and_no_other(machine):
    fault = by_label(make_label(machine))
    assert (fault.equipment, fault.reported_by) == (machine, "label")
    with pytest.raises(AccessDenied):
        actions.report_faults(faults=[FaultDraft(machine, "dead", TODAY)], at=AT, by=VISITOR)


def test_a_label_that_was_made_anew_leads_nowhere(machine):
    old = make_label(machine)
    (new,) = actions.label_equipment(equipment=[machine], on=BROKEN_ON, anew=True, by=NIGHTLY)
    with pytest.raises(NotFound):
        by_label(old)
    assert by_label(new).equipment == machine


def test_reports_without_an_account_are_counted(machine, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "labels"}}
    label = make_label(machine)
    for _each in range(BY_LABEL.most):
        by_label(label)
    with pytest.raises(TooManyAttempts):
        by_label(label)
    assert by_label(label, address="10.0.0.2").equipment == machine


def test_nobody_puts_a_machine_out_of_order_for_days_long_past_by_its_label(machine):
    with pytest.raises(BadInput):
        by_label(make_label(machine), on=BROKEN_ON)
    assert states(machine)[2] == "working"
