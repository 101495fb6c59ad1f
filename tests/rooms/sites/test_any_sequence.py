"""Whatever is tried with a site or a machine in whatever order, its states, listings, faults and repairs tell one story."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given

from corridor.rooms.sites import actions
from corridor.rooms.sites.drafts import (
    CalibrationDraft,
    EquipmentStep,
    FaultDraft,
    FaultStep,
    ListingDraft,
    ReadingDraft,
    RepairDraft,
)
from corridor.rooms.sites.lifecycle import EquipmentStatus, SiteStatus
from corridor.rooms.sites.models import Equipment, Fault, Listing, Repair
from tests.factories.actors import make_actor
from tests.factories.sites import make_brand, make_equipment, make_site
from tests.factories.upkeep import BROKEN_ON
from tests.sequences import AT, TRIED, Noun, undone

pytestmark = pytest.mark.django_db
FIRST = date(2022, 1, 10)
SECRETARIAT = make_actor("secretariat", label="li-na")


def _manager(one):
    return make_actor("site_manager", ("site", getattr(one, "site_id", one.pk)), label="khamla")


def _host(one):
    site = one.site if isinstance(one, Equipment) else one
    return make_actor("coordinator", ("member", site.host_id), label="of-vientiane")


def _moving(to):
    return lambda one, by, on: actions.move_site(site=one, to=to, on=on, by=by, reason="Told.")


def _list(one, by, on, *, days=None):
    draft = ListingDraft(one, make_brand(), on, on + timedelta(days=days) if days else None)
    return actions.list_sites_under_brands(listings=[draft], by=by)


def _listing(one):
    return Listing.objects.filter(site=one).order_by("starts_on").last() or Listing(site=one, brand=make_brand())


def site_holds(one, today):
    listings = list(one.listings.order_by("starts_on"))
    for earlier, later in pairwise(listings):
        assert earlier.ends_before is not None
        assert earlier.ends_before <= later.starts_on
    for each in listings:
        assert each.ends_before is None or each.starts_on < each.ends_before
        assert each.accepted_on is None or each.is_in_force(on=each.accepted_on), "accepted when it was not listed"
    assert one.is_open(on=today + timedelta(days=900)) == (one.status in {"operating", "accepted"})


SITE = Noun(
    tries={
        "list": _list,
        "list for a month": lambda one, by, on: _list(one, by, on, days=30),
        "accept the listing": lambda one, by, on: actions.accept_listing(listing=_listing(one), on=on, by=by),
        "end the listing": lambda one, by, on: actions.end_listing(listing=_listing(one), ends_before=on, by=by),
        "describe a room": lambda one, by, on: actions.describe_room(site=one, name="Hall", capacity=on.day, by=by),
        "write its address": lambda one, by, on: actions.write_address(site=one, language="en", text=f"Road {on}", by=by),
        "take back its agreement": lambda one, by, _on: actions.name_agreement(site=one, agreement=None, by=by),
        **{f"move to {state}": _moving(state) for state in SiteStatus},
    },
    who={"the secretariat": lambda _one: SECRETARIAT, "the manager": _manager, "the host": _host},
    first=FIRST,
    roads=[
        [
            ("move to feasible", "the secretariat", 0), ("move to agreed", "the secretariat", 9),
            ("take back its agreement", "the secretariat", 1), ("move to equipping", "the secretariat", 9), ("list", "the secretariat", 1),
            ("move to unveiled", "the secretariat", 9), ("describe a room", "the manager", 1), ("write its address", "the manager", 1),
            ("move to operating", "the secretariat", 9), ("accept the listing", "the secretariat", 9),
            ("move to accepted", "the secretariat", 0), ("move to suspended", "the secretariat", 30),
            ("end the listing", "the secretariat", 9), ("list for a month", "the secretariat", 9),
            ("move to accepted", "the secretariat", 9), ("move to handed_over", "the secretariat", 9),
        ],
        [
            ("move to feasible", "the secretariat", 0), ("move to closed", "the secretariat", 9),
        ],
    ],
    refused=frozenset({"move to proposed"}),
    holds=site_holds,
)  # fmt: skip


def _setting(to):
    return lambda one, by, on: actions.move_equipment(steps=[EquipmentStep(one, to, on, "Told.")], by=by)


def _reporting(what):
    return lambda one, by, on: actions.report_faults(faults=[FaultDraft(one, what, on)], at=AT, by=by)


def _open_faults(one):
    return Fault.objects.filter(equipment=one, settled_on__isnull=True).order_by("reported_on", "pk")


def _settle_one(one, by, on):
    return actions.settle_faults(steps=[FaultStep(each, "mended", on) for each in _open_faults(one)[:1]], by=by)


def _settle_all(one, by, on):
    return actions.settle_faults(steps=[FaultStep(each, "unfounded", on) for each in _open_faults(one)], by=by)


def _repairing(days):
    def repair(one, by, on):
        ended_on = None if days is None else on + timedelta(days=days)
        draft = RepairDraft(one, on, f"Mekong Lift Service {on}", ended_on, fault=_open_faults(one).first())
        return actions.begin_repairs(repairs=[draft], at=AT, by=by)

    return repair


def _end_repair(one, by, on):
    going = Repair.objects.filter(equipment=one).order_by("ended_on", "began_on").last()
    going = Repair.objects.filter(equipment=one, ended_on__isnull=True).first() or going or Repair(equipment=one)
    return actions.end_repair(
        repair=going, ended_on=on, cost=Decimal(9), currency="LAK", paid_by=None, upload=None, at=AT, by=by
    )


def _read(one, by, on):
    return actions.write_readings(readings=[ReadingDraft(one, on, Decimal((on - FIRST).days))], by=by)


def _calibrate(one, by, on):
    return actions.calibrate_equipment(
        calibrations=[CalibrationDraft(one, on, "Metrology office", "passed")], at=AT, by=by
    )


def machine_holds(one, today):
    is_broken, is_in_work = _open_faults(one).exists(), one.repairs.filter(ended_on__isnull=True).exists()
    if one.status == EquipmentStatus.WORKING:
        assert not is_broken, "it works, and a fault of it is open"
        assert not is_in_work, "it works, and is being repaired"
    assert one.repairs.filter(ended_on__isnull=True).count() <= 1
    for fault in one.faults.all():
        assert (fault.settled_on is None) == (fault.settled_as == "")
    shown = list(one.readings.order_by("read_on").values_list("hours", flat=True))
    assert shown == sorted(shown)


MACHINE = Noun(
    tries={
        "report it dead": _reporting("dead"),
        "report a noise": _reporting("noise"),
        "settle one fault": _settle_one,
        "settle all faults": _settle_all,
        "begin a repair": _repairing(None),
        "write down a repair": _repairing(3),
        "end the repair": _end_repair,
        "read its hours": _read,
        "calibrate": _calibrate,
        **{f"set to {state}": _setting(state) for state in EquipmentStatus},
    },
    who={"the manager": _manager, "the secretariat": lambda _one: SECRETARIAT, "the host": _host},
    first=BROKEN_ON,
    roads=[
        [
            ("report it dead", "the manager", 0), ("report a noise", "the manager", 1), ("begin a repair", "the manager", 2),
            ("end the repair", "the manager", 9), ("settle one fault", "the manager", 1), ("read its hours", "the manager", 1),
            ("calibrate", "the manager", 1), ("set to faulty", "the manager", 9), ("set to working", "the manager", 9),
            ("set to in_repair", "the secretariat", 9), ("set to working", "the manager", 9), ("report a noise", "the manager", 1),
            ("settle all faults", "the manager", 1), ("set to retired", "the manager", 9),
        ],
        [
            ("report it dead", "the manager", 0), ("write down a repair", "the manager", 0),
        ],
    ],
    holds=machine_holds,
)  # fmt: skip


@pytest.fixture
def site():
    make_brand()
    return make_site(operating_from=None)


@pytest.fixture
def machine():
    return make_equipment(make_site())


def test_every_step_of_a_site_can_be_taken(site):
    SITE.check_roads(site)


def test_every_step_of_a_machine_can_be_taken(machine):
    MACHINE.check_roads(machine)


@TRIED
@given(steps=SITE.sequences())
def test_no_sequence_of_actions_brings_a_site_to_an_undefined_state(site, steps):
    with undone():
        SITE.walk(site, steps)


@TRIED
@given(steps=MACHINE.sequences())
def test_no_sequence_of_actions_brings_a_machine_to_an_undefined_state(machine, steps):
    with undone():
        MACHINE.walk(machine, steps)
