"""Risks have an owner, a day and an end with a reason; decisions say who decided what; both are read by those who take part."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.rooms.programmes.actions import TakesNoPart, change_risk, log_decisions, log_risks, move_risks
from corridor.rooms.programmes.drafts import DecisionDraft, RiskDraft, RiskStep
from corridor.rooms.programmes.lifecycle import RiskStatus
from corridor.rooms.programmes.models import ProgrammeDecision, ProgrammeRisk
from corridor.rooms.programmes.queries import decisions_of, get_risk, risks_due, risks_of
from tests.factories.actors import make_actor
from tests.factories.agreements import find_or_make_member
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
NOTICED, DUE, TODAY = date(2023, 9, 11), date(2023, 12, 31), date(2024, 2, 2)


def coordinator(reference):
    return make_actor("coordinator", ("member", find_or_make_member(reference).pk), label=reference)


def risk(programme, what="The lift breaks", **more):
    given = {
        "likelihood": "medium",
        "effect": "high",
        "owner": find_or_make_member("vientiane"),
        "noticed_on": NOTICED,
        "due_on": DUE,
    }
    return RiskDraft(programme, what, **(given | more))


def test_a_risk_is_numbered_in_its_programme_and_closed_with_a_reason():
    one, other = make_programme(), make_programme("PRG-2023-013")
    made = log_risks(risks=[risk(one), risk(other), risk(one, "No interpreter")], by=coordinator("vientiane"))
    assert [str(each) for each in made] == ["PRG-2023-012.1", "PRG-2023-013.1", "PRG-2023-012.2"]
    move_risks(steps=[RiskStep(made[0], RiskStatus.CAME_TRUE, date(2023, 10, 2), "Three weeks without it")], by=LI)
    found = risks_of(programme=one, on=TODAY, by=LI)
    assert [(each.number, each.status_then) for each in found] == [(1, "came_true"), (2, "open")]
    assert risks_of(programme=one, on=date(2023, 9, 10), by=LI) == []
    assert get_risk(programme=one, number=1, on=date(2023, 10, 1), by=LI).status_then == "open"
    assert list(Entry.objects.filter(by="li-na").values_list("event", flat=True)) == ["programmes.risk_came_true"]


def test_what_is_due_is_computed_for_who_takes_part():
    programme = make_programme()
    logged, closed = log_risks(risks=[risk(programme), risk(programme, "No interpreter")], by=LI)
    move_risks(steps=[RiskStep(closed, RiskStatus.CLOSED, NOTICED, "One is named")], by=LI)
    assert logged.is_late_on(TODAY) is True
    assert logged.is_late_on(DUE) is False
    assert closed.is_late_on(TODAY) is False
    assert risks_due(on=TODAY, by=LI) == risks_due(on=TODAY, by=coordinator("chongqing")) == [logged]
    assert risks_due(on=DUE, by=LI) == []
    assert risks_due(on=date(2023, 12, 1), until=DUE, by=LI) == [logged]
    assert risks_due(on=TODAY, by=coordinator("colombo")) == risks_due(on=TODAY, by=VISITOR) == []


def test_a_risk_is_judged_anew_while_it_is_not_closed():
    programme = make_programme()
    (logged,) = log_risks(risks=[risk(programme)], by=LI)
    given = {"likelihood": "high", "effect": "low", "owner": find_or_make_member("chongqing"), "due_on": TODAY}
    changed = change_risk(risk=logged, by=coordinator("vientiane"), **given)
    assert (changed.likelihood, changed.owner.reference, changed.due_on) == ("high", "chongqing", TODAY)
    with pytest.raises(TakesNoPart):
        change_risk(risk=logged, by=LI, **(given | {"owner": find_or_make_member("colombo")}))
    move_risks(steps=[RiskStep(logged, RiskStatus.CLOSED, TODAY, "A second one is there")], by=LI)
    with pytest.raises(WrongMoment):
        change_risk(risk=logged, by=LI, **given)


def test_what_does_not_fit_is_refused():
    programme = make_programme()
    for wrong, refused in (
        (risk(programme, " "), BadInput),
        (risk(programme, due_on=date(2023, 9, 10)), BadInput),
        (risk(programme, owner=find_or_make_member("colombo")), TakesNoPart),
    ):
        with pytest.raises(refused):
            log_risks(risks=[wrong], by=LI)
    with pytest.raises(AccessDenied):
        log_risks(risks=[risk(programme)], by=coordinator("colombo"))
    (logged,) = log_risks(risks=[risk(programme)], by=LI)
    for to, on, reason, refused in (
        (RiskStatus.CLOSED, TODAY, " ", BadInput),
        (RiskStatus.CLOSED, date(2023, 9, 10), "Early", BadInput),
        (RiskStatus.OPEN, TODAY, "It is open", WrongMoment),
    ):
        with pytest.raises(refused):
            move_risks(steps=[RiskStep(logged, to, on, reason)], by=LI)
    with pytest.raises(AccessDenied):
        move_risks(steps=[RiskStep(logged, RiskStatus.CLOSED, TODAY, "Gone")], by=make_actor("auditor"))
    assert ProgrammeRisk.objects.get().changes.count() == 0


def test_a_decision_says_who_decided_what_and_the_log_is_not_for_everyone():
    programme = make_programme()
    log_decisions(decisions=[DecisionDraft(programme, NOTICED, "Council", "A second lift is bought")], by=LI)
    assert [each.what for each in decisions_of(programme=programme, on=TODAY, by=coordinator("chongqing"))] == [
        "A second lift is bought"
    ]
    assert decisions_of(programme=programme, on=date(2023, 9, 10), by=LI) == []
    for by in (VISITOR, coordinator("colombo"), make_actor("trainer")):
        with pytest.raises(NotFound):
            decisions_of(programme=programme, on=TODAY, by=by)
        with pytest.raises(NotFound):
            risks_of(programme=programme, on=TODAY, by=by)
    with pytest.raises(BadInput) as refused:
        log_decisions(decisions=[DecisionDraft(programme, NOTICED, " ", "")], by=LI)
    assert [problem.column for problem in refused.value.problems] == ["what", "decided_by"]
    with pytest.raises(AccessDenied):
        log_decisions(decisions=[DecisionDraft(programme, NOTICED, "Council", "More")], by=make_actor("council"))
    assert ProgrammeDecision.objects.count() == 1
