"""The own name changes on a day; what it was before stays findable, and one that never was in use leaves no trace."""

from datetime import date, timedelta

import pytest

from corridor.kernel.errors import BadInput
from corridor.rooms.people.actions import change_own_name
from corridor.rooms.people.drafts import NameForm, NameOfPerson
from corridor.rooms.people.queries import list_persons
from tests.factories.actors import make_actor
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ON = date(2024, 2, 2)


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


def call(person, name, on, by):
    return change_own_name(person=person, name=NameOfPerson(NameForm.OWN, "en", name), on=on, by=by)


def forms(person):
    return sorted(person.names.filter(form__in=["own", "former"]).values_list("form", "full_name"))


def test_who_takes_a_name_up_and_lays_it_down_twice_had_it_twice(secretariat):
    nimali = make_person("nimali", own_name="Nimali Perera", own_language="en", romanised_name="")
    for days, name in enumerate(["Nimali Silva", "Nimali Perera", "Nimali Silva", "Nimali Perera"], start=1):
        call(nimali, name, ON + timedelta(days=days), secretariat)
    assert forms(nimali) == [
        ("former", "Nimali Perera"), ("former", "Nimali Perera"), ("former", "Nimali Silva"), ("former", "Nimali Silva"),
        ("own", "Nimali Perera"),
    ]  # fmt: skip
    assert list_persons(by=secretariat, search="silva").rows == [nimali]


def test_a_slip_is_mended_on_the_same_day_and_was_never_a_name(secretariat):
    nimali = make_person("nimali", own_name="Nimali Perera", own_language="en", romanised_name="")
    call(nimali, "Nimali Sivla", ON, secretariat)
    call(nimali, "Nimali Silva", ON, secretariat)
    assert forms(nimali) == [("former", "Nimali Perera"), ("own", "Nimali Silva")]
    assert list_persons(by=secretariat, search="sivla").rows == []


def test_a_new_name_does_not_begin_before_the_one_that_stands(secretariat):
    nimali = make_person("nimali", own_name="Nimali Perera", own_language="en", romanised_name="")
    call(nimali, "Nimali Silva", ON, secretariat)
    with pytest.raises(BadInput, match="in use from"):
        call(nimali, "Nimali Fernando", ON - timedelta(days=1), secretariat)
