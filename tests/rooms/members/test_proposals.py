"""The secretariat proposes, the council decides and is minuted, and only then somebody moves the membership."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.notices.models import Notice
from corridor.journeys.propose_step import propose_step
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.rooms.members.actions import carry_out_proposal, decide_proposal, take_back_proposal
from corridor.rooms.members.actions.proposals import ProposalOpen
from corridor.rooms.members.lifecycle import MembershipStatus
from corridor.rooms.members.models import Membership
from corridor.rooms.members.queries import get_proposal, proposals_to_carry_out, proposals_to_decide
from tests.factories.actors import make_actor, make_user
from tests.factories.demand import make_demand
from tests.factories.members import make_alliance, make_member, make_proposal, make_seat

pytestmark = pytest.mark.django_db

SECRETARIAT, COUNCIL = make_actor("secretariat"), make_actor("council")
ON, AT = date(2024, 2, 2), datetime(2024, 2, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def vientiane():
    make_alliance()
    return make_member("vientiane", country="LA")


def state(member):
    return Membership.objects.get(organisation=member).status


def decide(proposal, *, agreed=True, minute="Agreed with 7 to 0.", by=COUNCIL):
    return decide_proposal(proposal=proposal, agreed=agreed, minute=minute, on=ON, at=AT, by=by)


def test_agreed_is_not_moved_and_carried_out_is(vientiane):
    proposal = decide(make_proposal(vientiane))
    assert state(vientiane) == MembershipStatus.ACTIVE
    assert list(proposals_to_carry_out(by=SECRETARIAT)) == [proposal]
    carry_out_proposal(proposal=proposal, on=ON, by=SECRETARIAT)
    assert state(vientiane) == MembershipStatus.DORMANT
    assert list(proposals_to_carry_out(by=SECRETARIAT)) == []


def test_declined_nothing_can_be_carried_out(vientiane):
    proposal = decide(make_proposal(vientiane), agreed=False, minute="Asked to wait a year.")
    with pytest.raises(WrongMoment):
        carry_out_proposal(proposal=proposal, on=ON, by=SECRETARIAT)
    assert make_proposal(vientiane).reference == "PRP-2024-0002"


def test_what_counted_is_frozen_with_the_proposal(vientiane):
    make_demand(employer=vientiane, stated_on=date(2023, 9, 1))
    made = propose_step(
        organisation=vientiane, to=MembershipStatus.SUSPENDED, reason="No word", on=ON, at=AT, by=SECRETARIAT
    )
    make_demand("DEM-2023-0008", employer=vientiane, stated_on=date(2023, 10, 1))
    kept = get_proposal(reference=made.reference, by=COUNCIL).evidence.all()
    assert [(each.kind, each.last_on) for each in kept] == [("demand_statement", date(2023, 9, 1))]


def test_one_proposal_at_a_time_and_only_about_an_active_member(vientiane):
    make_proposal(vientiane)
    with pytest.raises(ProposalOpen):
        make_proposal(vientiane)
    resting = make_member("colombo", country="LK", later=[("dormant", date(2023, 1, 1))])
    with pytest.raises(WrongMoment):
        propose_step(organisation=resting, to=MembershipStatus.SUSPENDED, reason="x", on=ON, at=AT, by=SECRETARIAT)


def test_a_decision_needs_a_minute_the_council_and_happens_once(vientiane):
    proposal = make_proposal(vientiane)
    with pytest.raises(BadInput):
        decide(proposal, minute=" ")
    with pytest.raises(AccessDenied):
        decide(proposal, by=SECRETARIAT)
    decide(proposal)
    with pytest.raises(WrongMoment):
        decide(proposal)


def test_who_proposed_does_not_decide(vientiane):
    with pytest.raises(AccessDenied):
        decide(make_proposal(vientiane), by=make_actor("council", label="office"))


def test_taken_back_until_it_is_carried_out_or_declined_and_with_a_reason(vientiane):
    proposal = make_proposal(vientiane)
    with pytest.raises(BadInput):
        take_back_proposal(proposal=proposal, reason=" ", on=ON, by=SECRETARIAT)
    take_back_proposal(proposal=proposal, reason="A register came in", on=ON, by=SECRETARIAT)
    assert list(proposals_to_decide(by=COUNCIL)) == []
    agreed = decide(make_proposal(vientiane))
    take_back_proposal(proposal=agreed, reason="It delivered in the meantime", on=ON, by=SECRETARIAT)
    carried_out = decide(make_proposal(vientiane))
    carry_out_proposal(proposal=carried_out, on=ON, by=SECRETARIAT)
    with pytest.raises(WrongMoment):
        take_back_proposal(proposal=carried_out, reason="Too late", on=ON, by=SECRETARIAT)


def test_council_and_the_member_are_told_and_others_do_not_see_it(vientiane):
    make_seat(make_user("somsak"), "council")
    make_seat(make_user("khamla"), "coordinator", member=vientiane)
    proposal = make_proposal(vientiane)
    told = Notice.objects.filter(event="members.proposal_made").values_list("user__username", flat=True)
    assert set(told) == {"somsak", "khamla"}
    assert (
        get_proposal(reference=proposal.reference, by=make_actor("coordinator", ("member", vientiane.pk))) == proposal
    )
    with pytest.raises(NotFound):
        get_proposal(reference=proposal.reference, by=make_actor("coordinator", ("member", make_member("colombo").pk)))
