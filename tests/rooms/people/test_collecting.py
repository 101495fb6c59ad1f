"""Sex and disability are written down only for a purpose that allows it; nobody is born on a day to come."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from corridor.foundations.sheets.steps.looking import list_verdicts
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.kernel.errors import BadInput
from corridor.rooms.people.actions import Facts, describe_person, register_person
from corridor.rooms.people.actions.importing import PersonChange, change_persons
from corridor.rooms.people.actions.requests import Correction, accept_correction, ask_correction
from corridor.rooms.people.drafts import NameOfPerson, PersonDraft
from corridor.rooms.people.models import NameForm, Part, Person, Sex
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_consent, make_person, make_purpose, make_purpose_of_sex

AT = datetime(2024, 2, 2, 3, tzinfo=UTC)
ON = AT.date()
LAO = NameOfPerson(NameForm.OWN, "lo", "ຄຳຫຼ້າ")

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    return make_actor("secretariat", user=make_user("secretariat"))


def ended():
    purpose = make_purpose_of_sex()
    purpose.ended_on = ON
    purpose.save()
    return purpose


REFUSED = {
    "none": (lambda: None, "only for a purpose"),
    "ended": (ended, "ended on"),
    "not agreed": (lambda: make_purpose("share_profile"), "needs the person's consent"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_sex_is_registered_and_described_only_for_a_purpose_that_allows_it(secretariat, why):
    purpose, said = REFUSED[why][0](), REFUSED[why][1]
    draft = PersonDraft("khamla", (LAO,), sex=Sex.FEMALE, sex_because=purpose)
    with pytest.raises(BadInput, match=said):
        register_person(draft=draft, on=ON, by=secretariat)
    mei = make_person("mei", sex="unknown")
    with pytest.raises(BadInput, match=said) as refused:
        describe_person(
            person=mei, facts=replace(Facts.of(mei), sex="female", sex_because=purpose), on=ON, by=secretariat
        )
    assert [problem.column for problem in refused.value.problems] == ["sex_because"]
    assert list(Person.objects.values_list("reference", "sex")) == [("mei", "unknown")]


def test_with_a_purpose_in_force_it_is_written_down(secretariat):
    purpose = make_purpose_of_sex()
    draft = PersonDraft("khamla", (LAO,), sex=Sex.FEMALE, sex_because=purpose)
    assert register_person(draft=draft, on=ON, by=secretariat).sex_because == purpose


def test_a_purpose_by_consent_allows_it_for_who_agrees(secretariat):
    mei, purpose = make_person("mei", sex="unknown"), make_purpose("share_profile")
    make_consent(mei, purpose)
    facts = replace(Facts.of(mei), sex="female", sex_because=purpose, disability="no", disability_because=purpose)
    described = describe_person(person=mei, facts=facts, on=ON, by=secretariat)
    assert (described.sex, described.disability) == ("female", "no")


def test_a_disability_needs_a_purpose_that_allows_it_too(secretariat):
    mei = make_person("mei")
    facts = replace(Facts.of(mei), disability="yes", disability_because=make_purpose("share_profile"))
    with pytest.raises(BadInput, match="needs the person's consent"):
        describe_person(person=mei, facts=facts, on=ON, by=secretariat)


def test_what_stands_is_described_otherwise_without_being_asked_for(secretariat):
    mei = make_person("mei", sex="female")
    assert (
        describe_person(person=mei, facts=replace(Facts.of(mei), honorific="Dr"), on=ON, by=secretariat).honorific
        == "Dr"
    )
    with pytest.raises(BadInput, match="only for a purpose"):
        describe_person(person=mei, facts=replace(Facts.of(mei), sex="male"), on=ON, by=secretariat)


def test_a_correction_writes_no_sex_where_none_is_collected(secretariat):
    mei = make_person("mei", sex="unknown")
    own = make_actor("learner", ("person", mei.pk), user=make_user("mei"), person=mei)
    asked = ask_correction(person=mei, correction=Correction(Part.SEX, "female"), on=ON, at=AT, by=own)
    with pytest.raises(BadInput, match="is not collected"):
        accept_correction(request=asked, on=ON, at=AT, by=secretariat)
    Person.objects.filter(pk=mei.pk).update(sex_because=make_purpose_of_sex())
    accept_correction(request=asked, on=ON, at=AT, by=secretariat)
    assert Person.objects.get(pk=mei.pk).sex == "female"


def test_nobody_is_registered_or_changed_with_a_birth_to_come(secretariat):
    to_come, mei = date(2024, 2, 3), make_person("mei")
    with pytest.raises(BadInput, match="day to come"):
        register_person(draft=PersonDraft("khamla", (LAO,), born_on=to_come), on=ON, by=secretariat)
    with pytest.raises(BadInput, match="day to come"):
        change_persons(changes=[PersonChange(mei, {"born_on": to_come})], on=ON, by=secretariat)


def sent(text, by, **answers):
    return import_file(
        kind="people", file_name="people.csv", content=text.encode(), language="en", answers=answers, columns={}, at=AT, by=by
    )  # fmt: skip


def rules(held, by):
    return [(row.number, fault.column, fault.rule) for row in list_verdicts(held=held, by=by) for fault in row.faults]


def test_a_sheet_is_refused_row_by_row_where_sex_has_no_purpose(secretariat):
    make_purpose_of_sex()
    make_purpose("share_profile")
    make_person("mei", own_name="陈美", sex="female")
    sheet = (
        "reference,name,language,sex,sex because,date of birth\n"
        ",ຄຳຫຼ້າ,lo,f,,\n"
        ",ນາງ ແກ້ວ,lo,f,equal_access,\n"
        ",ບຸນມີ,lo,m,nothing,\n"
        ",ສົມ,lo,m,share_profile,\n"
        "mei,陈美,zh-Hans,f,,\n"
        ",ພອນ,lo,,,2024-02-03\n"
    )
    assert rules(sent(sheet, secretariat), secretariat) == [
        (2, "sex_because", "purpose_needed"),
        (4, "sex_because", "unknown_purpose"),
        (5, "sex_because", "purpose_forbids"),
        (7, "born_on", "future"),
    ]


def test_one_answer_says_it_for_all_rows_and_taking_back_takes_it_back(secretariat):
    make_purpose_of_sex()
    mei = make_person("mei", own_name="陈美", sex="unknown")
    sheet = "reference,name,sex\n,ຄຳຫຼ້າ,f\nmei,陈美,f\n"
    held = write_import(held=sent(sheet, secretariat, purpose_needed="equal_access"), at=AT, by=secretariat, wait=True)
    assert set(Person.objects.values_list("sex", "sex_because__code")) == {("female", "equal_access")}
    undo_import(key=held.pk, kind=KINDS["people"], at=AT, by=secretariat)
    assert list(Person.objects.values_list("pk", "sex", "sex_because")) == [(mei.pk, "unknown", None)]


def test_the_sex_may_be_left_out_of_the_rows(secretariat):
    held = sent("name,sex\nຄຳຫຼ້າ,f\n", secretariat, purpose_needed="leave")
    write_import(held=held, at=AT, by=secretariat, wait=True)
    assert Person.objects.get().sex == "unknown"


def test_an_import_over_a_sex_that_stood_without_a_purpose_is_taken_back_whole(secretariat):
    make_purpose_of_sex()
    make_person("mei", own_name="陈美", sex="female")
    sheet = "reference,name,sex,sex because\nmei,陈美,m,equal_access\n"
    held = write_import(held=sent(sheet, secretariat), at=AT, by=secretariat, wait=True)
    undo_import(key=held.pk, kind=KINDS["people"], at=AT, by=secretariat)
    assert list(Person.objects.values_list("sex", "sex_because")) == [("female", None)]
