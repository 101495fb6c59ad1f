"""A step that one party asks for and the others confirm; until they do it is taken back."""

from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.agreements.actions import (
    answer_step,
    ask_step,
    draft_agreement,
    move_agreements,
    take_back_step,
)
from corridor.rooms.agreements.drafts import AgreementDraft, AgreementStep, MotionDraft
from corridor.rooms.agreements.lifecycle import AgreementStatus
from corridor.rooms.agreements.models import Agreement, AgreementMotion, MotionAnswer
from corridor.rooms.agreements.refusals import (
    AlreadySigned,
    CircularSupersession,
    MotionIsOpen,
    NoMotion,
    NotInForce,
    NotProposed,
    NotTheProposer,
)
from tests.factories.actors import make_actor
from tests.factories.agreements import make_agreement, make_proposed_agreement

from .signing import coordinator_of, sign

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
KIND, ANSWER = AgreementMotion.Kind, MotionAnswer.Answer
ON = date(2023, 9, 1)


def ask(agreement, kind, member="chongqing", *, on=ON, by=None, **more):
    given = {"reason": "It is time.", "takes_effect_on": None} | more
    return ask_step(motion=MotionDraft(agreement, kind, **given), on=on, by=by or coordinator_of(agreement, member))


def confirm(agreement, member, *, answer=ANSWER.CONFIRMS, on=ON, reason=""):
    by = coordinator_of(agreement, member)
    return answer_step(agreement=agreement, answer=answer, on=on, by=by, reason=reason)


def status_of(agreement) -> str:
    return Agreement.objects.get(pk=agreement.pk).status


def test_a_rejected_proposal_is_signed_no_more_and_is_back_when_that_is_taken_back():
    agreement = make_proposed_agreement()
    ask(agreement, KIND.REJECT)
    assert status_of(agreement) == "rejected"
    with pytest.raises(NotProposed):
        sign(agreement, "vientiane", on=ON)
    take_back_step(agreement=agreement, on=ON, by=coordinator_of(agreement, "chongqing"))
    assert status_of(agreement) == "proposed"
    assert sign(agreement, "vientiane", on=ON).status == "proposed"


def test_what_another_party_has_confirmed_is_not_taken_back():
    agreement = make_proposed_agreement(parties=["chongqing", "vientiane", "colombo"])
    motion = ask(agreement, KIND.REJECT)
    confirm(agreement, "vientiane")
    motion.refresh_from_db()
    assert motion.status == "confirmed"
    with pytest.raises(NoMotion):
        take_back_step(agreement=agreement, on=ON, by=coordinator_of(agreement, "chongqing"))
    assert status_of(agreement) == "rejected"


def test_who_proposed_withdraws_and_nobody_else():
    agreement = make_proposed_agreement()
    with pytest.raises(NotTheProposer):
        ask(agreement, KIND.WITHDRAW)
    ask(agreement, KIND.WITHDRAW, by=LI)
    assert status_of(agreement) == "withdrawn"
    with pytest.raises(NotTheProposer):
        take_back_step(agreement=agreement, on=ON, by=coordinator_of(agreement, "vientiane"))
    take_back_step(agreement=agreement, on=ON, by=LI)
    assert status_of(agreement) == "proposed"


def test_a_draft_is_given_up_and_taken_up_again_without_being_seen():
    draft = draft_agreement(agreement=AgreementDraft(ON), by=LI)
    ask(draft, KIND.WITHDRAW, by=LI)
    assert status_of(draft) == "withdrawn"
    assert not Agreement.objects.visible_to(VISITOR).filter(pk=draft.pk).exists()
    take_back_step(agreement=draft, on=ON, by=LI)
    assert status_of(draft) == "draft"


DEFERRED = [(KIND.SUSPEND, "suspended"), (KIND.TERMINATE, "terminated"), (KIND.LAPSE, "in_force")]


@pytest.mark.parametrize(("kind", "after"), DEFERRED, ids=[kind.value for kind, _ in DEFERRED])
def test_a_mutual_step_happens_when_all_others_have_confirmed_it(kind, after):
    agreement = make_agreement(parties=["chongqing", "vientiane", "colombo"])
    motion = ask(agreement, kind, takes_effect_on=None if kind == KIND.LAPSE else date(2023, 10, 1))
    confirm(agreement, "vientiane")
    assert status_of(agreement) == "in_force"
    confirm(agreement, "colombo")
    motion.refresh_from_db()
    assert (motion.status, status_of(agreement)) == ("confirmed", after)
    if kind != KIND.LAPSE:
        change = agreement.changes.get(to_status=after)
        assert (change.effective_on, change.reason) == (date(2023, 10, 1), "It is time.")


def test_what_was_activated_and_suspended_is_resumed_as_activated():
    agreement = make_agreement(activated_on=date(2023, 9, 4))
    for kind, on in ((KIND.SUSPEND, date(2023, 10, 1)), (KIND.RESUME, date(2023, 11, 1))):
        ask(agreement, kind, on=on)
        confirm(agreement, "vientiane", on=on)
    assert status_of(agreement) == "activated"


def test_an_objection_ends_it_and_taken_back_nothing_happens():
    agreement = make_agreement()
    motion = ask(agreement, KIND.TERMINATE)
    with pytest.raises(BadInput):
        confirm(agreement, "vientiane", answer=ANSWER.OBJECTS)
    confirm(agreement, "vientiane", answer=ANSWER.OBJECTS, reason="Learners are on their way.")
    motion.refresh_from_db()
    assert (motion.status, status_of(agreement)) == ("objected", "in_force")
    second = ask(agreement, KIND.TERMINATE)
    take_back_step(agreement=agreement, on=ON, by=coordinator_of(agreement, "chongqing"))
    second.refresh_from_db()
    assert (second.status, status_of(agreement)) == ("taken_back", "in_force")


def test_one_step_at_a_time_with_a_reason_by_a_party_and_answered_once():
    agreement = make_agreement(parties=["chongqing", "vientiane", "colombo"])
    with pytest.raises(BadInput):
        ask(agreement, KIND.TERMINATE, reason=" ")
    with pytest.raises(BadInput):
        ask(agreement, KIND.TERMINATE, takes_effect_on=date(2023, 8, 1))
    with pytest.raises(WrongMoment):
        ask(agreement, KIND.REJECT)
    with pytest.raises(AccessDenied):
        ask(agreement, KIND.TERMINATE, by=make_actor("coordinator"))
    ask(agreement, KIND.TERMINATE)
    with pytest.raises(MotionIsOpen):
        ask(agreement, KIND.SUSPEND, "vientiane")
    with pytest.raises(NotTheProposer):
        confirm(agreement, "chongqing")
    confirm(agreement, "vientiane")
    with pytest.raises(AlreadySigned):
        confirm(agreement, "vientiane")
    with pytest.raises(AccessDenied):
        answer_step(agreement=agreement, answer=ANSWER.CONFIRMS, on=ON, by=LI)


def test_an_agreement_is_superseded_by_one_in_force_and_never_in_a_circle():
    old, new = make_agreement("AGR-2023-0031"), make_agreement("AGR-2023-0032")
    third = make_agreement("AGR-2023-0033")
    proposed = make_proposed_agreement("AGR-2023-0034")
    with pytest.raises(NotInForce):
        ask(old, KIND.SUPERSEDE, successor=proposed)
    with pytest.raises(CircularSupersession):
        ask(old, KIND.SUPERSEDE, successor=old)
    with pytest.raises(BadInput):
        ask(old, KIND.SUPERSEDE)
    ask(old, KIND.SUPERSEDE, successor=new)
    confirm(old, "vientiane")
    old.refresh_from_db()
    assert (old.status, old.superseded_by) == ("superseded", new)
    step = AgreementStep(new, AgreementStatus.SUPERSEDED, ON, "One text for all.", third)
    (moved,) = move_agreements(steps=[step], by=LI)
    assert (moved.status, moved.superseded_by) == ("superseded", third)
    with pytest.raises(CircularSupersession):
        move_agreements(steps=[AgreementStep(third, AgreementStatus.SUPERSEDED, ON, "Back.", old)], by=LI)
    with pytest.raises(WrongMoment):
        move_agreements(steps=[AgreementStep(third, AgreementStatus.SUPERSEDED, ON, "By nothing.")], by=LI)


def test_a_proposal_taken_back_on_a_later_day_is_replayed_day_by_day():
    agreement = make_proposed_agreement()
    ask(agreement, KIND.REJECT, on=date(2023, 4, 1))
    take_back_step(agreement=agreement, on=date(2023, 4, 10), by=coordinator_of(agreement, "chongqing"))
    sign(agreement, "chongqing")
    sign(agreement, "vientiane")
    days = [
        date(2023, 3, 1),
        date(2023, 3, 2),
        date(2023, 4, 5),
        date(2023, 4, 10),
        date(2023, 5, 18),
        date(2023, 6, 1),
    ]
    assert [agreement.status_on(day) for day in days] == [
        "draft", "proposed", "rejected", "proposed", "signed", "in_force",
    ]  # fmt: skip
