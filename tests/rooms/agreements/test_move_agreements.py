from datetime import date

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.agreements.actions import (
    move_agreements,
    resume_agreement,
    suspend_agreement,
    terminate_agreement,
)
from corridor.rooms.agreements.drafts import AgreementStep
from corridor.rooms.agreements.lifecycle import AgreementStatus as Status
from tests.factories.actors import make_actor
from tests.factories.agreements import make_agreement, make_draft_agreement

from .signing import coordinator_of

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
STOP, GO, END = date(2023, 10, 1), date(2023, 11, 1), date(2023, 12, 1)


@pytest.fixture
def agreement():
    return make_agreement()


def test_suspended_it_is_not_in_force_and_resumed_it_is_again(agreement):
    suspend_agreement(agreement=agreement, on=STOP, by=LI, reason="The host is closed.")
    resumed = resume_agreement(agreement=agreement, on=GO, by=LI)
    days = [date(2023, 9, 30), STOP, date(2023, 10, 31), GO]
    assert [resumed.is_in_force(on=day) for day in days] == [True, False, False, True]
    assert resumed.status == "in_force"
    assert agreement.changes.get(to_status="suspended").reason == "The host is closed."


def test_what_was_activated_is_activated_again():
    agreement = make_agreement(activated_on=date(2023, 9, 4))
    suspend_agreement(agreement=agreement, on=STOP, by=LI)
    assert resume_agreement(agreement=agreement, on=GO, by=LI).status == "activated"


def test_several_steps_of_several_agreements_at_once(agreement):
    other = make_agreement("AGR-2023-0032")
    steps = [
        AgreementStep(agreement, Status.SUSPENDED, STOP), AgreementStep(agreement, Status.IN_FORCE, GO),
        AgreementStep(other, Status.TERMINATED, STOP, "Both agreed."), AgreementStep(agreement, Status.TERMINATED, END),
    ]  # fmt: skip
    assert {row.status for row in move_agreements(steps=steps, by=LI)} == {"terminated"}
    assert list(agreement.changes.order_by("recorded_at", "pk").values_list("to_status", flat=True)) == [
        "proposed", "signed", "in_force", "suspended", "in_force", "terminated",
    ]  # fmt: skip
    assert Entry.objects.filter(event="agreements.terminated").count() == 2


def test_an_agreement_that_ended_was_in_force_the_day_before(agreement):
    ended = terminate_agreement(agreement=agreement, on=END, by=LI, reason="Vientiane left.")
    assert ended.is_in_force(on=date(2023, 11, 30))
    assert not ended.is_in_force(on=END)


def test_nothing_ends_twice_and_nothing_that_ended_resumes(agreement):
    terminate_agreement(agreement=agreement, on=END, by=LI)
    for action in (terminate_agreement, suspend_agreement, resume_agreement):
        with pytest.raises(WrongMoment):
            action(agreement=agreement, on=END, by=LI)


def test_a_draft_is_not_terminated():
    with pytest.raises(WrongMoment):
        terminate_agreement(agreement=make_draft_agreement(), on=END, by=LI)


def test_nobody_puts_an_agreement_in_force_by_hand():
    with pytest.raises(WrongMoment):
        move_agreements(steps=[AgreementStep(make_draft_agreement(), Status.IN_FORCE, STOP)], by=LI)


def test_a_change_cannot_take_effect_before_the_one_it_follows(agreement):
    suspend_agreement(agreement=agreement, on=GO, by=LI)
    with pytest.raises(WrongMoment, match="cannot take effect before"):
        terminate_agreement(agreement=agreement, on=STOP, by=LI)


def test_a_party_does_not_end_it_alone(agreement):
    for action in (terminate_agreement, suspend_agreement, resume_agreement):
        with pytest.raises(AccessDenied):
            action(agreement=agreement, on=END, by=coordinator_of(agreement, "chongqing"))
