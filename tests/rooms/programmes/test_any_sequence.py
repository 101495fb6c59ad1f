"""Whatever is tried with a programme in whatever order, its life and the steps of its approval tell one story."""

from datetime import date

import pytest
from hypothesis import given

from corridor.rooms.members.models import Organisation
from corridor.rooms.programmes import actions
from corridor.rooms.programmes.drafts import (
    DecisionDraft,
    FindingDraft,
    IntakeDraft,
    ProgrammeDraft,
    ReviewDraft,
    RiskDraft,
    RiskStep,
)
from corridor.rooms.programmes.lifecycle import ProgrammeStatus, RiskStatus
from corridor.rooms.programmes.models import ApprovalStep, MemberRole, ProgrammeKind, ProgrammeRisk
from corridor.rooms.programmes.queries import approval_of
from tests.factories.actors import make_actor
from tests.factories.programmes import make_programme
from tests.sequences import AT, TRIED, Noun, undone

pytestmark = pytest.mark.django_db
FIRST = date(2023, 7, 3)
SECRETARIAT, COUNCIL = make_actor("secretariat", label="li-na"), make_actor("council", label="chair")
NEEDED = [ApprovalStep.PROPOSAL, ApprovalStep.COUNCIL]


def _moving(to):
    return lambda one, by, on: actions.move_programme(programme=one, to=to, on=on, by=by, reason="Told.")


def _finding(step, outcome):
    def find(one, by, on):
        draft = FindingDraft(
            one, step, on, "Council", outcome, "Looked at", "Too dear" if outcome == "returned" else ""
        )
        return actions.find_at_steps(findings=[draft], at=AT, by=by)

    return find


def _needing(*steps):
    return lambda _one, by, _on: actions.need_steps(steps=[(ProgrammeKind.VOCATIONAL, list(steps))], by=by)


def _saying(**more):
    def change(one, by, on):
        given = {
            "kind": one.kind, "titles": {"en": f"Panda College {on}"}, "sites": [each.site for each in one.places.all()],
            "members": [(each.organisation, MemberRole(each.role)) for each in one.members.all()],
        } | more  # fmt: skip
        draft = ProgrammeDraft(reference=one.reference, agreement=one.agreement, **given)
        return actions.change_programme(programme=one, draft=draft, by=by)

    return change


def _review(one, by, on):
    return actions.review_programmes(reviews=[ReviewDraft(one, on, "fix", "Too few enrol.")], by=by)


def _plan(one, by, on):
    return actions.plan_intakes(plans=[IntakeDraft(one, on.year, on.day, 40)], by=by)


def _decide(one, by, on):
    return actions.log_decisions(decisions=[DecisionDraft(one, on, "Council", "One cohort more.")], by=by)


def _note_a_risk(one, by, on):
    owner = Organisation.objects.get(reference="vientiane")
    draft = RiskDraft(one, "The workshop floods.", "high", "medium", owner, on, date(2025, 1, 1))
    return actions.log_risks(risks=[draft], by=by)


def _risking(to):
    def move(one, by, on):
        risks = ProgrammeRisk.objects.filter(programme=one).order_by("pk")
        return actions.move_risks(steps=[RiskStep(each, to, on, "It rained.") for each in risks], by=by)

    return move


def holds(one, today):
    states = approval_of(programme=one, on=date.max, by=SECRETARIAT).states
    for each in states:
        outcomes = [found.outcome for found in each.findings]
        assert "approved" not in outcomes[:-1], "looked at after it was approved"
        assert len({found.found_on for found in each.findings}) == len(outcomes)
    for risk in ProgrammeRisk.objects.filter(programme=one):
        last = risk.changes.order_by("effective_on", "recorded_at", "pk").last()
        assert risk.status == (last.to_status if last else RiskStatus.OPEN)
    began = one.changes.filter(to_status=ProgrammeStatus.RUNNING).order_by("effective_on").first()
    assert all(began and each.reviewed_on >= began.effective_on for each in one.reviews.all())


def _lead(_one):
    return make_actor("coordinator", ("member", Organisation.objects.get(reference="chongqing").pk), label="mei")


PROGRAMME = Noun(
    tries={
        "need two steps": _needing(*NEEDED),
        "need one step more": _needing(NEEDED[0], ApprovalStep.FEASIBILITY, NEEDED[1]),
        "need no step": _needing(),
        "approve the proposal": _finding("proposal", "approved"),
        "return the proposal": _finding("proposal", "returned"),
        "approve in the council": _finding("council", "approved"),
        "return in the council": _finding("council", "returned"),
        "find it feasible": _finding("feasibility", "approved"),
        "call it anew": _saying(),
        "make it a language course": _saying(kind="language"),
        "take its sites away": _saying(sites=()),
        "let nobody lead it": _saying(members=()),
        "review": _review,
        "plan an intake": _plan,
        "decide": _decide,
        "note a risk": _note_a_risk,
        **{f"risk: {state}": _risking(state) for state in RiskStatus},
        **{f"move to {state}": _moving(state) for state in ProgrammeStatus},
    },
    who={"the secretariat": lambda _one: SECRETARIAT, "the council": lambda _one: COUNCIL, "the lead": _lead},
    first=FIRST,
    roads=[
        [
            ("return the proposal", "the secretariat", 0), ("approve the proposal", "the secretariat", 5),
            ("return in the council", "the council", 5), ("approve in the council", "the council", 9),
            ("move to approved", "the secretariat", 3), ("note a risk", "the lead", 1), ("move to running", "the secretariat", 20),
            ("risk: came_true", "the lead", 9), ("risk: closed", "the lead", 9), ("risk: open", "the lead", 9),
            ("review", "the secretariat", 40), ("move to suspended", "the secretariat", 9), ("move to running", "the secretariat", 9),
            ("decide", "the lead", 1), ("plan an intake", "the secretariat", 1), ("move to completed", "the secretariat", 40),
        ],
        [
            ("need no step", "the secretariat", 0), ("make it a language course", "the secretariat", 1),
            ("call it anew", "the secretariat", 1), ("take its sites away", "the secretariat", 1),
            ("move to approved", "the secretariat", 2), ("move to cancelled", "the secretariat", 2),
        ],
        [
            ("need one step more", "the secretariat", 0), ("approve the proposal", "the council", 1), ("find it feasible", "the council", 1),
            ("approve in the council", "the council", 1), ("need two steps", "the secretariat", 1),
        ],
        [
            ("let nobody lead it", "the secretariat", 0),
        ],
    ],
    refused=frozenset({"move to proposed"}),
    holds=holds,
)  # fmt: skip


@pytest.fixture
def programme():
    actions.need_steps(steps=[(ProgrammeKind.VOCATIONAL, NEEDED)], by=SECRETARIAT)
    return make_programme(running_from=None)


def test_every_step_of_a_programme_can_be_taken(programme):
    PROGRAMME.check_roads(programme)


@TRIED
@given(steps=PROGRAMME.sequences())
def test_no_sequence_of_actions_reaches_an_undefined_state(programme, steps):
    with undone():
        PROGRAMME.walk(programme, steps)
