"""Rows of one file that depend on each other: the second of two that cannot both be is refused, and an order in the file is an order in time."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.steps.looking import list_verdicts
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.rooms.training.models import Attendance, Session
from tests.factories.members import make_member
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

AT = datetime(2023, 4, 3, 9, tzinfo=UTC)
COHORT = "COH-2023-041"
PLACES = "cohort,seat,person id,takes part as,applied on,enrolled on\n"

pytestmark = pytest.mark.django_db


def send(kind, text, *, name="sheet.csv", **answers):
    return import_file(
        kind=kind, file_name=name, content=text.encode(), language="en", answers=answers, columns={}, at=AT, by=NIGHTLY
    )


def verdicts(held):
    return [row.verdict for row in list_verdicts(held=held, by=NIGHTLY)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("enrolments", f"{PLACES}{COHORT},,khamla,student,2023-01-09,\n{COHORT},,khamla,student,2023-01-09,\n"),
        ("enrolments", f"{PLACES}{COHORT},7,khamla,student,2023-01-09,\n{COHORT},7,nimali,student,2023-01-09,\n"),
        ("organisation_names", "organisation,language,name,kind of name\nvientiane,lo,ວທວຈ,short\nvientiane,lo,ວທວຈ,short\n"),
        ("attendance", f"cohort,session,seat,mark\n{COHORT},1,1,P\n{COHORT},1,1,A\n"),
        ("sessions", f"cohort,date,time,duration,type,topic\n{COHORT},2023-03-09,08:30,90,practice,\n{COHORT},2023-03-09,08:30,90,theory,\n"),
    ],
    ids=["one person twice in a cohort", "one seat for two persons", "one name twice", "one mark twice", "one session twice"],
)  # fmt: skip
def test_the_second_of_two_rows_that_cannot_both_be_is_refused(kind, text):
    make_session(make_cohort(learners=1))
    make_person("khamla")
    make_person("nimali")
    make_member("vientiane-college", country="LA")
    held = send(kind, text.replace("vientiane,", "vientiane-college,"))
    assert verdicts(held) == ["create", "refused"]


def test_the_last_mark_of_a_file_makes_the_session_held():
    make_session(make_cohort(learners=3))
    held = send("attendance", f"cohort,session,seat,mark\n{COHORT},1,1,P\n{COHORT},1,2,L\n{COHORT},1,3,A\n")
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    assert (Attendance.objects.count(), Session.objects.get().status) == (3, "held")


def test_a_matrix_whose_days_are_of_the_buddhist_calendar_and_whose_marks_are_in_three_languages():
    cohort = make_cohort(learners=3)
    make_session(cohort)
    make_session(cohort, number=2, on=date(2023, 3, 13))
    matrix = "ลำดับ,ชื่อ,6/3/2566,13/3/2566\n1,ก,มา,ขาด\n2,ข,到,请假\n3,ค,ມາ,ຂາດ\n"
    held = send("attendance", matrix, name=f"{COHORT}.csv", **{"calendar.held_on": "yes"})
    assert (held.created, held.refused) == (6, 0)
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    marks = {
        (number, seat): mark
        for number, seat, mark in Attendance.objects.values_list("session__number", "enrolment__number", "mark")
    }
    assert marks == {
        (1, 1): "present",
        (1, 2): "present",
        (1, 3): "present",
        (2, 1): "absent",
        (2, 2): "excused",
        (2, 3): "absent",
    }


def test_the_kinds_stand_in_the_order_in_which_their_sheets_build_on_each_other():
    names = list(KINDS)
    assert names.index("people") < names.index("enrolments") < names.index("attendance")
