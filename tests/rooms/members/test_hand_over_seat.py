"""A seat passes from one account to another on a day, or this minute; a substitute acts for its holder and goes with the seat."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from corridor.foundations.access import Permission, Role
from corridor.foundations.notices.models import Notice
from corridor.journeys.hand_over_seat import hand_over_seat
from corridor.journeys.recognise import recognise
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.members.actions import end_seat_now, end_substitute, give_seat, give_seats, name_substitute
from corridor.rooms.members.drafts import SeatDraft
from corridor.rooms.members.models import Seat, Substitute
from tests.factories.actors import make_actor, make_user
from tests.factories.members import make_alliance, make_member, make_seat

pytestmark = pytest.mark.django_db

SECRETARIAT = make_actor("secretariat")
TODAY, AT = date(2024, 2, 2), datetime(2024, 2, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def seat():
    make_alliance()
    return make_seat(make_user("khamla"), "coordinator", member=make_member("vientiane", country="LA"))


def holder(seat):
    return recognise(seat.user, on=TODAY)


def may_sign(name, seat, on=TODAY):
    return recognise(make_user(name), on=on).may(Permission.AGREEMENT_SIGN, on=seat.organisation)


def pass_to(name, seat, *, on=TODAY, by=None):
    return hand_over_seat(seat=seat, to=make_user(name), on=on, today=TODAY, at=AT, by=by or holder(seat))


def test_handed_over_today_it_passes_this_minute(seat):
    handed = pass_to("nimali", seat)
    assert (may_sign("khamla", seat), may_sign("nimali", seat)) == (False, True)
    assert handed.ended.ended_at == AT
    assert (handed.ended.held_before, handed.begun.held_from, handed.begun.follows) == (TODAY, TODAY, handed.ended)


def test_handed_over_on_a_day_to_come_there_is_one_holder_on_each_day(seat):
    pass_to("nimali", seat, on=date(2024, 3, 1))
    last, first = date(2024, 2, 29), date(2024, 3, 1)
    assert [may_sign("khamla", seat, last), may_sign("nimali", seat, last)] == [True, False]
    assert [may_sign("khamla", seat, first), may_sign("nimali", seat, first)] == [False, True]


def test_both_are_told(seat):
    pass_to("nimali", seat, by=SECRETARIAT)
    assert set(Notice.objects.values_list("user__username", "event")) == {
        ("khamla", "members.seat_ended"), ("nimali", "members.seat_given"),
    }  # fmt: skip


def test_a_seat_with_an_end_of_its_own_keeps_it(seat):
    seat.held_before = date(2024, 6, 1)
    seat.save()
    assert pass_to("nimali", seat).begun.held_before == date(2024, 6, 1)


def test_nobody_hands_over_the_seat_of_another(seat):
    mei = make_seat(make_user("mei"), "coordinator", member=seat.organisation)
    with pytest.raises(AccessDenied):
        pass_to("nimali", seat, by=holder(mei))
    with pytest.raises(AccessDenied):
        pass_to("nimali", seat, by=make_actor("coordinator", ("member", make_member("colombo").pk)))


def test_a_seat_is_handed_over_once_and_not_to_its_holder_or_in_the_past(seat):
    with pytest.raises(BadInput):
        pass_to("khamla", seat)
    with pytest.raises(WrongMoment):
        pass_to("nimali", seat, on=date(2024, 2, 1))
    pass_to("nimali", seat, on=date(2024, 3, 1))
    with pytest.raises(WrongMoment):
        pass_to("mei", seat, on=date(2024, 2, 20))


def test_a_seat_ended_now_is_gone_now_and_so_is_one_that_was_to_begin(seat):
    end_seat_now(seat=seat, on=TODAY, at=AT, by=SECRETARIAT)
    assert not may_sign("khamla", seat)
    later = make_seat(make_user("mei"), "coordinator", member=seat.organisation, held_from=date(2024, 5, 1))
    end_seat_now(seat=later, on=TODAY, at=AT, by=SECRETARIAT)
    assert not may_sign("mei", seat, date(2024, 5, 2))
    with pytest.raises(WrongMoment):
        end_seat_now(seat=seat, on=TODAY, at=AT, by=SECRETARIAT)


def test_only_who_gives_seats_ends_one(seat):
    with pytest.raises(AccessDenied):
        end_seat_now(seat=seat, on=TODAY, at=AT, by=holder(seat))


def stand_in(seat, *, name="nimali", first=TODAY, after=date(2024, 2, 9), by=None):
    return name_substitute(
        seat=seat, user=make_user(name), starts_on=first, ends_before=after, today=TODAY, at=AT, by=by or holder(seat)
    )


def test_a_substitute_acts_on_the_given_days_and_the_holder_still_does(seat):
    stand_in(seat)
    assert may_sign("nimali", seat, date(2024, 2, 8))
    assert not may_sign("nimali", seat, date(2024, 2, 9))
    assert may_sign("khamla", seat, date(2024, 2, 8))


def test_a_substitute_goes_with_the_seat(seat):
    stand_in(seat)
    end_seat_now(seat=seat, on=TODAY, at=AT, by=SECRETARIAT)
    assert not may_sign("nimali", seat)


def test_a_substitute_does_not_hand_the_seat_over_nor_name_another(seat):
    stand_in(seat)
    nimali = recognise(make_user("nimali"), on=TODAY)
    with pytest.raises(AccessDenied):
        pass_to("mei", seat, by=nimali)
    with pytest.raises(AccessDenied):
        stand_in(seat, name="mei", first=date(2024, 3, 1), after=date(2024, 3, 2), by=nimali)


def test_standing_in_ends_this_minute(seat):
    end_substitute(substitute=stand_in(seat), on=TODAY, at=AT, by=holder(seat))
    assert not may_sign("nimali", seat)
    with pytest.raises(WrongMoment):
        end_substitute(substitute=Substitute.objects.get(), on=TODAY, at=AT, by=holder(seat))


def test_substitutes_do_not_overlap_and_need_a_seat_that_is_held(seat):
    stand_in(seat)
    with pytest.raises(WrongMoment):
        stand_in(seat, name="mei")
    with pytest.raises(BadInput):
        stand_in(seat, name="khamla")
    with pytest.raises(WrongMoment):
        stand_in(seat, name="mei", first=date(2024, 1, 1), after=date(2024, 1, 3))
    seat.held_before = date(2024, 2, 20)
    seat.save()
    with pytest.raises(WrongMoment):
        stand_in(seat, name="mei", first=date(2024, 3, 1), after=date(2024, 3, 3))


def test_the_table_promises_that_only_a_seat_cut_short_has_no_day(seat):
    with transaction.atomic(), pytest.raises(IntegrityError):
        Seat.objects.filter(pk=seat.pk).update(held_before=seat.held_from)


def test_nobody_holds_one_seat_twice_so_that_ending_it_ends_all(seat):
    again = SeatDraft(seat.user, Role.COORDINATOR, TODAY, seat.organisation)
    with pytest.raises(BadInput, match="in these days"):
        give_seat(seat=again, by=SECRETARIAT)
    fresh = SeatDraft(make_user("nimali"), Role.COORDINATOR, TODAY, seat.organisation)
    with pytest.raises(BadInput, match="in these days"):
        give_seats(seats=[fresh, fresh], by=SECRETARIAT)
    other = make_member("pakse", country="LA")
    give_seat(seat=SeatDraft(seat.user, Role.COORDINATOR, TODAY, other), by=SECRETARIAT)
    end_seat_now(seat=seat, on=TODAY, at=AT, by=SECRETARIAT)
    give_seat(seat=again, by=SECRETARIAT)
    assert may_sign("khamla", seat)


def test_a_seat_is_not_handed_to_who_holds_the_same_one_already(seat):
    give_seat(seat=SeatDraft(make_user("nimali"), Role.COORDINATOR, TODAY, seat.organisation), by=SECRETARIAT)
    with pytest.raises(BadInput, match="in these days"):
        pass_to("nimali", seat)
