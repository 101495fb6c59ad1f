"""Money is pledged, contracted, paid and paid back; never more than was said, without a reason."""

from datetime import date
from decimal import Decimal

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR, Actor, Grant, Role
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.kernel.money import Money
from corridor.rooms.funding import actions, queries
from corridor.rooms.funding.drafts import CommitmentDraft, ContractDraft, MovementDraft, Withdrawal
from corridor.rooms.funding.models import Commitment, Movement
from corridor.rooms.funding.refusals import (
    ContractedOtherwise,
    MoreThanContracted,
    MoreThanPaid,
    MovementNotShown,
    NotContracted,
    PaidLater,
    PaysItself,
    ReferenceTaken,
)
from corridor.rooms.members.refusals import DayToCome
from tests.factories.agreements import find_or_make_member, make_scan
from tests.factories.funding import AT, CONTRACTED_ON, PLEDGED_ON, cny, make_commitment, make_contract, make_movement

pytestmark = pytest.mark.django_db
REFUND = Movement.Kind.REFUND
TODAY = AT.date()


def speaker(member):
    return Actor("khamla", grants=frozenset({Grant(Role.VISITOR), Grant(Role.COORDINATOR, ("member", member.pk))}))


def read(made, day=TODAY, by=NIGHTLY):
    return queries.get_commitment(reference=made.reference, by=by, on=day)


def test_a_commitment_goes_from_pledge_to_contract_to_paid():
    made = make_contract(cny(100))
    assert [made.status_on(day) for day in (PLEDGED_ON, CONTRACTED_ON)] == ["pledged", "contracted"]
    make_movement(made, cny(60), on=date(2023, 8, 1))
    assert Commitment.objects.get().status == "contracted"
    make_movement(made, cny(40), on=date(2023, 9, 1))
    row = read(made)
    assert (row.reference, row.status, row.paid_then, row.contracted) == (
        "FND-2023-0001",
        "disbursed",
        10_000,
        cny(100),
    )
    assert read(made, date(2023, 8, 15)).status_then == "contracted"


def test_nobody_pays_itself_and_nothing_is_promised_in_no_currency():
    one = find_or_make_member("chongqing")
    with pytest.raises(PaysItself):
        make_commitment(payer=one, payee=one)
    with pytest.raises(BadInput):
        make_commitment(cny(0))
    with pytest.raises(BadInput):
        make_commitment(what=" ")
    make_commitment(reference="FND-2023-0009")
    with pytest.raises(ReferenceTaken):
        make_commitment(reference="FND-2023-0009")


def test_a_contract_is_in_the_currency_of_the_pledge_and_its_instalments_fit():
    made = make_commitment(cny(100))

    def contract(amount, *parts):
        actions.contract_commitments(contracts=[ContractDraft(made, CONTRACTED_ON, amount, parts)], at=AT, by=NIGHTLY)

    with pytest.raises(ContractedOtherwise):
        contract(Money(Decimal(100), "LAK"))
    with pytest.raises(ContractedOtherwise):
        contract(cny(100), (date(2023, 9, 1), cny(60)), (date(2023, 12, 1), cny(41)))
    with pytest.raises(DayToCome):
        late = ContractDraft(made, date(2024, 3, 1), cny(1))
        actions.contract_commitments(contracts=[late], at=AT, by=NIGHTLY)
    contract(cny(90), (date(2023, 9, 1), cny(60)), (date(2023, 12, 1), cny(30)))
    with pytest.raises(WrongMoment):
        contract(cny(90))


def test_more_than_was_contracted_needs_a_reason():
    made = make_contract(cny(100))
    paper = {"document": None, "reason": ""}
    with pytest.raises(MovementNotShown):
        actions.record_movements(movements=[MovementDraft(made, date(2023, 8, 1), cny(1), **paper)], at=AT, by=NIGHTLY)
    make_movement(made, cny(100))
    shown = make_scan()
    with pytest.raises(MoreThanContracted):
        more = MovementDraft(made, date(2023, 10, 1), cny("0.01"), document=shown)
        actions.record_movements(movements=[more], at=AT, by=NIGHTLY)
    more = MovementDraft(made, date(2023, 10, 1), cny("0.01"), document=shown, reason="The bank took a fee.")
    assert actions.record_movements(movements=[more], at=AT, by=NIGHTLY)[0].number == 2


def test_a_refund_gives_room_again_and_is_never_more_than_was_paid():
    made = make_contract(cny(100))
    make_movement(made, cny(100))
    with pytest.raises(MoreThanPaid):
        make_movement(made, cny(101), kind=REFUND, on=date(2023, 10, 1))
    make_movement(made, cny(30), kind=REFUND, on=date(2023, 10, 1))
    row = read(made)
    assert (row.paid_then, row.refunded_then, row.paid_by(TODAY)) == (10_000, 3_000, 7_000)
    make_movement(made, cny(30), on=date(2023, 11, 1), reason="Sent again")
    assert read(made).paid_by(TODAY) == 10_000


def test_money_moves_under_a_contract_from_its_day_and_is_paid_back_after_a_withdrawal():
    pledge = make_commitment(cny(100))
    with pytest.raises(NotContracted):
        make_movement(pledge, cny(1))
    made = make_contract(cny(100))
    with pytest.raises(NotContracted):
        make_movement(made, cny(1), on=date(2023, 6, 30))
    with pytest.raises(ContractedOtherwise):
        make_movement(made, Money(Decimal(1), "LAK"))
    make_movement(made, cny(40))
    gone = Withdrawal(made, date(2023, 12, 1), "The supplier closed.")
    actions.withdraw_commitments(withdrawals=[gone], at=AT, by=NIGHTLY)
    with pytest.raises(NotContracted):
        make_movement(made, cny(1), on=date(2023, 12, 2))
    make_movement(made, cny(40), kind=REFUND, on=date(2023, 12, 20))
    assert (read(made).status, read(made).paid_by(TODAY)) == ("withdrawn", 0)


def test_what_was_paid_after_a_day_is_not_withdrawn_from_that_day():
    made = make_contract(cny(100))
    make_movement(made, cny(40), on=date(2023, 9, 1))
    with pytest.raises(PaidLater):
        actions.withdraw_commitments(
            withdrawals=[Withdrawal(made, date(2023, 8, 31), "The supplier closed.")], at=AT, by=NIGHTLY
        )
    actions.withdraw_commitments(
        withdrawals=[Withdrawal(made, date(2023, 9, 1), "The supplier closed.")], at=AT, by=NIGHTLY
    )
    assert read(made, date(2023, 8, 31)).status_then == "contracted"


def test_a_refund_that_is_written_down_late_is_never_more_than_was_paid_on_its_day():
    made = make_contract(cny(100))
    make_movement(made, cny(40), on=date(2023, 8, 1))
    make_movement(made, cny(60), on=date(2023, 10, 1))
    make_movement(made, cny(90), kind=REFUND, on=date(2023, 11, 1))
    for day, amount in ((date(2023, 7, 31), cny(1)), (date(2023, 9, 1), cny(11))):
        with pytest.raises(MoreThanPaid):
            make_movement(made, amount, kind=REFUND, on=day)
    make_movement(made, cny(10), kind=REFUND, on=date(2023, 9, 1))
    assert [read(made).paid_by(day) for day in (date(2023, 9, 1), TODAY)] == [3_000, 0]


def test_an_instalment_is_late_until_it_is_whole():
    made = make_contract(cny(100), instalments=((date(2023, 9, 1), cny(60)), (date(2023, 12, 1), cny(40))))
    assert [read(made).late_since(day) for day in (date(2023, 9, 1), date(2023, 9, 2))] == [None, date(2023, 9, 1)]
    make_movement(made, cny(59), on=date(2023, 9, 10))
    assert read(made).late_since(TODAY) == date(2023, 9, 1)
    make_movement(made, cny(1), on=date(2023, 9, 20))
    assert read(made).late_since(TODAY) == date(2023, 12, 1)
    found = [
        [each.reference for each in queries.late_payments(on=day, by=NIGHTLY)] for day in (date(2023, 12, 1), TODAY)
    ]
    assert found == [[], [made.reference]]
    make_movement(made, cny(40), on=date(2024, 1, 5))
    assert list(queries.late_payments(on=TODAY, by=NIGHTLY)) == []


def test_the_public_sees_what_is_disclosed_and_those_concerned_see_theirs():
    public, own = make_commitment(), make_commitment(disclosure="parties")
    vientiane, colombo = find_or_make_member("vientiane"), find_or_make_member("colombo")
    seen = {
        name: {each.reference for each in queries.list_commitments(by=by, on=TODAY)}
        for name, by in (("visitor", VISITOR), ("vientiane", speaker(vientiane)), ("colombo", speaker(colombo)))
    }
    assert seen == {
        "visitor": {public.reference},
        "vientiane": {public.reference, own.reference},
        "colombo": {public.reference},
    }
    with pytest.raises(NotFound):
        read(own, by=VISITOR)


def test_those_concerned_write_down_what_moved_and_nobody_else():
    made = make_contract(cny(100))
    draft = MovementDraft(made, date(2023, 8, 1), cny(10), reason="Received")
    with pytest.raises(AccessDenied):
        actions.record_movements(movements=[draft], at=AT, by=speaker(find_or_make_member("colombo")))
    actions.record_movements(movements=[draft], at=AT, by=speaker(find_or_make_member("vientiane")))
    with pytest.raises(AccessDenied):
        actions.pledge_commitments(commitments=[], at=AT, by=speaker(find_or_make_member("vientiane")))


def test_how_much_was_pledged_stays_once_it_is_contracted():
    made = make_contract(cny(100))
    actions.change_commitments(changes=[actions.CommitmentChanged(made, {"what": "Three testers"})], by=NIGHTLY)
    with pytest.raises(WrongMoment):
        actions.change_commitments(changes=[actions.CommitmentChanged(made, {"pledged_units": 5})], by=NIGHTLY)
    assert read(made).what == "Three testers"


def test_a_pledge_of_a_day_to_come_is_refused():
    sides = find_or_make_member("chongqing"), find_or_make_member("vientiane")
    with pytest.raises(DayToCome):
        actions.pledge_commitments(
            commitments=[CommitmentDraft(*sides, cny(1), "x", date(2024, 2, 3))], at=AT, by=NIGHTLY
        )
