"""Learners say that they are there with the code on the screen; only what the trainer confirms is a mark, and every misuse is refused by name."""

from datetime import UTC, datetime, timedelta

import pytest

from corridor.kernel.errors import AccessDenied
from corridor.rooms.training.actions import (
    arrive,
    cancel_session,
    confirm_arrivals,
    end_screen,
    lock_register,
    show_screen,
    take_register,
)
from corridor.rooms.training.arriving import OLDEST_STEPS, STEP_SECONDS, code_of, step_at
from corridor.rooms.training.models import Arrival, Attendance, CaptureMode, RegisterEntry, Session
from corridor.rooms.training.personal_data_of_learners import forget, personal_data
from corridor.rooms.training.queries import ArrivalState, arrivals_of, own_arrivals, seats_arrived
from corridor.rooms.training.refusals import (
    ArrivalsHaveEnded,
    CodeIsOld,
    NobodyToConfirm,
    NoPlaceInThisCohort,
    NoSuchCode,
    PhoneOfAnother,
    RegisterLocked,
    SessionHasNotBegun,
    SessionIsCancelled,
)
from tests.factories.actors import make_actor
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db
# Half past eight in Vientiane, when the session begins, is half past one in UTC.
BEGIN = datetime(2023, 3, 6, 1, 30, tzinfo=UTC)
MEI = make_actor("secretariat", label="mei")


@pytest.fixture
def session():
    return make_session(make_cohort(learners=3))


@pytest.fixture
def trainer(session):
    return make_actor("trainer", ("cohort", session.cohort_id), label="bounmy")


def learner(session, number: int = 1):
    place = session.cohort.enrolments.get(number=number)
    return make_actor("learner", ("person", place.person_id), label=f"learner-{number}")


def fresh(session) -> Session:
    return Session.objects.select_related("cohort__site", "cohort__programme").get(pk=session.pk)


def say(screen, by, *, at=BEGIN, age=0, phone="phone-of-mine", signed_in_after=0):
    code = code_of(screen, step_at(at) - age)
    return arrive(code=code, scanned_at=at, phone=phone, at=at + timedelta(minutes=signed_in_after), by=by)


def marks(session) -> dict[int, tuple[str, int | None]]:
    rows = Attendance.objects.filter(session=session)
    return {
        number: (mark, late) for number, mark, late in rows.values_list("enrolment__number", "mark", "minutes_late")
    }


def test_it_waits_and_only_the_trainers_word_is_a_mark(session, trainer):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    say(screen, learner(session), phone="one")
    say(screen, learner(session, 2), phone="two", at=BEGIN + timedelta(minutes=12))
    assert marks(session) == {}
    found = arrivals_of(session=session, at=BEGIN, by=trainer)
    assert [(row.number, row.minutes_after, row.state) for row in found.rows] == [(1, 0, "waiting"), (2, 12, "waiting")]
    assert own_arrivals(on=session.held_on, by=learner(session))[0][1] == ArrivalState.WAITING
    second = session.cohort.enrolments.get(number=2)
    at = BEGIN + timedelta(minutes=15)
    assert confirm_arrivals(session=session, places=[second.pk], is_late=True, at=at, by=trainer) == 1
    assert confirm_arrivals(session=session, places=None, at=at, by=trainer) == 1
    assert marks(session) == {1: ("present", None), 2: ("late", 12)}
    assert [each.origin for each in RegisterEntry.objects.all()] == ["arrival", "arrival"]
    assert own_arrivals(on=session.held_on, by=learner(session))[0][1] == ArrivalState.CONFIRMED
    # The third has said nothing: the register is not whole, and not held.
    assert fresh(session).status == "planned"
    assert seats_arrived(session=session, by=trainer) == {1, 2}


def test_a_register_of_which_all_are_confirmed_is_held_and_can_be_signed(session, trainer):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    for number in (1, 2, 3):
        say(screen, learner(session, number), phone=f"phone-{number}")
    confirm_arrivals(session=session, places=None, at=BEGIN, by=trainer)
    held = fresh(session)
    assert (held.status, held.capture_mode, held.version) == ("held", "live", 2)
    lock_register(session=held, version=held.version, at=BEGIN + timedelta(hours=3), by=trainer)
    with pytest.raises(RegisterLocked):
        confirm_arrivals(session=fresh(session), places=None, at=BEGIN, by=trainer)
    with pytest.raises(RegisterLocked):
        show_screen(session=fresh(session), at=BEGIN, by=trainer)


def test_after_signing_nobody_arrives(session, trainer):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    taken = take_register(
        session=fresh(session), marks=dict.fromkeys((1, 2, 3), "present"), version=1, capture_mode=CaptureMode.LIVE, at=BEGIN, by=trainer
    )  # fmt: skip
    lock_register(session=taken, version=taken.version, at=BEGIN, by=trainer)
    with pytest.raises(RegisterLocked):
        say(screen, learner(session))


def test_what_was_confirmed_is_taken_again_with_the_rest(session, trainer):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    say(screen, learner(session))
    confirm_arrivals(session=session, places=None, at=BEGIN, by=trainer)
    held = fresh(session)
    take_register(
        session=held, marks={1: "present", 2: "absent", 3: "present"}, version=held.version, capture_mode=CaptureMode.LIVE, at=BEGIN, by=trainer
    )  # fmt: skip
    assert {number: mark for number, (mark, _late) in marks(session).items()} == {
        1: "present",
        2: "absent",
        3: "present",
    }
    # Who was marked absent and comes after that waits again.
    say(screen, learner(session, 2), at=BEGIN + timedelta(hours=1), phone="two")
    assert len(arrivals_of(session=fresh(session), at=BEGIN, by=trainer).waiting) == 1
    confirm_arrivals(session=fresh(session), places=None, is_late=True, at=BEGIN + timedelta(hours=1), by=trainer)
    assert marks(session)[2] == ("late", 60)


@pytest.mark.parametrize(
    ("age", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (OLDEST_STEPS, True), (OLDEST_STEPS + 1, False)],
    ids=["to-come", "clock-ahead", "now", "one-ago", "two-ago", "three-ago"],
)  # fmt: skip
def test_a_code_is_taken_in_its_step_and_two_after(session, trainer, age, is_taken):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    if is_taken:
        say(screen, learner(session), age=age)
    else:
        with pytest.raises(CodeIsOld):
            say(screen, learner(session), age=age)
    assert Arrival.objects.count() == is_taken


def test_whoever_signs_in_first_has_ten_minutes(session, trainer):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    with pytest.raises(CodeIsOld):
        say(screen, learner(session), signed_in_after=11)
    with pytest.raises(CodeIsOld):
        say(screen, learner(session), signed_in_after=-1)
    assert say(screen, learner(session), signed_in_after=10).arrived_at == BEGIN


def test_a_code_of_another_session_or_one_that_was_changed_is_none(session, trainer):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    elsewhere = make_session(make_cohort("COH-2", learners=1))
    other = show_screen(session=elsewhere, at=BEGIN, by=make_actor("trainer", ("cohort", elsewhere.cohort_id)))
    code, alien = code_of(screen, step_at(BEGIN)), code_of(other, step_at(BEGIN))
    for wrong in (alien[:20] + code[20:], code[:-2] + "AA", code[:-5], "", "é" * 43, "A" * 43):
        with pytest.raises(NoSuchCode):
            arrive(code=wrong, scanned_at=BEGIN, phone="mine", at=BEGIN, by=learner(session))
    with pytest.raises(NoPlaceInThisCohort):
        arrive(code=alien, scanned_at=BEGIN, phone="mine", at=BEGIN, by=learner(session))
    assert not Arrival.objects.exists()


def test_a_stranger_and_the_trainer_say_nothing(session, trainer):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    stranger = make_actor("learner", ("person", make_cohort("COH-9", learners=1).enrolments.get().person_id))
    for by in (stranger, trainer, MEI):
        with pytest.raises(NoPlaceInThisCohort):
            say(screen, by)


def test_one_phone_speaks_for_one_learner_in_a_session(session, trainer):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    first = say(screen, learner(session), phone="of-the-first")
    with pytest.raises(PhoneOfAnother):
        say(screen, learner(session, 2), phone="of-the-first")
    assert say(screen, learner(session), phone="of-the-first") == first, "said twice it is said once"
    assert say(screen, learner(session), phone="another") == first
    assert Arrival.objects.get().phone != "of-the-first", "only a fingerprint is kept"


def test_the_code_is_shown_on_the_day_and_until_it_is_ended(session, trainer):
    with pytest.raises(SessionHasNotBegun):
        show_screen(session=session, at=BEGIN - timedelta(days=1), by=trainer)
    with pytest.raises(ArrivalsHaveEnded):
        show_screen(session=session, at=BEGIN + timedelta(days=1), by=trainer)
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    assert show_screen(session=session, at=BEGIN + timedelta(hours=1), by=trainer) == screen
    assert screen.ends_at == datetime(2023, 3, 6, 17, tzinfo=UTC), "midnight in Vientiane"
    end_screen(session=session, at=BEGIN + timedelta(hours=2), by=trainer)
    with pytest.raises(ArrivalsHaveEnded):
        say(
            screen,
            learner(session),
            at=BEGIN + timedelta(hours=2),
        )
    again = show_screen(session=session, at=BEGIN + timedelta(hours=3), by=trainer)
    assert again != screen
    assert code_of(again, 7)[27:] != code_of(screen, 7)[27:], "each showing has a key of its own"


def test_nobody_is_confirmed_who_has_not_said_so(session, trainer):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    with pytest.raises(NobodyToConfirm):
        confirm_arrivals(session=session, places=None, at=BEGIN, by=trainer)
    say(screen, learner(session))
    both = list(session.cohort.enrolments.filter(number__in=[1, 2]).values_list("pk", flat=True))
    with pytest.raises(NobodyToConfirm):
        confirm_arrivals(session=session, places=both, at=BEGIN, by=trainer)
    assert marks(session) == {}


def test_only_whoever_takes_the_register_shows_and_confirms(session, trainer):
    show_screen(session=session, at=BEGIN, by=trainer)
    other = make_actor("trainer", ("cohort", make_cohort("COH-3").pk))
    for by in (other, learner(session), MEI):
        for forbidden in (
            lambda by=by: show_screen(session=session, at=BEGIN, by=by),
            lambda by=by: end_screen(session=session, at=BEGIN, by=by),
            lambda by=by: confirm_arrivals(session=session, places=None, at=BEGIN, by=by),
            lambda by=by: arrivals_of(session=session, at=BEGIN, by=by),
        ):
            with pytest.raises(AccessDenied):
                forbidden()


def test_a_session_that_is_called_off_takes_nobody(session, trainer):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    cancel_session(session=session, on=session.held_on, reason="Flood.", by=trainer)
    with pytest.raises(SessionIsCancelled):
        say(screen, learner(session))
    assert arrivals_of(session=fresh(session), at=BEGIN, by=trainer).screen is None


def test_an_erasure_takes_what_was_said_and_leaves_the_mark(session, trainer):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    say(screen, learner(session))
    confirm_arrivals(session=session, places=None, at=BEGIN, by=trainer)
    person = session.cohort.enrolments.get(number=1).person_id
    told = next(part for part in personal_data([person]) if part.code == "arrivals")
    assert [row["cohort"] for row in told.rows] == [session.cohort.reference]
    forget([person], by=make_actor("secretariat"))
    assert not Arrival.objects.exists()
    assert marks(session)[1] == ("present", None)


def test_the_key_is_not_in_the_table(session, trainer):
    screen = show_screen(session=session, at=BEGIN, by=trainer)
    before = code_of(screen, 7)
    screen.nonce = "0" * 64
    assert code_of(screen, 7) != before
    assert STEP_SECONDS * OLDEST_STEPS == 60
