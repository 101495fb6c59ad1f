from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.outcomes import queries
from corridor.rooms.outcomes.actions import FollowUpReport, close_wave, open_wave, record_follow_ups
from corridor.rooms.outcomes.counting import Question, block_of, follow_ups, outcome_rows
from corridor.rooms.outcomes.models import FollowUp
from corridor.rooms.outcomes.refusals import WaveIsClosed, WaveIsNotOpen
from tests.factories.actors import make_actor
from tests.factories.outcomes import answer, make_wave
from tests.factories.training import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 10)
COMPLETED = [("enrolled", date(2023, 2, 1)), ("attending", date(2023, 3, 6)), ("completed", date(2023, 6, 30))]


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


@pytest.fixture
def cohort():
    """Three completed, one withdrew."""
    cohort = make_cohort(status="finished")
    for number in (1, 2, 3):
        make_enrolment(cohort, number=number, steps=COMPLETED)
    make_enrolment(cohort, number=4, steps=[("enrolled", date(2023, 2, 1)), ("withdrew", date(2023, 3, 6))])
    return cohort


def report(cohort, number, **said):
    return FollowUpReport(enrolment=cohort.enrolments.get(number=number), attempts=1, asked_on=DAY, **said)


def test_opening_settles_who_is_asked_everybody_who_completed(cohort, secretariat):
    wave = open_wave(wave=make_wave(cohorts=[cohort], status="planned"), on=DAY, by=secretariat)
    assert wave.status == "open"
    assert list(wave.follow_ups.values_list("enrolment__number", flat=True).order_by("enrolment__number")) == [1, 2, 3]


def test_answers_come_in_and_silence_stays_unknown(cohort, secretariat):
    wave = make_wave(cohorts=[cohort])
    said = {"reached_on": DAY, "answered_on": DAY, "source": "self", "working": "yes", "relevant": "no"}
    record_follow_ups(wave=wave, reports=[report(cohort, 1, **said), report(cohort, 2)], by=secretariat)
    close_wave(wave=wave, on=date(2024, 1, 26), by=secretariat)
    rows = list(follow_ups(months=6))
    working = block_of(outcome_rows(rows, question=Question.WORKING))
    assert (working.eligible, working.to_ask, working.asked, working.reached) == (3, 3, 2, 1)
    assert (working.answered, working.answered_self, working.yes) == (1, 1, 1)
    assert block_of(outcome_rows(rows, question=Question.RELEVANT)).yes == 0


def test_nobody_answers_before_opening_or_after_closing(cohort, secretariat):
    with pytest.raises(WaveIsNotOpen):
        wave = make_wave("WAVE-1", cohorts=[cohort], status="planned")
        record_follow_ups(wave=wave, reports=[report(cohort, 1)], by=secretariat)
    with pytest.raises(WaveIsClosed):
        wave = make_wave("WAVE-2", cohorts=[cohort], status="closed")
        record_follow_ups(wave=wave, reports=[report(cohort, 1)], by=secretariat)


def test_what_cannot_be_true_is_refused_and_nothing_is_written(cohort, secretariat):
    wave = make_wave(cohorts=[cohort])
    with pytest.raises(BadInput) as refused:
        record_follow_ups(
            wave=wave,
            reports=[
                report(cohort, 1, working="yes"),
                report(cohort, 2, answered_on=DAY, working="yes"),
                report(cohort, 3, answered_on=DAY, working="yes", source="self"),
                report(cohort, 4),
                FollowUpReport(enrolment=cohort.enrolments.get(number=1), attempts=1, asked_on=date(2024, 1, 27)),
            ],
            by=secretariat,
        )
    assert [problem.column for problem in refused.value.problems] == [
        "answered_on", "source", "reached_on", "", "asked_on",
    ]  # fmt: skip
    assert not FollowUp.objects.filter(attempts__gt=0).exists()


def test_a_closed_wave_does_not_open_again(cohort, secretariat):
    with pytest.raises(WrongMoment):
        open_wave(wave=make_wave(cohorts=[cohort], status="closed"), on=DAY, by=secretariat)


def test_a_site_manager_reads_the_wave_of_their_site_and_records_nothing(cohort):
    wave = make_wave(cohorts=[cohort])
    answer(wave.follow_ups.first())
    manager = make_actor("site_manager", ("site", cohort.site_id))
    seen = queries.get_wave(reference=wave.reference, by=manager)
    assert queries.wave_report(wave=seen, on=DAY, by=manager).working.yes == 1
    assert not queries.list_waves(by=make_actor("site_manager", ("site", cohort.pk))).exists()
    with pytest.raises(AccessDenied):
        record_follow_ups(wave=wave, reports=[report(cohort, 2)], by=manager)


def test_a_list_of_waves_counts_each_graduate_once(cohort):
    other = make_cohort("COH-2", status="finished")
    make_enrolment(other, steps=COMPLETED)
    answer(make_wave(cohorts=[cohort, other]).follow_ups.first())
    wave = queries.list_waves(by=make_actor("auditor")).get()
    assert (wave.eligible, wave.asked, wave.answered) == (4, 1, 1)
