"""Who bears a programme adds to exactly the whole on every day: a third three times, and never 33.33% three times."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.kernel.refusals import SplitIncomplete
from corridor.kernel.shares import read_share
from corridor.rooms.funding.actions import withdraw_commitments
from corridor.rooms.funding.drafts import Withdrawal
from corridor.rooms.programmes import actions
from corridor.rooms.programmes.drafts import SplitDraft
from corridor.rooms.programmes.funding_shares import split_on, splits_of
from corridor.rooms.programmes.models import FundingSplit, ProgrammeFunding
from tests.factories.funding import AT, make_commitment
from tests.factories.programmes import make_programme

pytestmark = pytest.mark.django_db
FIRST = date(2023, 9, 1)


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def three(programme):
    return [make_commitment(what=what) for what in ("Testers", "Trainers", "Running costs")]


def split(programme, commitments, *shares, on=FIRST):
    pairs = list(zip(commitments, [read_share(each) for each in shares], strict=False))
    return actions.split_funding(splits=[SplitDraft(programme, on, pairs)], by=NIGHTLY)[0]


def test_a_third_three_times_is_taken_and_its_rounding_refused_with_the_way_out(programme, three):
    with pytest.raises(SplitIncomplete, match="1/3, 1/3, 1/3"):
        split(programme, three, "33.33%", "33.33%", "33.33%")
    assert not FundingSplit.objects.exists()
    made = split(programme, three, "1/3", "1/3", "1/3")
    assert {each.share for each in made.shares.all()} == {Fraction(1, 3)}


def test_a_split_holds_until_the_next(programme, three):
    assert splits_of(programme, by=NIGHTLY) == []
    split(programme, three, "100%")
    split(programme, three[1:], "1/2", "50%", on=date(2024, 1, 1))
    assert split_on(programme, date(2023, 8, 31), by=NIGHTLY) is None
    shares = [
        [str(each.share) for each in split_on(programme, day, by=NIGHTLY).shares]
        for day in (FIRST, date(2023, 12, 31), date(2024, 1, 1))
    ]
    assert shares == [["1"], ["1"], ["1/2", "1/2"]]
    with pytest.raises(actions.SplitStands):
        split(programme, three, "100%")


def test_a_commitment_bears_once_and_not_after_it_is_withdrawn(programme, three):
    with pytest.raises(BadInput):
        split(programme, [three[0], three[0]], "1/2", "1/2")
    gone = Withdrawal(three[0], date(2023, 8, 1), "The supplier closed.")
    withdraw_commitments(withdrawals=[gone], at=AT, by=NIGHTLY)
    with pytest.raises(actions.CommitmentGone):
        split(programme, three, "100%")


def test_what_is_not_disclosed_stands_without_its_name(programme):
    split(programme, [make_commitment(), make_commitment(disclosure="parties")], "1/4", "3/4")
    found = splits_of(programme, by=VISITOR)[0]
    assert [(str(each.share), each.commitment is None) for each in found.shares] == [("1/4", False), ("3/4", True)]
    assert all(each.commitment for each in splits_of(programme, by=NIGHTLY)[0].shares)


def test_the_secretariat_alone_says_who_bears_it(programme, three):
    with pytest.raises(AccessDenied):
        actions.split_funding(splits=[SplitDraft(programme, FIRST, [(three[0], Fraction(1))])], by=VISITOR)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(parts=st.lists(st.integers(1, 40), min_size=3, max_size=3))
def test_parts_of_a_whole_come_back_exactly(programme, three, parts):
    ProgrammeFunding.objects.all().delete()
    FundingSplit.objects.all().delete()
    shares = [Fraction(part, sum(parts)) for part in parts]
    pairs = list(zip(three, shares, strict=True))
    actions.split_funding(splits=[SplitDraft(programme, FIRST, pairs)], by=NIGHTLY)
    assert [each.share for each in splits_of(programme, by=NIGHTLY)[0].shares] == shares
