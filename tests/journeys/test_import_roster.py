"""A package of OneRoster, from the file to persons, cohorts and places."""

from datetime import date

import pytest
from django.core.files.storage import default_storage

from corridor.foundations.sheets.models import Import
from corridor.foundations.sheets.oneroster.findings import BadPackage
from corridor.foundations.sheets.steps.moving import HasRefusedRows
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, write_import
from corridor.rooms.people.models import Person, SourcedId
from corridor.rooms.training import models as training
from corridor.rooms.training.models import Cohort, CohortTrainer, Enrolment
from tests.factories.people import make_person
from tests.factories.rosters import AT, SOURCE, counts, rules, said, secretariat, send, verdicts, written
from tests.factories.training import make_cohort, make_ground
from tests.foundations.sheets.oneroster.packing import changed, package

pytestmark = pytest.mark.django_db


def test_people_cohorts_and_places_come_in_with_a_verdict_for_each_record():
    make_cohort()
    held = send(package(source=SOURCE))
    assert verdicts(held) == {
        "manifest.csv": ("unchanged", ""), "academicSessions.csv": ("unchanged", ""), "orgs.csv": ("unchanged", ""),
        "courses.csv": ("unchanged", ""), "classes.csv": ("unchanged", ""), "users.csv": ("unchanged", ""),
        "roles.csv": ("unchanged", ""), "enrollments.csv": ("unchanged", ""),
        "orgs.csv:2": ("unchanged", "wks-vientiane"), "classes.csv:2": ("update", "COH-2023-041"),
        "users.csv:2": ("create", ""), "users.csv:3": ("create", ""),
        "enrollments.csv:2": ("create", "COH-2023-041/1"), "enrollments.csv:3": ("create", "COH-2023-041"),
    }  # fmt: skip
    assert not Person.objects.exists()


def test_what_was_checked_is_written():
    cohort = make_cohort()
    held = written(package(source=SOURCE))
    assert (held.state, counts(held)) == ("applied", (4, 1, 0))
    place = Enrolment.objects.get()
    assert (str(place), place.status, place.participant_kind) == ("COH-2023-041/1", "enrolled", "student")
    assert place.person.names.get(form="own").full_name == "ຄຳຫຼ້າ ສີສະຫວາດ"
    assert place.changes.latest("effective_on").effective_on == date(2024, 3, 1)
    assert CohortTrainer.objects.get().person.names.get().full_name == "ບຸນມີ ແກ້ວ"
    assert sorted(SourcedId.objects.values_list("source", "value")) == [(SOURCE, "u1"), (SOURCE, "u2")]
    assert training.SourcedId.objects.get().cohort == cohort


def test_the_same_package_again_changes_nothing():
    make_cohort()
    written(package(source=SOURCE))
    again = send(package(source=SOURCE))
    assert counts(again) == (0, 0, 0)
    assert again.unchanged == again.rows


def test_a_second_package_changes_the_record_that_the_first_made():
    make_cohort()
    written(package(source=SOURCE))
    held = written(package(changed("users", familyName="ແກ້ວມະນີ"), source=SOURCE))
    assert counts(held) == (0, 1, 0)
    assert said(held, "users.csv:2")["changes"] == [["own_name", "ຄຳຫຼ້າ ສີສະຫວາດ", "ຄຳຫຼ້າ ແກ້ວມະນີ"]]
    assert Person.objects.get(sourced_ids__value="u1").names.get(form="own").full_name == "ຄຳຫຼ້າ ແກ້ວມະນີ"


def test_the_same_identifier_in_another_system_is_somebody_else():
    make_cohort()
    written(package(source=SOURCE))
    other = changed("users", givenName="ນາງ ແກ້ວ", familyName="ວົງ", middleName="ມະນີ")
    other["users"][1] |= {"givenName": "ສົມພອນ", "familyName": "ຄຳ"}
    assert counts(send(package(other, source="another"))) == (4, 1, 0)


def test_a_system_without_a_name_is_told_apart_by_its_sender():
    make_cohort()
    by = secretariat()
    written(package(), by=by)
    assert set(SourcedId.objects.values_list("source", flat=True)) == {by.label}
    assert counts(send(package(), by=by)) == (0, 0, 0)


def test_our_own_reference_finds_the_person_and_the_identifier_is_kept():
    make_cohort()
    khamla = make_person("P-2023-000009", own_name="ຄຳຫຼ້າ ສີສະຫວາດ", own_language="lo", romanised_name="Khamla")
    tables = changed("users", identifier="P-2023-000009")
    held = written(package(tables, source=SOURCE))
    assert verdicts(held)["users.csv:2"] == ("update", "P-2023-000009")
    assert said(held, "users.csv:2")["changes"] == [["sourced_id", "", "u1"]]
    assert Enrolment.objects.get().person == khamla
    assert khamla.names.filter(form="romanised").exists()
    assert counts(send(package(tables, source=SOURCE))) == (0, 0, 0)


def test_a_row_that_is_likely_somebody_here_asks_first():
    make_cohort()
    make_person("P-2023-000009", own_name="ຄຳຫຼ້າ ສີສະຫວາດ", own_language="lo")
    held = send(package(source=SOURCE))
    assert rules(held, "users.csv:2") == ["twins"]
    assert counts(send(package(source=SOURCE), twins="create"))[2] == 0


def test_the_language_of_latin_names_is_asked_and_not_guessed():
    make_cohort()
    tables = changed("users", givenName="Nimali", familyName="Perera")
    held = send(package(tables, source=SOURCE))
    assert rules(held, "users.csv:2") == ["name_language"]
    written(package(tables, source=SOURCE), name_language="en")
    assert Person.objects.get(sourced_ids__value="u1").names.get().language == "en"


def test_a_name_of_dashes_is_no_name():
    make_cohort()
    assert rules(send(package(changed("users", givenName="-", familyName="."), source=SOURCE)), "users.csv:2") == [
        "no_name"
    ]


def test_a_package_with_nothing_but_its_manifest_is_taken_and_says_so():
    held = send(package({}, source=SOURCE))
    assert (verdicts(held), held.refused) == ({"manifest.csv": ("unchanged", "")}, 0)


def test_a_name_that_is_too_long_is_refused_in_its_row_and_the_place_with_it():
    make_cohort()
    held = send(package(changed("users", givenName="ຄ" * 201), source=SOURCE))
    assert (rules(held, "users.csv:2"), rules(held, "enrollments.csv:2")) == (["text_long"], ["unknown_person"])


def test_a_group_that_is_no_cohort_is_refused_and_says_what_to_do():
    held = send(package(source=SOURCE))
    assert rules(held, "classes.csv:2") == ["unknown_cohort"]
    assert rules(held, "enrollments.csv:2") == ["unknown_cohort"]
    with pytest.raises(HasRefusedRows):
        write_import(held=held, at=AT, by=secretariat(), wait=True)


def test_a_cohort_is_opened_where_the_sender_says_so_and_everything_stands_in_the_package():
    version = make_cohort().curriculum_version
    programme, _site, _brand = make_ground()
    programme.curriculum_version = version
    programme.save()
    tables = changed("classes", classCode="VTE-2024-A") | {
        "courses": changed("courses", courseCode="PRG-2022-001")["courses"]
    }
    assert rules(send(package(tables, source=SOURCE)), "classes.csv:2") == ["unknown_cohort"]
    held = written(package(tables, source=SOURCE), unknown_cohort="open")
    opened = Cohort.objects.get(reference="VTE-2024-A")
    assert (opened.programme, opened.starts_on, opened.ends_before) == (programme, date(2024, 3, 1), date(2024, 7, 1))
    assert opened.enrolments.count() == 1
    assert counts(send(package(tables, source=SOURCE))) == (0, 0, 0)
    undo_import(key=held.pk, kind=KINDS["oneroster"], at=AT, by=secretariat())
    assert not Cohort.objects.filter(reference="VTE-2024-A").exists()


@pytest.mark.parametrize(
    ("tables", "rule"),
    [
        (changed("orgs", identifier="nowhere", name="Nowhere"), "unknown_site"),
        (changed("courses", courseCode="PRG-0"), "unknown_programme"),
        (changed("classes", classCode="with spaces"), "reference"),
    ],
    ids=["site", "programme", "reference"],
)
def test_a_cohort_is_not_opened_on_nothing(tables, rule):
    version = make_cohort("COH-1").curriculum_version
    programme, _site, _brand = make_ground()
    programme.curriculum_version = version
    programme.save()
    if rule != "unknown_programme":
        tables = tables | {"courses": changed("courses", courseCode="PRG-2022-001")["courses"]}
    held = send(package(tables, source=SOURCE), unknown_cohort="open")
    assert rules(held, "classes.csv:2") == [rule]


def test_a_cohort_outside_the_agreement_is_refused_with_the_reason_of_its_room():
    version = make_cohort("COH-1").curriculum_version
    programme, _site, _brand = make_ground()
    programme.curriculum_version = version
    programme.save()
    tables = changed("academicSessions", startDate="2020-03-01", endDate="2020-07-01")
    tables["courses"] = changed("courses", courseCode="PRG-2022-001")["courses"]
    assert rules(send(package(tables, source=SOURCE), unknown_cohort="open"), "classes.csv:2") == [
        "ProgrammeIsNotRunning"
    ]


def test_what_is_not_read_is_said_and_not_kept():
    make_cohort()
    tables = changed("users", email="khamla@example.org", password="secret-word", phone="+8562055512345")
    tables["demographics"] = [{"sourcedId": "u1", "birthDate": "2001-01-31", "sex": "female"}]
    held = send(package(tables, source=SOURCE))
    assert rules(held, "demographics.csv") == ["not_read"]
    unread = said(held, "users.csv")["remarks"][1][5]["columns"]
    assert unread == "enabledUser, username, email, phone, password"
    with default_storage.open(held.stored_as) as kept:
        content = kept.read().decode("utf-8-sig")
    for secret in ("secret-word", "khamla@example.org", "2001-01-31", "+8562055512345"):
        assert secret not in content


def test_others_than_students_and_teachers_are_told_and_left_aside():
    make_cohort()
    tables = changed("roles", 1, role="guardian")
    tables["enrollments"] = changed("enrollments", 1, role="proctor")["enrollments"]
    held = written(package(tables, source=SOURCE))
    assert (rules(held, "users.csv:3"), rules(held, "enrollments.csv:3")) == (["other_role"], ["other_role"])
    assert Person.objects.count() == 1


def test_a_wrong_package_is_refused_whole_before_anything_is_kept():
    with pytest.raises(BadPackage) as refused:
        send(package(changed("users", 1, givenName="", enabledUser="yes"), source=SOURCE))
    assert [(p.file, p.row, p.column) for p in refused.value.problems] == [
        ("users.csv", 3, "enabledUser"), ("users.csv", 3, "givenName"),
    ]  # fmt: skip
    assert not Import.objects.exists()
