"""What the council decides is so on its day, says of its conditions what is so, and stands on what was looked at."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail

from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import BadInput, WrongMoment
from corridor.rooms.members import actions, queries
from corridor.rooms.members.application_drafts import DecisionDraft, Interest, VoteDraft, WantedCondition
from corridor.rooms.members.lifecycle import ConditionStatus, MembershipStatus
from corridor.rooms.members.models import CouncilVote, LetterKind, Membership, Outcome
from tests.factories.actors import make_actor, make_user
from tests.factories.applications import AT, ON, PDF, in_review, make_form
from tests.factories.members import make_alliance

pytestmark = pytest.mark.django_db
VOTE = VoteDraft(held_on=ON, present=8, in_favour=6, against=1, abstained=1, minutes="The council met and voted.")
APPROVED = DecisionDraft(Outcome.APPROVED, ON)


@pytest.fixture(autouse=True)
def form():
    make_alliance()
    return make_form()


@pytest.fixture
def mei():
    return make_actor("secretariat", user=make_user("mei"))


@pytest.fixture
def nimali():
    return make_actor("council", user=make_user("nimali"))


def test_what_is_approved_while_conditions_stand_is_told_which(mei, nimali):
    application, _secret, by = in_review()
    actions.decide_application(application=application, vote=VOTE, decision=APPROVED, at=AT, by=nimali)
    letter = application.letters.get(kind=LetterKind.APPROVED_WITH_CONDITIONS)
    assert "Name a coordinator" in letter.body
    asked = application.conditions.get(part__code="is-registered").document
    upload = Upload("newer.pdf", PDF + b"%", "Registration as a school")
    actions.hand_in_document(application=application, asked=asked, upload=upload, on=ON, at=AT, by=by)


def test_a_decision_says_of_its_conditions_what_is_so(mei, nimali):
    application, _secret, _by = in_review()
    wanted = (WantedCondition("Two trainers", date(2024, 6, 1)),)
    given = {"application": application, "vote": VOTE, "at": AT, "by": nimali}
    with pytest.raises(BadInput, match="Only an approval with conditions"):
        actions.decide_application(decision=replace(APPROVED, conditions=wanted), **given)
    for condition in application.conditions.all():
        actions.judge_condition(condition=condition, to=ConditionStatus.WAIVED, reason="Known", on=ON, by=mei)
    bare = DecisionDraft(Outcome.APPROVED_WITH_CONDITIONS, ON)
    with pytest.raises(BadInput, match="No condition is open"):
        actions.decide_application(decision=bare, **given)
    actions.decide_application(decision=replace(bare, conditions=wanted), **given)


@pytest.mark.parametrize("day", [ON - timedelta(days=1), ON + timedelta(days=1)], ids=["before", "to-come"])
def test_a_vote_is_held_after_the_application_and_not_in_days_to_come(mei, nimali, day):
    application, _secret, _by = in_review()
    with pytest.raises(WrongMoment):
        actions.decide_application(
            application=application, vote=replace(VOTE, held_on=day), decision=replace(APPROVED, decided_on=max(day, ON)),
            at=AT, by=nimali,
        )  # fmt: skip
    assert not CouncilVote.objects.exists()


def test_a_document_that_was_accepted_is_not_replaced_behind_the_council_s_back(mei, nimali):
    application, _secret, by = in_review()
    condition = application.conditions.get(part__code="is-registered")
    given = {"application": application, "asked": condition.document, "on": ON, "at": AT, "by": by}
    actions.hand_in_document(upload=Upload("second.pdf", PDF + b"%", "Registration"), **given)
    actions.judge_condition(condition=condition, to=ConditionStatus.ACCEPTED, on=ON, by=mei)
    with pytest.raises(WrongMoment, match="was accepted"):
        actions.hand_in_document(upload=Upload("third.pdf", PDF + b"%%", "Registration"), **given)


def test_a_reason_that_is_longer_than_is_kept_is_refused(mei, nimali):
    application, _secret, by = in_review()
    condition = application.conditions.get(part__code="is-registered")
    with pytest.raises(BadInput, match="at most 300"):
        actions.judge_condition(condition=condition, to=ConditionStatus.REFUSED, reason="x" * 301, on=ON, by=mei)
    with pytest.raises(BadInput, match="at most 300"):
        actions.withdraw_application(application=application, reason="x" * 301, on=ON, by=by)
    long = replace(VOTE, interests=(Interest("x" * 151, "Supplies it"),))
    with pytest.raises(BadInput, match="at most 150"):
        actions.decide_application(application=application, vote=long, decision=APPROVED, at=AT, by=nimali)


def test_a_vote_with_its_minutes_makes_a_decision_and_a_letter(mei, nimali, django_capture_on_commit_callbacks):
    application, _secret, by = in_review()
    for condition in application.conditions.all():
        actions.judge_condition(condition=condition, to=ConditionStatus.WAIVED, reason="Known", on=ON, by=mei)
    with django_capture_on_commit_callbacks(execute=True):
        actions.decide_application(application=application, vote=VOTE, decision=APPROVED, at=AT, by=nimali)
    application.refresh_from_db()
    assert application.status == "approved"
    assert Membership.objects.get().status == "approved"
    assert "is approved" in mail.outbox[-1].subject
    letters = queries.own_application(by=by, on=ON, language="en").letters
    assert [each.kind for each in letters] == ["receipt", "approved"]
    with pytest.raises(WrongMoment):
        actions.decide_application(application=application, vote=VOTE, decision=APPROVED, at=AT, by=mei)


def approved(by, council):
    application, _secret, applicant = in_review()
    for condition in application.conditions.all():
        actions.judge_condition(condition=condition, to=ConditionStatus.WAIVED, reason="Known", on=ON, by=by)
    actions.decide_application(application=application, vote=VOTE, decision=APPROVED, at=AT, by=council)
    application.refresh_from_db()
    assert application.status == "approved"
    return application, applicant


def may_withdraw(applicant):
    return queries.own_application(by=applicant, on=ON, language="en").may_be_withdrawn


def test_who_is_approved_and_never_becomes_a_member_may_take_it_back_and_apply_again(mei, nimali):
    application, applicant = approved(mei, nimali)
    assert may_withdraw(applicant)
    actions.withdraw_application(application=application, reason="The ministry moved us", on=ON, by=applicant)
    application.refresh_from_db()
    assert (application.status, Membership.objects.get().status) == ("withdrawn", "withdrawn")
    assert not may_withdraw(applicant)
    with pytest.raises(WrongMoment):
        actions.activate_member(application=application, on=ON, by=mei)


def test_who_has_become_a_member_by_it_does_not_take_it_back(mei, nimali):
    application, applicant = approved(mei, nimali)
    actions.activate_member(application=application, on=ON, by=mei)
    assert not may_withdraw(applicant)
    with pytest.raises(WrongMoment, match="a membership is ended"):
        actions.withdraw_application(application=application, on=ON, by=applicant)
    organisation = application.applicant()
    actions.move_membership(organisation=organisation, to=MembershipStatus.WITHDRAWN, on=ON, by=mei)
    assert not may_withdraw(applicant)
    with pytest.raises(WrongMoment):
        actions.withdraw_application(application=application, on=ON, by=applicant)
    application.refresh_from_db()
    assert application.status == "approved"
