"""Registers after their time: late with a reason, closed, opened again, and signed marks that are corrected beside the old ones."""

from datetime import UTC, datetime, timedelta

import pytest

from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.training.actions import correct_mark, lock_register, open_register, set_register_rule, take_register
from corridor.rooms.training.agreeing import Value
from corridor.rooms.training.models import Attendance, CaptureMode, RegisterEntry, SaidMark, Session, SigningWith
from corridor.rooms.training.queries import story_of
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


def rule(session, *, late=None, closes=None, by=MEI):
    return set_register_rule(
        programme=session.cohort.programme,
        late_after_days=late,
        closes_after_days=closes,
        sign_with=SigningWith.NAME,
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
    with pytest.raises(RegisterLocked):
        open_register(
            session=session, reason="Again.", until=at + timedelta(days=9), at=at + timedelta(days=2), by=manager
        )


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


def test_a_correction_after_signing_stands_beside_the_old_mark(session, trainer, manager):
    taken = take(session, trainer)
    lock_register(session=taken, version=taken.version, at=NOON, by=trainer)
    place = session.cohort.enrolments.get(number=2)
    signed = Session.objects.select_related("cohort__site").get()
    with pytest.raises(AccessDenied):
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
