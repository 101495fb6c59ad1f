"""The sheets of further names, contacts, purposes and consents; and what a sheet of people may say beside its usual columns."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.sheets.reading import read_sheet
from corridor.kernel.errors import BadInput
from corridor.rooms.people.models import Consent, Person
from corridor.rooms.people.parts_sheets import CONSENTS, CONTACTS, PERSON_NAMES, PURPOSES
from corridor.rooms.people.queries import has_consent
from corridor.rooms.people.sheets import PEOPLE
from tests.factories.actors import NIGHTLY
from tests.factories.people import make_person

AT = datetime(2024, 2, 2, 3, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def take(folder, kind, *lines):
    path = folder / f"{kind.name}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return kind.taken(read_sheet(path, kind=kind), by=NIGHTLY, at=AT)


HEADER = (
    "reference,sex,born_on,residence_country,source_mark,own_name,own_language,romanised_name,other_name,other_language,"
    "romanisation_system,name_order,birth_calendar,birth_written,email,phone"
)


def test_a_sheet_of_people_may_say_more(tmp_path):
    row = "p-1,unknown,1990-04-13,LA,assumed,ຄຳຫຼ້າ,lo,Khamla,,,passport,mononym,buddhist,13/04/2533,K@example.la,020 55512345"
    assert take(tmp_path, PEOPLE, HEADER, row) == 1
    person = Person.objects.get()
    assert (person.name_order, person.birth_calendar, person.birth_written) == ("mononym", "buddhist", "13/04/2533")
    assert person.names.get(form="romanised").romanisation == "passport"
    assert set(person.contacts.values_list("value", flat=True)) == {"k@example.la", "+8562055512345"}


def test_what_it_says_wrongly_is_told_where_it_stands(tmp_path):
    row = "p-1,unknown,,LA,assumed,ຄຳຫຼ້າ,lo,Khamla,,,wade,upside_down,,,,"
    with pytest.raises(BadInput) as refused:
        take(tmp_path, PEOPLE, HEADER, row)
    assert [each.column for each in refused.value.problems] == ["name_order", "romanisation_system"]


def test_further_names_and_contacts_come_in(tmp_path):
    make_person("mei")
    names = "person,form,language,full_name,romanisation,family_part,given_part,valid_from,valid_before"
    assert take(tmp_path, PERSON_NAMES, names, "mei,former,zh-Hans,王美,,王,美,,2020-01-01") == 1
    with pytest.raises(BadInput, match="does not stand in the whole name"):
        take(tmp_path, PERSON_NAMES, names, "mei,other,en,May,,Chen,,,")
    contacts = "person,kind,value,country,use,confirmed_on"
    assert take(tmp_path, CONTACTS, contacts, "mei,wechat,mei_chen88,,first,2023-12-01") == 1
    with pytest.raises(BadInput, match="what a spreadsheet made of a number"):
        take(tmp_path, CONTACTS, contacts, "mei,phone,8.56E+11,LA,,")


def test_purposes_and_consents_come_in_with_what_was_taken_back(tmp_path):
    mei = make_person("mei")
    purposes = [
        "code,legal_basis,need,from_day,ended_on,title_en,text_en",
        "follow_up,consent,optional,2023-01-01,,Later,We may ask.",
    ]
    assert take(tmp_path, PURPOSES, *purposes) == 1
    header = "person,purpose,version,language,taking,given_on,withdrawn_on"
    assert take(tmp_path, CONSENTS, header, "mei,follow_up,1,en,paper,2023-02-01,2023-08-01") == 1
    held = [has_consent(person=mei, purpose="follow_up", on=date(2023, month, 15), by=NIGHTLY) for month in (1, 3, 9)]
    assert (held, Consent.objects.count()) == ([False, True, False], 1)
    with pytest.raises(BadInput, match="no sentence of"):
        take(tmp_path, CONSENTS, header, "mei,follow_up,2,en,paper,2023-02-01,")
