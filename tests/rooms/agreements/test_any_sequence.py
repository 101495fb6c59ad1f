"""Whatever is tried in whatever order, an agreement is in a state that its life knows, and its history tells the same."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import given

from corridor.rooms.agreements.actions import (
    activate_agreement,
    amend_agreement,
    answer_step,
    ask_step,
    counter_agreement,
    move_agreements,
    propose_agreement,
    renew_agreement,
    take_back_counter,
    take_back_step,
)
from corridor.rooms.agreements.canonical import content_of, hash_still_matches
from corridor.rooms.agreements.drafts import AgreementStep, MotionDraft
from corridor.rooms.agreements.lifecycle import AgreementStatus, MotionStatus
from corridor.rooms.agreements.models import Agreement, AgreementMotion, MotionAnswer, Signature
from corridor.rooms.agreements.writing import draft_of
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.agreements import make_agreement, make_draft_agreement
from tests.sequences import TRIED, Noun, undone

from .signing import coordinator_of, sign
from .test_counter_agreement import other_text

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
FIRST = date(2023, 3, 2)
MEMBERS = ("chongqing", "vientiane")


def _at(on):
    return datetime(on.year, on.month, on.day, tzinfo=UTC)


def _counter(one, by, on):
    draft = other_text(one, f"Article 1. Text {one.versions.count()}.")
    counter_agreement(agreement=one, draft=draft, over=one.canonical_hash, on=on, at=_at(on), reason="Better.", by=by)


@transaction.atomic
def _amend(one, by, on):
    """Drafted, proposed and signed at once: what merges is merged, what conflicts is refused."""
    draft = draft_of(one, content_of(one))
    made = amend_agreement(agreement=one, draft=draft, on=on, reason="Better.", by=by)
    _counter(propose_agreement(agreement=made, on=on, by=by, reason="Agreed in May"), by, on)
    made.refresh_from_db()
    for member in MEMBERS:
        sign(made, member, on=on)


def _supersede(one, by, on):
    successor = Agreement.objects.get(reference="AGR-2023-0999")
    ask_step(motion=MotionDraft(one, "supersede", "One text.", successor=successor), on=on, by=by)


def _asking(kind):
    return lambda one, by, on: ask_step(motion=MotionDraft(one, kind, "It is time."), on=on, by=by)


def _answering(answer):
    return lambda one, by, on: answer_step(agreement=one, answer=answer, on=on, by=by, reason="So be it.")


def _moving(to):
    return lambda one, _by, on: move_agreements(steps=[AgreementStep(one, to, on, "Told.")], by=LI)


TRIES = {
    "propose": lambda one, by, on: propose_agreement(agreement=one, on=on, by=by, reason="Agreed in May"),
    "counter": _counter,
    "take back the answer": lambda one, by, on: take_back_counter(agreement=one, on=on, at=_at(on), by=by),
    "sign": lambda one, by, on: sign(one, MEMBERS["vientiane" in by.label], by=by, on=on),
    "take back the step": lambda one, by, on: take_back_step(agreement=one, on=on, by=by),
    "confirm": _answering(MotionAnswer.Answer.CONFIRMS),
    "object": _answering(MotionAnswer.Answer.OBJECTS),
    "amend": _amend,
    "renew": lambda one, by, on: renew_agreement(agreement=one, starts_on=on, ends_before=None, reason="Again.", by=by),
    "deliver": lambda one, _by, on: activate_agreement(agreement=one, on=on, by=NIGHTLY),
    "ask to supersede": _supersede,
    **{f"ask to {kind}": _asking(kind) for kind in AgreementMotion.Kind.values if kind != "supersede"},
    **{f"move to {state}": _moving(state) for state in AgreementStatus},
}


def _coordinator(member):
    return lambda one: coordinator_of(one, member)


def holds(one, on):
    assert one.motions.filter(status=MotionStatus.ASKED).count() <= 1
    assert (one.superseded_by is not None) == (one.status == AgreementStatus.SUPERSEDED)
    if one.canonical_hash:
        assert hash_still_matches(Agreement.objects.get(pk=one.pk))
        assert one.versions.filter(hash=one.canonical_hash).exists()
    counting = Signature.objects.filter(party__agreement=one, superseded_at__isnull=True)
    assert {signature.canonical_hash for signature in counting} <= {one.canonical_hash}
    if one.status in {"signed", "in_force", "activated", "suspended", "superseded"}:
        assert counting.count() == len(MEMBERS)


AGREEMENT = Noun(
    tries=TRIES,
    who={**{member: _coordinator(member) for member in MEMBERS}, "secretariat": lambda _one: LI},
    first=FIRST,
    # Most sequences get stuck before anybody has signed: these begin where there is something to do.
    roads=[
        [("propose", "secretariat", 0), ("sign", "chongqing", 1), ("sign", "vientiane", 1)],
        [("propose", "secretariat", 0), ("sign", "vientiane", 1), ("sign", "chongqing", 120), ("deliver", "secretariat", 9)],
    ],
    holds=holds,
)  # fmt: skip


@pytest.fixture
def agreement():
    make_agreement("AGR-2023-0999", starts_on=FIRST, ends_before=None)
    return make_draft_agreement("AGR-2023-0001", starts_on=FIRST, ends_before=None)


@TRIED
@given(steps=AGREEMENT.sequences(longest=12))
def test_no_sequence_of_actions_reaches_an_undefined_state(agreement, steps):
    with undone():
        AGREEMENT.walk(agreement, steps)
