"""What an assessor judged without a network comes to be the decision that the page would have made, or waits for a named person."""

from datetime import UTC, date, datetime, timedelta

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.journal.models import Conflict, Event
from corridor.rooms.assessment.actions import change_decision, publish_schemes
from corridor.rooms.assessment.models import Appointment, Decision, Evidence, Finding, SignOff
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import CohortTrainer, Enrolment
from tests.factories.assessment import all_met, make_scheme
from tests.factories.capability import make_licence
from tests.factories.judging_phones import JUDGED_ON, THAT_DAY, Yard
from tests.factories.members import make_member
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
LATER = THAT_DAY + timedelta(days=3)


@pytest.fixture
def yard():
    return Yard()


def conflicts():
    return sorted(Conflict.objects.values_list("reason", "standing", "brought", "outcome"))


def states():
    return list(Event.objects.order_by("sequence").values_list("state", flat=True))


def test_a_decision_with_its_checklist_and_three_signatures_is_there_after(yard):
    scheme = make_scheme(yard.unit, signing="witness")
    company = make_member("vientiane-fleet", country="LA", kind="company")
    judged = yard.judge(scheme=scheme, note="Everything in its place.")
    for role, more in (
        ("assessor", {}),
        ("learner", {"stance": "contests"}),
        ("witness", {"organisation": company.reference}),
    ):
        yard.sign(judged, role, **more)
    yard.phone.send(at=LATER)
    decision = Decision.objects.get()
    assert (str(decision.pk), decision.result, decision.assessor, decision.decided_on, decision.scheme) == (
        judged["id"], "competent", yard.assessor, JUDGED_ON, scheme,
    )  # fmt: skip
    assert Finding.objects.filter(decision=decision, found="met").count() == 3
    assert list(SignOff.objects.values_list("role", "stance", "name", "by_label")) == [
        ("assessor", "agrees", "Assessor", "somphone"), ("learner", "contests", "Learner", "somphone"),
        ("witness", "agrees", "Witness", "somphone"),
    ]  # fmt: skip
    assert conflicts() == []
    assert set(states()) == {"applied"}


def test_sent_twice_and_in_halves_it_is_decided_once(yard):
    yard.judge(1)
    yard.judge(2, result="not_yet_competent", note="The pads.")
    first, second = yard.phone.kept
    yard.phone.send([second], at=LATER)
    assert not Decision.objects.exists()
    yard.phone.send([first], at=LATER)
    yard.phone.send(yard.phone.kept, at=LATER)
    assert list(Decision.objects.order_by("enrolment__number").values_list("result", "version")) == [
        ("competent", 1), ("not_yet_competent", 1),
    ]  # fmt: skip
    assert conflicts() == []


def test_a_decision_that_is_changed_before_it_is_signed_names_what_it_changes(yard):
    scheme = make_scheme(yard.unit, signing="learner")
    judged = yard.judge(scheme=scheme)
    saw = {"decision": judged["id"], "version": 1}
    again = yard.judge(
        result="not_yet_competent", note="Pads.", scheme=scheme, saw=saw,
        findings=all_met(scheme, c12="not_met"),
    )  # fmt: skip
    yard.sign(judged, "learner", judged=again["id"], version=2)
    yard.phone.send(at=LATER)
    decision = Decision.objects.get()
    assert (decision.result, decision.version, decision.evidence_note) == ("not_yet_competent", 2, "Pads.")
    assert SignOff.objects.get().decision_version == 2
    assert conflicts() == []


def test_of_two_assessors_nobody_wins_by_being_last(yard):
    other = yard.another_phone()
    yard.judge(1)
    judged = yard.judge(1, phone=other, result="not_yet_competent", note="The pads were not measured.")
    yard.sign(judged, "assessor", phone=other)
    yard.phone.send(at=LATER)
    other.send(at=LATER)
    assert Decision.objects.get().result == "competent"
    assert conflicts() == [
        ("follows", "", "", "waiting"), ("other_decision", "competent", "not_yet_competent", "waiting"),
    ]  # fmt: skip
    assert Conflict.objects.get(reason="other_decision").standing_by == "somphone"


def test_who_says_the_same_from_two_of_their_devices_has_said_it_once(yard):
    scheme = make_scheme(yard.unit, signing="learner")
    yard.judge(1, scheme=scheme)
    yard.phone.send(at=LATER)
    second = yard.phone.of(yard.assessor.user, at=THAT_DAY)
    judged = yard.judge(1, phone=second, scheme=scheme)
    yard.sign(judged, "learner", phone=second)
    second.send(at=LATER)
    assert Decision.objects.count() == 1
    assert SignOff.objects.get().role == "learner"
    assert conflicts() == []


def test_a_decision_that_was_changed_on_the_page_meanwhile_is_not_written_over(yard):
    judged = yard.judge(1)
    yard.phone.send(at=LATER)
    decision = Decision.objects.get()
    change_decision(
        decision=decision,
        result="not_yet_competent",
        evidence_note="On the page.",
        decided_on=JUDGED_ON,
        version=1,
        by=yard.by,
    )
    yard.judge(1, note="From the phone.", saw={"decision": judged["id"], "version": 1})
    yard.phone.send(at=LATER)
    decision.refresh_from_db()
    assert (decision.evidence_note, decision.version) == ("On the page.", 2)
    assert conflicts() == [("other_decision", "not_yet_competent", "competent", "waiting")]


def _withdraw(yard, _scheme):
    Enrolment.objects.filter(pk=yard.seat(1).pk).update(status="withdrew")


def _merge(yard, _scheme):
    person = yard.seat(1).person
    Person.objects.filter(pk=person.pk).update(
        merged_into=make_person("stays"), merged_at=THAT_DAY + timedelta(hours=1)
    )


def _newer_scheme(yard, _scheme):
    publish_schemes(
        schemes=[make_scheme(yard.unit, published_on=None, attempts_allowed=5)], on=date(2023, 6, 1), by=NIGHTLY
    )


def _licence_ended(yard, _scheme):
    make_licence(make_person("another"), yard.unit, starts_on=date(2023, 1, 1))


def _not_appointed(yard, _scheme):
    Appointment.objects.all().delete()


def _teaches(yard, _scheme):
    CohortTrainer.objects.create(cohort=yard.cohort, person=yard.assessor)


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (_withdraw, "not_candidate"), (_merge, "merged"), (_newer_scheme, "other_scheme"), (_licence_ended, "not_licensed"),
        (_not_appointed, "not_assessor"), (_teaches, "not_independent"),
    ],
    ids=["withdrawn", "merged", "newer-scheme", "licence", "not-appointed", "teaches"],
)  # fmt: skip
def test_what_happened_meanwhile_is_told_and_decides_nothing(yard, happens, reason):
    scheme = make_scheme(yard.unit)
    yard.judge(1, scheme=scheme, seen=THAT_DAY)
    happens(yard, scheme)
    yard.phone.send(at=LATER)
    assert not Decision.objects.exists()
    assert [each[0] for each in conflicts()] == [reason]
    assert states() == ["contested"]


def test_a_clock_that_runs_ahead_decides_on_no_day_to_come(yard):
    yard.judge(1, decided_on="2038-01-19", clock=datetime(2038, 1, 19, tzinfo=UTC))
    yard.phone.send(at=LATER)
    assert conflicts() == [("wrong_day", "", "competent", "waiting")]


@pytest.mark.parametrize(
    "said", [{"result": "brilliant"}, {"unit": "x"}, {"findings": [{"criterion": "x"}]}, {"attempt": None}], ids=str
)
def test_what_cannot_be_read_is_kept_word_for_word_and_stops_nothing(yard, said):
    event = yard.judge(1, **({"findings": ()} if "findings" not in said else {}))
    event["payload"] |= said
    yard.phone.signed(event)
    yard.judge(2)
    yard.phone.send(at=LATER)
    assert states() == ["unread", "applied"]
    assert [each[0] for each in conflicts()] == ["unread"]


def test_a_file_is_declared_under_the_key_of_the_device_and_taken_off_again(yard):
    told = yard.tell_of_file(1)
    yard.phone.send(at=LATER)
    assert (str(Evidence.objects.get().pk), Evidence.objects.get().added_by) == (
        told["payload"]["evidence"],
        "somphone",
    )
    yard.phone.do(
        "assessment.evidence_taken_off", yard.seat(1).pk, {"evidence": told["payload"]["evidence"]}, clock=THAT_DAY
    )
    yard.phone.send(at=LATER)
    assert not Evidence.objects.exists()
    assert conflicts() == []


def test_a_file_for_an_attempt_that_is_final_is_told_and_not_kept(yard):
    yard.final(yard.record(1))
    yard.tell_of_file(1)
    yard.phone.send(at=LATER)
    assert not Evidence.objects.exists()
    assert [each[0] for each in conflicts()] == ["evidence_refused"]


def test_a_signature_under_what_was_changed_since_waits_for_another_one(yard):
    scheme = make_scheme(yard.unit, signing="learner")
    judged = yard.judge(scheme=scheme)
    yard.sign(judged, "learner", version=7)
    yard.phone.send(at=LATER)
    assert not SignOff.objects.exists()
    assert [each[0] for each in conflicts()] == ["signature_stale"]
