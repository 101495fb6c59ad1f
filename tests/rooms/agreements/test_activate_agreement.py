from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied
from corridor.rooms.agreements.actions import NotInForce, activate_agreement, resume_agreement, suspend_agreement
from tests.factories.actors import make_actor
from tests.factories.agreements import make_agreement, make_proposed_agreement

pytestmark = pytest.mark.django_db
DELIVERED = date(2023, 9, 4)


def test_the_first_delivery_activates_it():
    activated = activate_agreement(agreement=make_agreement(), on=DELIVERED, by=NIGHTLY)
    assert [activated.status_on(day) for day in (date(2023, 9, 3), DELIVERED)] == ["in_force", "activated"]
    assert Entry.objects.filter(event="agreements.activated").count() == 1


def test_a_later_delivery_changes_nothing_even_while_it_is_suspended():
    agreement = make_agreement(activated_on=DELIVERED)
    suspend_agreement(agreement=agreement, on=date(2023, 10, 1), by=NIGHTLY)
    again = activate_agreement(agreement=agreement, on=date(2023, 9, 20), by=NIGHTLY)
    assert again.status == "suspended"
    assert Entry.objects.filter(event="agreements.activated").count() == 1


def test_a_register_signed_late_activates_it_from_its_last_change():
    agreement = make_agreement()
    suspend_agreement(agreement=agreement, on=date(2023, 10, 1), by=NIGHTLY)
    assert activate_agreement(agreement=agreement, on=DELIVERED, by=NIGHTLY).status == "suspended"
    resume_agreement(agreement=agreement, on=date(2023, 11, 1), by=NIGHTLY)
    activated = activate_agreement(agreement=agreement, on=DELIVERED, by=NIGHTLY)
    assert activated.status_on(date(2023, 11, 1)) == "activated"
    assert "2023-09-04" in activated.changes.get(to_status="activated").reason


@pytest.mark.parametrize("day", [date(2023, 5, 31), date(2026, 6, 1)])
def test_before_it_is_in_force_and_after_its_last_day_nothing_can_be_delivered(day):
    with pytest.raises(NotInForce):
        activate_agreement(agreement=make_agreement(), on=day, by=NIGHTLY)


def test_nothing_is_delivered_under_what_is_not_signed():
    with pytest.raises(NotInForce):
        activate_agreement(agreement=make_proposed_agreement(), on=DELIVERED, by=NIGHTLY)


def test_nobody_activates_by_hand():
    with pytest.raises(AccessDenied):
        activate_agreement(agreement=make_agreement(), on=DELIVERED, by=make_actor("secretariat"))
