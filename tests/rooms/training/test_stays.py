"""Postings and trips, and their person-days: exact, each day once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.kernel.errors import AccessDenied, BadInput
from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import Period
from corridor.rooms.people.actions import merge_person
from corridor.rooms.training.actions.staying import correct_stays, remove_stays, write_stays
from corridor.rooms.training.away import days_away
from corridor.rooms.training.models import Stay
from corridor.rooms.training.queries.stays import days_in, stays_of, stays_today
from corridor.rooms.training.trainer_drafts import StayDraft
from corridor.rooms.training.trainer_refusals import WrittenBefore
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.members import make_member
from tests.factories.people import make_person
from tests.factories.trainers import make_stay
from tests.factories.training import make_ground

YEAR = Period.year(2023)
needs_database = pytest.mark.django_db


def draft(**more):
    given = {
        "kind": "trip", "starts_on": date(2023, 3, 6), "ends_before": date(2023, 3, 11), "purpose": "To guide a practice week",
        "country": "LA", "city": "Vientiane",
    }  # fmt: skip
    return StayDraft(**(given | more))


@needs_database
def test_a_coordinator_writes_down_whom_the_own_member_sends():
    colombo, chongqing, mei = make_member("colombo", country="LK"), make_member("chongqing"), make_person("mei")
    by = make_actor("coordinator", ("member", colombo.pk))
    (stay,) = write_stays(stays=[draft(person=mei, sent_by=colombo)], by=by)
    assert (stay.country, stay.city) == ("LA", "Vientiane")
    with pytest.raises(AccessDenied):
        write_stays(stays=[draft(person=mei, sent_by=chongqing)], by=by)
    with pytest.raises(AccessDenied):
        correct_stays(changes=[(stay, draft(person=mei, sent_by=chongqing))], by=by)


@needs_database
def test_a_posting_stands_where_its_site_stands():
    _programme, site, _brand = make_ground()
    (stay,) = write_stays(
        stays=[draft(kind="posting", person=make_person(), sent_by=make_member("colombo"), site=site, country="", ends_before=None)],
        by=NIGHTLY,
    )  # fmt: skip
    assert (stay.country, stay.city) == ("LA", "Vientiane")
    assert [each.pk for each in stays_today(on=date(2030, 1, 1), by=NIGHTLY)] == [stay.pk]


@needs_database
def test_a_cost_is_kept_to_the_smallest_unit_and_can_be_taken_away():
    mei, colombo = make_person("mei"), make_member("colombo")
    said = {"kind": "learning", "person": mei, "sent_by": colombo}
    (stay,) = write_stays(stays=[draft(**said, cost=Decimal("18400.5"), currency="CNY")], by=NIGHTLY)
    assert str(Stay.objects.get().cost) == "18400.50 CNY"
    correct_stays(changes=[(stay, draft(**said))], by=NIGHTLY)
    assert Stay.objects.get().cost is None


@needs_database
@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"kind": "posting"}, "site"),
        ({"country": ""}, "country"),
        ({"country": "ZZ"}, "country"),
        ({"ends_before": None}, "ends_on"),
        ({"ends_before": date(2023, 3, 6)}, "ends_on"),
        ({"purpose": " "}, "purpose"),
        ({"kind": "learning", "ends_before": None}, "ends_on"),
        ({"cost": Decimal(10)}, "currency"),
        ({"currency": "LAK"}, "cost"),
        ({"cost": Decimal(10), "currency": "KIP"}, "currency"),
        ({"cost": Decimal("10.005"), "currency": "CNY"}, "cost"),
        ({"cost": Decimal(0), "currency": "CNY"}, "cost"),
    ],
    ids=[
        "posting-without-site",
        "trip-without-place",
        "no-country",
        "trip-without-end",
        "ends-before",
        "for-nothing",
        "learning-without-end",
        "no-currency",
        "no-cost",
        "unknown-currency",
        "more-places-than-it-has",
        "nothing",
    ],
)
def test_what_cannot_be_is_refused_at_its_field(more, column):
    with pytest.raises(BadInput) as refused:
        write_stays(stays=[draft(person=make_person(), sent_by=make_member("colombo"), **more)], by=NIGHTLY)
    assert refused.value.problems[0].column == column


@needs_database
def test_the_same_stay_is_written_once_and_corrected():
    mei, colombo = make_person(), make_member("colombo")
    (stay,) = write_stays(stays=[draft(person=mei, sent_by=colombo)], by=NIGHTLY)
    with pytest.raises(WrittenBefore):
        write_stays(stays=[draft(person=mei, sent_by=colombo)], by=NIGHTLY)
    correct_stays(changes=[(stay, draft(person=mei, sent_by=colombo, ends_before=date(2023, 3, 9)))], by=NIGHTLY)
    assert days_in(period=YEAR, by=NIGHTLY).person_days == 3
    assert remove_stays(keys=[stay.pk], by=NIGHTLY) == 1


@needs_database
def test_days_that_two_stays_share_are_counted_once_and_named():
    mei, khamla = make_person("mei"), make_person("khamla")
    _programme, site, _brand = make_ground()
    posting = make_stay(mei, kind="posting", site=site, starts_on=date(2023, 3, 1), ends_before=date(2023, 4, 1))
    trip = make_stay(mei, starts_on=date(2023, 3, 28), ends_before=date(2023, 4, 4))
    make_stay(khamla, starts_on=date(2023, 3, 28), ends_before=date(2023, 4, 4))
    away = days_in(period=YEAR, by=NIGHTLY)
    assert away.person_days == 34 + 7
    (overlap,) = away.overlaps
    assert (overlap.first, overlap.second, overlap.days) == (posting, trip, 4)


@needs_database
def test_two_records_of_one_human_being_are_one_person_on_a_day():
    mei, again = make_person("mei"), make_person("mei-again")
    make_stay(mei)
    make_stay(again)
    assert days_in(period=YEAR, by=NIGHTLY).person_days == 10
    at = datetime(2024, 1, 2, tzinfo=UTC)
    merge_person(person=again, into=mei, at=at, reason="The same day of birth", by=NIGHTLY)
    assert days_in(period=YEAR, by=NIGHTLY).person_days == 5


@needs_database
def test_an_open_posting_lasts_as_long_as_the_period():
    _programme, site, _brand = make_ground()
    make_stay(make_person(), kind="posting", site=site, starts_on=date(2022, 12, 30), ends_before=None)
    assert days_in(period=Period.through(date(2023, 1, 1), date(2023, 1, 31)), by=NIGHTLY).person_days == 31


@needs_database
def test_who_sees_which_stays():
    mei, colombo, chongqing = make_person("mei"), make_member("colombo", country="LK"), make_member("chongqing")
    _programme, site, _brand = make_ground()
    there = make_stay(mei, kind="posting", site=site, sent_by=chongqing)
    elsewhere = make_stay(make_person("nimali"), sent_by=colombo)

    def seen(by):
        return {each.pk for each in stays_of(by=by)}

    assert seen(make_actor("auditor")) == {there.pk, elsewhere.pk}
    assert seen(make_actor("coordinator", ("member", colombo.pk))) == {elsewhere.pk}
    assert seen(make_actor("site_manager", ("site", site.pk))) == {there.pk}
    assert seen(make_actor("trainer", ("site", site.pk), person=mei)) == {there.pk}
    assert seen(make_actor("council")) == set()


DAYS = st.integers(0, 40)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), DAYS, st.integers(1, 30)), max_size=12), DAYS, st.integers(1, 40))
def test_person_days_are_the_distinct_pairs_of_a_person_and_a_day(rows, first, lasts):
    zero = date(2023, 1, 1)
    persons = [new_id() for _ in range(3)]
    stays = [
        Stay(
            person_id=persons[who], kind="trip", starts_on=zero + timedelta(days=begins),
            ends_before=zero + timedelta(days=begins + length),
        )
        for who, begins, length in rows
    ]  # fmt: skip
    period = Period(zero + timedelta(days=first), zero + timedelta(days=first + lasts))
    pairs = {
        (stay.person_id, day)
        for stay in stays
        for day in (stay.starts_on + timedelta(days=n) for n in range((stay.ends_before - stay.starts_on).days))
        if period.contains(day)
    }
    assert days_away(stays, period=period, heirs={}).person_days == len(pairs)
