"""What waits for a member is told to whoever speaks for it that day: who holds the seat, and who stands in, under any of its records."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import Role
from corridor.foundations.notices.models import Notice
from corridor.foundations.notices.reading import said
from corridor.journeys.remind_members import remind_members, remind_of_call
from corridor.kernel.errors import AccessDenied, StaleForm, WrongMoment
from corridor.rooms.members import actions
from corridor.rooms.members.models import Substitute
from corridor.rooms.members.queries import calls_unspoken
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


@pytest.fixture
def office():
    make_alliance()
    make_seat(make_user("mei"), "secretariat")
    make_member("colombo", country="LK")
    return make_seat(make_user("khamla"), "coordinator", member=make_member("vientiane", country="LA"))


def notices(event):
    return list(Notice.objects.filter(event=event).order_by("pk").values_list("user__username", "about"))


def test_the_secretariat_is_reminded_in_the_place_of_a_member_that_nobody_speaks_for(office):
    call = open_call(make_call())
    for _again in range(2):
        remind_of_call(call=call, on=date(2024, 2, 10), at=AT, by=NIGHTLY)
    assert told("members.data_call_soon") == {"khamla"}
    assert notices("members.data_call_unspoken") == [("mei", "colombo")]
    (said_once,) = Notice.objects.filter(event="members.data_call_unspoken")
    assert call.reference in said(said_once).text and said_once.link == "/members/colombo/"
    actions.end_seat(seat=office, on=date(2024, 2, 11), by=SECRETARIAT)
    remind_members(on=date(2024, 2, 18), at=AT, by=NIGHTLY)
    assert notices("members.data_call_unspoken")[1:] == [("mei", "colombo"), ("mei", "vientiane")]


def test_the_desk_names_them_until_they_have_answered_or_somebody_speaks(office):
    call = open_call(make_call())
    assert [each.organisation.reference for each in calls_unspoken(on=OPENED_ON, by=SECRETARIAT)] == ["colombo"]
    assert calls_unspoken(on=OPENED_ON, by=make_actor("council")) == []
    make_seat(make_user("nimali"), "coordinator", member=call.asked.get(organisation__reference="colombo").organisation)
    assert calls_unspoken(on=OPENED_ON, by=SECRETARIAT) == []


def test_that_a_member_without_a_speaker_will_be_at_risk_is_told_to_the_secretariat():
    make_alliance()
    make_seat(make_user("mei"), "secretariat")
    make_member("vientiane", country="LA", active_from=date(2023, 4, 1))
    assert remind_members(on=date(2024, 2, 1), at=AT, by=NIGHTLY).at_risk == 1
    assert notices("members.at_risk_unspoken") == [("mei", "vientiane")]
    assert remind_members(on=date(2024, 2, 2), at=AT, by=NIGHTLY).at_risk == 0
