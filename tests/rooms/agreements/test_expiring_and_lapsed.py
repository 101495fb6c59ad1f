"""What follows from the calendar is computed, for one and for many alike."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.rooms.agreements.actions import suspend_agreement, terminate_agreement
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.agreements.queries import get_agreement, list_agreements, renewals_due
from corridor.rooms.agreements.standing import StatesByDay, in_force_on
from tests.factories.actors import make_actor
from tests.factories.agreements import make_agreement, make_proposed_agreement

pytestmark = pytest.mark.django_db
END = date(2024, 6, 1)
LAST = date(2024, 5, 31)


@pytest.fixture
def agreement():
    return make_agreement(ends_before=END)


def standing(agreement, day):
    return list_agreements(by=VISITOR, on=day).get(pk=agreement.pk).standing_then


def test_it_expires_in_its_last_sixty_days_and_lapses_after_its_last(agreement):
    days = [date(2024, 3, 31), date(2024, 4, 1), LAST, END]
    assert [standing(agreement, day) for day in days] == ["in_force", "expiring", "expiring", "lapsed"]
    assert [agreement.is_expiring(on=day) for day in days] == [False, True, True, False]
    assert [agreement.is_lapsed(on=day) for day in days] == [False, False, False, True]
    assert [agreement.is_in_force(on=day) for day in days] == [True, True, True, False]


def test_what_was_terminated_did_not_lapse(agreement):
    terminate_agreement(agreement=agreement, on=date(2024, 1, 1), by=NIGHTLY)
    assert standing(agreement, END) == "terminated"
    assert not agreement.is_lapsed(on=END)


def test_what_was_suspended_lapses_too(agreement):
    suspend_agreement(agreement=agreement, on=date(2024, 1, 1), by=NIGHTLY)
    assert [standing(agreement, day) for day in (LAST, END)] == ["suspended", "lapsed"]
    assert agreement.is_lapsed(on=END)


def test_without_an_end_nothing_expires():
    agreement = make_agreement("AGR-2023-0040", ends_before=None)
    assert standing(agreement, date(2040, 1, 1)) == "in_force"
    assert not agreement.is_expiring(on=date(2040, 1, 1))


def test_the_sets_agree_with_the_single_questions(agreement):
    make_proposed_agreement("AGR-2023-0041")
    make_agreement("AGR-2023-0042", ends_before=None)
    days = [date(2023, 5, 31), date(2023, 6, 1), LAST, END]
    states = StatesByDay(Agreement.objects.all())
    for day in days:
        alone = {row.reference for row in Agreement.objects.all() if row.is_in_force(on=day)}
        assert set(in_force_on(Agreement.objects.all(), day).values_list("reference", flat=True)) == alone
        assert {row.reference for row in Agreement.objects.all() if states.is_in_force(row.pk, day)} == alone


def test_an_expiring_agreement_is_listed_as_in_force_and_a_lapsed_one_is_not(agreement):
    assert list_agreements(by=VISITOR, on=LAST, states=["in_force"]).exists()
    assert list_agreements(by=VISITOR, on=LAST, states=["expiring"]).exists()
    assert not list_agreements(by=VISITOR, on=END, states=["in_force"]).exists()
    assert list_agreements(by=VISITOR, on=END, states=["lapsed"]).exists()


def test_what_lapsed_is_asked_for_nothing_more_and_a_day_before_it_is_as_it_was(agreement):
    office = make_actor("secretariat")
    last, after = (get_agreement(reference=agreement.reference, by=office, on=day) for day in (LAST, END))
    assert (last.standing_then, after.standing_then) == ("expiring", "lapsed")
    assert (last.status_then, after.status_then) == ("in_force", "in_force")
    assert not agreement.changes.filter(effective_on__gte=END).exists()


def test_renewals_name_what_ends_until_the_day_after_its_last(agreement):
    def due(day):
        return [each.reference for each in renewals_due(on=day, within_days=60, by=NIGHTLY)]

    assert [due(day) for day in (date(2024, 3, 31), date(2024, 4, 1), LAST, END)] == [
        [], [agreement.reference], [agreement.reference], [],
    ]  # fmt: skip
