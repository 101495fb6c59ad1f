"""Grids of anything at all, as text and as workbooks, through the whole reading: a refusal with its reason, or verdicts; never a fault of ours."""

import csv
from datetime import UTC, date, datetime, time
from io import BytesIO, StringIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.foundations.sheets.models import Import
from corridor.foundations.sheets.steps.returning import file_with_remarks
from corridor.journeys.import_sheets import KINDS, import_file
from corridor.kernel.errors import Refusal
from tests.factories.actors import make_actor, make_user
from tests.factories.members import make_seat
from tests.factories.people import make_person
from tests.factories.training import make_cohort

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
HEADS = {
    "people": ["reference", "name", "language", "romanised name", "sex", "date of birth", "country"],
    "enrolments": ["cohort", "seat", "person id", "takes part as", "applied on", "enrolled on", "attending from", "exit status", "left on"],
}  # fmt: skip
# What stands in such columns as a rule, and what people make of it.
USUAL = st.sampled_from(
    [
        "", "khamla", "COH-2023-041", "ຄຳຫຼ້າ", "ျမန္မာႏိုင္ငံ", "မြန်မာ", "03/04/2001", "31/02/2544", "๓๑/๐๑/๒๕๔๔", "2567-01-31", "lo",
        "F", "ຍິງ", "student",
        "8.56E+11", "=1+1", "'=1", "-5", "#N/A", "１２", "\u200b", "\u00a0", "\x07", "x" * 400, "45322", "60", "1.234,50", "٣",
        "𝟙", "Ⅻ", "½", "\u202e1", "LA",
    ]
)  # fmt: skip
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
CELL = st.one_of(USUAL, TEXT)
TYPED = st.one_of(
    CELL, st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.none(),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)), st.times().map(lambda at: time(at.hour, at.minute)),
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 1, 1)),  # noqa: DTZ001 (a cell has no zone)
)  # fmt: skip
ANSWERS = {"hidden": "read"}
ODDLY = settings(
    max_examples=60, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def khamla(db):
    """One person whom rows may name, for all examples together."""
    return make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla")


def grid(cells):
    return st.lists(st.lists(cells, max_size=11), max_size=6)


def as_csv(rows):
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_book(rows):
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"strings_to_formulas": False, "strings_to_urls": False}) as made:
        page, day = made.add_worksheet(), made.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date | time):
                    page.write_datetime(number, place, cell, day)
                else:
                    page.write(number, place, cell)
    return packed.getvalue()


def read_through(kind, content, name):
    """From the bytes to the file with remarks; a refusal is an answer."""
    by = make_actor("secretariat", user=make_user("secretariat"))
    try:
        held = import_file(
            kind=kind, file_name=name, content=content, language="en", answers=ANSWERS, columns={}, at=AT, by=by
        )
    except Refusal:
        return
    assert held.rows == held.created + held.updated + held.unchanged + held.refused > 0
    _name, _media, returned = file_with_remarks(key=held.pk, kind=KINDS[kind], language="en", by=by)
    assert returned


@pytest.mark.parametrize("kind", ["people", "enrolments"])
@ODDLY
@given(rows=grid(CELL), is_headed=st.booleans())
def test_any_text_is_read_or_refused(khamla, kind, rows, is_headed):
    read_through(kind, as_csv([HEADS[kind], *rows] if is_headed else rows), "sheet.csv")


@pytest.mark.parametrize("kind", ["people", "enrolments"])
@ODDLY
@given(rows=grid(TYPED))
def test_any_workbook_is_read_or_refused(khamla, kind, rows):
    read_through(kind, as_book([HEADS[kind], *rows]), "sheet.xlsx")


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(ODDLY, max_examples=15)
@given(rows=grid(TYPED))
def test_every_kind_reads_or_refuses_a_workbook_under_its_own_head(kind, rows):
    read_through(kind, as_book([[column.name for column in KINDS[kind].columns], *rows]), "sheet.xlsx")


@ODDLY
@given(
    content=st.one_of(
        st.binary(max_size=400), grid(CELL).map(as_csv), grid(TYPED).map(lambda rows: as_book([HEADS["people"], *rows]))
    )
)
def test_no_file_breaks_a_page(client, content):
    user = make_user("secretariat")
    make_seat(user, "secretariat")
    client.force_login(user)
    Import.objects.filter(sent_by="secretariat").update(sent_by="before")
    answer = client.post("/imports/", {"kind": "people", "file": SimpleUploadedFile("people.xlsx", content)})
    assert answer.status_code in {302, 422}
    held = Import.objects.filter(sent_by="secretariat").first()
    if held is None:
        return
    for step in ("table", "columns"):
        assert client.get(f"/imports/{held.pk}/{step}/").status_code == 200
    columns = {f"column-{row.position}": row.name for row in held.columns.all()}
    assert client.post(f"/imports/{held.pk}/columns/", columns).status_code in {302, 422}
    for step in ("", "questions/"):
        assert client.get(f"/imports/{held.pk}/{step}").status_code == 200
    held.refresh_from_db()
    assert client.get(f"/imports/{held.pk}/remarks/").status_code == (200 if held.checked_at else 409)


def test_a_cohort_that_stands_is_met_by_odd_rows_too():
    make_cohort(learners=1)
    make_person("khamla")
    rows = [
        ["COH-2023-041", cell, "khamla", cell, cell, cell, cell, cell, cell]
        for cell in ("1", "x", "2023-02-30", True, 1.5, "", "၁")
    ]
    read_through("enrolments", as_book([HEADS["enrolments"], *rows]), "sheet.xlsx")
    assert Import.objects.get().refused > 0
