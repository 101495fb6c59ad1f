"""An applicant that is found to be known already: its application goes on for the record that stays."""

import pytest

from corridor.rooms.members import actions
from corridor.rooms.members.application_drafts import DecisionDraft, VoteDraft
from corridor.rooms.members.lifecycle import ConditionStatus
from corridor.rooms.members.models import Membership, Outcome, Seat
from tests.factories.actors import make_actor
from tests.factories.applications import AT, ON, in_review, make_form, submitted
from tests.factories.members import FOUNDED_ON, make_alliance, make_member, make_organisation

pytestmark = pytest.mark.django_db
VOTE = VoteDraft(ON, 5, 4, 1, 0, minutes="The council met and voted.")


@pytest.fixture(autouse=True)
def form():
    make_alliance()
    make_form()


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


def found_to_be(application, known, by):
    actions.merge_organisations(gone=application.organisation, stays=known, reason="One school", on=ON, at=AT, by=by)
    application.refresh_from_db()


def states():
    return list(Membership.objects.order_by("pk").values_list("organisation__reference", "status"))


def test_from_review_to_its_coordinator_the_record_that_stays_becomes_the_member(secretariat):
    application, _secret, _by = submitted()
    found_to_be(application, make_organisation("savannakhet", country="LA"), secretariat)
    actions.begin_review(application=application, on=ON, by=secretariat)
    council = make_actor("council")
    decision = DecisionDraft(Outcome.APPROVED, ON)
    actions.decide_application(application=application, vote=VOTE, decision=decision, at=AT, by=council)
    for condition in application.conditions.all():
        actions.judge_condition(
            condition=condition, to=ConditionStatus.WAIVED, reason="Known for years", on=ON, by=secretariat
        )
    application.refresh_from_db()
    actions.activate_member(application=application, on=ON, by=secretariat)
    actions.invite_coordinator(
        application=application, email="khamla@savannakhet.example", language="lo", on=ON, at=AT, by=secretariat
    )
    assert states() == [("savannakhet", "active")]
    assert Seat.objects.get().organisation.reference == "savannakhet"


def test_what_is_rejected_or_taken_back_ends_the_membership_that_moved(secretariat):
    application, _secret, _by = in_review()
    found_to_be(application, make_organisation("savannakhet", country="LA"), secretariat)
    decision = DecisionDraft(Outcome.REJECTED, ON, reason="Too early")
    vote = VoteDraft(ON, 5, 1, 4, 0, minutes="The council met and voted.")
    actions.decide_application(application=application, vote=vote, decision=decision, at=AT, by=make_actor("council"))
    assert states() == [("savannakhet", "rejected")]
    again, _secret, by = submitted(former="savannakhet")
    actions.withdraw_application(application=again, on=ON, by=by)
    assert states() == [("savannakhet", "rejected"), ("savannakhet", "withdrawn")]


def test_a_former_member_under_its_old_reference_is_found_at_the_record_that_stays(secretariat):
    old = make_member("old-school", country="LA", later=[("withdrawn", FOUNDED_ON)])
    actions.merge_organisations(
        gone=old, stays=make_organisation("new-school", country="LA"), reason="One school", on=ON, at=AT, by=secretariat
    )
    application, _secret, _by = submitted(former="old-school")
    assert application.organisation.reference == "new-school"
    assert states() == [("new-school", "withdrawn"), ("new-school", "applied")]
