"""A brand accepts a place: a panel says of every criterion what it found, and what must be put right by whom."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.models import Review
from tests.factories.reviews import DUE_ON, HELD_ON, make_criterion, make_review
from tests.factories.sites import make_listing, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    made = make_listing(make_site())
    make_criterion(made.brand)
    make_criterion(made.brand, "A2", en="A lift that is inspected")
    return made


def test_the_first_acceptance_accepts_the_listing_and_a_refusal_does_not(listing):
    make_review(listing, verdict="refused", met={"A2": "not_met"})
    listing.refresh_from_db()
    assert listing.accepted_on is None
    make_review(listing, held_on=date(2023, 5, 2))
    make_review(listing, held_on=date(2023, 9, 4), due_on=date(2023, 10, 1))
    listing.refresh_from_db()
    assert listing.accepted_on == date(2023, 5, 2)


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"verdict": "accepted", "met": {"A1": "not_met"}}, "verdict"),
        ({"met": {"A1": "perhaps"}}, "findings"),
        ({"valid_before": HELD_ON}, "valid_until"),
        ({"due_on": date(2023, 1, 1)}, "corrections"),
    ],
    ids=["not met", "no finding", "days", "due before"],
)
def test_a_review_that_does_not_hold_together_is_refused_where_it_stands(listing, given, column):
    with pytest.raises(BadInput) as refused:
        make_review(listing, **given)
    assert (refused.value.problems[0].column, Review.objects.count()) == (column, 0)


def test_every_criterion_is_looked_at_and_something_is_put_right(listing):
    draft = actions.ReviewDraft(listing, HELD_ON, "Its owner", "with_actions", None, findings=[])
    with pytest.raises(BadInput) as refused:
        actions.review_listing(review=draft, at=None, by=NIGHTLY)
    assert {each.column for each in refused.value.problems} == {"findings", "corrections"}


def test_a_place_is_looked_at_once_a_day_and_while_it_is_listed(listing):
    make_review(listing)
    with pytest.raises(actions.WrittenAlready):
        make_review(listing)
    with pytest.raises(actions.NotListedThen):
        make_review(listing, held_on=date(2020, 1, 1), due_on=DUE_ON)


def test_what_is_to_be_put_right_is_late_by_itself_and_done_once(listing):
    correction = make_review(listing).corrections.get()
    assert (correction.is_late(on=DUE_ON), correction.is_late(on=date(2023, 7, 1))) == (False, True)
    with pytest.raises(WrongMoment):
        actions.finish_correction(correction=correction, on=date(2023, 1, 1), by=NIGHTLY)
    done = actions.finish_correction(correction=correction, on=date(2023, 7, 3), by=NIGHTLY)
    assert (done.is_late(on=date(2023, 7, 2)), done.is_late(on=date(2023, 7, 3))) == (True, False)
    with pytest.raises(WrongMoment):
        actions.finish_correction(correction=correction, on=date(2023, 7, 4), by=NIGHTLY)


def test_rooms_and_addresses_are_written_once_and_replaced(listing):
    site = listing.site
    actions.describe_room(site=site, name="Hall", capacity=40, by=NIGHTLY)
    actions.describe_room(site=site, name="Hall", capacity=36, by=NIGHTLY)
    actions.write_address(site=site, language="lo", text="ບ້ານ ໂພນທັນ", by=NIGHTLY)
    found = queries.get_site(reference=site.reference, by=VISITOR)
    assert [(each.name, each.capacity) for each in found.rooms.all()] == [("Hall", 36)]
    assert [each.text for each in found.addresses.all()] == ["ບ້ານ ໂພນທັນ"]
    for act in (
        lambda: actions.describe_room(site=site, name=" ", capacity=4, by=NIGHTLY),
        lambda: actions.describe_room(site=site, name="Yard", capacity=0, by=NIGHTLY),
        lambda: actions.write_address(site=site, language="laotian?", text="Road 13", by=NIGHTLY),
    ):
        with pytest.raises(BadInput):
            act()


def test_only_who_may_writes_any_of_it(listing):
    correction = make_review(listing).corrections.get()
    for act in (
        lambda: actions.describe_criteria(criteria=[], by=VISITOR),
        lambda: actions.finish_correction(correction=correction, on=DUE_ON, by=VISITOR),
        lambda: actions.describe_room(site=listing.site, name="Hall", capacity=4, by=VISITOR),
    ):
        with pytest.raises(AccessDenied):
            act()
