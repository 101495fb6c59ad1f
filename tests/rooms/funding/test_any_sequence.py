"""Whatever is tried with a commitment in whatever order, its history holds and its money adds up on every day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from corridor.rooms.funding import actions
from corridor.rooms.funding.actions import CommitmentChanged
from corridor.rooms.funding.drafts import ContractDraft, MovementDraft, Withdrawal
from corridor.rooms.funding.lifecycle import CommitmentStatus
from corridor.rooms.funding.models import Movement
from tests.factories.actors import make_actor
from tests.factories.funding import cny, make_commitment
from tests.sequences import AT, TRIED, Noun, undone

pytestmark = pytest.mark.django_db
SECRETARIAT = make_actor("secretariat", label="li-na")


def _changing(values):
    return lambda one, by, _on: actions.change_commitments(changes=[CommitmentChanged(one, values)], by=by)


def _contracting(amount, *parts):
    def contract(one, by, on):
        draft = ContractDraft(one, on, cny(amount), [(on, cny(part)) for part in parts])
        return actions.contract_commitments(contracts=[draft], at=AT, by=by)

    return contract


def _paying(amount, kind=Movement.Kind.DISBURSEMENT, **more):
    def pay(one, by, on):
        draft = MovementDraft(one, on, cny(amount), kind, **{"reason": "Shown by the bank", **more})
        return actions.record_movements(movements=[draft], at=AT, by=by)

    return pay


def _two_at_once(one, by, on):
    first = MovementDraft(one, on, cny(30), reason="Shown by the bank")
    return actions.record_movements(movements=[first, replace(first, amount=cny(20))], at=AT, by=by)


def _withdraw(one, by, on):
    return actions.withdraw_commitments(withdrawals=[Withdrawal(one, on, "The supplier closed.")], at=AT, by=by)


def _speaker(one):
    return make_actor("coordinator", ("member", one.payee_id), label="of-vientiane")


def holds(one, today):
    moved = list(one.movements.order_by("number"))
    assert [each.number for each in moved] == list(range(1, len(moved) + 1))
    assert all(one.paid_by(day) >= 0 for day in {today, *(each.on for each in moved)}), "more was paid back than paid"
    days = {each.to_status: each.effective_on for each in one.changes.all()}
    for each in moved:
        assert days["contracted"] <= each.on
        assert each.kind == Movement.Kind.REFUND or each.on <= days.get("withdrawn", each.on), "paid after its end"
    assert (one.contracted_units is None) == (not one.changes.filter(to_status=CommitmentStatus.CONTRACTED).exists())
    if one.status == CommitmentStatus.DISBURSED:
        assert sum(each.units for each in moved if each.kind != Movement.Kind.REFUND) >= one.contracted_units


COMMITMENT = Noun(
    tries={
        "correct the pledge": _changing({"pledged_units": 12_000}),
        "correct the words": _changing({"what": "Three testers"}),
        "contract": _contracting(100, 60, 40),
        "contract less": _contracting(50),
        "pay": _paying(60),
        "pay the rest": _paying(40, reason="The second half"),
        "pay two at once": _two_at_once,
        "pay back": _paying(30, Movement.Kind.REFUND),
        "withdraw": _withdraw,
    },
    who={"the secretariat": lambda _one: SECRETARIAT, "the payee": _speaker},
    first=date(2023, 7, 3),
    roads=[
        [
            ("correct the pledge", "the secretariat", 0), ("contract", "the secretariat", 3), ("pay", "the payee", 9),
            ("pay back", "the payee", 9), ("withdraw", "the secretariat", 9), ("pay back", "the payee", 1),
        ],
        [
            ("contract", "the secretariat", 0), ("pay", "the secretariat", 20), ("pay the rest", "the payee", 9),
            ("correct the words", "the secretariat", 1), ("pay back", "the payee", 9),
        ],
        [
            ("contract less", "the secretariat", 9), ("pay two at once", "the payee", 9),
        ],
    ],
    holds=holds,
)  # fmt: skip


@pytest.fixture
def commitment():
    return make_commitment(cny(100))


def test_every_step_of_a_commitment_can_be_taken(commitment):
    COMMITMENT.check_roads(commitment)


@TRIED
@given(steps=COMMITMENT.sequences())
def test_no_sequence_of_actions_reaches_an_undefined_state(commitment, steps):
    with undone():
        COMMITMENT.walk(commitment, steps)
