"""Every kind of sheet goes out and comes back: untouched it changes nothing, and one edited cell changes that cell alone."""

import json
from datetime import date
from uuid import uuid4

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, write_import
from corridor.kernel.errors import BadInput
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site
from corridor.rooms.training.models import Cohort
from tests.factories.actors import make_actor, make_user
from tests.factories.sheet_round import AT, make_everything, rows_of, sent, sheet_of, taken
from tests.factories.training import make_session

# The edited row (by a cell that finds it), the column and its new value.
EDITS = {
    "members": ({"reference": "vientiane"}, "city", "Vang Vieng"),
    "organisation_names": ({"organisation": "vientiane"}, "name", "College of Vientiane"),
    "people": ({"reference": "khamla"}, "romanised_name", "Khamla Sisavath"),
    "seats": ({"user": "khamla"}, "held_before", "2025-01-01"),
    "units": ({"code": "A"}, "title_en", "Another title"),
    "mapping_claims": ({"unit": "U1"}, "coverage", "Brakes alone.\nNothing else."),
    "schemes": ({"unit": "U2", "criterion": "2"}, "text_lo", "ວັດຜ້າເບຣກ"),
    "announcements": ({"country": "TH"}, "title_lo", "ວິທະຍາໄລ"),
    "agreements": (
        {"reference": "AGR-2024-0032"},
        "text_en",
        "Article 1. We teach alone.\n\nArticle 2. We tell the truth.",
    ),
    "obligations": ({"reference": "OBL-2024-0001"}, "due_on", "2024-04-01"),
    "demand": ({"reference": "DEM-2024-0002"}, "posts", "46"),
    "commitments": ({"what": "Two brake testers"}, "amount", "120000.5"),
    "exchange_rates": ({"of": "LAK"}, "value", "0.000347"),
    "equipment": ({"inventory_number": "INV-2"}, "count", "3"),
    "site_plan_lines": ({"what": "The roof"}, "amount", "5000"),
    "site_spending": ({"number": "1"}, "what", "Seals"),
    "programmes": ({"reference": "brakes"}, "intakes", "2024: 3 / 60\n2025: 1 / 20"),
    "enrolments": ({"number": "2"}, "participant_kind", "teacher"),
    "sessions": ({"number": "2"}, "topic", "Brakes"),
    "attendance": ({"number": "2"}, "mark", "absent"),
    "decisions": ({"number": "1"}, "evidence_note", "Seen in the workshop."),
    "marks": ({"number": "1"}, "mark", "72.5"),
    "placements": ({"reference": "PLC-2023-0001"}, "mentor_name", "Somsak"),
    "trainers": ({"person": "khamla"}, "units", "vehicle-inspection.1.0.U1; vehicle-inspection.1.0.U2"),
    "stays": ({"person": "khamla"}, "purpose", "To teach for a year"),
}
# What makes a row like the edited one a new one.
NEW = {
    "members": {"name": "Savannakhet College", "name_language": "en"},
    "organisation_names": {"language": "lo", "name": "ວິທະຍາໄລວຽງຈັນ"},
    "people": {"own_name": "ນາງ ແກ້ວ", "romanised_name": "Keo", "born_on": "2001-01-31"},
    "seats": {"user": "keo", "held_from": "2026-01-01", "held_before": ""},
    "units": {"code": "C", "position": ""},
    "mapping_claims": {"foreign_code": "LA-9"},
    "announcements": {"title_en": "A second college"},
    "agreements": {"starts_on": "2024-09-01", "status": ""},
    "obligations": {"what": "Sends a report"},
    "demand": {"occupation_title": "Welder"},
    "commitments": {"what": "Three lifts"},
    "equipment": {"inventory_number": "INV-3"},
    "site_plan_lines": {"number": "", "what": "A yard"},
    "site_spending": {"amount": "17"},
    "sessions": {"number": "", "held_on": "2024-03-11"},
    "placements": {"starts_on": "2023-04-03", "ends_on": "2023-04-14"},
    "stays": {"kind": "trip", "starts_on": "2023-03-06", "ends_on": "2023-03-10"},
}
KNOWN_BY_REFERENCE = sorted(NEW)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everything():
    make_everything()
    make_user("keo")


def is_found(row, found):
    return all(row[column] == value for column, value in found.items())


def edited(kind):
    found, column, value = EDITS[kind]
    rows = rows_of(kind, taken(kind))
    row = next(row for row in rows if is_found(row, found))
    return rows, row, column, value


def said(held):
    return [json.loads(each) for each in held.verdicts.exclude(said="").values_list("said", flat=True)]


def test_every_kind_that_is_a_sheet_is_tried():
    assert set(EDITS) == {name for name, kind in KINDS.items() if "csv" in kind.forms}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", sorted(EDITS))
def test_a_sheet_that_nobody_touched_changes_nothing(kind, form):
    held = sent(kind, taken(kind, form=form), form=form)
    assert (held.rows > 0, held.unchanged, held.refused, said(held)) == (True, held.rows, 0, [])


@pytest.mark.parametrize(
    ("kind", "role", "scope"),
    [
        ("members", "coordinator", "vientiane"), ("organisation_names", "coordinator", "vientiane"),
        ("obligations", "coordinator", "vientiane"), ("demand", "coordinator", "mekong-fleet"),
        ("equipment", "site_manager", "wks-vientiane"), ("enrolments", "site_manager", "wks-vientiane"),
        ("marks", "site_manager", "wks-vientiane"), ("placements", "site_manager", "wks-vientiane"),
        ("trainers", "coordinator", "vientiane"), ("stays", "coordinator", "vientiane"),
    ],
)  # fmt: skip
def test_whoever_takes_a_sheet_sends_it_back_and_it_changes_nothing(kind, role, scope):
    """The rows of others, that one may read and not write, stay as they are too."""
    model, what = (Site, "site") if role == "site_manager" else (Organisation, "member")
    by = make_actor(role, (what, model.objects.get(reference=scope).pk), user=make_user("somebody"))
    held = sent(kind, taken(kind, by=by), by=by)
    assert (held.rows > 0, held.unchanged, held.refused, said(held)) == (True, held.rows, 0, [])


@pytest.mark.parametrize(
    ("kind", "role", "scope", "found"),
    [
        ("members", "coordinator", "vientiane", {"reference": "chongqing"}),
        ("organisation_names", "coordinator", "vientiane", {"organisation": "chongqing"}),
        ("obligations", "coordinator", "vientiane", {"member": "chongqing"}),
        ("demand", "coordinator", "vientiane", {"reference": "DEM-2024-0001"}),
    ],
    ids=["members", "organisation_names", "obligations", "demand"],
)
def test_nobody_changes_a_row_of_others(kind, role, scope, found):
    by = make_actor(role, ("member", Organisation.objects.get(reference=scope).pk), user=make_user("somebody"))
    rows = rows_of(kind, taken(kind, by=by))
    _found, column, value = EDITS[kind]
    next(row for row in rows if is_found(row, found))[column] = value
    held = sent(kind, sheet_of(kind, rows), by=by)
    assert (held.refused, held.updated, held.unchanged) == (1, 0, len(rows) - 1)
    assert said(held)[0]["faults"][0][2] == "not_yours"


@pytest.mark.parametrize("kind", sorted(EDITS))
def test_one_edited_cell_changes_that_cell_alone_and_is_taken_back(kind):
    before = taken(kind)
    rows, row, column, value = edited(kind)
    old, row[column] = row[column], value
    held = sent(kind, sheet_of(kind, rows))
    assert (held.updated, held.unchanged, held.refused) == (1, len(rows) - 1, 0)
    assert said(held) == [{"changes": [[column, old, value]]}]
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    assert rows_of(kind, taken(kind)) == rows
    undo_import(key=held.pk, kind=KINDS[kind], at=AT, by=NIGHTLY)
    assert taken(kind) == before


@pytest.mark.parametrize(
    ("column", "value"), [("equipment", "INV-1; INV-2:2"), ("trainers", "khamla"), ("makes_up_for", "3")]
)
def test_what_a_session_needs_is_edited_alone_and_taken_back(column, value):
    cohort = Cohort.objects.get()
    cohort.trainers.create(person=Person.objects.get(reference="khamla"))
    make_session(cohort, number=3, on=date(2024, 3, 11), status="cancelled")
    before = taken("sessions")
    rows = rows_of("sessions", before)
    next(row for row in rows if row["number"] == "2")[column] = value
    held = sent("sessions", sheet_of("sessions", rows))
    assert (said(held), held.unchanged) == ([{"changes": [[column, "", value]]}], 2)
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    assert rows_of("sessions", taken("sessions")) == rows
    undo_import(key=held.pk, kind=KINDS["sessions"], at=AT, by=NIGHTLY)
    assert taken("sessions") == before


@pytest.mark.parametrize("kind", KNOWN_BY_REFERENCE)
def test_an_empty_reference_makes_a_new_record_and_it_is_taken_back(kind):
    before = taken(kind)
    _rows, row, _column, _value = edited(kind)
    new = {**row, KINDS[kind].reference_column: "", **NEW[kind]}
    answers = {"twins": "create"} if kind in {"members", "people"} else {}
    held = sent(kind, sheet_of(kind, [new]), answers=answers)
    assert (held.created, held.refused, held.updated) == (1, 0, 0), said(held)
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    assert len(rows_of(kind, taken(kind))) == len(rows_of(kind, before)) + 1
    assert sent(kind, sheet_of(kind, [new]), answers=answers).created == 0
    undo_import(key=held.pk, kind=KINDS[kind], at=AT, by=NIGHTLY)
    assert taken(kind) == before


@pytest.mark.parametrize("kind", [*KNOWN_BY_REFERENCE, "enrolments"])
def test_an_unknown_reference_is_refused(kind):
    _rows, row, _column, _value = edited(kind)
    is_key = len(row["reference"]) == 36
    wrong = {**row, "reference": str(uuid4()) if is_key else "999999" if row["reference"].isdigit() else "NO-SUCH"}
    held = sent(kind, sheet_of(kind, [wrong]))
    assert (held.refused, held.created) == (1, 0)
    assert said(held)[0]["faults"][0][0] == "reference"
    assert said(held)[0]["faults"][0][2].startswith("unknown")


@pytest.mark.parametrize("kind", sorted(EDITS))
def test_a_row_that_is_left_out_takes_nothing_away(kind):
    before = taken(kind)
    rows = rows_of(kind, before)
    held = write_import(held=sent(kind, sheet_of(kind, rows[:1])), at=AT, by=NIGHTLY, wait=True)
    assert (held.unchanged, taken(kind)) == (1, before)


@pytest.mark.parametrize(
    ("kind", "column", "value"),
    [
        ("units", "remove", "yes"),
        ("sessions", "cancelled", "yes"),
        ("equipment", "status", "retired"),
        ("mapping_claims", "expires_on", "2024-01-31"),
        ("trainers", "ends_on", "2024-01-31"),
        ("stays", "ends_on", "2024-01-31"),
    ],
)
def test_what_ends_ends_by_a_column_of_its_own_and_is_taken_back(kind, column, value):
    before = taken(kind)
    rows, row, _column, _value = edited(kind)
    row[column] = value
    held = sent(kind, sheet_of(kind, rows))
    assert (held.updated, held.refused) == (1, 0), said(held)
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    assert taken(kind) != before
    undo_import(key=held.pk, kind=KINDS[kind], at=AT, by=NIGHTLY)
    assert taken(kind) == before


@pytest.mark.parametrize("kind", sorted(EDITS))
def test_no_two_columns_are_headed_alike(kind):
    labels = [column.label for column in KINDS[kind].columns]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("kind", sorted(EDITS))
def test_a_sheet_is_not_narrowed_by_what_its_list_is_not_narrowed_by(kind):
    with pytest.raises(BadInput):
        taken(kind, colour="red")
