"""A learner appeals in time; people who had nothing to do with it rule; until then nothing is awarded."""

from datetime import UTC, datetime, timedelta

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.assessment import queries
from corridor.rooms.assessment.actions import lodge_appeal, name_panel, rule_on_appeal, set_release, withdraw_appeal
from corridor.rooms.assessment.counting import latest_final
from corridor.rooms.assessment.holding_up import held_up
from corridor.rooms.assessment.lifecycle import AppealStatus
from corridor.rooms.assessment.refusals import (
    AppealedAlready,
    AppealTooLate,
    NotOnThePanel,
    NotYetAppealable,
    PanelIsNotIndependent,
    PanelIsTooSmall,
)
from corridor.rooms.training.models import CohortTrainer
from tests.factories.actors import make_actor
from tests.factories.assessment import DECIDED_ON, Room, all_met, make_scheme
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
DAY = DECIDED_ON + timedelta(days=3)


class Hearing(Room):
    """A final "not yet" about the first learner."""

    def __init__(self) -> None:
        super().__init__()
        self.decision = self.final(self.record(result="not_yet_competent", evidence_note="Pads."))
        self.secretariat = make_actor("secretariat")
        self.people = [make_person(each) for each in ("mei", "khamla", "nimali")]

    def lodge(self, *, on=DAY, by=None, grounds="Nobody looked at the pads."):
        return lodge_appeal(decision=self.decision, grounds=grounds, on=on, by=by or self.learner())

    def seated(self, appeal=None, people=None):
        chair, *members = people or self.people
        return name_panel(appeal=appeal or self.lodge(), chair=chair, members=members, on=DAY, by=self.secretariat)

    def rule(self, appeal, to="upheld", *, by=None, ruling="The pads were not shown."):
        who = by or make_actor("visitor", person=self.people[1])
        return rule_on_appeal(appeal=appeal, to=AppealStatus(to), ruling=ruling, on=DAY, by=who)


def test_an_upheld_appeal_overturns_the_decision_and_a_further_attempt_may_follow():
    hearing = Hearing()
    appeal = hearing.seated()
    assert (appeal.status, appeal.reference, appeal.answer_by) == (
        "before_panel",
        "APP-2023-0001",
        DAY + timedelta(days=30),
    )
    assert [each.appeal for each in [held for held in appeal.panel.all() if held.seat == "chair"]] == [appeal]
    hearing.rule(appeal)
    hearing.decision.refresh_from_db()
    assert hearing.decision.status == "overturned"
    assert latest_final([hearing.seat().pk]) == {}
    assert hearing.record(attempt=2)


def test_a_dismissed_one_leaves_the_decision_as_it_is():
    hearing = Hearing()
    appeal = hearing.rule(hearing.seated(), "dismissed")
    hearing.decision.refresh_from_db()
    assert (hearing.decision.status, appeal.status, appeal.ruling) == ("final", "dismissed", "The pads were not shown.")


def test_one_appeals_within_the_days_that_the_scheme_gives_and_once():
    hearing = Hearing()
    last = DECIDED_ON + timedelta(days=14)
    with pytest.raises(AppealTooLate) as refused:
        hearing.lodge(on=last + timedelta(days=1))
    assert refused.value.places["day"] == last
    hearing.lodge(on=last)
    with pytest.raises(AppealedAlready):
        hearing.lodge(on=last)


def test_the_days_count_from_when_the_learner_could_see_it():
    hearing = Hearing()
    seen_on = DECIDED_ON + timedelta(days=20)
    release_at = datetime.combine(seen_on, datetime.min.time(), UTC)
    set_release(cohort=hearing.cohort, unit=hearing.unit, release_at=release_at, by=hearing.by)
    assert queries.appealable(decision=hearing.decision, by=hearing.learner()).until == seen_on + timedelta(days=14)


def test_only_its_learner_appeals_and_only_against_what_is_final():
    hearing = Hearing()
    for other in (hearing.learner(2), hearing.by):
        with pytest.raises(AccessDenied):
            hearing.lodge(by=other)
    with pytest.raises(BadInput):
        hearing.lodge(grounds=" ")
    hearing.decision = hearing.record(2)
    with pytest.raises(NotYetAppealable):
        hearing.lodge(by=hearing.learner(2))


def test_a_panel_is_three_who_neither_judged_nor_taught_nor_learnt_there():
    hearing = Hearing()
    appeal = hearing.lodge()
    mei, khamla, nimali = hearing.people
    for few in ([mei, khamla], [mei, khamla, khamla]):
        with pytest.raises(PanelIsTooSmall):
            hearing.seated(appeal, few)
    CohortTrainer.objects.create(cohort=hearing.cohort, person=nimali)
    for near in (hearing.assessor, hearing.seat().person, nimali):
        with pytest.raises(PanelIsNotIndependent):
            hearing.seated(appeal, [mei, khamla, near])
    with pytest.raises(AccessDenied):
        name_panel(appeal=appeal, chair=mei, members=[khamla, nimali], on=DAY, by=hearing.by)


def test_only_the_panel_rules_with_reasons_and_when_there_is_one():
    hearing = Hearing()
    appeal = hearing.lodge()
    with pytest.raises(WrongMoment):
        hearing.rule(appeal, by=hearing.secretariat)
    hearing.seated(appeal)
    with pytest.raises(NotOnThePanel):
        hearing.rule(appeal, by=hearing.by)
    with pytest.raises(BadInput):
        hearing.rule(appeal, ruling="")
    with pytest.raises(BadInput):
        hearing.rule(appeal, "withdrawn")
    hearing.rule(appeal)
    with pytest.raises(WrongMoment):
        hearing.rule(appeal, "dismissed")


def test_the_learner_lets_it_rest():
    hearing = Hearing()
    appeal = withdraw_appeal(appeal=hearing.lodge(), on=DAY, by=hearing.learner())
    assert (appeal.status, held_up(hearing.cohort)) == ("withdrawn", [])


def test_an_open_appeal_holds_up_the_awards_of_the_cohort():
    hearing = Hearing()
    appeal = hearing.lodge()
    assert [each.code for each in held_up(hearing.cohort)] == ["AppealIsOpen"]
    hearing.rule(hearing.seated(appeal))
    assert held_up(hearing.cohort) == []


def test_an_appeal_is_seen_by_its_learner_its_panel_and_who_oversees():
    hearing = Hearing()
    appeal = hearing.seated()
    panelist = make_actor("visitor", person=hearing.people[0])
    for reader in (hearing.learner(), panelist, make_actor("auditor")):
        assert list(queries.list_appeals(by=reader)) == [appeal]
    for stranger in (hearing.learner(2), hearing.by):
        assert list(queries.list_appeals(by=stranger)) == []
    assert not queries.is_late(appeal, on=appeal.answer_by)
    assert queries.is_late(appeal, on=appeal.answer_by + timedelta(days=1))


def test_an_overturned_attempt_is_not_counted_among_those_allowed():
    hearing = Hearing()
    make_scheme(hearing.unit, attempts_allowed=1, published_on=DAY)
    hearing.rule(hearing.seated())
    scheme = make_scheme(hearing.unit, attempts_allowed=1, published_on=DAY)
    assert hearing.record(attempt=2, decided_on=DAY, findings=all_met(scheme))
