"""Ways to reach a person: kept as the world writes them, one tried first, each confirmed on a day."""

from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.people.actions import (
    NewContact,
    confirm_contact,
    end_contact,
    prefer_contact,
    write_contact,
    write_contacts,
)
from corridor.rooms.people.models import ContactKind, ContactUse
from corridor.rooms.people.queries import list_contacts
from corridor.rooms.people.reaching import shown
from tests.factories.actors import make_actor
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ON = date(2024, 2, 2)


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


@pytest.fixture
def khamla():
    return make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla", residence_country="LA")


def own(person):
    return make_actor("learner", ("person", person.pk), person=person)


def phone(person, value, **more):
    return NewContact(person=person, kind=ContactKind.PHONE, value=value, **more)


@pytest.mark.parametrize("written", ["020 5551 2345", "+856 20 5551 2345", "໐໒໐ ໕໕໕໑ ໒໓໔໕", "00856 2055512345"])
def test_a_telephone_is_kept_as_the_world_writes_it(secretariat, khamla, written):
    made = write_contact(contact=phone(khamla, written), by=secretariat)
    assert made.value == "+8562055512345"
    assert shown("phone", made.value) == "+856 20 55 512 345"


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("phone", "8.56E+11", "what a spreadsheet made of a number"),
        ("phone", "123", "too few or too many digits"),
        ("phone", "call me", "is no telephone number"),
        ("email", "khamla at school", "is no e-mail address"),
        ("wechat", "美", "is no name of that service"),
        ("post", "  ", "Write the address"),
    ],
)
def test_what_reaches_nobody_is_refused_with_the_reason(secretariat, khamla, kind, value, reason):
    with pytest.raises(BadInput, match=reason):
        write_contact(contact=NewContact(person=khamla, kind=ContactKind(kind), value=value), by=secretariat)
    assert not khamla.contacts.exists()


def test_one_is_tried_first_and_the_same_stands_once(secretariat, khamla):
    first = write_contact(contact=phone(khamla, "020 55512345", use=ContactUse.FIRST), by=secretariat)
    mail = NewContact(person=khamla, kind=ContactKind.EMAIL, value="Khamla@Example.LA", use=ContactUse.FIRST)
    second = write_contact(contact=mail, by=secretariat)
    assert [(each.value, each.use) for each in list_contacts(person=khamla, by=secretariat)] == [
        ("khamla@example.la", "first"), ("+8562055512345", "also"),
    ]  # fmt: skip
    prefer_contact(contact=first.pk, person=khamla, by=secretariat)
    assert list_contacts(person=khamla, by=secretariat)[0] == first
    with pytest.raises(BadInput, match="stands there already"):
        write_contacts(contacts=[mail], by=secretariat)
    assert second.use == ContactUse.FIRST


def test_a_contact_is_unconfirmed_after_twelve_months(secretariat, khamla):
    made = write_contact(contact=phone(khamla, "020 55512345"), by=secretariat)
    assert made.is_unconfirmed(on=ON)
    confirmed = confirm_contact(contact=made.pk, person=khamla, on=date(2023, 2, 3), by=secretariat)
    assert (confirmed.confirmed_by, confirmed.is_unconfirmed(on=ON)) == ("secretariat", False)
    assert confirmed.is_unconfirmed(on=date(2024, 2, 3))


def test_an_ended_one_is_history_and_may_be_written_again(secretariat, khamla):
    made = write_contact(contact=phone(khamla, "020 55512345"), by=secretariat)
    end_contact(contact=made.pk, person=khamla, on=ON, by=secretariat)
    assert not list_contacts(person=khamla, by=secretariat)
    with pytest.raises(NotFound):
        confirm_contact(contact=made.pk, person=khamla, on=ON, by=secretariat)
    write_contact(contact=phone(khamla, "020 55512345"), by=secretariat)
    assert khamla.contacts.count() == 2


def test_the_person_keeps_the_own_ones_and_nobody_elses(khamla):
    mei = make_person("mei")
    made = write_contact(contact=phone(khamla, "020 55512345"), by=own(khamla))
    assert list(list_contacts(person=khamla, by=own(khamla))) == [made]
    with pytest.raises(AccessDenied):
        write_contact(contact=phone(khamla, "020 55512346"), by=own(mei))
    with pytest.raises(NotFound):
        end_contact(contact=made.pk, person=mei, on=ON, by=own(mei))
    assert not list_contacts(person=khamla, by=make_actor("auditor"))
