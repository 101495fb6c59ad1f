"""How persons are reached, in the sheet of persons: out, edited, back, and taken back."""

import json
from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.models import Import
from corridor.foundations.sheets.steps.looking import questions_of
from corridor.foundations.sheets.steps.moving import StillOpen
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, write_import
from corridor.rooms.people.actions import NewContact, write_contacts
from corridor.rooms.people.fields import PersonField, sees_everywhere
from corridor.rooms.people.models import ContactChannel, Person
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_person
from tests.factories.sheet_round import AT, rows_of, sent, sheet_of, taken

pytestmark = pytest.mark.django_db

SEEN_ON = date(2024, 1, 20)
SAID_NOTHING = {"sex": "unknown", "born_on": None, "residence_country": "", "honorific": ""}
HEAD = "reference,name,phone,phone_confirmed_on\n"


@pytest.fixture
def khamla():
    person = make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo")
    contacts = [
        NewContact(person=person, kind="phone", value="+8562055512345", confirmed_on=SEEN_ON, use="first"),
        NewContact(person=person, kind="phone", value="+85621212121"),
        NewContact(person=person, kind="email", value="khamla@example.la"),
        NewContact(person=person, kind="line", value="khamla.s", confirmed_on=SEEN_ON),
        NewContact(person=person, kind="post", value="P.O. Box 1; Vientiane"),
    ]
    write_contacts(contacts=contacts, by=NIGHTLY)
    return person


def applied(content, **more):
    held = sent("people", content, **more)
    assert held.refused == 0, list(held.verdicts.values_list("said", flat=True))
    return write_import(held=held, at=AT, by=NIGHTLY, wait=True)


def faults(text, **more):
    held = sent("people", text.encode(), **more)
    found = held.verdicts.filter(verdict="refused").values_list("number", "said")
    return [(number, *json.loads(said)["faults"][0][:3]) for number, said in found]


def standing(person):
    rows = ContactChannel.objects.filter(person=person, ended_on=None).order_by("value")
    return list(rows.values_list("value", "confirmed_on", "use"))


def test_all_channels_of_a_kind_stand_in_one_cell_with_their_days(khamla):
    (row,) = rows_of("people", taken("people"))
    assert (row["phone"], row["phone_confirmed_on"]) == ("'+8562055512345; +85621212121", "2024-01-20")
    assert (row["email"], row["email_confirmed_on"]) == ("khamla@example.la", "")
    assert (row["line_name"], row["line_name_confirmed_on"], row["wechat"]) == ("khamla.s", "2024-01-20", "")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_untouched_it_changes_nothing(khamla, form):
    assert sent("people", taken("people", form=form), form=form).unchanged == 1


def test_a_number_is_added_confirmed_and_ended_in_whatever_order_they_are_typed_and_taken_back(khamla):
    before = standing(khamla)
    (row,) = rows_of("people", taken("people"))
    row |= {"phone": "+8562077712345; +8562055512345", "phone_confirmed_on": "2024-02-01; ?", "email": ""}
    held = applied(sheet_of("people", [row]))
    assert standing(khamla)[:3] == [
        ("+8562055512345", None, "first"), ("+8562077712345", date(2024, 2, 1), "also"), ("P.O. Box 1; Vientiane", None, "also"),
    ]  # fmt: skip
    assert ContactChannel.objects.get(value="+85621212121").ended_on == AT.date()
    assert sent("people", sheet_of("people", [row])).unchanged == 1
    undo_import(key=held.pk, kind=KINDS["people"], at=AT, by=NIGHTLY)
    assert standing(khamla) == before


def test_a_sheet_without_days_keeps_the_days_of_numbers_that_stay(khamla):
    applied("reference,name,phone\nkhamla,ຄຳຫຼ້າ,+856 20 5551 2345; +856 20 7771 2345\n".encode())
    assert [each[:2] for each in standing(khamla)][:2] == [("+8562055512345", SEEN_ON), ("+8562077712345", None)]


def test_a_sheet_without_these_columns_leaves_them_alone(khamla):
    before = standing(khamla)
    assert sent("people", "reference,name\nkhamla,ຄຳຫຼ້າ\n".encode()).unchanged == 1
    assert standing(khamla) == before


def test_a_new_person_comes_with_numbers_and_goes_with_them(khamla):
    held = applied("name,phone,e-mail,wechat\nແກ້ວ,+8562099912345,KEO@example.la,keo_2024\n".encode())
    keo = Person.objects.exclude(pk=khamla.pk).get()
    assert [each[0] for each in standing(keo)] == ["+8562099912345", "keo@example.la", "keo_2024"]
    undo_import(key=held.pk, kind=KINDS["people"], at=AT, by=NIGHTLY)
    assert not Person.objects.filter(pk=keo.pk).exists()


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("+856 2,", ("phone", "+856 2", "phone")),
        ("8.56E+11,", ("phone", "8.56E+11", "phone_lost_digits")),
        ("+8562055512345,2024-01-20; 2024-01-21", ("phone_confirmed_on", "2024-01-20; 2024-01-21", "too_many_days")),
        ("+8562055512345,2030-01-20", ("phone_confirmed_on", "2030-01-20", "future")),
        ("+8562055512345,soon", ("phone_confirmed_on", "soon", "day")),
    ],
    ids=["short", "rounded", "more_days", "future", "no_day"],
)  # fmt: skip
def test_what_is_no_number_or_no_day_is_refused_where_it_stands(khamla, cells, told):
    assert faults(f"{HEAD}khamla,ຄຳຫຼ້າ,{cells}\n") == [(2, *told)]


@pytest.mark.parametrize(
    ("column", "cell", "rule"), [("e-mail", "khamla at home", "contact_email"), ("wechat", "?", "contact_wechat")]
)
def test_what_is_no_address_is_refused(khamla, column, cell, rule):
    assert [each[2:] for each in faults(f"reference,name,{column}\nkhamla,ຄຳຫຼ້າ,{cell}\n")] == [(cell, rule)]


def test_a_number_that_lost_its_zero_is_read_in_the_country_that_was_answered():
    text = "name,phone\nແກ້ວ,020 5551 2345\n"
    with pytest.raises(StillOpen):
        sent("people", text.encode())
    asked = questions_of(held=Import.objects.get(), kind=KINDS["people"], by=NIGHTLY)
    assert [each.code for each in asked if not each.by_evidence] == ["country.phone"]
    applied(text.encode(), answers={"country.phone": "LA"})
    assert ContactChannel.objects.get().value == "+8562055512345"


def test_an_erased_person_is_not_written_down_again(khamla):
    Person.objects.filter(pk=khamla.pk).update(erased_at=AT, **SAID_NOTHING)
    assert [each[1:] for each in faults(f"{HEAD}khamla,ຄຳຫຼ້າ,+8562077712345,\n")] == [("reference", "khamla", "erased")]


@pytest.mark.parametrize(("role", "sees"), [("secretariat", True), ("auditor", False), ("council", False)])
def test_only_who_sees_contacts_on_the_page_sees_them_in_the_sheet(role, sees):
    assert sees_everywhere(PersonField.CONTACTS, by=make_actor(role, user=make_user(role))) is sees
