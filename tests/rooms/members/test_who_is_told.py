"""What waits for a member is told to whoever speaks for it that day: who holds the seat, and who stands in, under any of its records."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import Role
from corridor.foundations.notices.models import Notice
from corridor.journeys.remind_members import remind_of_call
from corridor.kernel.errors import AccessDenied, StaleForm, WrongMoment
from corridor.rooms.members import actions
from corridor.rooms.members.models import Substitute
from corridor.rooms.members.seating import speakers_on
from tests.factories.actors import NIGHTLY, make_actor, make_user
from tests.factories.data_calls import DUE_ON, OPENED_ON, make_call, open_call
from tests.factories.members import make_alliance, make_member, make_organisation, make_seat

pytestmark = pytest.mark.django_db

SECRETARIAT = make_actor("secretariat")
AT = datetime(2024, 1, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def seat():
    make_alliance()
    return make_seat(make_user("khamla"), "coordinator", member=make_member("vientiane", country="LA"))


def told(event):
    return set(Notice.objects.filter(event=event).values_list("user__username", flat=True))


def stand_in(seat, name, *, until):
    return Substitute.objects.create(seat=seat, user=make_user(name), starts_on=OPENED_ON, ends_before=until)


def test_a_substitute_is_told_in_their_days_alone(seat):
    stand_in(seat, "nimali", until=date(2024, 2, 1))
    call = open_call(make_call())
    assert told("members.data_call_opened") == {"khamla", "nimali"}
    remind_of_call(call=call, on=date(2024, 2, 1), at=AT, by=NIGHTLY)
    assert told("members.data_call_soon") == {"khamla"}


def test_who_holds_a_seat_under_a_record_that_was_merged_is_told_of_the_other(seat):
    stays = make_organisation("viengchan", country="LA")
    actions.merge_organisations(
        gone=seat.organisation, stays=stays, reason="One school", on=OPENED_ON, at=AT, by=SECRETARIAT
    )
    open_call(make_call())
    assert told("members.data_call_opened") == {"khamla"}
    assert set(speakers_on(OPENED_ON, roles=[Role.COORDINATOR])) == {stays.pk, seat.organisation.pk}


def test_a_draft_gets_another_deadline_and_a_call_that_asked_keeps_its_own(seat):
    call = make_call(due_on=date(2024, 1, 10))
    with pytest.raises(WrongMoment, match="give a later one"):
        open_call(call)
    with pytest.raises(AccessDenied):
        actions.set_deadline(call=call, due_on=DUE_ON, version=1, by=make_actor("council"))
    actions.set_deadline(call=call, due_on=DUE_ON, version=1, by=SECRETARIAT)
    with pytest.raises(StaleForm):
        actions.set_deadline(call=call, due_on=DUE_ON, version=1, by=SECRETARIAT)
    assert open_call(call).due_on == DUE_ON
    with pytest.raises(WrongMoment):
        actions.set_deadline(call=call, due_on=date(2024, 3, 1), version=2, by=SECRETARIAT)
