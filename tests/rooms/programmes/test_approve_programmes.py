"""Steps of approval are data: a kind needs them, each is approved or returned with a reason, and nothing runs while one is open."""

from datetime import UTC, date, datetime
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.foundations.audit.models import Entry
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Refusal, WrongMoment
from corridor.rooms.programmes.actions import (
    LookedAtThatDay,
    StepIsApproved,
    StepNotNeeded,
    StepStillOpen,
    find_at_steps,
    move_programme,
    need_steps,
)
from corridor.rooms.programmes.drafts import FindingDraft
from corridor.rooms.programmes.lifecycle import ProgrammeStatus as Status
from corridor.rooms.programmes.models import ApprovalStep, NeededStep, Programme, ProgrammeKind, StepFinding
from corridor.rooms.programmes.queries import approval_of, get_finding, get_programme, needed_steps, paper_of_finding
from tests.factories.actors import make_actor
from tests.factories.agreements import find_or_make_member
from tests.factories.papers import PDF
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
COUNCIL = make_actor("council", label="chair")
SEEN, LATER, RUNS = date(2023, 7, 3), date(2023, 7, 24), date(2023, 9, 4)
AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
NEEDED = [ApprovalStep.PROPOSAL, ApprovalStep.FEASIBILITY, ApprovalStep.COUNCIL]


@pytest.fixture
def programme():
    need_steps(steps=[(ProgrammeKind.VOCATIONAL, NEEDED)], by=LI)
    return make_programme(running_from=None)


def finding(programme, step, on=SEEN, outcome="approved", **more):
    given = {"found_by": "Secretariat", "finding": "Complete", "reason": "Too dear" if outcome == "returned" else ""}
    return FindingDraft(programme, step, on, outcome=outcome, **(given | more))


def test_a_programme_runs_once_every_needed_step_is_approved_and_the_open_one_is_named(programme):
    with pytest.raises(StepStillOpen, match="waits for the step “Proposal”"):
        move_programme(programme=programme, to=Status.APPROVED, on=RUNS, by=LI)
    find_at_steps(
        findings=[finding(programme, "proposal"), finding(programme, "feasibility", outcome="returned")], at=AT, by=LI
    )
    with pytest.raises(StepStillOpen, match="“Feasibility” was returned on"):
        move_programme(programme=programme, to=Status.APPROVED, on=RUNS, by=LI)
    find_at_steps(findings=[finding(programme, step, LATER) for step in ("feasibility", "council")], at=AT, by=COUNCIL)
    with pytest.raises(StepStillOpen):
        move_programme(programme=programme, to=Status.APPROVED, on=date(2023, 7, 23), by=LI)
    move_programme(programme=programme, to=Status.APPROVED, on=LATER, by=LI)
    assert move_programme(programme=programme, to=Status.RUNNING, on=RUNS, by=LI).status == "running"
    events = list(Entry.objects.filter(event__startswith="programmes.step_").values_list("event", "by"))
    assert events.count(("programmes.step_approved", "chair")) == 2
    assert events.count(("programmes.step_returned", "li-na")) == 1


def test_a_kind_that_needs_nothing_waits_for_nothing(programme):
    assert make_programme("PRG-2023-013", kind="language").status == "running"
    assert dict(needed_steps(by=VISITOR))[ProgrammeKind.LANGUAGE] == []
    assert dict(needed_steps(by=VISITOR))[ProgrammeKind.VOCATIONAL] == NEEDED


def test_steps_that_are_needed_later_stop_a_programme_that_is_taken_up_again():
    programme = make_programme()
    need_steps(steps=[(ProgrammeKind.VOCATIONAL, NEEDED)], by=LI)
    move_programme(programme=programme, to=Status.SUSPENDED, on=date(2023, 10, 2), by=LI)
    with pytest.raises(StepStillOpen):
        move_programme(programme=programme, to=Status.RUNNING, on=date(2023, 11, 6), by=LI)
    need_steps(steps=[(ProgrammeKind.VOCATIONAL, [])], by=LI)
    assert move_programme(programme=programme, to=Status.RUNNING, on=date(2023, 11, 6), by=LI).status == "running"


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"step": "academic"}, StepNotNeeded),
        ({"step": "council"}, StepStillOpen),
        ({"step": "proposal", "on": LATER}, StepIsApproved),
        ({"step": "feasibility", "finding": " "}, BadInput),
        ({"step": "feasibility", "found_by": ""}, BadInput),
        ({"step": "feasibility", "outcome": "returned", "reason": " "}, BadInput),
        ({"step": "feasibility", "on": date(2023, 7, 2)}, BadInput),
    ],
)
def test_what_does_not_fit_is_refused_by_name_and_nothing_is_written(programme, more, refused):
    find_at_steps(findings=[finding(programme, "proposal")], at=AT, by=LI)
    with pytest.raises(refused):
        find_at_steps(findings=[finding(programme, **more)], at=AT, by=LI)
    assert StepFinding.objects.count() == 1


def test_a_step_is_looked_at_once_a_day_and_not_after_the_end(programme):
    find_at_steps(findings=[finding(programme, "proposal", outcome="returned")], at=AT, by=LI)
    with pytest.raises(LookedAtThatDay):
        find_at_steps(findings=[finding(programme, "proposal")], at=AT, by=LI)
    move_programme(programme=programme, to=Status.CANCELLED, on=LATER, by=LI)
    with pytest.raises(WrongMoment):
        find_at_steps(findings=[finding(programme, "proposal", LATER)], at=AT, by=LI)


def test_who_may_judge_and_who_may_say_what_is_needed(programme):
    for role in ("coordinator", "auditor", "site_manager"):
        with pytest.raises(AccessDenied):
            find_at_steps(findings=[finding(programme, "proposal")], at=AT, by=make_actor(role))
    with pytest.raises(AccessDenied):
        need_steps(steps=[(ProgrammeKind.VOCATIONAL, [])], by=COUNCIL)
    with pytest.raises(BadInput):
        need_steps(steps=[(ProgrammeKind.VOCATIONAL, [ApprovalStep.COUNCIL, ApprovalStep.COUNCIL])], by=LI)
    assert NeededStep.objects.count() == 3


def test_that_a_step_was_taken_is_public_and_what_was_found_is_for_those_who_take_part(programme):
    find_at_steps(findings=[finding(programme, "proposal")], at=AT, by=LI)
    shown = get_programme(reference=programme.reference, by=VISITOR)
    state = approval_of(programme=shown, on=date(2023, 7, 2), by=VISITOR).states[0]
    assert (state.is_open, state.findings) == (True, ())
    of_chongqing = make_actor("coordinator", ("member", find_or_make_member("chongqing").pk))
    of_colombo = make_actor("coordinator", ("member", find_or_make_member("colombo").pk))
    assert [approval_of(programme=shown, on=SEEN, by=by).tells for by in (LI, COUNCIL, of_chongqing)] == [True] * 3
    assert [approval_of(programme=shown, on=SEEN, by=by).tells for by in (VISITOR, of_colombo)] == [False] * 2
    key = StepFinding.objects.get().pk
    assert get_finding(programme=shown, key=key, by=of_chongqing).finding == "Complete"
    for by, other in ((of_colombo, key), (LI, uuid4())):
        with pytest.raises(NotFound):
            get_finding(programme=shown, key=other, by=by)
    with pytest.raises(NotFound):
        paper_of_finding(programme=shown, key=key, by=LI)


def test_a_document_that_came_with_a_finding_opens_with_it(programme):
    sent = Upload("board.pdf", PDF, "Minutes of the board", kind="programme")
    (made,) = find_at_steps(findings=[finding(programme, "proposal", upload=sent)], at=AT, by=LI)
    document, content = paper_of_finding(programme=programme, key=made.pk, by=COUNCIL)
    assert (document.title, content[:5]) == ("Minutes of the board", b"%PDF-")
    with pytest.raises(NotFound):
        paper_of_finding(programme=programme, key=made.pk, by=VISITOR)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tries=st.lists(
        st.tuples(
            st.sampled_from(list(ApprovalStep)),
            st.integers(0, 9),
            st.sampled_from(["approved", "returned"]),
        ),
        max_size=12,
    )
)
def test_whatever_is_tried_steps_are_approved_once_and_in_their_order(programme, tries):
    StepFinding.objects.all().delete()
    for step, day, outcome in tries:
        draft = finding(programme, step.value, date(2023, 7, 1 + day), outcome)
        try:
            find_at_steps(findings=[draft], at=AT, by=NIGHTLY)
        except Refusal:
            continue
    states = approval_of(programme=Programme.objects.get(pk=programme.pk), on=RUNS, by=LI).states
    assert [each.step for each in states] == NEEDED
    assert all(earlier.is_approved or not later.findings for earlier, later in pairwise(states))
    for each in states:
        outcomes = [one.outcome for one in each.findings]
        assert outcomes.count("approved") == int(each.is_approved)
