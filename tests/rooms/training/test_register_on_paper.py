"""A register is printed, filled by hand, photographed and read: what is not quite clear is said to be doubtful."""

from datetime import UTC, datetime

import cv2
import numpy as np
import pytest

from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.kernel.identifiers import new_id
from corridor.rooms.training.actions import keep_sheet_photo
from corridor.rooms.training.models import Attendance, SheetPhoto
from corridor.rooms.training.paper.geometry import SheetCode, read_code
from corridor.rooms.training.paper.printing import CannotPrintSheet, print_sheets
from corridor.rooms.training.paper.reading import read_sheet
from corridor.rooms.training.queries import get_register, open_sheet_photo, registers_of_week
from tests.factories.actors import make_actor
from tests.factories.filled_sheets import Filled, fill_and_photograph, page_of
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db
NOON = datetime(2023, 3, 6, 5, 0, tzinfo=UTC)
SHEETS = 12


@pytest.fixture
def session():
    return make_session(make_cohort(learners=40))


@pytest.fixture
def trainer(session):
    return make_actor("trainer", ("cohort", session.cohort_id), label="bounmy")


@pytest.fixture
def pdf(session, trainer):
    return print_sheets([get_register(cohort=session.cohort.reference, number=1, by=trainer)])


def filled(pdf, seed, rows=40) -> Filled:
    return fill_and_photograph(page_of(pdf), rows=rows, seed=seed)


def test_photographs_are_read_and_every_wrong_or_doubtful_row_is_flagged(pdf):
    clear, right = 0, 0
    for seed in range(SHEETS):
        sheet = filled(pdf, seed)
        for row, truth in zip(read_sheet(sheet.photo).rows, sheet.truth, strict=True):
            assert row.is_doubtful or row.mark == truth, (seed, row, truth)
            clear += bool(truth)
            right += bool(truth) and row.mark == truth
    assert right / clear >= 0.995


def test_an_empty_row_and_one_with_two_crosses_are_doubtful(pdf):
    sheet = next(each for seed in range(50) if "" in (each := filled(pdf, seed)).truth)
    rows = read_sheet(sheet.photo).rows
    assert all(rows[place].is_doubtful for place, truth in enumerate(sheet.truth) if not truth)


@pytest.mark.parametrize("seed", [85, 103, 129, 156, 164])
def test_a_sheet_in_grain_or_far_askew_with_crosses_that_look_like_corners_is_read(pdf, seed):
    sheet = filled(pdf, seed)
    rows = read_sheet(sheet.photo).rows
    assert [
        (row.mark, truth) for row, truth in zip(rows, sheet.truth, strict=True) if row.mark not in {truth, ""}
    ] == []
    assert sum(bool(row.mark) for row in rows) >= 36


def test_a_sheet_with_a_corner_cut_off_is_not_read(pdf):
    picture = page_of(pdf)[:, : int(150 / 25.4 * 200)]
    _, written = cv2.imencode(".png", picture)
    with pytest.raises(BadInput) as refused:
        read_sheet(written.tobytes())
    assert "code" in str(refused.value.problems[0]) or "corners" in str(refused.value.problems[0])


@pytest.mark.parametrize(
    "content", [b"", b"no picture", np.zeros(2000, np.uint8).tobytes()], ids=["empty", "text", "zeros"]
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(BadInput):
        read_sheet(content)


@pytest.mark.parametrize("seats", [(1,), tuple(range(1, 41)), (1, 2, 3, 7, 9, 10)], ids=["one", "forty", "gaps"])
def test_the_code_says_which_session_and_which_seats(seats):
    code = SheetCode(new_id(), seats)
    assert read_code(str(code)) == code
    assert len(str(SheetCode(new_id(), tuple(range(1, 41))))) < 60


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://ilstc.example/",
        "CORRIDOR-SHEET:2:x:1",
        "CORRIDOR-SHEET:1:nothing:1",
        "CORRIDOR-SHEET:1:%s:1-99999999",
    ],
)
def test_the_code_of_something_else_is_refused(text):
    with pytest.raises(BadInput):
        read_code(text.replace("%s", new_id().hex))


def test_a_photograph_is_kept_as_evidence_and_marks_nothing(session, trainer, pdf):
    sheet = filled(pdf, 3)
    read = keep_sheet_photo(
        session=session, upload=Upload("sheet.jpg", sheet.photo, "Register on paper"), at=NOON, by=trainer
    )
    assert len(read.rows) == 40
    assert not Attendance.objects.exists()
    photo = SheetPhoto.objects.get()
    assert (photo.session, photo.kept_by) == (session, "bounmy")
    _, content = open_sheet_photo(session=session, key=photo.pk, by=trainer)
    assert content.startswith(b"\xff\xd8")


def test_the_sheet_of_another_session_is_not_taken_for_this_one(session, trainer, pdf):
    other = make_session(session.cohort, number=2)
    with pytest.raises(BadInput) as refused:
        keep_sheet_photo(session=other, upload=Upload("sheet.jpg", filled(pdf, 3).photo, "Paper"), at=NOON, by=trainer)
    assert str(refused.value.problems[0]) == f"photo: This is the sheet of {session}, not of {other}."
    assert not SheetPhoto.objects.exists()


def test_only_who_takes_the_register_reads_a_sheet(session, pdf):
    with pytest.raises(AccessDenied):
        keep_sheet_photo(
            session=session,
            upload=Upload("x.jpg", b"", "Paper"),
            at=NOON,
            by=make_actor("assessor", ("cohort", session.cohort_id)),
        )


def test_the_sheets_of_a_week_are_printed_together(session, trainer):
    make_session(session.cohort, number=2, on=session.held_on.replace(day=8))
    make_session(session.cohort, number=3, on=session.held_on.replace(day=13))
    found = registers_of_week(cohort=session.cohort.reference, on=session.held_on, by=trainer)
    assert [each.session.number for each in found] == [1, 2]
    assert page_of(print_sheets(found), 1).shape == page_of(print_sheets(found)).shape


def test_a_register_with_nobody_is_not_printed(trainer):
    make_session(make_cohort("COH-EMPTY"))
    by = make_actor("secretariat")
    with pytest.raises(CannotPrintSheet):
        print_sheets([get_register(cohort="COH-EMPTY", number=1, by=by)])
