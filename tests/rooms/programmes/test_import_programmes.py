"""Programmes come in as a sheet: proposed by a new reference, changed by one that stands, and taken back."""

import json

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, write_import
from corridor.kernel.errors import AccessDenied
from corridor.rooms.programmes.actions import change_programme, plan_intakes
from corridor.rooms.programmes.drafts import IntakeDraft, ProgrammeDraft
from corridor.rooms.programmes.models import IntakePlan, Programme
from corridor.rooms.programmes.queries import get_programme
from tests.factories.actors import make_actor
from tests.factories.members import make_member
from tests.factories.sheet_round import AT, make_everything, rows_of, sent, sheet_of, taken

pytestmark = pytest.mark.django_db
KIND = "programmes"
NEW = {
    "reference": "lifts", "kind": "vocational", "title_en": "Lifts", "title_zh": "举升机", "title_lo": "", "status": "",
    "announcements": "", "demands": "DEM-2024-0001", "languages": "Lao; zh-Hans", "curriculum": "vehicle-inspection/1.0",
    "sites": "wks-vientiane", "members": "vientiane: Hosts; chongqing: 牵头", "intakes": "2024：2个班，共40人\n2025: 0 / 0",
    "source_mark": "", "source": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _everything():
    make_everything()


def new_row(**cells):
    return {**NEW, "agreements": Programme.objects.get(reference="brakes").agreement.reference, **cells}


def row_of(reference):
    return next(row for row in rows_of(KIND, taken(KIND)) if row["reference"] == reference)


def faults_in(held):
    said = [json.loads(each) for each in held.verdicts.exclude(said="").values_list("said", flat=True)]
    return [(fault[0], fault[2]) for each in said for fault in each.get("faults", [])]


def write(*rows):
    held = sent(KIND, sheet_of(KIND, rows))
    assert held.refused == 0, faults_in(held)
    return write_import(held=held, at=AT, by=NIGHTLY, wait=True)


def test_a_new_reference_proposes_a_programme_with_all_that_its_row_says():
    assert write(new_row()).created == 1
    made = get_programme(reference="lifts", by=NIGHTLY)
    assert (made.status, made.kind) == ("proposed", "vocational")
    assert {each.language: each.text for each in made.titles.all()} == {"en": "Lifts", "zh-Hans": "举升机"}
    assert [each.language for each in made.languages.all()] == ["lo", "zh-Hans"]
    assert {(each.organisation.reference, each.role) for each in made.members.all()} == {
        ("vientiane", "host"),
        ("chongqing", "lead"),
    }
    assert [each.site.reference for each in made.places.all()] == ["wks-vientiane"]
    assert [each.demand.reference for each in made.demands_answered.all()] == ["DEM-2024-0001"]
    assert made.curriculum_version.version == "1.0"
    assert list(made.intakes.values_list("year", "cohorts", "learners")) == [(2024, 2, 40), (2025, 0, 0)]


def test_what_was_proposed_comes_again_and_nothing_changes():
    write(new_row())
    again = sent(KIND, sheet_of(KIND, [new_row()]))
    assert (again.unchanged, again.created, again.updated) == (1, 0, 0)


def test_a_proposed_programme_is_taken_back_whole():
    before = taken(KIND)
    held = write(new_row())
    undo_import(key=held.pk, kind=KINDS[KIND], at=AT, by=NIGHTLY)
    assert taken(KIND) == before
    assert not Programme.objects.filter(reference="lifts").exists()


def test_it_is_not_taken_back_once_it_was_changed():
    held = write(new_row())
    made = Programme.objects.get(reference="lifts")
    draft = ProgrammeDraft("lifts", "vocational", made.agreement, {"en": "Car lifts"})
    change_programme(programme=made, draft=draft, by=NIGHTLY)
    with pytest.raises(BuiltOn, match="lifts"):
        undo_import(key=held.pk, kind=KINDS[KIND], at=AT, by=NIGHTLY)


def test_it_is_not_taken_back_once_a_year_was_planned_anew():
    held = write(new_row())
    plan_intakes(plans=[IntakeDraft(Programme.objects.get(reference="lifts"), 2024, 1, 10)], by=NIGHTLY)
    with pytest.raises(BuiltOn):
        undo_import(key=held.pk, kind=KINDS[KIND], at=AT, by=NIGHTLY)


def test_a_year_that_an_import_added_goes_when_it_is_taken_back_and_notes_stay():
    row = row_of("brakes")
    row["intakes"] += "\n2026: 1 cohort with 15 learners"
    row["title_en"] = "Brakes and tyres"
    held = write(row)
    assert IntakePlan.objects.get(year=2024).note == "The hall holds forty."
    assert IntakePlan.objects.filter(year=2026).exists()
    undo_import(key=held.pk, kind=KINDS[KIND], at=AT, by=NIGHTLY)
    assert not IntakePlan.objects.filter(year=2026).exists()
    assert row_of("brakes")["title_en"] == "Brakes"


def test_a_title_in_a_language_that_the_sheet_does_not_hold_stays():
    brakes = Programme.objects.get(reference="brakes")
    brakes.titles.create(language="km", text="ហ្វ្រាំង")
    write({**row_of("brakes"), "title_lo": "ເບຣກ"})
    assert {each.language for each in brakes.titles.all()} == {"en", "zh-Hans", "km", "lo"}


def test_columns_that_a_sheet_does_not_bring_stay():
    held = sent(
        KIND,
        "reference,kind,agreements,source\nbrakes,corporate,{},The minutes\n".format(
            row_of("brakes")["agreements"]
        ).encode(),
    )
    before = row_of("brakes")
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    assert row_of("brakes") == {**before, "source": "The minutes"}


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("agreements", "AGR-1999-0001", "unknown"), ("announcements", "ANN-1999-0001", "unknown"), ("demands", "DEM-1999-0001", "unknown"),
        ("curriculum", "vehicle-inspection/9.9", "unknown"), ("sites", "wks-nowhere", "unknown"), ("members", "nobody: host", "unknown"),
        ("members", "vientiane", "member"), ("members", "vientiane: cooks", "choice"), ("intakes", "2024: two", "intake"),
        ("intakes", "2024: 1, 20; 2024: 2, 40", "intake_twice"), ("intakes", "2024: 0, 20", "no_cohort"), ("languages", "Klingonish", "language"),
        ("members", "vientiane: host; vientiane: host", "programme"), ("reference", "new", "reference_taken"), ("status", "running", "told"),
    ],
    ids=[
        "agreement", "announcement", "demand", "curriculum", "site", "member", "no-role", "role", "intake", "year-twice", "no-cohort",
        "language", "member-twice", "reserved", "state",
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_column(column, cell, rule):
    held = sent(KIND, sheet_of(KIND, [new_row(**{column: cell})]))
    assert (held.refused, faults_in(held)) == (1, [(column, rule)])


def test_a_programme_without_a_title_is_refused():
    held = sent(KIND, sheet_of(KIND, [new_row(title_en="", title_zh="")]))
    assert faults_in(held) == [("title_en", "programme")]


def test_one_reference_twice_is_refused():
    held = sent(KIND, sheet_of(KIND, [new_row(), new_row(title_en="Other lifts")]))
    assert (held.created, faults_in(held)) == (1, [("reference", "twice")])


@pytest.mark.parametrize(
    ("column", "cell"),
    [("kind", "degree"), ("sites", ""), ("members", "chongqing: lead")],
    ids=["kind", "sites", "members"],
)
def test_what_others_rely_on_stays_once_approved(column, cell):
    row = next(row for row in rows_of(KIND, taken(KIND)) if row["status"] == "running")
    held = sent(KIND, sheet_of(KIND, [{**row, column: cell}]))
    assert faults_in(held) == [(column, "approved")]


def test_a_member_joins_a_running_programme():
    make_member("colombo", country="LK")
    row = next(row for row in rows_of(KIND, taken(KIND)) if row["status"] == "running")
    write({**row, "members": row["members"] + "\ncolombo: sending"})
    assert (
        Programme.objects.get(reference=row["reference"])
        .members.filter(organisation__reference="colombo", role="sending")
        .exists()
    )


def test_the_plan_of_a_year_is_not_taken_away():
    held = sent(KIND, sheet_of(KIND, [{**row_of("brakes"), "intakes": "2025: 1, 20"}]))
    assert faults_in(held) == [("intakes", "planned")]


def test_a_coordinator_neither_takes_nor_sends_it():
    by = make_actor("coordinator", ("member", make_member("kandy", country="LK").pk))
    with pytest.raises(AccessDenied):
        taken(KIND, by=by)
    with pytest.raises(AccessDenied):
        sent(KIND, sheet_of(KIND, [new_row()]), by=by)
