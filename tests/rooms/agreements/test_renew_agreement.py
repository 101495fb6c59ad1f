from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.agreements.actions import (
    ask_step,
    draft_agreement,
    propose_agreement,
    renew_agreement,
    revise_draft,
    terminate_agreement,
)
from corridor.rooms.agreements.canonical import content_of
from corridor.rooms.agreements.drafts import AgreementDraft, LineDraft, MotionDraft, PartyDraft, TextDraft
from corridor.rooms.agreements.models import AgreementMotion
from corridor.rooms.agreements.refusals import AlreadyRenewed
from corridor.rooms.agreements.writing import draft_of
from tests.factories.actors import make_actor
from tests.factories.agreements import find_or_make_member, make_agreement, make_proposed_agreement

from .signing import coordinator_of, sign

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
AGAIN = {"starts_on": date(2026, 6, 1), "ends_before": date(2029, 6, 1), "reason": "It went well."}


def schedule(parent):
    """A signed schedule under a frame, with two lines."""
    members = [PartyDraft(find_or_make_member(name)) for name in ("chongqing", "vientiane")]
    lines = [LineDraft(1, "en", "Two brake testers"), LineDraft(2, "en", "Forty places")]
    draft = AgreementDraft(
        date(2023, 6, 1), date(2026, 6, 1), texts=[TextDraft("en", "Schedule", "Article 1.")], parties=members, lines=lines,
        parent=parent,
    )  # fmt: skip
    made = propose_agreement(
        agreement=draft_agreement(agreement=draft, by=LI), on=date(2023, 5, 1), by=LI, reason="Agreed in May"
    )
    sign(made, "chongqing")
    return sign(made, "vientiane")


def test_what_follows_is_a_draft_with_the_same_promise_for_another_period():
    agreement = make_agreement()
    made = renew_agreement(agreement=agreement, by=coordinator_of(agreement, "vientiane"), **AGAIN)
    assert (made.status, made.renews, made.why) == ("draft", agreement, "It went well.")
    same = ("parties", "texts", "lines")
    assert [content_of(made)[name] for name in same] == [content_of(agreement)[name] for name in same]
    assert (made.starts_on, made.ends_before) == (date(2026, 6, 1), date(2029, 6, 1))
    by = coordinator_of(made, "chongqing")
    revised = revise_draft(agreement=made, draft=draft_of(made, content_of(made)), version=1, by=by)
    assert propose_agreement(agreement=revised, on=date(2026, 5, 1), by=by, reason="Agreed in May").status == "proposed"


def test_it_is_renewed_at_any_level():
    frame = make_agreement()
    below = schedule(frame)
    whole = renew_agreement(agreement=below, by=LI, **AGAIN)
    assert (whole.parent, whole.lines.count()) == (frame, 2)
    ask_step(motion=MotionDraft(whole, AgreementMotion.Kind.WITHDRAW, "Only one goes on."), on=date(2026, 5, 1), by=LI)
    part = renew_agreement(agreement=below, by=LI, lines=[2], **AGAIN)
    assert [line.text for line in part.lines.all()] == ["Forty places"]
    assert renew_agreement(agreement=frame, by=LI, **AGAIN).parent is None


def test_once_with_a_reason_by_its_parties_and_not_what_was_ended():
    agreement = make_agreement()
    with pytest.raises(BadInput):
        renew_agreement(agreement=agreement, by=LI, **AGAIN | {"reason": ""})
    with pytest.raises(BadInput):
        renew_agreement(agreement=agreement, by=LI, lines=[7], **AGAIN)
    with pytest.raises(AccessDenied):
        renew_agreement(agreement=agreement, by=make_actor("coordinator"), **AGAIN)
    renew_agreement(agreement=agreement, by=LI, **AGAIN)
    with pytest.raises(AlreadyRenewed):
        renew_agreement(agreement=agreement, by=LI, **AGAIN)
    with pytest.raises(WrongMoment):
        renew_agreement(agreement=make_proposed_agreement("AGR-2023-0032"), by=LI, **AGAIN)
    ended = terminate_agreement(agreement=make_agreement("AGR-2023-0033"), on=date(2024, 1, 1), by=LI)
    with pytest.raises(WrongMoment):
        renew_agreement(agreement=ended, by=LI, **AGAIN)
