"""Cohorts as a package of OneRoster: the people of the page, a sound package, and nothing changes when it comes back."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import Role
from corridor.foundations.sheets.oneroster import read_package, write_package
from corridor.journeys._roster.naming import joined, parted, whole
from corridor.journeys.import_sheets import import_file
from corridor.journeys.take_sheet import Destination, take_sheet
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.people.actions.merging import merge_person
from corridor.rooms.people.models import Occasion, Transfer
from corridor.rooms.training.queries import list_learners, list_trainers
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment

ON = date(2023, 5, 4)
AT = datetime(2023, 5, 4, 9, tzinfo=UTC)
LATER = datetime(2023, 6, 1, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def secretariat():
    return make_actor("secretariat", user=make_user("secretariat"))


def taken(*, by=None, to="LA", on=ON, at=AT, **narrowed):
    return take_sheet(
        kind="oneroster", form="zip", language="en", narrowed=narrowed, destination=Destination(to), occasion=Occasion.EXPORT,
        on=on, at=at, by=by or secretariat(),
    )  # fmt: skip


def package(**more):
    return read_package(taken(**more).content, file="oneroster.zip")


def came_back(content, *, by=None):
    return import_file(
        kind="oneroster", file_name="oneroster.zip", content=content, language="en", answers={}, columns={}, at=AT,
        by=by or secretariat(),
    )  # fmt: skip


@pytest.fixture
def cohort():
    khamla = make_person(
        "P-1", own_name="ຄຳຫຼ້າ ສີສະຫວາດ", own_language="lo", romanised_name="Khamla Sisavath", residence_country="LA"
    )
    mei = make_person("P-2", own_name="陈美", own_language="zh-Hans", romanised_name="Chen Mei", residence_country="CN")
    sanon = make_person("P-3", own_name="Sanon", own_language="fr", residence_country="LA")
    made = make_cohort(trainers=[mei, make_person("P-4", own_name="Nimali Perera", own_language="en")])
    make_enrolment(made, person=khamla, number=1)
    make_enrolment(made, person=sanon, number=2)
    return made


def test_the_package_is_sound_and_holds_the_people_of_the_page(cohort):
    read, by = package(), secretariat()
    users = {record.key: record["identifier"] for record in read.records("users")}
    parts = [(users[r["userSourcedId"]], r["role"]) for r in read.records("enrollments")]
    on_page = [(each.enrolment.person.reference, "student") for each in list_learners(cohort=cohort, by=by)]
    on_page += [(each.reference, "teacher") for each in list_trainers(cohort=cohort, by=by)]
    assert parts == on_page == [("P-1", "student"), ("P-3", "student"), ("P-2", "teacher"), ("P-4", "teacher")]
    assert [record["classCode"] for record in read.records("classes")] == ["COH-2023-041"]
    assert [record["identifier"] for record in read.records("orgs")] == ["vientiane", "wks-vientiane"]


def test_what_comes_back_as_it_went_changes_nothing(cohort):
    held = came_back(taken().content)
    assert (held.created, held.updated, held.refused) == (0, 0, 0)
    assert not held.verdicts.filter(said__contains="other_day").exists()


def test_an_edited_cell_changes_that_person_alone(cohort):
    read = package()
    tables = {name: [dict(record.values) for record in table.records] for name, table in read.tables.items()}
    tables["users"][0]["familyName"] = "ແກ້ວ"
    held = came_back(write_package(tables, system_name="", system_code="elsewhere"))
    assert (held.created, held.updated, held.refused) == (0, 1, 0)
    assert '["own_name","ຄຳຫຼ້າ ສີສະຫວາດ","ຄຳຫຼ້າ ແກ້ວ"]' in held.verdicts.get(verdict="update").said


def test_the_same_records_are_the_same_bytes(cohort):
    assert taken().content == taken().content


def test_it_is_narrowed_to_a_cohort_a_site_and_a_state(cohort):
    make_cohort("COH-9", site="wks-pakse", agreement="AGR-2022-0002", programme="PRG-2022-002", status="finished")
    groups = {
        given: [record["classCode"] for record in package(**dict([given])).records("classes")]
        for given in [("cohort", "COH-9"), ("site", "wks-vientiane"), ("state", "finished"), ("state", "planned")]
    }
    assert list(groups.values()) == [["COH-9"], ["COH-2023-041"], ["COH-9"], []]
    with pytest.raises(BadInput):
        taken(country="LA")


def test_only_who_is_on_the_roll_that_day_is_in_it(cohort):
    late = make_enrolment(
        cohort,
        person=make_person("P-9"),
        number=9,
        steps=[("enrolled", date(2023, 5, 2)), ("withdrew", date(2023, 5, 20))],
    )
    assert late.status == "withdrew"
    seats = {
        day: "P-9"
        in [record["identifier"] for record in package(on=date.fromisoformat(day), at=LATER).records("users")]
        for day in ("2023-05-01", "2023-05-04", "2023-05-20")
    }
    assert seats == {"2023-05-01": False, "2023-05-04": True, "2023-05-20": False}


def test_the_day_can_be_named(cohort):
    sheet = take_sheet(
        kind="oneroster", form="zip", language="en", narrowed={"on": "2023-01-01"}, destination=Destination("LA"),
        occasion=Occasion.EXPORT, on=ON, at=AT, by=secretariat(),
    )  # fmt: skip
    assert [record["role"] for record in read_package(sheet.content, file="").records("enrollments")] == [
        "teacher",
        "teacher",
    ]
    with pytest.raises(BadInput):
        take_sheet(
            kind="oneroster", form="zip", language="en", narrowed={"on": "soon"}, destination=Destination("LA"),
            occasion=Occasion.EXPORT, on=ON, at=AT, by=secretariat(),
        )  # fmt: skip


def test_whose_data_cross_a_border_stands_in_the_ledger(cohort):
    taken(to="LA")
    transfer = Transfer.objects.get()
    assert (transfer.from_country, transfer.to_country, transfer.about) == ("CN", "LA", "oneroster.zip")
    assert [each.person.reference for each in transfer.listed.all()] == ["P-2"]


def test_each_sees_the_own_cohorts_alone(cohort):
    other = make_cohort("COH-9", site="wks-pakse", agreement="AGR-2022-0002", programme="PRG-2022-002", learners=1)
    manager = make_actor(Role.SITE_MANAGER, scope=("site", other.site_id), user=make_user("manager"))
    assert [record["classCode"] for record in package(by=manager).records("classes")] == ["COH-9"]
    assert package(by=manager, cohort="COH-2023-041").records("users") == ()
    with pytest.raises(AccessDenied):
        taken(by=make_actor("auditor", user=make_user("auditor")))


def test_a_merged_person_is_in_it_once_as_the_one_who_stays(cohort):
    stays = make_person("P-0", own_name="ຄຳຫຼ້າ", own_language="lo")
    gone = cohort.enrolments.get(number=1).person
    merge_person(person=gone, into=stays, reason="One and the same.", at=AT, by=secretariat())
    content = taken().content
    users = [record["identifier"] for record in read_package(content, file="").records("users")]
    assert ("P-0" in users, "P-1" in users) == (True, False)
    held = came_back(content)
    assert (held.created, held.updated, held.refused) == (0, 0, 0)


def test_nothing_but_names_and_references_of_persons_leaves(cohort):
    person = cohort.enrolments.get(number=1).person
    person.born_on, person.sex = date(2001, 1, 31), "female"
    person.save()
    read = package()
    assert not {"demographics", "userProfiles"} & set(read.tables)
    assert set(read.records("users")[0].values) == {
        "sourcedId", "enabledUser", "username", "givenName", "familyName", "identifier", "primaryOrgSourcedId",
        "metadata.wholeName", "metadata.nameLanguage", "metadata.romanisedName",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "marked", "order", "parts"),
    [
        ("ຄຳຫຼ້າ ສີສະຫວາດ", {}, "", ("ຄຳຫຼ້າ", "ສີສະຫວາດ")),
        ("Maria Clara Santos", {}, "", ("Maria Clara", "Santos")),
        ("Nguyễn Thị Minh", {}, "family_first", ("Thị Minh", "Nguyễn")),
        ("Suharto", {}, "", ("Suharto", "-")),
        ("Sri Mulyani", {}, "mononym", ("Sri Mulyani", "-")),
        ("陈美", {}, "", ("美", "陈")),
        ("欧阳美玲", {}, "", ("美玲", "欧阳")),
        ("김민준", {}, "", ("민준", "김")),
        ("de la Cruz Juan", {"family_part": "de la Cruz", "given_part": "Juan"}, "", ("Juan", "de la Cruz")),
    ],
    ids=["lao", "three-words", "family-first", "one-name", "mononym", "chinese", "double-surname", "korean", "marked"],
)
def test_a_whole_name_is_parted_and_is_the_same_whole_again(name, marked, order, parts):
    person = make_person("P-1", own_name=name, own_language="und")
    person.name_order = order
    own = person.names.get(form="own")
    for field, part in marked.items():
        setattr(own, field, part)
    assert parted(person, own) == parts
    assert whole(parts[0], "", parts[1], name) == name


def test_parts_that_were_changed_count_more_than_the_whole_name_beside_them():
    assert whole("Khamla", "", "Sisavath", "Sisavath Khamla") == "Sisavath Khamla"
    assert whole("Khamla", "", "Kaew", "Khamla Sisavath") == "Khamla Kaew"
    assert (joined("美", "", "陈"), joined("Suharto", "", "-"), joined("A", "B.", "C")) == ("陈美", "Suharto", "A B. C")
