"""A sheet of persons, from the file to the records and back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from corridor.foundations.sheets.models import Import, ImportRow
from corridor.foundations.sheets.steps.moving import BuiltOn, HasRefusedRows, NotNow, StaleDryRun, StillOpen, TooLate
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, check_import, import_file, write_import
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.people.models import Person
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_person, make_purpose_of_sex

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
SHEET = """Name,Name in English,Sex,Date of birth,Country
ຄຳຫຼ້າ ສີສະຫວາດ,Khamla Sisavath,ຍິງ,31/01/2001,Laos
นภา แสงทอง,Napha Saengthong,F,2002-05-04,ไทย
"""

pytestmark = pytest.mark.django_db


def secretariat():
    return make_actor("secretariat", user=make_user("secretariat"))


@pytest.fixture(autouse=True)
def _what_sex_is_collected_for(db):
    make_purpose_of_sex()


def send(text, *, by=None, kind="people", answers=None, columns=None, name="people.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    said = {**({"purpose_needed": "equal_access"} if kind == "people" else {}), **(answers or {})}
    return import_file(
        kind=kind, file_name=name, content=content, language="en", answers=said, columns=columns or {}, at=AT,
        by=by or secretariat(),
    )  # fmt: skip


def written(text, **more):
    by = more.setdefault("by", secretariat())
    return write_import(held=send(text, **more), at=AT, by=by, wait=True)


def test_new_persons_are_written_with_references_of_their_own():
    held = written(SHEET)
    assert (held.state, held.created, held.refused) == ("applied", 2, 0)
    khamla = Person.objects.get(names__full_name="ຄຳຫຼ້າ ສີສະຫວາດ")
    assert (khamla.reference, khamla.sex, khamla.born_on, khamla.residence_country) == (
        "P-2024-000001", "female", date(2001, 1, 31), "LA",
    )  # fmt: skip
    assert sorted(khamla.names.values_list("form", "language")) == [("own", "lo"), ("romanised", "lo-Latn")]


def test_the_dry_run_writes_nothing():
    held = send(SHEET)
    assert (held.state, held.created) == ("checked", 2)
    assert not Person.objects.exists()


def test_the_same_file_twice_changes_nothing():
    person = make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla", sex="female")
    sheet = "reference,name,sex\nkhamla,ຄຳຫຼ້າ,m\n"
    assert written(sheet).updated == 1
    person.refresh_from_db()
    assert person.sex == "male"
    assert send(sheet).unchanged == 1


def test_a_change_says_what_stood_and_what_will_stand():
    make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla", sex="female")
    held = send("reference,name,romanised name\nkhamla,ຄຳຫຼ້າ,Khamla Sisavath\n")
    assert '["romanised_name","Khamla","Khamla Sisavath"]' in held.verdicts.get().said


def test_columns_that_are_not_in_the_file_stay_as_they_are():
    make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla", residence_country="LA")
    written("reference,name,sex\nkhamla,ຄຳຫຼ້າ,m\n")
    assert Person.objects.get().residence_country == "LA"


def test_an_unknown_reference_is_refused_until_somebody_says_to_create_it():
    sheet = "reference,name\nnobody,ຄຳຫຼ້າ\n"
    held = send(sheet)
    assert (held.refused, '"unknown"' in held.verdicts.get().said) == (1, True)
    assert written(sheet, answers={"unknown": "create"}).created == 1
    assert Person.objects.get().reference == "nobody"


def test_nothing_is_written_while_one_row_is_refused():
    held = send("name,born on\nຄຳຫຼ້າ,2001-01-31\nນາງ,2001-02-31\n")
    assert (held.created, held.refused) == (1, 1)
    with pytest.raises(HasRefusedRows):
        write_import(held=held, at=AT, by=secretariat(), wait=True)
    assert not Person.objects.exists()


def test_a_dry_run_that_is_stale_writes_nothing_and_asks_for_another():
    """Two send the same sheet: the second finds what the first wrote, and is told so."""
    mine, theirs = secretariat(), make_actor("secretariat", user=make_user("colleague"))
    first, second = send(SHEET, by=mine), send(SHEET, by=theirs)
    write_import(held=first, at=AT, by=mine, wait=True)
    with pytest.raises(StaleDryRun):
        write_import(held=second, at=AT, by=theirs, wait=True)
    assert Person.objects.count() == 2
    again = Import.objects.get(pk=second.pk)
    assert again.state == "received"
    assert check_import(held=again, at=AT, by=theirs, wait=True).unchanged == 2


def test_an_import_is_taken_back_within_a_day():
    make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla", sex="female")
    held = written("reference,name,sex\nkhamla,ຄຳຫຼ້າ,m\n,ນາງ ແກ້ວ,f\n")
    assert Person.objects.count() == 2
    undo_import(key=held.pk, kind=KINDS["people"], at=AT + timedelta(hours=23), by=secretariat())
    assert [(p.reference, p.sex) for p in Person.objects.all()] == [("khamla", "female")]


def test_after_a_day_it_stays():
    held = written(SHEET)
    with pytest.raises(TooLate):
        undo_import(key=held.pk, kind=KINDS["people"], at=AT + timedelta(hours=25), by=secretariat())


def test_what_was_built_on_keeps_an_import_from_being_taken_back():
    held = written(SHEET)
    Person.objects.filter(names__full_name="Khamla Sisavath").update(user=make_user("khamla"))
    with pytest.raises(BuiltOn):
        undo_import(key=held.pk, kind=KINDS["people"], at=AT, by=secretariat())
    assert Person.objects.count() == 2


def test_what_was_changed_again_keeps_an_import_from_being_taken_back():
    make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla", sex="female")
    held = written("reference,name,sex\nkhamla,ຄຳຫຼ້າ,m\n")
    Person.objects.update(sex="unknown")
    with pytest.raises(BuiltOn):
        undo_import(key=held.pk, kind=KINDS["people"], at=AT, by=secretariat())


def test_an_import_is_written_once():
    by = secretariat()
    held = written(SHEET, by=by)
    with pytest.raises(NotNow):
        write_import(held=held, at=AT, by=by, wait=True)


def test_one_person_under_three_romanisations_is_asked_about():
    make_person(
        "khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla Sisavath", born_on=date(2001, 1, 31)
    )
    sheet = "name,language,born on\nKhamla Sisavat,en,2001-01-31\nKHAMLA  Sysavath,en,2001-01-31\nKhamhla Sisavath,en,2001-01-31\n"
    held = send(sheet)
    assert held.refused == 3
    assert all('"twins"' in row.said and "khamla" in row.said for row in held.verdicts.all())
    assert written(sheet, answers={"twins": "create"}).created == 3


def test_one_person_twice_in_a_file_is_asked_about():
    held = send("name,language,born on\nKhamla Sisavath,en,2001-01-31\nSisavath Khamla,en,2001-01-31\n")
    assert (held.created, held.refused) == (1, 1)


def test_persons_of_the_same_file_do_not_make_its_own_dry_run_stale():
    """Six hundred rows come in two sets: the second is planned when the first is written already."""
    rows = "\n".join(f"ນາງ ແກ້ວ{number},2001-01-{number % 28 + 1:02}" for number in range(600))
    assert written(f"name,born on\n{rows}\n", answers={"twins": "create"}).created == 600


def test_only_who_may_register_persons_imports_them():
    with pytest.raises(AccessDenied):
        send(SHEET, by=make_actor("trainer", user=make_user("trainer")))


def test_somebody_elses_import_is_not_to_be_seen():
    held = send(SHEET)
    with pytest.raises(Exception, match="no such import"):
        write_import(held=held, at=AT, by=make_actor("secretariat", user=make_user("other")), wait=True)


def test_a_name_whose_language_its_letters_do_not_tell_needs_one():
    assert send("name\nMei Chen\n").refused == 1
    assert send("name,language\nMei Chen,English\n").created == 1


def test_a_question_without_an_answer_stops_the_dry_run():
    with pytest.raises(StillOpen):
        send("name,born on\nຄຳຫຼ້າ,03/04/2001\n")
    assert written("name,born on\nຄຳຫຼ້າ,03/04/2001\n", answers={"dates.born_on": "mdy"}).created == 1
    assert Person.objects.get().born_on == date(2001, 3, 4)


def test_a_missing_column_is_named():
    with pytest.raises(StillOpen, match="own_name"):
        send("sex\nf\n")


def test_a_column_can_be_named_by_hand_and_is_remembered():
    by = secretariat()
    assert send("der Name,born on\nຄຳຫຼ້າ,2001-01-31\n", columns={"der Name": "own_name"}, by=by).created == 1
    assert send("der Name,born on\nຄຳຫຼ້າ,2001-01-31\n", by=by).created == 1


def test_two_columns_are_not_taken_for_the_same():
    with pytest.raises(BadInput):
        send("a,b\nຄຳຫຼ້າ,x\n", columns={"a": "own_name", "b": "own_name"})


def test_verdicts_of_three_hundred_rows_take_no_more_statements_than_those_of_thirty(django_assert_max_num_queries):
    def sheet(count):
        return "name,born on\n" + "\n".join(f"ນາງ ແກ້ວ{number},2001-01-{number % 28 + 1:02}" for number in range(count))

    send(sheet(30), answers={"twins": "create"})
    with django_assert_max_num_queries(60):
        send(sheet(400), answers={"twins": "create"})
    assert ImportRow.objects.count() == 430
