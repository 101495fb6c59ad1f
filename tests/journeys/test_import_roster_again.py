"""Packages of OneRoster that follow others: what changed, what was deleted there, what is taken back, and who may send what."""

from datetime import date, timedelta

import pytest

from corridor.foundations.sheets.steps.moving import BuiltOn, NotNow
from corridor.foundations.sheets.steps.preparing import map_import_columns
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS
from corridor.rooms.people.actions.erasing import erase_record
from corridor.rooms.people.actions.merging import merge_person
from corridor.rooms.people.models import Person, SourcedId
from corridor.rooms.training import models as training
from corridor.rooms.training.models import CohortTrainer, Enrolment
from tests.factories.people import make_person
from tests.factories.rosters import AT, SOURCE, counts, manager, rules, secretariat, send, verdicts, written
from tests.factories.training import make_cohort, make_enrolment
from tests.foundations.sheets.oneroster.packing import SOUND, changed, package

pytestmark = pytest.mark.django_db


def delta(*tables, status="active"):
    return {name: [{**row, "status": status} for row in SOUND[name]] for name in tables}


def test_a_deleted_place_is_told_and_ends_only_where_the_sender_says_so():
    make_cohort()
    written(package(source=SOURCE))
    content = package(delta("enrollments", status="tobedeleted"), mode="delta", source=SOURCE)
    held = written(content)
    assert (counts(held), rules(held, "enrollments.csv:2"), rules(held, "enrollments.csv:3")) == (
        (0, 0, 0), ["deleted"], ["not_deleted"],
    )  # fmt: skip
    tables = {
        "enrollments": [
            {**SOUND["enrollments"][0], "status": "tobedeleted", "dateLastModified": "2024-03-03T08:00:00Z"}
        ]
    }
    held = written(package(tables, mode="delta", source=SOURCE), deleted="withdraw")
    place = Enrolment.objects.get()
    assert (counts(held), place.status) == ((0, 1, 0), "withdrew")
    assert place.changes.latest("effective_on").effective_on == date(2024, 3, 3)
    assert counts(send(package(tables, mode="delta", source=SOURCE), deleted="withdraw")) == (0, 0, 0)
    undo_import(key=held.pk, kind=KINDS["oneroster"], at=AT, by=secretariat())
    place.refresh_from_db()
    assert place.status == "enrolled"


def test_a_person_or_a_cohort_is_never_deleted_by_a_package():
    make_cohort()
    written(package(source=SOURCE))
    tables = delta("users", "classes", status="tobedeleted")
    held = written(package(tables, mode="delta", source=SOURCE), deleted="withdraw")
    assert (counts(held), Person.objects.count()) == ((0, 0, 0), 2)
    assert (rules(held, "users.csv:2"), rules(held, "classes.csv:2")) == (["not_deleted"], ["not_deleted"])


def test_what_changed_finds_what_was_sent_before():
    make_cohort()
    written(package(source=SOURCE))
    fresh = {"sourcedId": "u3", "enabledUser": "true", "username": "kaew", "givenName": "ນາງ ແກ້ວ", "familyName": "ມະນີ"}
    tables = {
        "users": [fresh],
        "enrollments": [{**SOUND["enrollments"][0], "sourcedId": "e3", "userSourcedId": "u3"}],
    }
    held = written(package(tables, mode="delta", source=SOURCE))
    assert (counts(held), Enrolment.objects.count()) == ((2, 0, 0), 2)


def test_an_applicant_is_enrolled_and_other_days_are_told():
    cohort = make_cohort()
    khamla = make_person("P-2023-000009", own_name="ຄຳຫຼ້າ ສີສະຫວາດ", own_language="lo")
    bounmy = make_person("P-2023-000010", own_name="ບຸນມີ ແກ້ວ", own_language="lo")
    make_enrolment(cohort, person=khamla, number=1, steps=[])
    make_enrolment(cohort, person=bounmy, number=2)
    tables = changed("users", identifier="P-2023-000009")
    tables["users"][1] |= {"identifier": "P-2023-000010"}
    tables["enrollments"] = changed("enrollments", 1, role="student", beginDate="2024-03-01", endDate="2024-03-02")[
        "enrollments"
    ]
    held = written(package(tables, source=SOURCE))
    assert [str(each) + " " + each.status for each in Enrolment.objects.all()] == [
        "COH-2023-041/1 enrolled", "COH-2023-041/2 attending",
    ]  # fmt: skip
    assert rules(held, "enrollments.csv:3") == ["other_day", "is_over"]


def test_an_import_is_taken_back_with_everything_that_it_made():
    make_cohort()
    held = written(package(source=SOURCE))
    undo_import(key=held.pk, kind=KINDS["oneroster"], at=AT + timedelta(hours=2), by=secretariat())
    for model in (Person, SourcedId, training.SourcedId, Enrolment, CohortTrainer):
        assert not model.objects.exists(), model


def test_it_is_not_taken_back_when_something_was_built_on_it():
    cohort = make_cohort()
    held = written(package(source=SOURCE))
    CohortTrainer.objects.create(cohort=cohort, person=Enrolment.objects.get().person)
    with pytest.raises(BuiltOn):
        undo_import(key=held.pk, kind=KINDS["oneroster"], at=AT, by=secretariat())
    assert Person.objects.count() == 2


def test_a_merged_person_is_found_as_the_one_who_stays():
    make_cohort()
    written(package(source=SOURCE))
    stays = make_person("P-2020-000001", own_name="ຄຳຫຼ້າ", own_language="lo")
    merge_person(
        person=Person.objects.get(sourced_ids__value="u1"),
        into=stays,
        reason="One and the same.",
        at=AT,
        by=secretariat(),
    )
    held = send(package(source=SOURCE))
    assert verdicts(held)["users.csv:2"] == ("update", "P-2020-000001")
    assert verdicts(held)["enrollments.csv:2"] == ("unchanged", "COH-2023-041/1")


def test_an_erased_person_is_nobody_s_any_more():
    make_cohort()
    written(package(source=SOURCE))
    person = Person.objects.get(sourced_ids__value="u1")
    erase_record(records=[person], reason="Asked for.", at=AT, by=secretariat())
    assert not SourcedId.objects.filter(person=person).exists()


def test_a_site_manager_gives_places_to_persons_who_stand_and_writes_nobody_down():
    cohort = make_cohort()
    make_person("P-2023-000009", own_name="ຄຳຫຼ້າ", own_language="lo")
    by = manager(cohort.site)
    assert rules(send(package(source=SOURCE), by=by), "users.csv:2") == ["not_yours"]
    tables = changed("users", identifier="P-2023-000009")
    tables |= {name: SOUND[name][:1] for name in ("roles", "enrollments")}
    tables["users"] = tables["users"][:1]
    held = written(package(tables, source=SOURCE), by=by)
    assert (verdicts(held)["users.csv:2"], Enrolment.objects.get().person.reference) == (
        ("unchanged", "P-2023-000009"), "P-2023-000009",
    )  # fmt: skip
    assert Person.objects.get().names.get(form="own").full_name == "ຄຳຫຼ້າ"


def test_nobody_writes_into_the_cohort_of_another_site():
    make_cohort()
    elsewhere = make_cohort("COH-9", site="wks-pakse", agreement="AGR-2022-0002", programme="PRG-2022-002")
    held = send(package(source=SOURCE), by=manager(elsewhere.site))
    assert held.verdicts.get(place="classes.csv:2").verdict == "refused"
    assert held.verdicts.get(place="enrollments.csv:2").verdict == "refused"


def test_nobody_is_asked_which_column_is_which():
    make_cohort()
    held = send(package(source=SOURCE))
    assert {column.header for column in held.columns.all()} == {column.name for column in held.columns.all()}
    with pytest.raises(NotNow):
        map_import_columns(key=held.pk, kind=KINDS["oneroster"], names={0: "file"}, by=secretariat())


def test_a_package_of_many_records_is_written_in_sets():
    """Persons of the first set are known to the places of the next one."""
    make_cohort()
    consonants = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ"
    names = [f"ນາງ {a}າ{b}ຽ{c}ວ" for a in consonants[:9] for b in consonants[9:18] for c in consonants[18:]][:620]
    tables = dict(SOUND)
    tables["users"] = [
        {"sourcedId": f"u{n}", "enabledUser": "true", "username": f"u{n}", "givenName": name, "familyName": "-"}
        for n, name in enumerate(names)
    ]  # fmt: skip
    tables["roles"] = [{**SOUND["roles"][0], "sourcedId": f"r{n}", "userSourcedId": f"u{n}"} for n in range(len(names))]
    tables["enrollments"] = [
        {**SOUND["enrollments"][0], "sourcedId": f"e{n}", "userSourcedId": f"u{n}"} for n in range(len(names))
    ]
    held = written(package(tables, source=SOURCE), twins="create")
    assert (held.created, Enrolment.objects.count()) == (2 * len(names), len(names))
    assert counts(send(package(tables, source=SOURCE))) == (0, 0, 0)
