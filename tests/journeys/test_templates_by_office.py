"""An export is the template: opened and saved by LibreOffice it comes back as it was, and an edited cell changes that cell alone."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.utils.translation import gettext
from openpyxl import load_workbook

from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.steps.remembering import parts_of
from corridor.foundations.sheets.steps.returning import export_file
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.rooms.people.models import Person
from tests.factories.members import make_member
from tests.factories.office import all_through_office, needs_office, rows_of_csv, through_office
from tests.factories.people import make_person, make_purpose_of_sex
from tests.factories.training import make_cohort, make_session

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
WORKBOOKS = sorted(name for name, kind in KINDS.items() if "xlsx" in kind.forms)

pytestmark = pytest.mark.django_db


@pytest.fixture
def records():
    """Names in several scripts, a text that begins like a formula, one with zeros before it, and places south of the equator."""
    make_person(
        "khamla",
        own_name="ຄຳຫຼ້າ",
        own_language="lo",
        romanised_name="Khamla",
        sex="female",
        born_on=date(2001, 1, 31),
        sex_because=make_purpose_of_sex(),
    )
    make_person("odd", own_name="=1+1", own_language="en", romanised_name="007")
    make_member("jakarta", country="ID", latitude="-6.20000", longitude="106.80000")
    cohort = make_cohort(learners=3)
    make_session(cohort, status="held", marks={2: "late"})
    make_session(cohort, number=2, on=date(2023, 3, 7))


def exported(kind, form="xlsx", language="en"):
    return export_file(kind=KINDS[kind], form=form, language=language, on=AT.date(), by=NIGHTLY)[2]


def sent(kind, content, name):
    return import_file(
        kind=kind, file_name=name, content=content, language="en", answers={}, columns={}, at=AT, by=NIGHTLY
    )


@needs_office
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_every_template_that_libreoffice_opened_and_saved_comes_back_unchanged(records, ending):
    files = {kind: exported(kind) for kind in WORKBOOKS}
    filled = {kind for kind, content in files.items() if load_workbook(BytesIO(content)).active["A2"].value is not None}
    assert {"people", "members", "enrolments", "sessions", "attendance"} <= filled
    saved = all_through_office(files, "xlsx", ending)
    for kind in filled:
        held = sent(kind, saved[kind], f"{kind}.{ending}")
        assert (kind, held.unchanged) == (kind, held.rows)


@needs_office
def test_every_template_is_headed_by_its_labels_in_libreoffice(records):
    shown = all_through_office({kind: exported(kind) for kind in WORKBOOKS}, "xlsx", "csv")
    for kind, content in shown.items():
        assert rows_of_csv(content)[0] == [gettext(column.label) for column in KINDS[kind].columns]


@needs_office
@pytest.mark.parametrize("language", ["zh-hans", "lo"])
def test_a_template_in_another_language_is_edited_and_changes_exactly_that_cell(records, language):
    book = load_workbook(BytesIO(exported("people", language=language)))
    page = book.active
    (row,) = [number for number in range(2, page.max_row + 1) if page.cell(number, 1).value == "khamla"]
    page.cell(row, 1 + [column.name for column in KINDS["people"].columns].index("sex")).value = "male"
    packed = BytesIO()
    book.save(packed)
    held = sent("people", through_office(packed.getvalue(), "xlsx", "xlsx"), "people.xlsx")
    assert (held.created, held.updated, held.refused) == (0, 1, 0)
    (changed,) = held.verdicts.filter(verdict="update")
    assert [(each.column, each.old, each.new) for each in parts_of(changed.said)[0]] == [("sex", "female", "male")]
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    assert Person.objects.get(reference="khamla").sex == "male"


@pytest.mark.parametrize("kind", ["people", "members"])
def test_what_begins_like_a_formula_or_a_minus_comes_back_from_csv_too(records, kind):
    held = sent(kind, exported(kind, "csv"), f"{kind}.csv")
    assert held.rows == held.unchanged > 0
