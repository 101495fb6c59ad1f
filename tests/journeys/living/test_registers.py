"""Registers taken, opened, corrected and decided from files: as at their pages, and refused as there."""

from datetime import date

import pytest

from corridor.foundations.journal.models import Conflict, Device, Event
from corridor.rooms.sites.models import SitePost
from corridor.rooms.training.models import Attendance, Guest, RegisterEntry, RegisterOpening, Session
from tests.factories.actors import make_user
from tests.factories.grants import make_grant
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

from .folders import live, refusal

pytestmark = pytest.mark.django_db
DAY = "2023-03-06"
COHORT = "COH-2023-041"
SESSION = {"cohort": COHORT, "session": 1}


@pytest.fixture
def session():
    people = [make_person(name, user=make_user(name)) for name in ("bounmy", "liu")]
    session = make_session(make_cohort(learners=4, trainers=people))
    SitePost.objects.create(site=session.cohort.site, user=make_user("somchai"), held_from=date(2022, 10, 10))
    make_grant(make_user("mei"), "secretariat", held_from=date(2022, 1, 1))
    return session


def at(time, day=DAY):
    return f"{day} {time}+07:00"


def taken(time="11:40", *, by="bounmy", day=DAY, signed=True, reason="", mode="live", others=()):
    head = {"at": at(time, day), "by": by, **SESSION, "capture_mode": mode, "reason": reason}
    rows = [{**head, "what": "mark", "mark": "present"}, *({**head, **other} for other in others)]
    return [*rows, {**head, "what": "signature"}] if signed else rows


def rule(**days):
    given = {"late_after_days": 2, "closes_after_days": 10, "locks_after_days": 1} | days
    return [{"at": at("09:00", "2023-03-01"), "by": "mei", "programme": "PRG-2022-001", "sign_with": "name", **given}]


def marks():
    return dict(Attendance.objects.order_by("enrolment__number").values_list("enrolment__number", "mark"))


def test_a_register_is_taken_with_its_exceptions_and_guests_and_signed(tmp_path, session):
    others = [
        {"what": "mark", "seat": 2, "mark": "late", "minutes": 20, "text": "The bus"},
        {"what": "guest", "text": "A visitor from the company"},
    ]
    live(tmp_path, registers=taken(others=others))
    session.refresh_from_db()
    assert marks() == {1: "present", 2: "late", 3: "present", 4: "present"}
    assert (session.status, session.signed_by, session.capture_mode) == ("locked", "bounmy", "live")
    assert Attendance.objects.get(enrolment__number=2).minutes_late == 20
    assert Guest.objects.get().name == "A visitor from the company"


def test_late_is_refused_without_its_reason_and_taken_with_it(tmp_path, session):
    late = taken(day="2023-03-09", mode="paper")
    file, row, _, said = refusal(tmp_path, register_rules=rule(), registers=late)
    assert (file, row) == ("living/registers.csv", 2)
    assert "so late" in said
    live(tmp_path, registers=taken(day="2023-03-09", mode="paper", reason="The power was out."))
    entry = RegisterEntry.objects.get(origin="paper")
    assert (entry.reason, entry.entered_by) == ("The power was out.", "bounmy")
    session.refresh_from_db()
    assert session.capture_mode == "paper"


@pytest.mark.parametrize(
    ("others", "column"),
    [
        ([{"what": "mark", "seat": 9, "mark": "late"}], "seat"),
        ([{"what": "mark", "seat": 2}], "mark"),
        ([{"what": "guest"}], "text"),
    ],
    ids=["no such seat", "no mark", "no name"],
)
def test_a_row_that_says_nothing_of_anybody_is_refused(tmp_path, session, others, column):
    file, row, said_column, _ = refusal(tmp_path, registers=taken(others=others))
    assert (file, row, said_column) == ("living/registers.csv", 3, column)
    assert not marks()


def test_a_stranger_takes_no_register(tmp_path, session):
    make_user("stranger")
    assert refusal(tmp_path, registers=taken(by="stranger"))[:2] == ("living/registers.csv", 2)
    assert not marks()


def test_a_locked_register_is_corrected_while_it_is_open_and_never_after(tmp_path, session):
    opening = [
        {
            "at": at("09:00", "2023-03-09"),
            "by": "somchai",
            **SESSION,
            "until": at("18:00", "2023-03-10"),
            "reason": "The gate book.",
        }
    ]
    correction = {"by": "bounmy", **SESSION, "seat": 3, "mark": "excused", "reason": "Was at the clinic."}
    files = {"register_rules": rule(), "registers": taken(), "register_openings": opening}
    file, row, _, said = refusal(tmp_path, **files, mark_corrections=[{"at": at("08:00", "2023-03-11"), **correction}])
    assert (file, row) == ("living/mark_corrections.csv", 2)
    assert "locked" in said


def test_a_correction_within_an_opening_stands_beside_what_was_signed(tmp_path, session):
    opening = [
        {
            "at": at("09:00", "2023-03-09"),
            "by": "somchai",
            **SESSION,
            "until": at("18:00", "2023-03-10"),
            "reason": "The gate book.",
        }
    ]
    correction = {"by": "bounmy", **SESSION, "seat": 3, "mark": "excused", "reason": "Was at the clinic."}
    live(
        tmp_path, register_rules=rule(), registers=taken(), register_openings=opening,
        mark_corrections=[{"at": at("10:00", "2023-03-09"), **correction}],
    )  # fmt: skip
    assert marks()[3] == "excused"
    assert RegisterEntry.objects.get(origin="correction").reason == "Was at the clinic."
    assert RegisterOpening.objects.get().opened_by == "somchai"


def devices(*names):
    accounts = {"phone": "bounmy", "old": "liu"}
    return [{"at": at("07:50"), "by": accounts[name], "device": name, "name": "Tablet"} for name in names]


def sent(device, by, time, others=(), *, clock=None, signed=False):
    head = {"at": at(time), "by": by, "device": device, **SESSION, "clock": clock or at("08:40")}
    rows = [{**head, "what": "mark", "mark": "present"}, *({**head, **other} for other in others)]
    return [*rows, {**head, "what": "signature", "clock": at("11:30")}] if signed else rows


def test_what_a_device_kept_is_taken_as_from_the_network_whatever_its_clock_says(tmp_path, session):
    rows = sent(
        "phone", "bounmy", "11:40", [{"what": "guest", "text": "Noy"}], clock="2038-01-19 03:14+07:00", signed=True
    )
    assert live(tmp_path, devices=devices("phone"), device_registers=rows) == {
        "living/devices": 1, "living/device_registers": 3,
    }  # fmt: skip
    events = list(Event.objects.order_by("sequence"))
    assert [(each.kind, each.state, each.sequence) for each in events] == [
        ("register.marked", "applied", 1), ("register.signed", "applied", 2),
    ]  # fmt: skip
    assert events[1].previous == events[0].pk and events[0].said_at.year == 2038
    session.refresh_from_db()
    assert (session.status, session.signed_by) == ("locked", "bounmy")
    assert set(marks().values()) == {"present"} and Guest.objects.get().name == "Noy"


def test_two_accounts_on_one_tablet_are_two_devices_and_what_differs_waits_until_it_is_decided(tmp_path, session):
    rows = sent("phone", "bounmy", "11:40") + sent(
        "old", "liu", "12:10", [{"what": "mark", "seat": 2, "mark": "absent"}]
    )
    decided = {
        "at": at("16:00"),
        "by": "somchai",
        **SESSION,
        "seat": 2,
        "outcome": "brought",
        "reason": "The gate book says so.",
    }
    live(tmp_path, devices=devices("phone", "old"), device_registers=rows, conflict_decisions=[decided])
    assert Device.objects.values("user").distinct().count() == 2
    conflict = Conflict.objects.get()
    assert (conflict.reason, conflict.outcome, conflict.decided_by) == ("other_mark", "brought", "somchai")
    assert marks() == {1: "present", 2: "absent", 3: "present", 4: "present"}


def test_nothing_is_decided_that_does_not_wait_in_the_inbox_of_who_decides(tmp_path, session):
    rows = sent("phone", "bounmy", "11:40") + sent(
        "old", "liu", "12:10", [{"what": "mark", "seat": 2, "mark": "absent"}]
    )
    decided = {
        "at": at("16:00"),
        "by": "somchai",
        **SESSION,
        "seat": 3,
        "outcome": "brought",
        "reason": "The gate book says so.",
    }
    file, row, column, said = refusal(
        tmp_path, devices=devices("phone", "old"), device_registers=rows, conflict_decisions=[decided]
    )
    assert (file, row, column) == ("living/conflict_decisions.csv", 2, "session")
    assert "somchai" in said


def test_a_device_sends_under_its_own_account_alone(tmp_path, session):
    assert refusal(tmp_path, devices=devices("phone"), device_registers=sent("phone", "liu", "11:40"))[:2] == (
        "living/device_registers.csv", 2,
    )  # fmt: skip
    assert not Event.objects.exists() and not Session.objects.exclude(status="planned").exists()


def test_a_file_that_somebody_else_carries_counts_as_the_device_s_own_and_its_chain_goes_on(tmp_path, session):
    carried = [{**row, "by": "somchai"} for row in sent("phone", "bounmy", "11:40")]
    signed = [row for row in sent("phone", "bounmy", "12:10", signed=True) if row["what"] == "signature"]
    live(tmp_path, devices=devices("phone"), device_files=carried, device_registers=signed)
    assert list(Event.objects.order_by("sequence").values_list("route", "received_from__username", "state")) == [
        ("file", "somchai", "applied"), ("network", "bounmy", "applied"),
    ]  # fmt: skip
    session.refresh_from_db()
    assert (session.status, session.signed_by) == ("locked", "bounmy")
    assert RegisterEntry.objects.get().entered_by == "bounmy"


def test_nobody_carries_a_file_who_takes_and_corrects_no_registers(tmp_path, session):
    make_user("stranger")
    carried = [{**row, "by": "stranger"} for row in sent("phone", "bounmy", "11:40")]
    assert refusal(tmp_path, devices=devices("phone"), device_files=carried)[:2] == ("living/device_files.csv", 2)
    assert not Event.objects.exists()


def test_a_device_that_nobody_registered_or_that_does_not_carry_a_session_is_refused(tmp_path, session):
    assert refusal(tmp_path, device_registers=sent("phone", "bounmy", "11:40"))[2] == "device"
    make_session(make_cohort("COH-2023-042", learners=1), number=1)
    elsewhere = [{**row, "cohort": "COH-2023-042"} for row in sent("phone", "bounmy", "11:40")]
    file, row, column, said = refusal(tmp_path, devices=devices("phone"), device_registers=elsewhere)
    assert (file, row, column) == ("living/device_registers.csv", 2, "session")
    assert "has not looked since" in said


def test_two_devices_of_one_name_are_refused(tmp_path, session):
    twice = [*devices("phone"), {**devices("phone")[0], "by": "liu"}]
    assert "row 2 and again in row 3" in refusal(tmp_path, devices=twice)[3]
