"""Sessions and attendance from sheets: planned, planned anew, called off; marks as lines and as a matrix, in several languages."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import xlsxwriter

from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.kernel.errors import BadInput
from corridor.rooms.training.actions import take_register
from corridor.rooms.training.counting import minutes_counted
from corridor.rooms.training.models import Attendance, CaptureMode, SaidMark, Session
from corridor.rooms.training.queries.choices import Value
from tests.factories.actors import make_actor, make_user
from tests.factories.sheet_round import taken
from tests.factories.training import make_cohort, make_session

AT = datetime(2023, 4, 3, 9, tzinfo=UTC)
COHORT = "COH-2023-041"
HEAD = "cohort,date,time,duration,type,topic,called off\n"
MATRIX = "学号,06/03/2023,13/03/2023\ncoh-2023-041-l-1,到,请假\ncoh-2023-041-l-2,ขาด,ມາ\n"

pytestmark = pytest.mark.django_db


def trainer():
    return make_actor("trainer", user=make_user("bounmy"))


def send(text, *, kind, by=None, name="sheet.csv", answers=None):
    content = text if isinstance(text, bytes) else text.encode()
    return import_file(
        kind=kind, file_name=name, content=content, language="en", answers=answers or {}, columns={}, at=AT,
        by=by or trainer(),
    )  # fmt: skip


def written(text, **more):
    by = more.setdefault("by", trainer())
    return write_import(held=send(text, **more), at=AT, by=by, wait=True)


def said(held):
    return " ".join(held.verdicts.values_list("said", flat=True))


def marks():
    return {
        (number, seat): mark
        for number, seat, mark in Attendance.objects.values_list("session__number", "enrolment__number", "mark")
    }


def test_sessions_are_planned_in_the_time_of_their_site():
    make_cohort()
    held = written(
        HEAD + f"{COHORT},2023-03-06,8.30,90,ທິດສະດີ,Safety,\n{COHORT},2023-03-07,13:00,120,practice,,yes\n",
        kind="sessions",
    )
    assert (held.created, held.refused) == (2, 0)
    first, second = Session.objects.order_by("number")
    assert (first.begins_at, first.held_on, first.kind) == (
        datetime(2023, 3, 6, 1, 30, tzinfo=UTC),
        date(2023, 3, 6),
        "theory",
    )
    assert (second.number, second.status) == (2, "cancelled")


def test_a_planned_session_is_planned_anew_and_called_off_and_that_is_taken_back():
    cohort = make_cohort()
    make_session(cohort)
    make_session(cohort, number=2, on=date(2023, 3, 7))
    head = "reference,cohort,date,time,duration,called off\n"
    rows = f"{COHORT}/s1,{COHORT},2023-03-09,09:00,60,no\n{COHORT}/s2,{COHORT},2023-03-07,08:30,180,yes\n"
    held = written(head + rows, kind="sessions")
    assert held.updated == 2
    assert list(Session.objects.order_by("number").values_list("held_on", "minutes", "status")) == [
        (date(2023, 3, 9), 60, "planned"), (date(2023, 3, 7), 180, "cancelled"),
    ]  # fmt: skip
    assert send(head + rows, kind="sessions").unchanged == 2
    undo_import(key=held.pk, kind=KINDS["sessions"], at=AT, by=trainer())
    assert list(Session.objects.order_by("number").values_list("held_on", "minutes", "status")) == [
        (date(2023, 3, 6), 180, "planned"), (date(2023, 3, 7), 180, "planned"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (f"{COHORT},2023-03-06,25:00,90,practice,,", "time"),
        ("NOWHERE,2023-03-06,08:30,90,practice,,", "unknown_cohort"),
        (f"{COHORT},2023-03-06,08:30,60,practice,,", "not_planned"),
        (f"{COHORT},2023-03-06,10:00,0,practice,,", "number_bounds"),
    ],
)
def test_sessions_that_cannot_be_are_refused(row, rule):
    make_session(make_cohort(), status="held")
    held = send(HEAD + row + "\n", kind="sessions")
    assert (held.refused, f'"{rule}"' in said(held)) == (1, True)


def test_marks_make_a_session_held_once_nobody_is_missing():
    cohort = make_cohort(learners=2)
    make_session(cohort)
    written(f"cohort,session,seat,mark\n{COHORT},1,1,P\n", kind="attendance")
    assert Session.objects.get().status == "planned"
    held = written(f"cohort,date,name,mark\n{COHORT},2023-03-06,COH-2023-041-L 2,late\n", kind="attendance")
    assert (held.created, Session.objects.get().status) == (1, "held")
    assert marks() == {(1, 1): "present", (1, 2): "late"}


def test_a_matrix_is_read_as_a_mark_for_each_learner_and_day():
    cohort = make_cohort(learners=2)
    make_session(cohort)
    make_session(cohort, number=2, on=date(2023, 3, 13))
    held = written(MATRIX, kind="attendance", name=f"{COHORT}.csv", answers={"dates.held_on": "dmy"})
    assert (held.created, held.refused, held.file_name) == (4, 0, f"{COHORT}-lines.csv")
    assert marks() == {(1, 1): "present", (1, 2): "absent", (2, 1): "excused", (2, 2): "present"}
    assert send(MATRIX, kind="attendance", name=f"{COHORT}.csv", answers={"dates.held_on": "dmy"}).unchanged == 4


def book(rows, *, hidden_row=None):
    packed = BytesIO()
    with xlsxwriter.Workbook(packed) as made:
        page = made.add_worksheet()
        shown = made.add_format({"num_format": "d/m/yyyy"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, place, datetime.combine(cell, datetime.min.time()), shown)
                else:
                    page.write(number, place, cell)
        if hidden_row is not None:
            page.set_row(hidden_row, None, None, {"hidden": True})
    return packed.getvalue()


ROWS = [
    ["Register of practice"],
    ["Cohort:", COHORT],
    ["No.", "Name", date(2023, 3, 6), "S2"],
    [1, "somebody", "x", "A"],
    [2, "else", "L", ""],
]


def test_a_matrix_in_a_workbook_says_its_cohort_above_the_table():
    cohort = make_cohort(learners=2)
    make_session(cohort)
    make_session(cohort, number=2, on=date(2023, 3, 13))
    held = written(book(ROWS), kind="attendance", name="register.xlsx")
    assert (held.created, held.refused) == (3, 0)
    assert marks() == {(1, 1): "present", (1, 2): "late", (2, 1): "absent"}


def test_a_matrix_that_hides_rows_is_sent_back():
    make_cohort(learners=2)
    with pytest.raises(BadInput):
        send(book(ROWS, hidden_row=4), kind="attendance", name="register.xlsx")


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (f"{COHORT},2023-03-06,1,late", "locked"),
        (f"{COHORT},2023-03-07,1,late", "which_session"),
        (f"{COHORT},2023-03-08,1,late", "cancelled"),
        (f"{COHORT},2023-06-01,1,late", "not_begun"),
        (f"{COHORT},2023-03-10,9,late", "unknown_learner"),
        (f"{COHORT},2023-03-10,1,dancing", "choice"),
    ],
)
def test_marks_that_cannot_be_are_refused(row, rule):
    cohort = make_cohort(learners=1)
    make_session(cohort, status="locked")
    make_session(cohort, number=2, on=date(2023, 3, 8), status="cancelled")
    make_session(cohort, number=3, on=date(2023, 6, 1))
    make_session(cohort, number=4, on=date(2023, 3, 10))
    head = "cohort,date,seat,mark\n"
    if rule == "cancelled":
        head, row = "cohort,session,seat,mark\n", f"{COHORT},2,1,late"
    held = send(head + row + "\n", kind="attendance")
    assert (held.refused, f'"{rule}"' in said(held)) == (1, True)


def test_marks_are_taken_back_until_the_register_is_signed():
    cohort = make_cohort(learners=1)
    session = make_session(cohort)
    held = written(f"cohort,session,seat,mark\n{COHORT},1,1,P\n", kind="attendance")
    undo_import(key=held.pk, kind=KINDS["attendance"], at=AT, by=trainer())
    assert (Attendance.objects.count(), Session.objects.get().status) == (0, "planned")
    held = written(f"cohort,session,seat,mark\n{COHORT},1,1,P\n", kind="attendance")
    Session.objects.filter(pk=session.pk).update(status="locked")
    with pytest.raises(BuiltOn):
        undo_import(key=held.pk, kind=KINDS["attendance"], at=AT, by=trainer())
    assert marks() == {(1, 1): "present"}


def test_a_corrected_mark_gets_its_old_value_back():
    make_session(make_cohort(learners=1), status="held")
    held = written(f"cohort,session,seat,mark\n{COHORT},1,1,A\n", kind="attendance")
    assert (held.updated, marks()) == (1, {(1, 1): "absent"})
    undo_import(key=held.pk, kind=KINDS["attendance"], at=AT, by=trainer())
    assert (marks(), Session.objects.get().status) == ({(1, 1): "present"}, "held")


def said_of(seat):
    return Attendance.objects.values_list("mark", "minutes_late", "remark").get(enrolment__number=seat)


def test_minutes_late_and_remarks_come_with_a_mark_go_out_again_and_are_taken_back():
    make_session(make_cohort(learners=2))
    head = "cohort,session,seat,mark,minutes late,remark\n"
    written(head + f"{COHORT},1,1,present,,\n{COHORT},1,2,late,15,The bus\n", kind="attendance")
    assert (said_of(1), said_of(2)) == (("present", None, ""), ("late", 15, "The bus"))
    assert send(taken("attendance", cohort=COHORT), kind="attendance").unchanged == 2
    # A sheet without these columns says nothing about them; who is not late any more has no minutes.
    assert send(f"cohort,session,seat,mark\n{COHORT},1,2,late\n", kind="attendance").unchanged == 1
    held = written(head + f"{COHORT},1,2,late,20,The bus\n", kind="attendance")
    assert said_of(2) == ("late", 20, "The bus")
    undo_import(key=held.pk, kind=KINDS["attendance"], at=AT, by=trainer())
    assert said_of(2) == ("late", 15, "The bus")
    written(f"cohort,session,seat,mark\n{COHORT},1,2,absent\n", kind="attendance")
    assert said_of(2) == ("absent", None, "The bus")
    refused = send(head + f"{COHORT},1,1,present,5,\n", kind="attendance")
    assert (refused.refused, '"not_late"' in said(refused)) == (1, True)


def test_minutes_that_a_page_wrote_are_changed_by_a_sheet_beside_them():
    cohort = make_cohort(learners=1)
    session = make_session(cohort)
    by = make_actor("trainer", ("cohort", cohort.pk))
    take_register(
        session=session, marks={1: Value("late", 5, "")}, version=1, capture_mode=CaptureMode.LIVE, at=session.begins_at, by=by
    )  # fmt: skip
    written(f"cohort,session,seat,mark,minutes late\n{COHORT},1,1,late,25\n", kind="attendance")
    assert said_of(1) == ("late", 25, "")
    assert set(SaidMark.objects.values_list("minutes_late", flat=True)) == {5, 25}
    Session.objects.update(status="locked", signed_by="bounmy", signed_at=AT)
    place = cohort.enrolments.get().pk
    assert minutes_counted([place], on=AT.date()) == {place: 180 - 25}
