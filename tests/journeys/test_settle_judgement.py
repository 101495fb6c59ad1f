"""Two judgements that differ wait in the inbox with both values, until a named person who judged neither decides, with a reason."""

from datetime import date, timedelta

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.models import Entry
from corridor.foundations.journal.models import Conflict
from corridor.journeys.decide_conflict import (
    KEEP,
    TAKE,
    NothingToTake,
    count_waiting,
    decide_conflicts,
    list_conflicts,
    tell_conflicts,
)
from corridor.journeys.recognise import recognise
from corridor.journeys.settle_judgement import own_judgements_waiting
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.assessment.actions import publish_schemes
from corridor.rooms.assessment.models import Decision, Evidence, SignOff
from corridor.rooms.assessment.refusals import NotLicensed
from corridor.rooms.training.models import Enrolment
from tests.factories.actors import make_actor
from tests.factories.assessment import make_scheme
from tests.factories.capability import make_licence
from tests.factories.judging_phones import THAT_DAY, Yard
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
LATER = THAT_DAY + timedelta(days=3)


@pytest.fixture
def yard():
    return Yard()


@pytest.fixture
def secretariat():
    return make_actor("secretariat", label="li-na")


@pytest.fixture
def contested(yard):
    """Somphone says competent; Nimali, whose phone comes later, says not yet, with a file, and signs."""
    other = yard.another_phone()
    yard.judge(1)
    yard.tell_of_file(1, phone=other)
    judged = yard.judge(1, phone=other, result="not_yet_competent", note="The pads were not measured.")
    yard.sign(judged, "assessor", phone=other, name="Nimali")
    yard.phone.send(at=LATER)
    other.send(at=LATER)
    return Conflict.objects.get(reason="other_decision")


def decide(conflict, outcome, *, by, reason="Both were heard."):
    return decide_conflicts(conflicts=[conflict], outcome=outcome, reason=reason, at=LATER + timedelta(days=1), by=by)


def decisions():
    return list(Decision.objects.order_by("attempt").values_list("attempt", "result", "status", "assessor__reference"))


def outcomes():
    return sorted(Conflict.objects.values_list("reason", "outcome", "decided_by"))


def test_both_values_are_told_to_who_decides(contested, secretariat):
    (row,) = tell_conflicts(conflicts=list(list_conflicts(by=secretariat)), by=secretariat)
    assert (row.stands.result, row.judgement.result, row.judgement.note) == (
        "competent", "not_yet_competent", "The pads were not measured.",
    )  # fmt: skip
    assert (row.place.number, row.may_decide, row.may_take) == (1, True, True)


def test_what_stood_stays_and_nothing_of_what_came_is_lost(contested, secretariat):
    decide(contested, KEEP, by=secretariat)
    assert decisions() == [(1, "competent", "assessed", "somphone")]
    assert outcomes() == [("follows", "standing", "li-na"), ("other_decision", "standing", "li-na")]
    assert contested.event.content
    assert not SignOff.objects.exists()


def test_what_came_is_taken_as_a_further_attempt_with_its_file_and_its_signature(contested, secretariat):
    decide(contested, TAKE, by=secretariat)
    assert decisions() == [
        (1, "competent", "overturned", "somphone"), (2, "not_yet_competent", "assessed", "nimali"),
    ]  # fmt: skip
    assert Decision.objects.get(attempt=2).evidence_note == "The pads were not measured."
    assert Evidence.objects.get().attempt == 2
    assert SignOff.objects.get().name == "Nimali"
    assert outcomes() == [("follows", "brought", "li-na"), ("other_decision", "brought", "li-na")]
    assert Entry.objects.filter(event="assessment.set_aside", by="li-na").count() == 1
    assert count_waiting(by=secretariat) == 0


def test_a_final_decision_is_set_aside_by_an_appeal_alone(contested, yard, secretariat):
    yard.final(Decision.objects.get(), on=LATER.date())
    with pytest.raises(NothingToTake):
        decide(contested, TAKE, by=secretariat)
    assert decisions() == [(1, "competent", "final", "somphone")]
    contested.refresh_from_db()
    assert contested.is_waiting


def test_neither_of_the_two_decides_nor_a_manager_and_a_reason_is_said(contested, yard, secretariat):
    both = (yard.assessor.user, contested.event.device.user)
    for user in both:
        by = recognise(user, on=LATER.date())
        with pytest.raises(AccessDenied):
            decide(contested, TAKE, by=by)
    manager = make_actor("site_manager", ("site", yard.cohort.site_id))
    assert not list_conflicts(by=manager).exists()
    office = make_actor("secretariat", label="li-na", person=yard.assessor)
    with pytest.raises(AccessDenied, match="You judged this one"):
        decide(contested, TAKE, by=office)
    with pytest.raises(BadInput):
        decide(contested, KEEP, by=secretariat, reason=" ")


def test_who_brought_it_sees_that_it_waits_and_the_other_does_not(contested, yard):
    brought = recognise(contested.event.device.user, on=LATER.date())
    assert list(list_conflicts(by=brought)) == [contested]
    assert own_judgements_waiting(by=brought) == [(yard.seat(1).pk, yard.unit.pk, "other_decision")]
    other = recognise(yard.assessor.user, on=LATER.date())
    assert (list(list_conflicts(by=other)), own_judgements_waiting(by=other)) == ([], [])


def test_a_learner_who_left_is_decided_about_once_a_named_person_takes_it(yard, secretariat):
    yard.judge(1)
    Enrolment.objects.filter(pk=yard.seat(1).pk).update(status="withdrew")
    yard.phone.send(at=LATER)
    decide(Conflict.objects.get(), TAKE, by=secretariat)
    assert decisions() == [(1, "competent", "assessed", "somphone")]


def test_a_judgement_is_let_stand_under_the_scheme_that_was_on_the_phone(yard, secretariat):
    scheme = make_scheme(yard.unit)
    yard.judge(1, scheme=scheme)
    publish_schemes(schemes=[make_scheme(yard.unit, published_on=None)], on=date(2023, 6, 1), by=NIGHTLY)
    yard.phone.send(at=LATER)
    decide(Conflict.objects.get(reason="other_scheme"), TAKE, by=secretariat)
    assert (Decision.objects.get().scheme, Decision.objects.get().findings.count()) == (scheme, 3)


def test_a_licence_that_is_missing_still_refuses_until_it_is_granted(yard, secretariat):
    yard.judge(1)
    make_licence(make_person("another"), yard.unit, starts_on=date(2023, 1, 1))
    yard.phone.send(at=LATER)
    conflict = Conflict.objects.get(reason="not_licensed")
    with pytest.raises(NotLicensed):
        decide(conflict, TAKE, by=secretariat)
    conflict.refresh_from_db()
    assert conflict.is_waiting
    make_licence(yard.assessor, yard.unit, starts_on=date(2023, 1, 1))
    decide(conflict, TAKE, by=secretariat)
    assert decisions() == [(1, "competent", "assessed", "somphone")]


def test_a_day_to_come_is_taken_as_the_day_on_which_it_came(yard, secretariat):
    yard.judge(1, decided_on="2038-01-19")
    yard.phone.send(at=LATER)
    decide(Conflict.objects.get(), TAKE, by=secretariat)
    assert Decision.objects.get().decided_on == LATER.date()


def test_what_came_of_the_same_assessor_changes_their_decision(yard, secretariat):
    yard.record(1)
    yard.judge(1, result="not_yet_competent", note="The pads.")
    yard.phone.send(at=LATER)
    decide(Conflict.objects.get(reason="other_decision"), TAKE, by=secretariat)
    assert decisions() == [(1, "not_yet_competent", "assessed", "somphone")]
    assert Decision.objects.get().version == 2


def test_of_a_merged_person_the_place_that_stays_is_decided_about(yard, secretariat):
    yard.judge(1, seen=THAT_DAY)
    gone, stays = yard.seat(1).person, yard.seat(2).person
    gone.merged_into, gone.merged_at = stays, THAT_DAY + timedelta(hours=1)
    gone.save(update_fields=["merged_into", "merged_at"])
    yard.phone.send(at=LATER)
    decide(Conflict.objects.get(reason="merged"), TAKE, by=secretariat)
    assert Decision.objects.get().enrolment == yard.seat(2)
