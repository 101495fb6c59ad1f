"""A share of the decisions is judged a second time, blind; agreement is told with n, and disagreement is settled by somebody else."""

from fractions import Fraction

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.assessment import queries
from corridor.rooms.assessment.actions import (
    assign_second,
    change_decision,
    draw_sample,
    finalise_decisions,
    judge_sample,
    settle_sample,
)
from corridor.rooms.assessment.models import Judges, Sample, Settling
from corridor.rooms.assessment.moderating import drawn_from
from corridor.rooms.assessment.refusals import (
    AssessorIsTrainer,
    DecisionIsDrawn,
    JudgedAlready,
    NoDisagreement,
    NotAppointed,
    NothingToDraw,
    OwnAssessor,
)
from corridor.rooms.training.models import CohortTrainer
from tests.factories.actors import make_actor
from tests.factories.assessment import DECIDED_ON, Room, all_met, make_scheme
from tests.factories.people import make_person
from tests.rooms.assessment.test_queries import AT

pytestmark = pytest.mark.django_db
DAY = DECIDED_ON


class Moderated(Room):
    def __init__(self, learners: int = 4) -> None:
        super().__init__(learners=learners)
        self.secretariat = make_actor("secretariat")
        self.decisions = [self.record(number) for number in range(1, learners + 1)]

    def draw(self, **other):
        return draw_sample(
            **{"cohort": self.cohort, "share": 50, "least": 1, "seed": "June", "on": DAY, "by": self.secretariat}
            | other
        )

    def samples(self):
        return list(Sample.objects.order_by("decision__enrolment__number"))

    def given(self, person, samples=None):
        return assign_second(samples=samples or self.samples(), second=person, on=DAY, by=self.secretariat)


def test_the_same_seed_draws_the_same_and_another_one_others():
    room = Moderated(learners=10)
    rows = room.decisions
    drawn = drawn_from(rows, share=30, least=1, seed="June")
    assert len(drawn) == 3
    assert drawn_from(rows[::-1], share=30, least=1, seed="June") == drawn
    assert any(drawn_from(rows, share=30, least=1, seed=other) != drawn for other in "abcd")


def test_each_assessor_is_drawn_by_share_and_by_no_fewer_than_the_least():
    room = Moderated()
    other, by = room.second()
    last = room.cohort.curriculum_version.units.last()
    room.record(1, assessor=other, by=by, unit=last)
    room.draw(share=25, least=1)
    assert sorted(Sample.objects.values_list("decision__assessor__reference", flat=True)) == ["nimali", "somphone"]


def test_what_was_drawn_is_not_drawn_again():
    room = Moderated()
    room.draw(share=100)
    with pytest.raises(NothingToDraw):
        room.draw(seed="July")


@pytest.mark.parametrize(
    ("other", "column"), [({"share": 0}, "share"), ({"least": -1}, "least"), ({"seed": " "}, "seed")],
    ids=["share", "least", "seed"],
)  # fmt: skip
def test_what_draws_nothing_is_refused(other, column):
    with pytest.raises(BadInput) as refused:
        Moderated().draw(**other)
    assert [problem.column for problem in refused.value.problems] == [column]


def test_who_judges_again_sees_nothing_of_the_first_judgement_until_then():
    room = Moderated()
    room.draw()
    second, by = room.second()
    room.given(second)
    hidden = {each.decision_id for each in room.samples()}
    seen = {each.pk for each in queries.list_decisions(at=AT, by=by)}
    assert seen == {each.pk for each in room.decisions} - hidden
    matrix = queries.get_matrix(cohort=room.cohort, by=by)
    assert {each.pk for each in matrix.latest.values()} == seen
    (first, *_) = queries.list_samples_to_judge(by=by)
    judge_sample(sample=first, result="competent", note="", on=DAY, by=by)
    assert first.decision_id in {each.pk for each in queries.list_decisions(at=AT, by=by)}


def test_agreement_is_kappa_with_n():
    room = Moderated()
    change_decision(
        decision=room.decisions[0],
        result="not_yet_competent",
        evidence_note="Pads.",
        decided_on=DAY,
        version=1,
        by=room.by,
    )
    room.draw(share=100)
    second, by = room.second()
    room.given(second)
    for sample, result in zip(
        room.samples(), ["not_yet_competent", "competent", "competent", "not_yet_competent"], strict=True
    ):
        judge_sample(sample=sample, result=result, note="Said.", on=DAY, by=by)
    found = queries.moderation_of(cohort=room.cohort, by=room.secretariat)
    # First: 1 not yet, 3 competent; second: 2 and 2. po = 3/4, pe = 1/2.
    assert (found.agreement.n, found.agreement.agreed, found.agreement.kappa) == (4, 3, Fraction(1, 2))
    assert [(each.assessor, each.agreement.n) for each in found.by_assessor] == [("somphone", 4)]


def test_a_drawn_decision_is_neither_changed_nor_final_before_it_was_judged_again():
    room = Moderated(learners=1)
    room.draw(share=100)
    (decision,) = room.decisions
    with pytest.raises(DecisionIsDrawn):
        finalise_decisions(decisions=[(decision, DAY)], by=room.by)
    with pytest.raises(DecisionIsDrawn):
        change_decision(decision=decision, result="competent", evidence_note="", decided_on=DAY, version=1, by=room.by)
    second, by = room.second()
    room.given(second)
    judge_sample(sample=room.samples()[0], result="competent", note="", on=DAY, by=by)
    assert room.final(decision).status == "final"


@pytest.mark.parametrize("settling", Settling.values)
def test_a_disagreement_is_settled_by_somebody_else(settling):
    room = Moderated(learners=1)
    room.draw(share=100)
    (decision,) = room.decisions
    second, by = room.second()
    room.given(second)
    with pytest.raises(NoDisagreement):
        settle_sample(
            sample=room.samples()[0], settling=Settling(settling), reason="Seen.", on=DAY, by=room.secretariat
        )
    with pytest.raises(BadInput):
        judge_sample(sample=room.samples()[0], result="not_yet_competent", note=" ", on=DAY, by=by)
    judge_sample(sample=room.samples()[0], result="not_yet_competent", note="Pads.", on=DAY, by=by)
    with pytest.raises(DecisionIsDrawn):
        room.final(decision)
    for judge in (room.assessor, second):
        with pytest.raises(AccessDenied):
            both = make_actor("secretariat", person=judge)
            settle_sample(sample=room.samples()[0], settling=Settling(settling), reason="Seen.", on=DAY, by=both)
    with pytest.raises(BadInput):
        settle_sample(sample=room.samples()[0], settling=Settling(settling), reason="", on=DAY, by=room.secretariat)
    settle_sample(sample=room.samples()[0], settling=Settling(settling), reason="Seen.", on=DAY, by=room.secretariat)
    decision.refresh_from_db()
    if settling == Settling.FIRST_STANDS:
        assert room.final(decision).status == "final"
    else:
        assert decision.status == "overturned"
        assert room.record(attempt=2).attempt == 2


def test_a_second_assessor_is_appointed_independent_and_another_than_the_first():
    room = Moderated()
    room.draw()
    with pytest.raises(OwnAssessor):
        room.given(room.assessor)
    with pytest.raises(NotAppointed):
        room.given(make_person("stranger"))
    second, _ = room.second()
    CohortTrainer.objects.create(cohort=room.cohort, person=second)
    with pytest.raises(AssessorIsTrainer):
        room.given(second)


def test_only_who_was_named_judges_and_once():
    room = Moderated(learners=1)
    room.draw(share=100)
    second, by = room.second()
    third, other = room.second("bounmy")
    room.given(second)
    (sample,) = room.samples()
    with pytest.raises(AccessDenied):
        judge_sample(sample=sample, result="competent", note="", on=DAY, by=other)
    with pytest.raises(NotFound):
        queries.get_sample_to_judge(key=sample.pk, by=other)
    judge_sample(sample=sample, result="competent", note="", on=DAY, by=by)
    with pytest.raises(JudgedAlready):
        judge_sample(sample=sample, result="competent", note="", on=DAY, by=by)
    with pytest.raises(JudgedAlready):
        room.given(third)


def test_where_two_assessors_are_wanted_every_decision_is_judged_twice():
    room = Room()
    scheme = make_scheme(room.unit, judges=Judges.TWO)
    decision = room.record(findings=all_met(scheme))
    with pytest.raises(DecisionIsDrawn):
        room.final(decision)


def test_assessors_do_not_see_what_was_drawn():
    room = Moderated()
    with pytest.raises(AccessDenied):
        queries.moderation_of(cohort=room.cohort, by=room.by)
    with pytest.raises(AccessDenied):
        room.draw(by=room.by)
