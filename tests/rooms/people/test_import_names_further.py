"""What a sheet of persons says beyond their names: rules of romanisation, order, form of address; and the language of names, asked once."""

import json

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.steps.looking import questions_of
from corridor.foundations.sheets.steps.moving import StillOpen
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, write_import
from corridor.rooms.people.models import Person, PersonName
from tests.factories.people import make_person
from tests.factories.sheet_round import AT, rows_of, sent, taken

pytestmark = pytest.mark.django_db

HEAD = "reference,name,romanised name,romanisation,name order,title\n"


def send(text, **answers):
    return sent("people", text.encode(), answers=answers)


def faults_of(held):
    return [
        json.loads(each)["faults"][0][:3:2]
        for each in held.verdicts.filter(verdict="refused").values_list("said", flat=True)
    ]


def test_rules_order_and_form_of_address_are_written_and_taken_back():
    make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla")
    before = taken("people")
    held = send(HEAD + "khamla,ຄຳຫຼ້າ,Khamla,as in the passport,given name first,Ms\n,ແກ້ວ,Keo,BGN/PCGN,one name,\n")
    assert (held.updated, held.created, held.refused) == (1, 1, 0)
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    khamla = Person.objects.get(reference="khamla")
    assert (khamla.honorific, khamla.name_order) == ("Ms", "given_first")
    found = PersonName.objects.filter(form="romanised").values_list("full_name", "romanisation")
    assert set(found) == {("Khamla", "passport"), ("Keo", "bgn_pcgn")}
    undo_import(key=held.pk, kind=KINDS["people"], at=AT, by=NIGHTLY)
    assert taken("people") == before


def test_rules_without_a_name_in_latin_letters_are_refused():
    make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="")
    held = send(HEAD + "khamla,ຄຳຫຼ້າ,,passport,,\n,ແກ້ວ,,pinyin,,\n")
    assert faults_of(held) == [["romanisation", "no_romanised_name"]] * 2


def test_a_name_for_the_certificate_is_told_and_never_changed():
    khamla = make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo")
    khamla.certificate_names.create(
        language="en", full_name="Khamla S.", confirmed_on=AT.date(), confirming="person", written_by="khamla"
    )
    assert rows_of("people", taken("people"))[0]["certificate_names"] == "en: Khamla S."
    held = send("reference,name,certificate name\nkhamla,ຄຳຫຼ້າ,en: Somebody\n,ແກ້ວ,en: Keo\n")
    assert faults_of(held) == [["certificate_names", "told"]] * 2


def test_the_language_of_latin_names_is_asked_once_for_the_whole_file():
    text = "name\nMei Chen\nບຸນມີ\nLi Wei\n"
    held = send(text)
    assert (held.refused, held.created) == (2, 1)
    asked = questions_of(held=held, kind=KINDS["people"], by=NIGHTLY)
    assert [each.code for each in asked] == ["language_needed"]
    held = send(text, language_needed="zh-Latn")
    assert (held.refused, held.created) == (0, 3)
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    assert sorted(PersonName.objects.values_list("full_name", "language")) == [
        ("Li Wei", "zh-Latn"), ("Mei Chen", "zh-Latn"), ("ບຸນມີ", "lo"),
    ]  # fmt: skip


def test_a_row_that_says_its_own_language_keeps_it():
    held = send("name,language\nMei Chen,en\nLi Wei,\n", language_needed="zh-Latn")
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    assert PersonName.objects.get(full_name="Mei Chen").language == "en"


def test_nobody_is_asked_more_than_five_questions():
    text = "reference,name,born on\nno-such,ຄຳຫຼ້າ,03/04/2544\n,Mei Chen,05/06/2545\n"
    try:
        held = send(text)
    except StillOpen:
        held = None
    assert held is None or len(questions_of(held=held, kind=KINDS["people"], by=NIGHTLY)) <= 5
    held = send(text, **{"dates.born_on": "dmy", "calendar.born_on": "yes"})
    asked = [each for each in questions_of(held=held, kind=KINDS["people"], by=NIGHTLY) if not each.by_evidence]
    assert [each.code for each in asked] == ["dates.born_on", "calendar.born_on", "unknown", "language_needed"]
