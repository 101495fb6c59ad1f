"""A learner who was moved is seen with what was decided before: attempts go on counting, and only what is missing is asked for."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from corridor.kernel.errors import NotFound
from corridor.rooms.assessment.actions import NewDecision, record_decisions
from corridor.rooms.assessment.judging import best_marks
from corridor.rooms.assessment.models import InstrumentKind, WrittenMark
from corridor.rooms.assessment.queries import (
    cohort_units,
    get_decision,
    get_matrix,
    judging_of,
    judging_to_carry,
    list_candidates,
)
from corridor.rooms.assessment.refusals import ChecklistIncomplete, DecisionIsFinal, NoAttemptLeft
from corridor.rooms.training.actions import Transfer, transfer_learner
from tests.factories.actors import make_actor
from tests.factories.assessment import DECIDED_ON, Room, all_met, make_assessor, make_scheme
from tests.factories.figures import AT
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
MOVED_ON = DECIDED_ON + timedelta(days=1)
LATER = DECIDED_ON + timedelta(days=10)


class Moved(Room):
    """Seat 1 of a cohort, judged there once, and moved to a cohort with an assessor of its own."""

    def __init__(self, *, attempts=3, **scheme):
        super().__init__()
        self.scheme = make_scheme(self.unit, attempts_allowed=attempts, **scheme)
        first = self.record(
            result="not_yet_competent", evidence_note="Measure the pads.", findings=all_met(self.scheme, c12="not_met")
        )
        self.first = self.final(first)
        self.other = make_cohort("COH-2023-050")
        self.new_assessor = make_assessor(self.other, "mei")
        self.new_by = make_actor("assessor", ("cohort", self.other.pk), person=self.new_assessor)
        self.place = self.move(self.seat(1), self.other)

    def move(self, place, to):
        new = transfer_learner(
            transfer=Transfer(enrolment=place, to=to, on=MOVED_ON, reason="Moved house"), by=make_actor("secretariat")
        )
        new.changes.create(from_status="enrolled", to_status="attending", effective_on=MOVED_ON, by_label="secretariat")
        new.status = "attending"
        new.save(update_fields=["status"])
        return new

    def again(self, **other):
        usual = {
            "enrolment": self.place, "unit": self.unit, "assessor": self.new_assessor, "result": "competent",
            "decided_on": LATER, "attempt": 2,
        }  # fmt: skip
        return record_decisions(decisions=[NewDecision(**usual | other)], by=self.new_by)[0]


def test_a_moved_learner_is_seen_with_the_latest_decision_and_the_next_attempt():
    room = Moved()
    (candidate,) = list_candidates(cohort=room.other, unit=room.unit, by=room.new_by)
    assert (candidate.enrolment, candidate.decision, candidate.next_attempt) == (room.place, room.first, 2)
    matrix = get_matrix(cohort=room.other, by=room.new_by)
    assert dict(matrix.latest) == {(room.place.pk, room.unit.pk): room.first}
    counts = {
        each.unit: (each.final, each.open, each.to_decide) for each in cohort_units(cohort=room.other, by=room.new_by)
    }
    assert counts[room.unit] == (1, 0, 0)


def test_attempts_go_on_counting():
    room = Moved(attempts=2)
    with pytest.raises(DecisionIsFinal):
        room.again(attempt=1, findings=all_met(room.scheme))
    last = room.again(
        result="not_yet_competent", evidence_note="Measure again.", findings=all_met(room.scheme, c12="not_met")
    )
    last.changes.create(from_status="assessed", to_status="final", effective_on=LATER, by_label="mei")
    type(last).objects.filter(pk=last.pk).update(status="final")
    with pytest.raises(NoAttemptLeft):
        room.again(attempt=3, findings=all_met(room.scheme))


def test_only_what_is_missing_is_looked_at():
    room = Moved()
    judging = judging_of(enrolment=room.place, unit=room.unit, decision=None, attempt=2, on=LATER, by=room.new_by)
    assert [line.was_met for line in judging.lines] == [True, False, True]
    with pytest.raises(ChecklistIncomplete):
        room.again(findings=())
    missing = next(line.criterion.pk for line in judging.lines if not line.was_met)
    seen = tuple(each for each in all_met(room.scheme) if each.criterion == missing)
    assert room.again(findings=seen).attempt == 2


def test_a_written_test_is_passed_once_wherever_it_was_taken():
    room = Moved(test=True)
    test = next(each for each in room.scheme.instruments.all() if each.kind == InstrumentKind.WRITTEN)
    WrittenMark.objects.create(enrolment=room.first.enrolment, instrument=test, mark=Decimal(70), taken_on=DECIDED_ON)
    case = (room.place.pk, room.unit.pk)
    assert best_marks([case], until=LATER) == {(room.place.pk, test.pk): Decimal(70)}
    assert best_marks([case], until=date(2023, 1, 1)) == {}


def test_a_phone_carries_the_next_attempt_with_what_was_met():
    room = Moved()
    carried = judging_to_carry(on=LATER, by=room.new_by)
    (unit,) = [each for each in carried.units if each.unit == room.unit]
    (case,) = unit.cases
    assert (case.place, case.attempt, case.decision, len(case.met)) == (room.place, 2, None, 2)


def test_the_new_cohort_sees_what_was_decided_before_and_nobody_else():
    room = Moved()
    assert get_decision(key=room.first.pk, at=AT, by=room.new_by) == room.first
    third = make_cohort("COH-2023-060")
    stranger = make_actor("assessor", ("cohort", third.pk), person=make_assessor(third, "khamla"))
    with pytest.raises(NotFound):
        get_decision(key=room.first.pk, at=AT, by=stranger)
    beside = room.record(2, findings=all_met(room.scheme))
    with pytest.raises(NotFound):
        get_decision(key=beside.pk, at=AT, by=room.new_by)


def test_who_is_moved_twice_brings_both():
    room = Moved()
    further = make_cohort("COH-2023-060")
    by = make_actor("assessor", ("cohort", further.pk), person=make_assessor(further, "khamla"))
    place = room.move(room.place, further)
    (candidate,) = list_candidates(cohort=further, unit=room.unit, by=by)
    assert (candidate.enrolment, candidate.decision, candidate.next_attempt) == (place, room.first, 2)


def test_what_is_still_open_where_the_learner_was_is_made_final_there():
    room = Moved()
    type(room.first).objects.filter(pk=room.first.pk).update(status="assessed")
    (candidate,) = list_candidates(cohort=room.other, unit=room.unit, by=room.new_by)
    assert candidate.next_attempt is None
    assert judging_to_carry(on=LATER, by=room.new_by).units[0].unit != room.unit
