"""Numbers in public registers and sectors, in the sheet of organisations: out, edited, back, and taken back."""

import json

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, write_import
from corridor.rooms.members.actions import add_identifiers, read_sector_codes, set_sectors
from corridor.rooms.members.drafts import IdentifierDraft, SectorCodeDraft, SectorDraft
from corridor.rooms.members.models import Organisation, OrganisationIdentifier, OrganisationSector
from tests.factories.members import make_member
from tests.factories.sheet_round import AT, rows_of, sent, sheet_of, taken

pytestmark = pytest.mark.django_db

ROR, OTHER_ROR = "02mhbdp94", "03yrm5c26"
HEAD = "reference,name,language of the official name,kind,country,city,"


@pytest.fixture
def vientiane():
    held = make_member("vientiane", country="LA")
    read_sector_codes(codes=[SectorCodeDraft("isic-4", code, {}) for code in ("8522", "4520", "6201")], by=NIGHTLY)
    numbers = [("ror", ROR, ""), ("own", "LA-0042", "Ministry: TVET")]
    add_identifiers(
        identifiers=[IdentifierDraft(held, scheme, value, reg) for scheme, value, reg in numbers], by=NIGHTLY
    )
    set_sectors(
        sectors=[SectorDraft(held, "isic-4", "8522", is_main=True), SectorDraft(held, "isic-4", "4520")], by=NIGHTLY
    )
    return held


def row_of(**edits):
    (row,) = rows_of("members", taken("members"))
    return row | edits


def applied(row, **more):
    held = sent("members", sheet_of("members", [row]), **more)
    assert held.refused == 0, list(held.verdicts.values_list("said", flat=True))
    return write_import(held=held, at=AT, by=NIGHTLY, wait=True)


def fault_of(row, **more):
    held = sent("members", sheet_of("members", row if isinstance(row, list) else [row]), **more)
    said = held.verdicts.filter(verdict="refused").values_list("said", flat=True)
    return [json.loads(each)["faults"][0][:3] for each in said]


def numbers(held):
    return [str(each) for each in OrganisationIdentifier.objects.filter(organisation=held)]


def sectors(held):
    return {(str(each.sector), each.weight) for each in OrganisationSector.objects.filter(organisation=held)}


def test_numbers_and_sectors_stand_in_their_columns(vientiane):
    row = row_of()
    assert (row["ror"], row["own_numbers"], row["uscc"]) == (ROR, "Ministry: TVET: LA-0042", "")
    assert (row["main_sector"], row["sectors"]) == ("isic-4:8522", "isic-4:4520")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_untouched_it_changes_nothing(vientiane, form):
    assert sent("members", taken("members", form=form), form=form).unchanged == 1


def test_numbers_and_sectors_are_changed_and_taken_back(vientiane):
    was = numbers(vientiane), sectors(vientiane)
    row = row_of(
        ror=f"https://ror.org/{OTHER_ROR.upper()}",
        wikidata="q80; Q79",
        own_numbers="",
        sectors="isic-4:6201;isic-4:4520",
    )
    held = applied(row)
    assert numbers(vientiane) == [f"ror:{OTHER_ROR}", "wikidata:Q79", "wikidata:Q80"]
    assert sectors(vientiane) == {("isic-4:8522", "main"), ("isic-4:4520", "also"), ("isic-4:6201", "also")}
    assert sent("members", sheet_of("members", [row])).unchanged == 1
    undo_import(key=held.pk, kind=KINDS["members"], at=AT, by=NIGHTLY)
    assert (numbers(vientiane), sectors(vientiane)) == was


def test_emptied_cells_take_every_sector_away(vientiane):
    applied(row_of(main_sector="", sectors=""))
    assert sectors(vientiane) == set()
    assert len(numbers(vientiane)) == 2


def test_a_column_that_is_not_there_leaves_what_stands(vientiane):
    held = sent("members", b"reference,kind,country,city,main sector\nvientiane,school,LA,Vientiane,isic-4:6201\n")
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    assert sectors(vientiane) == {("isic-4:6201", "main"), ("isic-4:4520", "also")}


def test_a_new_organisation_comes_with_its_numbers_and_goes_with_them(vientiane):
    row = row_of(
        reference="",
        name="Savannakhet College",
        name_language="en",
        ror=OTHER_ROR,
        own_numbers="Ministry: LA-0043",
        sectors="",
    )
    held = applied(row, answers={"twins": "create"})
    made = Organisation.objects.exclude(pk=vientiane.pk).get()
    assert (numbers(made), sectors(made)) == (["own:LA-0043", f"ror:{OTHER_ROR}"], {("isic-4:8522", "main")})
    undo_import(key=held.pk, kind=KINDS["members"], at=AT, by=NIGHTLY)
    assert not Organisation.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("ror", "02mhbdp95", "number"), ("uscc", "9.135E+17", "number"), ("own_numbers", "LA-0044", "register"),
        ("main_sector", "8522", "sector"), ("sectors", "isic-4:9999", "sector_unknown"), ("sectors", "isic-4:8522", "sector_twice"),
    ],
)  # fmt: skip
def test_what_is_no_number_and_no_code_is_refused_where_it_stands(vientiane, column, cell, rule):
    told = "main_sector" if rule == "sector_twice" else column
    ((at, _value, why),) = fault_of(row_of(**{column: cell}))
    assert (at, why) == (told, rule)


def test_a_number_of_another_organisation_is_refused_and_so_is_one_that_stands_twice(vientiane):
    make_member("chongqing", country="CN")
    rows = rows_of("members", taken("members"))
    chongqing = next(row for row in rows if row["reference"] == "chongqing")
    assert fault_of(chongqing | {"ror": ROR}) == [["ror", ROR, "number_taken"]]
    twice = [row | {"wikidata": "Q80"} for row in rows]
    assert fault_of(twice) == [["wikidata", "Q80", "twice"]]
