"""How soon a signature becomes work, year by year: each number is made of agreements, and what is too young is not asked."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.kernel.errors import AccessDenied
from corridor.rooms.agreements.actions import terminate_agreement
from corridor.rooms.agreements.queries import activation_by_year, agreements_behind, dormant_agreements
from tests.factories.agreements import make_agreement, make_obligation

pytestmark = pytest.mark.django_db
ON = date(2024, 2, 2)


def signed(reference, on, activated_on=None):
    return make_agreement(
        reference, proposed_on=on, signed_on=on, starts_on=on, ends_before=None, activated_on=activated_on
    )


@pytest.fixture
def curve(db):
    signed("AGR-2022-0001", date(2022, 3, 1), date(2022, 5, 1))
    signed("AGR-2022-0002", date(2022, 6, 1), date(2023, 5, 1))
    signed("AGR-2022-0003", date(2022, 9, 1))
    signed("AGR-2024-0001", date(2024, 1, 10), date(2024, 1, 20))


def steps(year, on=ON):
    found = next(each for each in activation_by_year(on=on, by=VISITOR) if each.year == year)
    return found.signed, found.activated, [(step.months, step.asked, step.activated) for step in found.steps]


def test_each_year_says_how_many_were_activated_within_so_long(curve):
    assert steps(2022) == (3, 2, [(3, 3, 1), (6, 3, 1), (12, 3, 2), (24, 0, 0)])


def test_what_is_too_young_is_not_asked(curve):
    assert steps(2024) == (1, 1, [(3, 0, 0), (6, 0, 0), (12, 0, 0), (24, 0, 0)])


def test_it_stands_as_it_was_known_on_a_day(curve):
    assert steps(2022, date(2022, 12, 31)) == (3, 1, [(3, 3, 1), (6, 2, 1), (12, 0, 0), (24, 0, 0)])


@pytest.mark.parametrize(
    ("asked", "references"),
    [
        ({}, ["AGR-2022-0001", "AGR-2022-0002", "AGR-2022-0003"]),
        ({"months": 6, "activated": True}, ["AGR-2022-0001"]),
        ({"months": 6, "activated": False}, ["AGR-2022-0002", "AGR-2022-0003"]),
        ({"activated": False}, ["AGR-2022-0003"]),
        ({"months": 24}, []),
    ],
    ids=["all", "within", "not within", "never", "too young"],
)
def test_each_number_opens_to_its_agreements(curve, asked, references):
    found = agreements_behind(on=ON, by=VISITOR, year=2022, **asked)
    assert [each.reference for each in found] == references


def test_what_is_dormant_is_listed_with_what_was_promised(curve):
    quiet = signed("AGR-2023-0001", date(2023, 1, 10))
    make_obligation(quiet, what="Sends trainers")
    ended = signed("AGR-2023-0002", date(2023, 1, 9))
    terminate_agreement(agreement=ended, on=date(2023, 6, 1), by=NIGHTLY, reason="It ended.")
    found = dormant_agreements(on=ON, by=NIGHTLY, months=12)
    assert [(each.agreement.reference, [owed.what for owed in each.promised]) for each in found] == [
        ("AGR-2022-0003", []), ("AGR-2023-0001", ["Sends trainers"]),
    ]  # fmt: skip
    assert [each.agreement.reference for each in dormant_agreements(on=ON, by=NIGHTLY, months=16)] == ["AGR-2022-0003"]
    with pytest.raises(AccessDenied):
        dormant_agreements(on=ON, by=VISITOR, months=12)
