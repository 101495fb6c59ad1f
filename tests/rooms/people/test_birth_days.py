"""A day of birth is taken in the calendar in which it was given, and nobody is born on a day to come."""

from dataclasses import replace
from datetime import date

import pytest

from corridor.kernel.errors import BadInput
from corridor.rooms.people.actions import Facts, describe_person
from corridor.rooms.people.birth_days import read_birth_day
from tests.factories.actors import make_actor
from tests.factories.people import make_person

ON = date(2024, 2, 2)


def read(written, calendar):
    return read_birth_day(written, calendar=calendar, column="born_on")


@pytest.mark.parametrize(
    ("written", "calendar", "meant"),
    [
        ("1990-04-13", "gregorian", date(1990, 4, 13)),
        ("13/04/2533", "buddhist", date(1990, 4, 13)),
        ("๑๓/๐๔/๒๕๓๓", "buddhist", date(1990, 4, 13)),
        ("13 เมษายน 2533", "buddhist", date(1990, 4, 13)),
        # A leap year here, and none there: 2543 is 2000.
        ("29/02/2543", "buddhist", date(2000, 2, 29)),
        ("1990-04-13", "buddhist", date(1990, 4, 13)),
        ("79/4/13", "minguo", date(1990, 4, 13)),
        ("民國79年4月13日", "minguo", date(1990, 4, 13)),
        ("1990-04-13", "minguo", date(1990, 4, 13)),
        ("1990-04-13", "hijri", date(1990, 4, 13)),
    ],
    ids=[
        "gregorian",
        "buddhist",
        "thai-digits",
        "thai-month",
        "leap",
        "common-beside",
        "minguo",
        "minguo-signs",
        "minguo-common",
        "hijri",
    ],
)
def test_it_is_the_day_that_was_meant(written, calendar, meant):
    assert read(written, calendar) == meant


@pytest.mark.parametrize(
    ("written", "calendar", "said"),
    [
        ("13/04/2533", "gregorian", "1990"),
        ("29/02/2544", "buddhist", "29/02/2544"),
        ("in spring", "gregorian", "in spring"),
        ("13/04/33", "buddhist", "two digits"),
    ],
    ids=["looks-buddhist", "no-such-day", "words", "short-year"],
)
def test_what_is_no_day_is_refused_with_what_stands_there(written, calendar, said):
    with pytest.raises(BadInput) as refused:
        read(written, calendar)
    assert said in str(refused.value.problems[0].message % refused.value.problems[0].places)
    assert refused.value.problems[0].column == "born_on"


@pytest.mark.django_db
def test_the_record_keeps_the_first_day_of_what_is_known_and_none_to_come():
    mei, by = make_person("mei"), make_actor("secretariat")
    facts = replace(Facts.of(mei), born_on=date(1990, 4, 13), birth_precision="year")
    assert describe_person(person=mei, facts=facts, on=ON, by=by).born_on == date(1990, 1, 1)
    with pytest.raises(BadInput, match="day to come"):
        describe_person(person=mei, facts=replace(facts, born_on=date(2024, 2, 3), birth_precision="day"), on=ON, by=by)
