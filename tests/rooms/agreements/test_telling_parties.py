"""Each party's seat and its named signers are told when something waits for them, and nobody of what they did themselves."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.notices.models import Notice
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import AgreementStep, MotionDraft, SignerDraft
from corridor.rooms.agreements.lifecycle import AgreementStatus
from corridor.rooms.agreements.models import AgreementMotion, MotionAnswer
from corridor.rooms.agreements.writing import standing_draft
from tests.factories.actors import make_actor, make_user
from tests.factories.agreements import make_agreement, make_draft_agreement, make_proposed_agreement
from tests.factories.members import make_seat

from .signers import AT, name, set_signing, side, sign_as
from .signing import SIGNING_ON

pytestmark = pytest.mark.django_db
ON = date(2023, 9, 1)
NOW = datetime(2023, 9, 1, 6, tzinfo=UTC)
KIND = AgreementMotion.Kind


@pytest.fixture
def li():
    user = make_user("li-na")
    make_seat(user, "secretariat", held_from=date(2021, 1, 1))
    return make_actor("secretariat", user=user)


def seated(agreement, member, username):
    """A coordinator with a seat, and the actor of that account."""
    organisation = side(agreement, member).organisation
    user = make_user(username)
    make_seat(user, "coordinator", member=organisation, held_from=date(2021, 1, 1))
    return make_actor("coordinator", ("member", organisation.pk), user=user)


def reworded(agreement):
    """What stands, with another first article in English."""
    draft = standing_draft(agreement)
    texts = [
        replace(each, body=f"Article 0. First.\n\n{each.body}") if each.language == "en" else each
        for each in draft.texts
    ]
    return replace(draft, texts=texts)


def told(event: str) -> list[str]:
    """Who was told of it, by the name of the account."""
    return sorted(Notice.objects.filter(event=f"agreements.{event}").values_list("user__username", flat=True))


def test_a_proposal_waits_for_every_party_and_where_nobody_speaks_for_one_the_secretariat_is_told(li):
    agreement = make_draft_agreement()
    seated(agreement, "vientiane", "khamla")
    zhou = make_user("zhou")
    make_seat(zhou, "secretariat", held_from=date(2021, 1, 1))
    actions.propose_agreement(agreement=agreement, on=ON, at=NOW, by=li, reason="Agreed in May")
    # Li proposed it: nobody is told of the own act.
    assert told("proposed") == ["khamla", "zhou"]
    notice = Notice.objects.filter(user__username="khamla").get()
    assert (notice.about, notice.link, notice.mail) == (
        agreement.reference,
        f"/agreements/{agreement.reference}/",
        "waiting",
    )


def test_the_reason_stands_with_the_first_version(li):
    agreement = actions.propose_agreement(
        agreement=make_draft_agreement(), on=ON, at=NOW, by=li, reason="Agreed in May"
    )
    assert agreement.versions.get().reason == "Agreed in May"


def test_a_named_signer_is_told_too(li):
    agreement = make_draft_agreement()
    president = make_user("president")
    actions.name_signer(party=side(agreement), draft=SignerDraft("President", account=president.pk), at=AT, by=NIGHTLY)
    seated(agreement, "chongqing", "mei")
    seated(agreement, "vientiane", "khamla")
    actions.propose_agreement(agreement=agreement, on=ON, at=NOW, by=li, reason="Agreed in May")
    assert told("proposed") == ["khamla", "mei", "president"]


def test_an_answer_is_told_to_the_others():
    agreement = make_proposed_agreement()
    mei, _khamla = seated(agreement, "chongqing", "mei"), seated(agreement, "vientiane", "khamla")
    actions.counter_agreement(
        agreement=agreement, draft=reworded(agreement), over=agreement.canonical_hash, on=ON, at=NOW,
        reason="Shorter", by=mei,
    )  # fmt: skip
    assert told("countered") == ["khamla"]


@pytest.mark.parametrize(
    ("kind", "event"), [(KIND.REJECT, "given_up"), (KIND.WITHDRAW, "given_up")], ids=["rejected", "withdrawn"]
)
def test_what_can_be_signed_no_more_is_told_to_all_others(li, kind, event):
    agreement = make_proposed_agreement()
    mei, _khamla = seated(agreement, "chongqing", "mei"), seated(agreement, "vientiane", "khamla")
    by = mei if kind == KIND.REJECT else li
    actions.ask_step(motion=MotionDraft(agreement, kind, "No money this year"), on=ON, at=NOW, by=by)
    assert told(event) == (["khamla"] if by is mei else ["khamla", "mei"])


def test_a_step_waits_for_the_others_and_its_end_is_told_to_who_asked():
    agreement = make_agreement()
    mei, khamla = seated(agreement, "chongqing", "mei"), seated(agreement, "vientiane", "khamla")
    actions.ask_step(motion=MotionDraft(agreement, KIND.SUSPEND, "The hall is flooded"), on=ON, at=NOW, by=mei)
    assert told("step_asked") == ["khamla"]
    actions.answer_step(agreement=agreement, answer=MotionAnswer.Answer.CONFIRMS, on=ON, at=NOW, by=khamla)
    assert told("step_settled") == ["mei"]


def test_an_amendment_is_told_like_a_proposal_and_not_as_long_as_it_is_a_draft():
    agreement = make_agreement()
    mei, _khamla = seated(agreement, "chongqing", "mei"), seated(agreement, "vientiane", "khamla")
    draft = reworded(agreement)
    amendment = actions.amend_agreement(agreement=agreement, draft=draft, on=ON, reason="More often", by=mei)
    assert told("proposed") == []
    actions.propose_agreement(agreement=amendment, on=ON, at=NOW, by=mei)
    assert told("proposed") == ["khamla"]
    assert amendment.versions.get().reason == "More often"


def test_what_the_secretariat_writes_down_is_told_to_all_parties(li):
    agreement = make_agreement()
    seated(agreement, "chongqing", "mei"), seated(agreement, "vientiane", "khamla")
    step = AgreementStep(agreement, AgreementStatus.SUSPENDED, ON, "The host is suspended")
    actions.move_agreements(steps=[step], at=NOW, by=li)
    assert told("moved") == ["khamla", "mei"]


def test_in_order_the_next_is_told_when_their_turn_comes_and_all_when_it_is_signed():
    agreement = make_proposed_agreement()
    mei, khamla = seated(agreement, "chongqing", "mei"), seated(agreement, "vientiane", "khamla")
    set_signing(agreement, 1, "in_order")
    sign_as(agreement, None, mei)
    assert (told("turn_to_sign"), told("signed_by_all")) == (["khamla"], [])
    sign_as(agreement, None, khamla, "vientiane")
    assert (told("turn_to_sign"), told("signed_by_all")) == (["khamla"], ["mei"])


def test_where_all_sign_at_once_nobody_is_told_of_a_turn():
    agreement = make_proposed_agreement()
    mei, _khamla = seated(agreement, "chongqing", "mei"), seated(agreement, "vientiane", "khamla")
    sign_as(agreement, None, mei)
    assert told("turn_to_sign") == []


def test_what_the_loader_writes_down_is_told_to_nobody():
    agreement = make_draft_agreement()
    seated(agreement, "chongqing", "mei"), seated(agreement, "vientiane", "khamla")
    agreement = actions.propose_agreement(agreement=agreement, on=ON, at=NOW, by=NIGHTLY)
    actions.counter_agreement(
        agreement=agreement, draft=reworded(agreement), over=agreement.canonical_hash, on=SIGNING_ON, at=NOW,
        reason="Shorter", by=NIGHTLY,
    )  # fmt: skip
    name(agreement, "President")
    assert not Notice.objects.exists()
