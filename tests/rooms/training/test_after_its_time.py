"""Registers after their time: late with a reason, closed, opened again, and signed marks that are corrected beside the old ones."""

from datetime import UTC, datetime, timedelta

import pytest

from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.training.actions import correct_mark, lock_register, open_register, set_register_rule, take_register
from corridor.rooms.training.agreeing import Value
from corridor.rooms.training.counting import counted_attendance
from corridor.rooms.training.models import Attendance, CaptureMode, RegisterEntry, SaidMark, Session, SigningWith
from corridor.rooms.training.queries import story_of, timing_of
from corridor.rooms.training.refusals import (
    RegisterIsClosed,
    RegisterIsNotSigned,
    RegisterIsOpen,
    RegisterLocked,
    SaysNoReason,
)
from tests.factories.actors import make_actor
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db
NOON = datetime(2023, 3, 6, 5, 0, tzinfo=UTC)
ALL = {1: "present", 2: "present", 3: "present"}
MEI = make_actor("secretariat", label="mei")


@pytest.fixture
def session():
    return make_session(make_cohort(learners=3))


@pytest.fixture
def trainer(session):
    return make_actor("trainer", ("cohort", session.cohort_id), label="bounmy")


@pytest.fixture
def manager(session):
    return make_actor("site_manager", ("site", session.cohort.site_id), label="somchai")


def rule(session, *, late=None, closes=None, locks=0, by=MEI):
    return set_register_rule(
        programme=session.cohort.programme,
        late_after_days=late,
        closes_after_days=closes,
        sign_with=SigningWith.NAME,
        locks_after_days=locks,
        by=by,
    )


def take(session, by, *, days=0, reason="", marks=ALL):
    session = Session.objects.select_related("cohort__site").get(pk=session.pk)
    return take_register(
        session=session, marks=marks, version=session.version, capture_mode=CaptureMode.LATE, at=NOON + timedelta(days=days), by=by,
        reason=reason,
    )  # fmt: skip


def test_a_late_register_is_taken_with_a_reason(session, trainer):
    rule(session, late=2)
    with pytest.raises(SaysNoReason) as refused:
        take(session, trainer, days=2)
    assert refused.value.problems[0].column == "reason"
    assert not Attendance.objects.exists()
    take(session, trainer, days=2, reason="The road was flooded.")
    assert RegisterEntry.objects.get().reason == "The road was flooded."


def test_a_register_in_time_needs_none(session, trainer):
    rule(session, late=2, closes=3)
    take(session, trainer, days=1)


def test_a_register_closes_and_is_opened_again_with_a_reason_until_an_instant(session, trainer, manager):
    rule(session, closes=3)
    with pytest.raises(RegisterIsClosed):
        take(session, trainer, days=3)
    at = NOON + timedelta(days=4)
    with pytest.raises(BadInput):
        open_register(session=session, reason=" ", until=at + timedelta(days=1), at=at, by=manager)
    open_register(session=session, reason="Back from the north.", until=at + timedelta(days=1), at=at, by=manager)
    taken = take(session, trainer, days=4)
    with pytest.raises(RegisterIsClosed):
        take(session, trainer, days=5)
    with pytest.raises(RegisterIsClosed):
        lock_register(session=taken, version=taken.version, at=NOON + timedelta(days=5), by=trainer)
    lock_register(session=taken, version=taken.version, at=NOON + timedelta(days=4, hours=1), by=trainer)


def test_what_is_open_is_not_opened_and_nothing_for_months(session, manager):
    with pytest.raises(RegisterIsOpen):
        open_register(session=session, reason="Why not.", until=NOON + timedelta(days=1), at=NOON, by=manager)
    rule(session, closes=1)
    at = NOON + timedelta(days=2)
    with pytest.raises(BadInput):
        open_register(session=session, reason="For ever.", until=at + timedelta(days=31), at=at, by=manager)


def test_the_trainer_neither_opens_nor_corrects_nor_rules(session, trainer):
    at = NOON + timedelta(days=4)
    for forbidden in (
        lambda: open_register(session=session, reason="Mine.", until=at + timedelta(days=1), at=at, by=trainer),
        lambda: rule(session, late=1, by=trainer),
    ):
        with pytest.raises(AccessDenied):
            forbidden()


def test_a_rule_that_contradicts_itself_is_refused(session):
    with pytest.raises(BadInput):
        rule(session, late=5, closes=3)
    with pytest.raises(BadInput):
        rule(session, closes=0)
    with pytest.raises(BadInput):
        rule(session, locks=61)


def test_a_correction_after_signing_stands_beside_the_old_mark(session, trainer, manager):
    taken = take(session, trainer)
    lock_register(session=taken, version=taken.version, at=NOON, by=trainer)
    place = session.cohort.enrolments.get(number=2)
    signed = Session.objects.select_related("cohort__site").get()
    with pytest.raises(RegisterLocked):
        correct_mark(session=signed, enrolment=place, value=Value("absent"), reason="Mine.", at=NOON, by=trainer)
    with pytest.raises(BadInput):
        correct_mark(session=signed, enrolment=place, value=Value("absent"), reason="", at=NOON, by=manager)
    correct_mark(
        session=signed,
        enrolment=place,
        value=Value("late", 20),
        reason="The bus.",
        at=NOON + timedelta(hours=1),
        by=manager,
    )
    assert Attendance.objects.get(enrolment=place).minutes_late == 20
    assert Session.objects.get().status == "locked"
    told = story_of(session=signed, by=manager)
    assert [(row.value.mark, row.by, row.reason) for row in told] == [
        ("present", "bounmy", ""),
        ("late", "somchai", "The bus."),
    ]
    assert SaidMark.objects.exclude(enrolment=place).count() == 0


def sign(session, trainer):
    taken = take(session, trainer)
    lock_register(session=taken, version=taken.version, at=NOON, by=trainer)
    return Session.objects.select_related("cohort__site", "cohort__programme").get(pk=session.pk)


def correct(session, by, *, days=0, mark="absent", hours=0):
    place = session.cohort.enrolments.get(number=2)
    at = NOON + timedelta(days=days, hours=hours)
    return correct_mark(session=session, enrolment=place, value=Value(mark), reason="Looked again.", at=at, by=by)


def test_until_it_is_locked_its_trainer_corrects_a_mark_and_both_are_shown(session, trainer):
    rule(session, locks=3)
    signed = sign(session, trainer)
    assert counted_attendance().count() == 3, "it counts from its signature, whoever may still correct it"
    correct(signed, trainer, days=2, hours=11)
    assert counted_attendance().count() == 2
    told = story_of(session=signed, by=trainer)
    assert [(row.value.mark, row.origin, row.by, row.reason) for row in told] == [
        ("present", "page", "bounmy", ""),
        ("absent", "correction", "bounmy", "Looked again."),
    ]
    with pytest.raises(RegisterLocked) as refused:
        correct(signed, trainer, days=3)
    assert refused.value.places["day"] == signed.held_on + timedelta(days=3)


def test_the_days_run_at_the_site_and_from_the_signature(session, trainer):
    rule(session, locks=1)
    taken = take(session, trainer)
    # Half past five in the evening of UTC is the next day in Vientiane.
    signed_at = NOON + timedelta(hours=12, minutes=30)
    lock_register(session=taken, version=taken.version, at=signed_at, by=trainer)
    signed = Session.objects.select_related("cohort__site").get(pk=session.pk)
    timing = timing_of(session=signed, at=signed_at, by=trainer)
    assert (timing.locks_on, timing.is_locked, timing.may_correct) == (signed.held_on + timedelta(days=2), False, True)
    last = datetime(2023, 3, 7, 16, 59, tzinfo=UTC)
    assert not timing_of(session=signed, at=last, by=trainer).is_locked
    assert timing_of(session=signed, at=last + timedelta(minutes=1), by=trainer).is_locked


def test_a_locked_register_is_unlocked_with_a_reason_until_an_instant(session, trainer, manager):
    signed, at = sign(session, trainer), NOON + timedelta(days=4)
    with pytest.raises(RegisterLocked):
        correct(signed, trainer, days=4)
    open_register(session=signed, reason="The bus list came.", until=at + timedelta(days=1), at=at, by=manager)
    correct(signed, trainer, days=4, hours=1)
    with pytest.raises(RegisterIsOpen):
        open_register(session=signed, reason="Twice.", until=at + timedelta(days=1), at=at, by=manager)
    with pytest.raises(RegisterLocked):
        correct(signed, trainer, days=5)
    assert Session.objects.get().status == "locked", "it stays signed all the while"
    correct(signed, manager, days=50, mark="late")


def test_a_trainer_of_another_cohort_corrects_nothing(session, trainer):
    rule(session, locks=3)
    signed = sign(session, trainer)
    other = make_actor("trainer", ("cohort", make_cohort("COH-2").pk), label="noy")
    with pytest.raises(AccessDenied):
        correct(signed, other)


def test_while_a_signed_register_is_not_locked_nobody_unlocks_it(session, trainer, manager):
    rule(session, locks=3)
    signed, at = sign(session, trainer), NOON + timedelta(days=1)
    with pytest.raises(RegisterIsOpen):
        open_register(session=signed, reason="Early.", until=at + timedelta(days=1), at=at, by=manager)


def test_before_it_is_signed_a_register_is_taken_again(session, trainer, manager):
    taken = take(session, trainer)
    place = session.cohort.enrolments.get(number=2)
    with pytest.raises(RegisterIsNotSigned):
        correct_mark(session=taken, enrolment=place, value=Value("absent"), reason="Why.", at=NOON, by=manager)


@pytest.mark.parametrize(
    "value", [Value("asleep"), Value("late", 601), Value("late", -1), Value("absent", None, "x" * 201)],
    ids=["no-mark", "too-late", "before", "too-long"],
)  # fmt: skip
def test_what_is_no_mark_is_refused(session, trainer, value):
    with pytest.raises(BadInput):
        take(session, trainer, marks=ALL | {2: value})
    assert not Attendance.objects.exists()
