"""A result says nothing else than its checklist; what was met at an earlier attempt is not looked at again."""

from datetime import timedelta
from decimal import Decimal

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import BadInput
from corridor.rooms.assessment.actions import (
    EmploymentDraft,
    MarkDraft,
    change_decision,
    record_marks,
    state_employments,
)
from corridor.rooms.assessment.judging import FindingDraft
from corridor.rooms.assessment.models import ChecklistPlace, Decision, Found, Judges
from corridor.rooms.assessment.refusals import (
    ChecklistIncomplete,
    ConflictOfInterest,
    ContradictsChecklist,
    NoAttemptLeft,
)
from tests.factories.assessment import APPOINTED_ON, DECIDED_ON, Room, all_met, make_scheme

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return Room()


@pytest.fixture
def scheme(room):
    return make_scheme(room.unit)


def test_every_criterion_met_is_competent_and_written_down(room, scheme):
    decision = room.record(findings=all_met(scheme, c13="not_met"))
    assert sorted(decision.findings.values_list("criterion__position", "found")) == [
        (1, "met"), (2, "met"), (3, "not_met"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("criterion", "word"), [("c11", "is critical and was not met"), ("c12", "is required and was not met")],
    ids=["critical", "required"],
)  # fmt: skip
def test_nobody_is_competent_without_what_is_critical_or_required(room, scheme, criterion, word):
    with pytest.raises(ContradictsChecklist) as refused:
        room.record(findings=all_met(scheme, **{criterion: "not_met"}))
    assert word in str(refused.value)
    assert not Decision.objects.exists()


def test_what_was_not_looked_at_is_named(room, scheme):
    with pytest.raises(ChecklistIncomplete) as refused:
        room.record(findings=all_met(scheme, c12=""))
    assert "1.2" in str(refused.value)
    with pytest.raises(ChecklistIncomplete):
        room.record()


def test_not_yet_needs_something_that_is_missing_and_a_word_for_the_learner(room, scheme):
    usual = {"result": "not_yet_competent", "evidence_note": "Measure the pads."}
    with pytest.raises(ContradictsChecklist):
        room.record(findings=all_met(scheme), **usual)
    with pytest.raises(BadInput) as refused:
        room.record(findings=all_met(scheme, c12="not_met"), **usual | {"evidence_note": " "})
    assert refused.value.problems[0].column == "evidence_note"
    assert room.record(findings=all_met(scheme, c12="not_met"), **usual)


def test_a_criterion_of_another_scheme_is_refused(room, scheme):
    other = make_scheme(room.cohort.curriculum_version.units.last())
    with pytest.raises(BadInput):
        room.record(findings=all_met(other))


def test_a_checklist_on_paper_is_not_asked_for_here(room, scheme):
    decision = room.record(checklist=ChecklistPlace.PAPER)
    assert (decision.checklist, decision.findings.count()) == ("paper", 0)


def test_only_what_is_missing_is_judged_again(room, scheme):
    room.final(
        room.record(result="not_yet_competent", evidence_note="The pads.", findings=all_met(scheme, c12="not_met"))
    )
    second = next(each for each in all_met(scheme) if each.criterion == _pk(scheme, 2))
    decision = room.record(attempt=2, findings=(second,))
    assert decision.findings.count() == 1


def test_what_was_met_does_not_count_under_another_scheme(room, scheme):
    room.final(
        room.record(result="not_yet_competent", evidence_note="The pads.", findings=all_met(scheme, c12="not_met"))
    )
    later = DECIDED_ON + timedelta(days=5)
    new = make_scheme(room.unit, published_on=later)
    with pytest.raises(ChecklistIncomplete):
        room.record(attempt=2, decided_on=later, findings=(FindingDraft(criterion=_pk(new, 2), found=Found.MET),))


def test_a_change_may_not_contradict_the_checklist_either(room, scheme):
    decision = room.record(findings=all_met(scheme))
    usual = {"decision": decision, "evidence_note": "The pads.", "decided_on": DECIDED_ON, "version": 1, "by": room.by}
    with pytest.raises(ContradictsChecklist):
        change_decision(result="not_yet_competent", **usual)
    changed = change_decision(result="not_yet_competent", findings=all_met(scheme, c12="not_met"), **usual)
    assert (changed.version, changed.findings.filter(found="not_met").count()) == (2, 1)


def test_the_attempts_that_a_scheme_allows_are_all_there_are(room):
    scheme = make_scheme(room.unit, attempts_allowed=1)
    room.final(
        room.record(result="not_yet_competent", evidence_note="The pads.", findings=all_met(scheme, c12="not_met"))
    )
    with pytest.raises(NoAttemptLeft):
        room.record(attempt=2, findings=all_met(scheme))


def test_a_written_test_is_passed_by_its_mark(room):
    scheme = make_scheme(room.unit, test=True)
    test = scheme.instruments.last()

    def marked(mark, day):
        draft = MarkDraft(enrolment=room.seat(), instrument=test, taken_on=day, mark=Decimal(mark))
        record_marks(marks=[draft], by=NIGHTLY)

    for checklist in ChecklistPlace:
        with pytest.raises(ContradictsChecklist):
            room.record(findings=all_met(scheme), checklist=checklist)
    marked("59.99", APPOINTED_ON)
    with pytest.raises(ContradictsChecklist):
        room.record(findings=all_met(scheme))
    marked(60, DECIDED_ON + timedelta(days=1))
    with pytest.raises(ContradictsChecklist):
        room.record(findings=all_met(scheme))
    marked(60, DECIDED_ON)
    assert room.record(findings=all_met(scheme))


def test_somebody_from_elsewhere_assesses_where_the_scheme_wants_it(room):
    scheme = make_scheme(room.unit, judges=Judges.OUTSIDE)
    draft = EmploymentDraft(room.assessor, room.cohort.site.host, APPOINTED_ON, DECIDED_ON)
    state_employments(employments=[draft], by=NIGHTLY)
    with pytest.raises(ConflictOfInterest):
        room.record(findings=all_met(scheme), decided_on=DECIDED_ON - timedelta(days=1))
    assert room.record(findings=all_met(scheme))


def _pk(scheme, position):
    return next(each.pk for each in scheme.instruments.first().criteria.all() if each.position == position)
