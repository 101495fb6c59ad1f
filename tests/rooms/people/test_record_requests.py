"""Persons ask for their own record; the secretariat answers in time, and what is accepted is put right."""

from datetime import UTC, date, datetime

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.rooms.people.actions.requests import (
    Correction,
    accept_correction,
    ask_correction,
    ask_erasure,
    finish_request,
    refuse_request,
    withdraw_request,
)
from corridor.rooms.people.models import Part, Person
from corridor.rooms.people.queries.rights import get_request, list_requests
from corridor.rooms.people.rights_refusals import AskedAlready
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ON, AT = date(2024, 2, 2), datetime(2024, 2, 2, 3, tzinfo=UTC)


@pytest.fixture
def mei():
    return make_person("mei", user=make_user("mei"))


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


def own(person):
    return make_actor("learner", ("person", person.pk), user=person.user or make_user(person.reference), person=person)


def ask(person, part=Part.BORN_ON, should_be="1999-04-05", by=None):
    correction = Correction(part, should_be, "My passport says so.")
    return ask_correction(person=person, correction=correction, on=ON, at=AT, by=by or own(person))


def test_an_answer_is_owed_in_thirty_days(mei):
    asked = ask(mei)
    assert (asked.status, asked.due_on) == ("asked", date(2024, 3, 3))


@pytest.mark.parametrize(
    ("part", "should_be", "now"),
    [
        (Part.BORN_ON, "1999-04-05", lambda person: person.born_on == date(1999, 4, 5)),
        (Part.RESIDENCE_COUNTRY, "la", lambda person: person.residence_country == "LA"),
        (Part.SEX, "male", lambda person: person.sex == "male"),
        (Part.OWN_NAME, "陈梅", lambda person: person.names.get(form="own").full_name == "陈梅"),
    ],
)
def test_what_is_accepted_is_put_right_at_once(mei, secretariat, part, should_be, now):
    done = accept_correction(request=ask(mei, part, should_be), on=ON, at=AT, by=secretariat)
    mei.refresh_from_db()
    assert done.status == "done"
    assert now(mei)


def test_what_another_page_keeps_is_accepted_and_done_later(mei, secretariat):
    asked = accept_correction(request=ask(mei, Part.ATTENDANCE, "Present"), on=ON, at=AT, by=secretariat)
    assert asked.status == "accepted"
    assert finish_request(request=asked, on=ON, at=AT, by=secretariat).status == "done"


def test_a_refusal_has_its_reason_and_is_the_end(mei, secretariat):
    asked = ask(mei)
    with pytest.raises(BadInput):
        refuse_request(request=asked, reason=" ", on=ON, at=AT, by=secretariat)
    refuse_request(request=asked, reason="The passport says otherwise.", on=ON, at=AT, by=secretariat)
    with pytest.raises(WrongMoment):
        accept_correction(request=asked, on=ON, at=AT, by=secretariat)


@pytest.mark.parametrize(
    ("part", "should_be"),
    [(Part.BORN_ON, "5 April"), (Part.RESIDENCE_COUNTRY, "Laos"), (Part.SEX, "f"), (Part.OTHER, "  ")],
)
def test_what_cannot_be_written_is_refused_when_it_is_asked(mei, part, should_be):
    with pytest.raises(BadInput):
        ask(mei, part, should_be)


def test_nobody_asks_for_another(mei, secretariat):
    khamla = make_person("khamla")
    for stranger in (own(khamla), secretariat):
        with pytest.raises(AccessDenied):
            ask(mei, by=stranger)


def test_nobody_reads_the_request_of_another(mei, secretariat):
    asked = ask(mei)
    with pytest.raises(NotFound):
        get_request(reference=asked.reference, by=own(make_person("khamla")))
    with pytest.raises(AccessDenied):
        list_requests(by=own(mei))
    assert list(list_requests(by=secretariat, state="open")) == [asked]


def test_an_erasure_is_asked_once_and_can_be_taken_back(mei):
    asked = ask_erasure(person=mei, words="", on=ON, at=AT, by=own(mei))
    with pytest.raises(AskedAlready):
        ask_erasure(person=mei, words="", on=ON, at=AT, by=own(mei))
    assert withdraw_request(request=asked, on=ON, by=own(mei)).status == "withdrawn"
    assert ask_erasure(person=mei, words="", on=ON, at=AT, by=own(mei)).status == "asked"


def test_a_day_of_birth_that_is_put_right_is_known_whole_and_stands_alone(mei, secretariat):
    Person.objects.filter(pk=mei.pk).update(
        birth_calendar="buddhist", birth_precision="year", birth_written="2541", born_on=date(1998, 1, 1)
    )
    accept_correction(request=ask(mei), on=ON, at=AT, by=secretariat)
    mei.refresh_from_db()
    known = (mei.born_on, mei.birth_calendar, mei.birth_precision, mei.birth_written)
    assert known == (date(1999, 4, 5), "gregorian", "day", "")


@pytest.mark.parametrize("day", ["2542-04-05", "2030-01-01"], ids=["buddhist", "to-come"])
def test_a_day_of_birth_that_cannot_be_is_refused_when_it_is_asked(mei, day):
    with pytest.raises(BadInput):
        ask(mei, should_be=day)


def test_a_name_that_stands_there_already_is_not_written_twice(mei, secretariat):
    first = mei.names.get(form="romanised")
    mei.names.create(form="romanised", language="zh-Latn", full_name="Chen Mei Li", romanisation="passport")
    with pytest.raises(BadInput, match="stands there already"):
        accept_correction(request=ask(mei, Part.ROMANISED_NAME, first.full_name), on=ON, at=AT, by=secretariat)
    accept_correction(request=ask(mei, Part.ROMANISED_NAME, "CHEN Mei"), on=ON, at=AT, by=secretariat)
    # The one that a reader meets first: as in the passport.
    assert mei.names.get(romanisation="passport").full_name == "CHEN Mei"
