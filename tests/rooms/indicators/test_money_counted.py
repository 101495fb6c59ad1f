"""Figures of money: exact, one currency at a time, of what anyone may read; each opens to commitments, movements and their papers."""

from datetime import date
from decimal import Decimal

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.kernel.errors import NotFound
from corridor.kernel.money import Money
from corridor.kernel.periods import Period
from corridor.kernel.refusals import NotAdditive, NotCollected, UnlikeUnits
from corridor.rooms.funding.actions import withdraw_commitments
from corridor.rooms.funding.drafts import Withdrawal
from corridor.rooms.funding.models import Commitment, Movement
from corridor.rooms.indicators.queries import FigureAsk, add_figures, growth_of, open_figure, show_figure, walk_record
from corridor.rooms.indicators.refusals import UnknownScope
from tests.factories.figures import AT, REPORT_DAY
from tests.factories.funding import CONTRACTED_ON, PLEDGED_ON, cny, make_commitment, make_contract, make_movement
from tests.factories.members import make_alliance

pytestmark = pytest.mark.django_db
YEAR = Period.year(2023)


@pytest.fixture(autouse=True)
def alliance():
    make_alliance()


def kip(amount):
    return Money(Decimal(amount), "LAK")


def show(code, scope="currency=CNY", *, on=REPORT_DAY, period=None):
    when = {"period": period} if period else {"on": on}
    return show_figure(code=code, scope=scope, at=AT, by=VISITOR, **when)


def test_pledged_and_contracted_are_two_states_of_the_day():
    make_commitment(cny("1250.50"))
    make_contract(cny(80_000))
    then = PLEDGED_ON
    assert (then < CONTRACTED_ON, show("funding.pledged", on=then).money) == (True, cny("81250.50"))
    assert (show("funding.pledged").money, show("funding.contracted").money) == (cny("1250.50"), cny(80_000))
    assert show("funding.contracted", on=then).money == cny(0)


def test_what_is_paid_in_full_stays_contracted_and_what_is_withdrawn_does_not():
    make_movement(make_contract(cny(500)), cny(500))
    gone = make_contract(cny(700))
    withdraw_commitments(
        withdrawals=[Withdrawal(gone, date(2023, 10, 2), "No longer needed")], at=AT, by=NIGHTLY
    )  # fmt: skip
    assert show("funding.contracted", on=date(2023, 10, 1)).money == cny(1_200)
    assert show("funding.contracted").money == cny(500)


def test_payments_count_in_their_period_and_refunds_stand_apart():
    contract = make_contract(cny(10_000))
    make_movement(contract, cny("4000.25"))
    make_movement(contract, cny(1_000), on=date(2024, 1, 10))
    make_movement(contract, cny(300), on=date(2023, 12, 1), kind=Movement.Kind.REFUND)
    paid = show("funding.disbursed", period=YEAR)
    assert (paid.money, paid.numbers["n"], paid.numbers["evidence_rows"]) == (cny("4000.25"), 1, 1)
    assert show("funding.refunded", period=YEAR).money == cny(300)
    grew = growth_of(answered=show("funding.disbursed", period=YEAR), by=VISITOR)
    assert [value for _day, value in grew.points] == [0, 0, 400_025, 400_025]


def test_two_currencies_are_never_added():
    make_commitment(cny(100))
    make_commitment(kip(5_000_000))
    assert show("funding.pledged", "currency=LAK").money == kip(5_000_000)
    with pytest.raises(UnknownScope, match="currency=CNY"):
        show("funding.pledged", "")
    both = [FigureAsk("funding.pledged", f"currency={code}", on=REPORT_DAY) for code in ("CNY", "LAK")]
    with pytest.raises(UnlikeUnits, match="CNY and LAK"):
        add_figures(parts=both, at=AT, by=NIGHTLY)


def test_two_days_of_what_was_pledged_do_not_add():
    make_commitment(cny(100))
    days = [FigureAsk("funding.pledged", "currency=CNY", on=day) for day in (PLEDGED_ON, REPORT_DAY)]
    with pytest.raises(NotAdditive):
        add_figures(parts=days, at=AT, by=NIGHTLY)


@pytest.mark.parametrize("code", ["currency=XXX", "currency=yuan", "currency=CNY&purpose=fun"])
def test_a_scope_that_says_no_money_is_refused(code):
    make_commitment()
    with pytest.raises(UnknownScope):
        show("funding.pledged", code)


def test_what_is_for_the_parties_alone_stands_beside_and_opens_to_nobody_else():
    make_commitment(cny(100))
    make_commitment(cny(900), disclosure="parties")
    shown = show("funding.pledged")
    assert (shown.money, shown.not_counted) == (cny(100), 1)
    hidden = Commitment.objects.get(disclosure="parties")
    with pytest.raises(NotFound):
        walk_record(kind="commitment", record_id=hidden.pk, by=VISITOR)
    assert walk_record(kind="commitment", record_id=hidden.pk, by=NIGHTLY).card.reference == hidden.reference


def test_it_is_broken_down_by_what_it_is_for_and_who_pays_and_narrowed():
    make_commitment(cny(100), purpose="maintenance")
    make_commitment(cny(250), payer="colombo")
    shown = show("funding.pledged")
    assert shown.breakdown["purpose"] == {"equipment": 25_000, "maintenance": 10_000, "unknown": 0}
    assert shown.breakdown["payer"] == {"chongqing": 10_000, "colombo": 25_000, "unknown": 0}
    assert show("funding.pledged", "currency=CNY&purpose=maintenance").money == cny(100)


def test_a_payment_opens_to_its_commitment_and_what_shows_it():
    movement = make_movement(make_contract(cny(500)), cny(500))
    opened = open_figure(code="funding.disbursed", scope="currency=CNY", period=YEAR, at=AT, by=VISITOR)
    (row,) = opened.rows
    assert (row.row.amount, row.card.reference) == (50_000, str(movement))
    walked = walk_record(kind="movement", record_id=movement.pk, by=VISITOR)
    assert str(cny(500)) in [str(fact.value) for fact in walked.facts]
    assert [each.title for each in walked.grounds] == [movement.commitment.reference]
    promised = walk_record(kind="commitment", record_id=movement.commitment_id, by=VISITOR)
    assert [step.state for step in promised.changes] == ["contracted", "disbursed"]
    assert [each.title for each in promised.grounds] == ["Payment: 500.00 CNY"]


def test_machines_read_the_amount_beside_the_smallest_units():
    make_commitment(cny("1250.50"))
    said = show("funding.pledged").as_json()
    assert (said["value"], said["currency"], said["amount"]) == (125_050, "CNY", "1250.50")
    assert said["definition_version"] == 2


def test_before_anybody_writes_down_money_it_is_not_zero():
    with pytest.raises(NotCollected, match="not the same as zero"):
        show("funding.pledged")
