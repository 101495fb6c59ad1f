"""Persons are registered with whole names in every script; the sheet tells each fault with its row."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from corridor.foundations.sheets.reading import read_sheet
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.people.actions import AccountTaken, link_person_to_user, register_person, register_persons
from corridor.rooms.people.drafts import NameOfPerson, PersonDraft
from corridor.rooms.people.models import NameForm, Person, PersonName
from corridor.rooms.people.names import names_of
from corridor.rooms.people.queries import get_person, get_self, list_persons
from corridor.rooms.people.sheets import ACCOUNT_PERSONS, PEOPLE
from tests.factories.actors import NIGHTLY, VISITOR, make_actor, make_user
from tests.factories.people import make_people, make_person, make_purpose_of_sex

AT = datetime(2024, 2, 2, 3, tzinfo=UTC)
ON = AT.date()

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


def draft(reference="khamla", *names, **more):
    own = NameOfPerson(NameForm.OWN, "lo", "ຄຳຫຼ້າ")
    return PersonDraft(reference=reference, names=(own, *names), **more)


def test_a_person_is_called_in_the_readers_script_with_the_other_beside(secretariat):
    romanised = NameOfPerson(NameForm.ROMANISED, "lo-Latn", "Khamla")
    khamla = register_person(draft=draft("khamla", romanised, born_on=date(1990, 4, 13)), on=ON, by=secretariat)
    assert khamla.called("lo") == ("ຄຳຫຼ້າ", "lo", "Khamla", "lo-Latn")
    assert khamla.called("en") == ("Khamla", "lo-Latn", "ຄຳຫຼ້າ", "lo")
    assert khamla.display_name("zh-hans") == "Khamla"


def test_a_name_known_in_the_readers_language_goes_before_the_romanised_one(secretariat):
    chinese = NameOfPerson(NameForm.OTHER, "zh-Hans", "坎拉")
    khamla = register_person(draft=draft("khamla", chinese), on=ON, by=secretariat)
    assert khamla.display_name("zh-hans") == "坎拉"
    assert khamla.display_name("en") == "ຄຳຫຼ້າ"


def test_names_of_many_take_one_statement(django_assert_num_queries):
    keys = [person.pk for person in make_people(20)]
    with django_assert_num_queries(1):
        assert names_of(keys, language="lo")[keys[0]].name == "P 1"


def test_every_fault_is_named_and_nobody_is_registered(secretariat):
    make_person("mei")
    nameless = PersonDraft(reference="x", names=())
    with pytest.raises(BadInput) as refused:
        register_persons(
            drafts=[draft("mei"), draft("b", residence_country="ZX"), nameless, draft("c"), draft("c")],
            on=ON,
            by=secretariat,
        )
    assert [problem.column for problem in refused.value.problems] == [
        "reference", "residence_country", "own_name", "reference",
    ]  # fmt: skip
    assert Person.objects.count() == 1


def test_a_hundred_persons_take_few_statements(secretariat, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        register_persons(drafts=[draft(f"p-{number}") for number in range(100)], on=ON, by=secretariat)
    assert PersonName.objects.count() == 100


@pytest.mark.parametrize("role", ["coordinator", "council", "trainer", "auditor"])
def test_nobody_but_the_secretariat_registers_persons(role):
    with pytest.raises(AccessDenied):
        register_person(draft=draft(), on=ON, by=make_actor(role))


def test_a_person_is_seen_by_themselves_and_by_who_may_see_persons(secretariat):
    khamla, mei = make_person("khamla"), make_person("mei")
    own = make_actor("learner", ("person", khamla.pk), person=khamla)
    assert get_person(reference="khamla", by=own) == khamla
    assert get_self(by=own) == khamla
    assert list_persons(by=own).rows == [khamla]
    assert list_persons(by=secretariat, search="陈").rows == [khamla, mei]
    for by in (own, VISITOR, make_actor("auditor"), make_actor("trainer", ("cohort", mei.pk))):
        with pytest.raises(NotFound):
            get_person(reference="mei", by=by)
    with pytest.raises(NotFound):
        get_self(by=secretariat)


def test_lists_of_persons_come_in_pages(secretariat):
    make_people(5)
    first = list_persons(by=secretariat, limit=2)
    assert [person.reference for person in first.rows] == ["p-1", "p-2"]
    assert [person.reference for person in list_persons(by=secretariat, after=first.next_after, limit=3).rows] == [
        "p-3", "p-4", "p-5",
    ]  # fmt: skip


def test_an_account_is_of_one_person(secretariat):
    khamla, mei = make_person("khamla"), make_person("mei")
    user = make_user("khamla")
    assert link_person_to_user(person=khamla, user=user, by=secretariat).user == user
    link_person_to_user(person=khamla, user=user, by=secretariat)
    with pytest.raises(AccountTaken):
        link_person_to_user(person=mei, user=user, by=secretariat)
    with pytest.raises(AccountTaken):
        link_person_to_user(person=khamla, user=make_user("other"), by=secretariat)


HEADER = (
    "reference,sex,born_on,residence_country,source_mark,own_name,own_language,romanised_name,other_name,other_language"
)


def take(path: Path, kind, *lines: str) -> int:
    path.write_text("\n".join(lines), encoding="utf-8")
    return kind.taken(read_sheet(path, kind=kind), by=NIGHTLY, at=AT)


def test_the_sheet_brings_in_persons_and_their_accounts(tmp_path):
    people = [
        f"{HEADER},sex_because",
        "p-1,female,1990-04-13,LA,assumed,ຄຳຫຼ້າ,lo,Khamla,坎拉,zh-Hans,equal_access",
        "p-2,unknown,,,assumed,นิมาลี,th,,,,",
    ]
    make_purpose_of_sex()
    assert take(tmp_path / "people.csv", PEOPLE, *people) == 2
    assert Person.objects.get(reference="p-1").names.count() == 3
    assert list(Person.objects.values_list("sex", "sex_because__code")) == [
        ("female", "equal_access"),
        ("unknown", None),
    ]
    make_user("khamla")
    accounts = ["username,role,scope_kind,scope,held_from,person", "khamla,trainer,,,2023-01-01,p-1"]
    assert take(tmp_path / "accounts.csv", ACCOUNT_PERSONS, *accounts) == 1
    assert Person.objects.get(reference="p-1").user.username == "khamla"


def test_faults_of_the_sheet_are_named(tmp_path):
    make_person("p-1")
    people = [
        f"{HEADER},sex_because",
        "p-1,unknown,,,assumed,A,en,,,,",
        "p-2,unknown,2024-02-03,,assumed,B,en,,B2,,",
        "p-3,female,,,assumed,C,en,,,,",
        "p-4,male,,,assumed,D,en,,,,nothing",
    ]
    with pytest.raises(BadInput) as refused:
        take(tmp_path / "people.csv", PEOPLE, *people)
    assert [str(problem).split(":")[0] for problem in refused.value.problems] == [
        "people.csv, row 2, reference",
        "people.csv, row 3, other_language",
        "people.csv, row 3, born_on",
        "people.csv, row 4, sex_because",
        "people.csv, row 5, sex_because",
    ]
    accounts = ["username,role,scope_kind,scope,held_from,person", "khamla,trainer,,,2023-01-01,p-9"]
    with pytest.raises(BadInput, match=r"accounts\.csv, row 2, username: There is no “khamla”"):
        take(tmp_path / "accounts.csv", ACCOUNT_PERSONS, *accounts)


@pytest.mark.parametrize("word", ["me", "new", "purposes"])
def test_a_reference_is_no_word_of_another_page(secretariat, word):
    with pytest.raises(BadInput, match="address of another page"):
        register_person(draft=draft(word), on=ON, by=secretariat)
