"""A package of OneRoster, from the file to persons, cohorts and places, and back."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage

from corridor.foundations.access import Role
from corridor.foundations.sheets.models import Import
from corridor.foundations.sheets.oneroster.findings import BadPackage
from corridor.foundations.sheets.steps.moving import BuiltOn, HasRefusedRows, NotNow
from corridor.foundations.sheets.steps.preparing import map_import_columns
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.rooms.people.actions.erasing import erase_record
from corridor.rooms.people.actions.merging import merge_person
from corridor.rooms.people.models import Person, SourcedId
from corridor.rooms.training import models as training
from corridor.rooms.training.models import Cohort, CohortTrainer, Enrolment
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment, make_ground
from tests.foundations.sheets.oneroster.packing import SOUND, changed, package

AT = datetime(2024, 3, 4, 9, tzinfo=UTC)
SOURCE = "sis-vte"

pytestmark = pytest.mark.django_db


def secretariat():
    return make_actor("secretariat", user=make_user("secretariat"))


def manager(site):
    return make_actor(Role.SITE_MANAGER, scope=("site", site.pk), user=make_user("manager"))


def send(content, *, by=None, **answers):
    return import_file(
        kind="oneroster", file_name="roster.zip", content=content, language="en", answers=answers, columns={}, at=AT, by=by or secretariat()
    )  # fmt: skip


def written(content, **more):
    by = more.setdefault("by", secretariat())
    held = send(content, **more)
    assert held.refused == 0, [(row.place, row.said) for row in held.verdicts.filter(verdict="refused")]
    return write_import(held=held, at=AT, by=by, wait=True)


def verdicts(held):
    return {row.place: (row.verdict, row.reference) for row in held.verdicts.all()}


def said(held, place):
    return json.loads(held.verdicts.get(place=place).said or "{}")


def rules(held, place):
    return [fault[2] for fault in [*said(held, place).get("faults", []), *said(held, place).get("remarks", [])]]


def counts(held):
    return held.created, held.updated, held.refused


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
