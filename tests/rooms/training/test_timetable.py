"""The timetable: patterns over holidays and changes of the clock, clashes across sites and zones, moves, and who is told."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from corridor.foundations.notices.models import Notice
from corridor.foundations.vocabularies.national_days import national_days
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.sites.models import Site
from corridor.rooms.training import queries
from corridor.rooms.training.actions import (
    Clashing,
    Needs,
    SessionPlan,
    appoint_trainers,
    cancel_session,
    change_session,
    end_timetable_address,
    make_timetable_address,
    move_session,
    plan_sessions,
)
from corridor.rooms.training.models import Attendance, Session, SessionMove
from corridor.rooms.training.patterns import Pattern, instant_of, lay_out
from corridor.rooms.training.refusals import MarksAreThere, SessionIsHeld, SessionsClash
from tests.factories.actors import VISITOR, make_actor, make_user
from tests.factories.people import make_person
from tests.factories.sites import make_equipment
from tests.factories.training import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db
SECRETARIAT = make_actor("secretariat")
DAY, AT = date(2023, 3, 6), datetime(2023, 3, 1, tzinfo=UTC)
MORNING = datetime(2023, 3, 6, 1, 30, tzinfo=UTC)


def plan(cohort, *, begins_at=MORNING, minutes=180, **more):
    return SessionPlan(cohort=cohort, begins_at=begins_at, minutes=minutes, kind="practice", **more)


def planned(*plans, clashing=Clashing.REFUSED):
    return plan_sessions(plans=plans, clashing=clashing, by=SECRETARIAT)


def at_another_site(reference="COH-2", zone="Asia/Colombo"):
    cohort = make_cohort(reference, site="wks-colombo", agreement="AGR-2022-0002", programme="PRG-2022-002")
    Site.objects.filter(pk=cohort.site_id).update(zone=zone, city="Colombo")
    cohort.site.refresh_from_db()
    return cohort


class TestPatterns:
    def test_a_weekly_pattern_meets_its_days_and_skips_holidays_with_their_names(self):
        pattern = Pattern(first_day=date(2024, 4, 8), weekdays={0, 3}, times=[time(8, 30)], count=4)
        laid = lay_out(pattern, zone="Asia/Vientiane", country="LA")
        assert [each.date() for each in laid.begins_at] == [
            date(2024, 4, 8),
            date(2024, 4, 11),
            date(2024, 4, 22),
            date(2024, 4, 25),
        ]
        assert list(laid.holidays) == [date(2024, 4, 15), date(2024, 4, 18)]
        assert "New Year" in laid.holidays[date(2024, 4, 15)]

    def test_holidays_are_kept_by_choice_and_still_shown(self):
        pattern = Pattern(first_day=date(2024, 4, 15), weekdays={0}, times=[time(8, 30)], count=1, on_holidays=True)
        laid = lay_out(pattern, zone="Asia/Vientiane", country="LA")
        assert (len(laid.begins_at), len(laid.holidays)) == (1, 1)

    def test_a_block_has_several_times_a_day_until_its_last_day(self):
        pattern = Pattern(
            first_day=date(2024, 2, 5), last_day=date(2024, 2, 7), weekdays=range(7), times=[time(13, 30), time(8, 30)]
        )
        laid = lay_out(pattern, zone="Asia/Vientiane", country="LA")
        assert [f"{each:%d %H:%M}" for each in laid.begins_at] == [
            "05 01:30",
            "05 06:30",
            "06 01:30",
            "06 06:30",
            "07 01:30",
            "07 06:30",
        ]

    def test_every_second_week(self):
        pattern = Pattern(first_day=date(2024, 1, 1), weekdays={2}, times=[time(18)], count=2, every_weeks=2)
        laid = lay_out(pattern, zone="Asia/Vientiane", country="LA")
        assert [each.date().isoformat() for each in laid.begins_at] == ["2024-01-03", "2024-01-17"]

    def test_a_pattern_keeps_its_hour_over_a_change_of_the_clock(self):
        pattern = Pattern(first_day=date(2024, 4, 1), weekdays={0}, times=[time(8, 30)], count=3, on_holidays=True)
        laid = lay_out(pattern, zone="Pacific/Auckland", country="NZ")
        assert [each.hour for each in laid.begins_at] == [19, 20, 20]
        assert laid.begins_at[0].date() == date(2024, 3, 31)

    def test_an_hour_that_the_clock_leaves_out_is_refused_and_one_that_comes_twice_is_the_first(self):
        with pytest.raises(BadInput):
            instant_of(date(2024, 9, 29), time(2, 30), "Pacific/Auckland")
        assert instant_of(date(2024, 4, 7), time(2, 30), "Pacific/Auckland") == datetime(2024, 4, 6, 13, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"weekdays": set()}, {"times": []}, {"count": None}, {"last_day": date(2024, 3, 1)},
            {"count": None, "last_day": date(2024, 1, 1)}, {"count": None, "last_day": date(2034, 1, 1)}, {"every_weeks": 0},
            {"count": None, "last_day": date(2026, 6, 1), "times": [time(8), time(10)], "weekdays": range(7)},
        ],
        ids=["no weekday", "no time", "no end", "two ends", "backwards", "ten years", "never", "too many"],
    )  # fmt: skip
    def test_a_pattern_that_means_nothing_is_refused(self, wrong):
        given = {"first_day": date(2024, 2, 5), "weekdays": {0}, "times": [time(8, 30)], "count": 2, **wrong}
        with pytest.raises(BadInput):
            lay_out(Pattern(**given), zone="Asia/Vientiane", country="LA")

    def test_a_country_that_is_not_known_has_no_holidays_and_names_come_in_the_readers_language(self):
        assert national_days("ZZ", first=DAY, last=DAY) == {}
        days = national_days("CN", first=date(2024, 10, 1), last=date(2024, 10, 1), language="zh-Hans")
        assert days == {date(2024, 10, 1): "国庆节"}


class TestClashes:
    def test_a_trainer_is_not_at_two_sites_at_once_whatever_the_clocks_say(self):
        mei, here, there = make_person("mei"), make_cohort("COH-1"), at_another_site()
        appoint_trainers(places=[(here, mei), (there, mei)], role="lead", by=SECRETARIAT)
        planned(plan(here))
        with pytest.raises(SessionsClash) as refused:
            planned(plan(there, begins_at=MORNING + timedelta(hours=2)))
        problem = refused.value.problems[0]
        assert problem.places["what"] == "mei"
        assert problem.places["our_time"] == "2023-03-06 09:00–12:00 Colombo"
        assert problem.places["their_time"] == "2023-03-06 08:30–11:30 Vientiane"
        assert len(planned(plan(there, begins_at=MORNING + timedelta(hours=3)))) == 1

    def test_a_named_trainer_takes_the_place_of_the_lead(self):
        mei, khamla, here, there = make_person("mei"), make_person("khamla"), make_cohort("COH-1"), at_another_site()
        appoint_trainers(places=[(here, mei), (there, mei)], role="lead", by=SECRETARIAT)
        appoint_trainers(places=[(there, khamla)], by=SECRETARIAT)
        planned(plan(here))
        assert len(planned(plan(there, trainers=[khamla]))) == 1

    def test_a_room_is_used_once_at_a_time(self):
        one, two = make_cohort("COH-1"), make_cohort("COH-2")
        room = one.site.rooms.create(name="Bay 1", capacity=20)
        planned(plan(one, room=room))
        with pytest.raises(SessionsClash):
            planned(plan(two, room=room, begins_at=MORNING + timedelta(minutes=179)))
        assert planned(plan(two, room=room, begins_at=MORNING + timedelta(minutes=180)))

    def test_no_more_machines_are_booked_than_there_are(self):
        one, two, three = make_cohort("COH-1"), make_cohort("COH-2"), make_cohort("COH-3")
        testers = make_equipment(one.site, count=3)
        planned(plan(one, equipment=[(testers, 2)]))
        planned(plan(two, equipment=[(testers, 1)]))
        with pytest.raises(SessionsClash):
            planned(plan(three, equipment=[(testers, 1)]))
        with pytest.raises(BadInput):
            planned(plan(three, equipment=[(testers, 4)], begins_at=MORNING + timedelta(days=1)))

    def test_a_cohort_has_one_session_at_a_time_and_a_plan_clashes_with_itself(self):
        cohort = make_cohort("COH-1")
        with pytest.raises(SessionsClash):
            planned(plan(cohort), plan(cohort, begins_at=MORNING + timedelta(hours=1)))
        planned(plan(cohort), plan(cohort, begins_at=MORNING + timedelta(hours=1)), clashing=Clashing.KEPT)
        week = queries.timetable(first=DAY, last=DAY, by=SECRETARIAT, language="en")
        assert [each.clash.kind for each in week.clashes] == ["cohort"]

    def test_what_was_called_off_takes_nothing(self):
        cohort = make_cohort("COH-1")
        (held,) = planned(plan(cohort))
        cancel_session(session=held, on=DAY, by=SECRETARIAT)
        assert planned(plan(cohort, makes_up_for=Session.objects.get(pk=held.pk)))
        assert queries.to_make_up(cohort=cohort, by=SECRETARIAT) == []

    def test_the_other_side_is_not_named_to_who_may_not_see_it(self):
        mei, here, there = make_person("mei"), make_cohort("COH-1"), at_another_site()
        appoint_trainers(places=[(here, mei), (there, mei)], role="lead", by=SECRETARIAT)
        planned(plan(here))
        with pytest.raises(SessionsClash) as refused:
            plan_sessions(
                plans=[plan(there)], clashing=Clashing.REFUSED, by=make_actor("site_manager", ("site", there.site_id))
            )
        problem = refused.value.problems[0]
        assert "COH-1" not in str(problem.places)
        assert "may not see" in problem.message

    def test_a_joint_session_is_a_row_for_each_site_and_clashes_with_nothing_of_its_own(self):
        mei, here, there = make_person("mei"), make_cohort("COH-1"), at_another_site()
        appoint_trainers(places=[(here, mei), (there, mei)], role="lead", by=SECRETARIAT)
        head, other = planned(plan(here, joint="a"), plan(there, joint="a"))
        assert (other.joint_with, head.joint_with, other.held_on) == (head, None, DAY)
        move_session(
            session=head, begins_at=MORNING + timedelta(days=1), minutes=180, reason="Power cut", at=AT, by=SECRETARIAT
        )
        assert set(Session.objects.values_list("held_on", flat=True)) == {date(2023, 3, 7)}


class TestMoves:
    def test_those_concerned_are_told_and_both_days_stay(self):
        cohort = make_cohort("COH-1")
        make_enrolment(cohort, person=make_person("khamla", user=make_user("khamla")))
        (session,) = planned(plan(cohort))
        moved = move_session(
            session=session,
            begins_at=MORNING + timedelta(days=2),
            minutes=120,
            reason="Power cut",
            at=AT,
            by=SECRETARIAT,
        )
        assert (moved.held_on, moved.minutes) == (date(2023, 3, 8), 120)
        kept = SessionMove.objects.get()
        assert (kept.from_at, kept.to_at, kept.reason) == (MORNING, MORNING + timedelta(days=2), "Power cut")
        notice = Notice.objects.get()
        assert {each.name: each.value for each in notice.places.all()} == {
            "day": "2023-03-06",
            "new_day": "2023-03-08",
            "time": "08:30",
        }

    def test_marks_are_never_moved_by_accident(self):
        cohort = make_cohort("COH-1", learners=2)
        session = make_session(cohort, status="held")
        later = session.begins_at + timedelta(days=1)
        with pytest.raises(MarksAreThere, match="register of"):
            move_session(session=session, begins_at=later, minutes=180, reason="Wrong day", at=AT, by=SECRETARIAT)
        moved = move_session(
            session=session, begins_at=later, minutes=180, reason="Wrong day", at=AT, by=SECRETARIAT, keeps_marks=True
        )
        assert (moved.status, Attendance.objects.filter(session=moved).count(), moved.moves.count()) == ("held", 2, 1)

    @pytest.mark.parametrize("status", ["locked", "cancelled"], ids=str)
    def test_a_signed_or_cancelled_session_stays(self, status):
        session = make_session(make_cohort("COH-1", learners=1), status=status)
        with pytest.raises(SessionIsHeld):
            move_session(
                session=session, begins_at=MORNING + timedelta(days=1), minutes=60, reason="x", at=AT, by=SECRETARIAT,
                keeps_marks=True,
            )  # fmt: skip

    def test_a_move_says_why_and_is_one(self):
        (session,) = planned(plan(make_cohort("COH-1")))
        with pytest.raises(BadInput):
            move_session(
                session=session, begins_at=MORNING + timedelta(days=1), minutes=60, reason=" ", at=AT, by=SECRETARIAT
            )
        with pytest.raises(BadInput):
            move_session(session=session, begins_at=MORNING, minutes=180, reason="x", at=AT, by=SECRETARIAT)

    def test_what_a_session_needs_is_of_its_site_curriculum_and_trainers(self):
        cohort, khamla = make_cohort("COH-1"), make_person("khamla")
        (session,) = planned(plan(cohort))
        unit, room = cohort.curriculum_version.units.first(), cohort.site.rooms.create(name="Bay 1", capacity=20)
        far = at_another_site().site.rooms.create(name="Bay 9", capacity=20)
        for wrong in (Needs(room=far), Needs(trainers=[khamla])):
            with pytest.raises(BadInput):
                change_session(session=session, kind="theory", topic="", needs=wrong, by=SECRETARIAT)
        appoint_trainers(places=[(cohort, khamla)], by=SECRETARIAT)
        changed = change_session(
            session=session,
            kind="online",
            topic="Brakes",
            needs=Needs(unit=unit, room=room, trainers=[khamla]),
            by=SECRETARIAT,
        )
        assert (changed.kind, changed.unit, changed.room, changed.trainers.count()) == ("online", unit, room, 1)


class TestOwnCalendar:
    def test_an_address_opens_the_own_sessions_until_it_is_taken_away(self):
        user = make_user("khamla")
        khamla = make_person("khamla", user=user)
        by = make_actor("learner", ("person", khamla.pk), user=user, person=khamla)
        cohort = make_cohort("COH-1")
        make_enrolment(cohort, person=khamla)
        make_session(cohort)
        make_session(make_cohort("COH-2"))
        made = make_timetable_address(language="lo", at=AT, by=by)
        assert queries.timetable_owner(secret=made.secret, by=VISITOR).user == user
        assert made.secret not in (made.address.digest, made.address.hint)
        end_timetable_address(at=AT, by=by)
        with pytest.raises(NotFound):
            queries.timetable_owner(secret=made.secret, by=VISITOR)

    def test_an_account_of_no_person_has_no_timetable(self):
        with pytest.raises(AccessDenied):
            make_timetable_address(language="en", at=AT, by=SECRETARIAT)
        assert not queries.own_sessions(by=SECRETARIAT).exists()
