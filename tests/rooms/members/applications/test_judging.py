"""Reviewers score each on their own sheet; the council's vote is minuted; a member comes of it when the conditions are met."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from corridor.foundations.notices.models import Notice
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.rooms.members import actions, queries
from corridor.rooms.members.application_drafts import DecisionDraft, Interest, Points, VoteDraft, WantedCondition
from corridor.rooms.members.application_refusals import ConditionsOpen, NoSuchApplication, NotYours, SheetClosed
from corridor.rooms.members.lifecycle import ConditionStatus
from corridor.rooms.members.models import Application, CouncilVote, FormPart, LetterKind, Membership, Outcome, Seat
from tests.factories.actors import make_actor, make_user
from tests.factories.applications import AT, ON, in_review, make_form, submitted
from tests.factories.members import make_alliance

pytestmark = pytest.mark.django_db
VOTE = VoteDraft(
    held_on=ON, present=9, in_favour=6, against=1, abstained=1, interests=(Interest("Second seat", "Supplies it"),),
    minutes="The council met and voted.",
)  # fmt: skip
APPROVED = DecisionDraft(Outcome.APPROVED, ON)


@pytest.fixture(autouse=True)
def form():
    make_alliance()
    return make_form()


@pytest.fixture
def mei():
    return make_actor("secretariat", user=make_user("mei"))


def points(application: Application, *given: int | None, comment: str = "") -> list[Points]:
    criteria = FormPart.objects.filter(version=application.version, sort="criterion").order_by("place")
    return [Points(each, number, comment) for each, number in zip(criteria, given, strict=True)]


def reviewed(mei):
    """An application with two reviewers, Nimali of the council and Khamla with no office."""
    application, _secret, by = in_review()
    nimali, khamla = make_user("nimali"), make_user("khamla")
    actions.invite_reviewers(application=application, users=[nimali, khamla], at=AT, by=mei)
    return application, make_actor("council", user=nimali), make_actor("visitor", user=khamla), by


def test_review_begins_once_and_the_organisation_is_under_review(mei):
    application, _secret, by = submitted()
    with pytest.raises(AccessDenied):
        actions.begin_review(application=application, on=ON, by=by)
    actions.begin_review(application=application, on=ON, by=mei)
    assert Membership.objects.get().status == "under_review"
    with pytest.raises(WrongMoment):
        actions.begin_review(application=application, on=ON, by=mei)


def test_reviewers_are_told_and_asked_once(mei):
    application, nimali, _khamla, _by = reviewed(mei)
    assert Notice.objects.filter(event="members.review_asked").count() == 2
    with pytest.raises(BadInput):
        actions.invite_reviewers(application=application, users=[make_user("nimali")], at=AT, by=mei)
    with pytest.raises(AccessDenied):
        actions.invite_reviewers(application=application, users=[make_user("new")], at=AT, by=nimali)


def test_nobody_sees_another_s_sheet_before_their_own_is_in(mei):
    application, nimali, khamla, _by = reviewed(mei)
    asked = {"application": application, "language": "en"}
    actions.save_sheet(
        application=application, points=points(application, 4, 5, comment="Good"), at=AT, by=nimali, hand_in=True
    )
    assert queries.review_of(by=khamla, **asked).summary is None
    assert queries.review_of(by=mei, **asked).summary is None
    assert queries.review_of(by=mei, **asked).handed_in == 1
    assert queries.review_of(by=nimali, **asked).summary is not None
    actions.save_sheet(application=application, points=points(application, 1, 2), at=AT, by=khamla, hand_in=True)
    seen = queries.review_of(by=mei, **asked)
    assert seen.summary is not None
    assert [(line.mean, line.spread) for line in seen.summary] == [(2.5, 3), (3.5, 3)]
    assert seen.summary[0].comments == [("nimali", "Good")]
    # (4 + 2 x 5) / 3 and (1 + 2 x 2) / 3
    assert seen.total == pytest.approx((14 / 3 + 5 / 3) / 2)


def test_a_closed_review_opens_the_sheets_that_are_in(mei):
    application, nimali, khamla, _by = reviewed(mei)
    actions.save_sheet(application=application, points=points(application, 4, 5), at=AT, by=nimali, hand_in=True)
    application = actions.close_review(application=application, at=AT, by=mei)
    assert queries.review_of(application=application, by=mei, language="en").summary is not None
    with pytest.raises(WrongMoment):
        actions.save_sheet(application=application, points=points(application, 1, 1), at=AT, by=khamla)


def test_a_sheet_is_kept_in_part_and_handed_in_whole_once(mei):
    application, nimali, _khamla, _by = reviewed(mei)
    actions.save_sheet(application=application, points=points(application, 4, None), at=AT, by=nimali)
    with pytest.raises(BadInput) as refused:
        actions.save_sheet(application=application, points=points(application, 4, None), at=AT, by=nimali, hand_in=True)
    assert [each.column for each in refused.value.problems] == ["demand"]
    with pytest.raises(BadInput):
        actions.save_sheet(application=application, points=points(application, 6, 1), at=AT, by=nimali)
    actions.save_sheet(application=application, points=points(application, 4, 0), at=AT, by=nimali, hand_in=True)
    with pytest.raises(SheetClosed):
        actions.save_sheet(application=application, points=points(application, 5, 5), at=AT, by=nimali)


def test_an_interest_makes_a_reviewer_step_aside(mei):
    application, nimali, khamla, _by = reviewed(mei)
    actions.step_aside(application=application, interest="Taught there", at=AT, by=khamla)
    with pytest.raises(SheetClosed):
        actions.save_sheet(application=application, points=points(application, 4, 4), at=AT, by=khamla)
    actions.save_sheet(application=application, points=points(application, 4, 5), at=AT, by=nimali, hand_in=True)
    assert queries.review_of(application=application, by=mei, language="en").summary is not None
    assert queries.review_of(application=application, by=khamla, language="en").summary is None
    with pytest.raises(NotFound):
        queries.get_application(reference=application.reference, by=khamla, on=ON, language="en")


def test_who_was_not_asked_judges_nothing_and_sees_nothing(mei):
    application, _nimali, _khamla, _by = reviewed(mei)
    other = make_actor("coordinator", ("member", application.pk), user=make_user("other"))
    with pytest.raises(NotYours):
        actions.save_sheet(application=application, points=[], at=AT, by=other)
    for read in (
        lambda: queries.get_application(reference=application.reference, by=other, on=ON, language="en"),
        lambda: queries.list_applications(by=other, on=ON),
        lambda: queries.own_sheet(application=application, by=other, language="en"),
    ):
        with pytest.raises(NotFound):
            read()


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"in_favour": 7}, "in_favour"),
        ({"present": 10}, "in_favour"),
        ({"interests": ()}, "in_favour"),
        ({"minutes": " "}, "minutes"),
        ({"in_favour": 3, "against": 4}, "outcome"),
        ({"in_favour": 4, "against": 4, "abstained": 0}, "outcome"),
        ({"interests": (Interest("", "Supplies it"),)}, "interests"),
        ({"held_on": ON + timedelta(days=1)}, "decided_on"),
    ],
)
def test_a_vote_that_does_not_add_up_is_refused(mei, change, column):
    application, _secret, _by = in_review()
    with pytest.raises(BadInput) as refused:
        actions.decide_application(
            application=application, vote=replace(VOTE, **change), decision=APPROVED, at=AT, by=mei
        )
    assert [each.column for each in refused.value.problems] == [column]
    assert not CouncilVote.objects.exists()


def test_a_rejection_says_why_and_ends_the_membership(mei):
    application, _secret, by = in_review()
    vote = replace(VOTE, in_favour=1, against=6)
    with pytest.raises(BadInput):
        actions.decide_application(
            application=application, vote=vote, decision=DecisionDraft(Outcome.REJECTED, ON), at=AT, by=mei
        )
    reason = DecisionDraft(Outcome.REJECTED, ON, reason="Teaches no trade yet")
    actions.decide_application(application=application, vote=vote, decision=reason, at=AT, by=mei)
    assert Membership.objects.get().status == "rejected"
    assert "Teaches no trade yet" in queries.own_application(by=by, on=ON, language="en").letters[-1].body


def test_the_auditor_and_the_applicant_decide_nothing():
    application, _secret, by = in_review()
    for actor in (by, make_actor("auditor"), make_actor("coordinator")):
        with pytest.raises(AccessDenied):
            actions.decide_application(application=application, vote=VOTE, decision=APPROVED, at=AT, by=actor)


def decided_with_conditions(mei):
    application, _secret, by = in_review()
    draft = DecisionDraft(
        Outcome.APPROVED_WITH_CONDITIONS,
        ON,
        conditions=(WantedCondition("Send the plan of the workshop", date(2024, 3, 1)),),
    )
    actions.decide_application(application=application, vote=VOTE, decision=draft, at=AT, by=mei)
    application.refresh_from_db()
    return application, by


def test_conditions_have_their_own_day_evidence_and_state(mei):
    _application, by = decided_with_conditions(mei)
    record = queries.own_application(by=by, on=date(2024, 3, 2), language="en")
    assert [(each.title, each.condition.due_on, each.is_overdue) for each in record.conditions] == [
        ("Send the plan of the workshop", date(2024, 3, 1), True),
        ("Registered as a school", date(2024, 3, 3), False),
        ("Name a coordinator", date(2024, 4, 2), False),
    ]
    assert "Send the plan of the workshop (1 March 2024)" in record.letters[-1].body
    plan = record.conditions[0].condition
    with pytest.raises(BadInput):
        actions.hand_in_evidence(condition=plan, on=ON, at=AT, by=by)
    actions.hand_in_evidence(condition=plan, note="It hangs at the door.", on=ON, at=AT, by=by)
    with pytest.raises(BadInput):
        actions.judge_condition(condition=plan, to=ConditionStatus.REFUSED, on=ON, by=mei)
    actions.judge_condition(condition=plan, to=ConditionStatus.REFUSED, on=ON, by=mei, reason="No plan can be seen")
    assert queries.own_application(by=by, on=ON, language="en").conditions[0].condition.reason == "No plan can be seen"
    actions.hand_in_evidence(condition=plan, note="Here it is.", on=ON, at=AT, by=by)
    actions.judge_condition(condition=plan, to=ConditionStatus.ACCEPTED, on=ON, by=mei)
    with pytest.raises(WrongMoment):
        actions.hand_in_evidence(condition=plan, note="And more", on=ON, at=AT, by=by)


def test_an_organisation_is_a_member_when_every_condition_is_met_or_waived(mei):
    application, by = decided_with_conditions(mei)
    with pytest.raises(ConditionsOpen):
        actions.activate_member(application=application, on=ON, by=mei)
    for condition in application.conditions.all():
        if condition.status == "open":
            actions.judge_condition(condition=condition, to=ConditionStatus.WAIVED, on=ON, by=mei, reason="Known to us")
        else:
            actions.judge_condition(condition=condition, to=ConditionStatus.ACCEPTED, on=ON, by=mei)
    actions.activate_member(application=application, on=ON, by=mei)
    assert Membership.objects.get().status == "active"
    assert Membership.objects.get().organisation.is_confirmed()
    with pytest.raises(WrongMoment):
        actions.withdraw_application(application=application, on=ON, by=by)


def test_nobody_judges_conditions_or_hands_in_for_another(mei):
    application, by = decided_with_conditions(mei)
    condition = application.conditions.first()
    assert condition is not None
    with pytest.raises(AccessDenied):
        actions.judge_condition(condition=condition, to=ConditionStatus.WAIVED, on=ON, by=by, reason="Please")
    with pytest.raises(AccessDenied):
        actions.hand_in_evidence(condition=condition, note="Mine", on=ON, at=AT, by=make_actor("council"))
    _other, _secret, stranger = submitted()
    with pytest.raises(NoSuchApplication):
        queries.get_condition(reference=application.reference, key=condition.pk, by=stranger)


def test_the_coordinator_is_invited_with_a_seat(mei):
    application, _secret, _by = in_review()
    coordinator = {"email": "nimali@savannakhet.example", "language": "en", "on": ON, "at": AT, "by": mei}
    with pytest.raises(WrongMoment):
        actions.invite_coordinator(application=application, **coordinator)
    actions.decide_application(application=application, vote=VOTE, decision=APPROVED, at=AT, by=mei)
    application.refresh_from_db()
    made = actions.invite_coordinator(application=application, **coordinator)
    assert Seat.objects.get(organisation=application.organisation).user == made.user


def test_more_information_is_asked_for_in_a_letter(mei):
    application, _secret, by = submitted()
    with pytest.raises(BadInput):
        actions.ask_for_more(application=application, wanted=" ", on=ON, at=AT, by=mei)
    actions.ask_for_more(application=application, wanted="How many workshops?", on=ON, at=AT, by=mei)
    letter = queries.own_application(by=by, on=ON, language="en").letters[-1]
    assert letter.kind == LetterKind.MORE_WANTED
    assert "How many workshops?" in letter.body


def test_the_secretariat_s_own_wording_stands_and_a_letter_written_before_stays(mei):
    application, _secret, by = submitted()
    before = queries.own_application(by=by, on=ON, language="en").letters[0].body
    wording = {"kind": LetterKind.RECEIPT, "language": "en", "subject": "We have it", "by": mei}
    with pytest.raises(BadInput) as refused:
        actions.word_letter(**wording, body="Dear $somebody, pay 5 $", version=0)
    assert {each.column for each in refused.value.problems} == {"body"}
    actions.word_letter(**wording, body="Dear $contact: $reference.", version=0)
    _second, _secret, other = submitted()
    assert (
        queries.own_application(by=other, on=ON, language="en").letters[0].body == "Dear Khamla Vongsa: APL-2024-0002."
    )
    assert queries.own_application(by=by, on=ON, language="en").letters[0].body == before
    with pytest.raises(Exception, match="changed this letter"):
        actions.word_letter(**wording, body="Other", version=0)
    assert application.reference == "APL-2024-0001"


def test_the_queue_is_for_those_who_judge(mei):
    in_review()
    submitted()
    assert len(queries.list_applications(by=mei, on=ON).rows) == 2
    assert queries.count_applications(by=mei) == {"in_review": 1, "submitted": 1}
    (row,) = queries.list_applications(
        by=make_actor("council"), on=ON + timedelta(days=9), status="in_review", search="savan"
    ).rows
    assert (row.name, row.waits_days) == ("Savannakhet Technical College", 9)
    for role in ("auditor", "trainer", "visitor"):
        with pytest.raises(NotFound):
            queries.list_applications(by=make_actor(role), on=ON)
