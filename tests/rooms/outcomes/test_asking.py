"""Without consent nobody is asked; they stay in the wave as not asked, and no share gets better by it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from corridor.kernel.errors import BadInput
from corridor.rooms.outcomes import queries
from corridor.rooms.outcomes.actions import FollowUpReport, open_wave, record_follow_ups
from corridor.rooms.outcomes.refusals import NobodyMayBeAsked
from corridor.rooms.people import actions as people
from corridor.rooms.people.models import Taking
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.outcomes import CLOSES_ON, make_wave
from tests.factories.people import make_person, make_purpose
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 10)
COMPLETED = [("enrolled", date(2023, 2, 1)), ("attending", date(2023, 3, 6)), ("completed", date(2023, 6, 30))]


@pytest.fixture
def purpose():
    return make_purpose("follow_up")


@pytest.fixture
def cohort(purpose):
    cohort = make_cohort(status="finished")
    for number in (1, 2, 3):
        make_enrolment(cohort, number=number, person=make_person(f"graduate-{number}"), steps=COMPLETED)
    return cohort


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


def agree(person, purpose, *, on=date(2023, 7, 1)):
    at = datetime.combine(on, datetime.min.time(), UTC)
    draft = people.ConsentDraft(person=person, text=purpose.texts.get(), given_at=at, taking=Taking.PAPER)
    people.give_consent(draft=draft, by=NIGHTLY)


def withdraw(person, purpose, *, on):
    people.withdraw_consent(
        person=person, purpose=purpose, at=datetime.combine(on, datetime.min.time(), UTC), by=NIGHTLY
    )


def seats(cohort):
    return list(cohort.enrolments.order_by("number"))


def asked(enrolment, **days):
    return FollowUpReport(enrolment=enrolment, attempts=1, **{"asked_on": DAY, **days})


def test_who_agrees_is_asked_and_who_does_not_is_refused_by_name_of_the_seat(cohort, purpose, secretariat):
    wave = make_wave(cohorts=[cohort])
    one, two, _three = seats(cohort)
    agree(one.person, purpose)
    assert record_follow_ups(wave=wave, reports=[asked(one)], by=secretariat) == 1
    with pytest.raises(BadInput) as refused:
        record_follow_ups(wave=wave, reports=[asked(one), asked(two)], by=secretariat)
    (problem,) = refused.value.problems
    assert problem.places["learner"] == str(two)


def test_not_asked_counts_stay_in_every_share(cohort, purpose, secretariat):
    wave = make_wave(cohorts=[cohort])
    one, _two, _three = seats(cohort)
    agree(one.person, purpose)
    report = asked(one, reached_on=DAY, answered_on=DAY, source="self", working="yes", relevant="yes")
    record_follow_ups(wave=wave, reports=[report], by=secretariat)
    told = queries.wave_report(wave=wave, on=DAY, by=secretariat)
    assert (told.working.eligible, told.working.to_ask, told.working.asked, told.not_agreed) == (3, 3, 1, 2)
    assert told.working.response_rate.numerator == 1 and told.working.response_rate.denominator == 3


@pytest.mark.parametrize("what", ["asked_on", "reached_on", "answered_on"])
def test_after_it_is_taken_back_nobody_is_asked_reached_or_spoken_of(cohort, purpose, secretariat, what):
    wave = make_wave(cohorts=[cohort])
    one = seats(cohort)[0]
    agree(one.person, purpose)
    withdraw(one.person, purpose, on=DAY + timedelta(days=1))
    days = {"asked_on": DAY}
    if what != "asked_on":
        days |= {"reached_on": DAY}
    if what == "answered_on":
        days |= {"source": "employer", "working": "yes"}
    days[what] = DAY + timedelta(days=2)
    with pytest.raises(BadInput) as refused:
        record_follow_ups(wave=wave, reports=[asked(one, **days)], by=secretariat)
    assert "had not agreed" in str(refused.value.problems[0].message)


def test_what_was_done_before_it_was_taken_back_stays_done(cohort, purpose, secretariat):
    wave = make_wave(cohorts=[cohort])
    one = seats(cohort)[0]
    agree(one.person, purpose)
    withdraw(one.person, purpose, on=DAY + timedelta(days=5))
    report = asked(one, reached_on=DAY, answered_on=DAY, source="self", working="yes")
    assert record_follow_ups(wave=wave, reports=[report], by=secretariat) == 1
    assert queries.wave_report(wave=wave, on=CLOSES_ON, by=secretariat).not_agreed == 2


def test_a_receipt_of_a_merged_record_counts(cohort, purpose, secretariat):
    wave = make_wave(cohorts=[cohort])
    one = seats(cohort)[0]
    twin = make_person("twin")
    agree(twin, purpose)
    twin.merged_into, twin.merged_at = one.person, datetime(2024, 1, 1, tzinfo=UTC)
    twin.save()
    assert record_follow_ups(wave=wave, reports=[asked(one)], by=secretariat) == 1


def test_where_the_basis_is_no_consent_everybody_is_asked(cohort, purpose, secretariat):
    purpose.legal_basis = "public_task"
    purpose.save()
    wave = make_wave(cohorts=[cohort])
    assert record_follow_ups(wave=wave, reports=[asked(each) for each in seats(cohort)], by=secretariat) == 3
    assert queries.wave_report(wave=wave, on=DAY, by=secretariat).not_agreed == 0


def test_no_wave_opens_before_its_purpose_is_written_down(cohort, purpose, secretariat):
    wave = make_wave(cohorts=[cohort], status="planned")
    people.describe_purpose(code="follow_up", legal_basis="consent", need="optional", ended_on=DAY, by=NIGHTLY)
    with pytest.raises(NobodyMayBeAsked):
        open_wave(wave=wave, on=DAY, by=secretariat)
    people.describe_purpose(code="follow_up", legal_basis="consent", need="optional", by=NIGHTLY)
    assert open_wave(wave=wave, on=DAY, by=secretariat).status == "open"


def test_of_a_closed_wave_the_last_day_counts(cohort, purpose, secretariat):
    wave = make_wave(cohorts=[cohort], status="closed")
    for each in seats(cohort):
        agree(each.person, purpose, on=CLOSES_ON + timedelta(days=3))
    assert queries.wave_report(wave=wave, on=CLOSES_ON + timedelta(days=30), by=secretariat).not_agreed == 3
