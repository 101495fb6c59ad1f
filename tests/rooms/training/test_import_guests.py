"""Sheets of attendance say why a register comes late, where its programme asks, and who was there as a guest."""

from datetime import date

import pytest

from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS
from corridor.rooms.training.models import Attendance, Guest, RegisterEntry, RegisterRule, SaidMark, Session
from tests.factories.sheet_round import taken
from tests.factories.training import make_cohort, make_session

from .test_import_sessions import AT, COHORT, said, send, trainer, written

HEAD = "cohort,session,seat,mark,reason,guest\n"
GUESTS = f"{COHORT},1,,,,Noy\n{COHORT},1,,,,ແກ້ວ\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session(make_cohort(learners=2))


def ask(session, **rule):
    RegisterRule.objects.create(programme=session.cohort.programme, **rule)


def back(held):
    undo_import(key=held.pk, kind=KINDS["attendance"], at=AT, by=trainer())


def test_why_so_late_is_asked_where_the_page_asks_it_and_once_for_a_register(session):
    ask(session, late_after_days=7)
    refused = send(f"cohort,session,seat,mark\n{COHORT},1,1,P\n", kind="attendance")
    assert (refused.refused, '["reason",' in said(refused), '"no_reason"' in said(refused)) == (1, True, True)
    rows = f"{COHORT},1,1,P,The network was down,\n{COHORT},1,2,L,,\n"
    held = written(HEAD + rows, kind="attendance")
    assert held.created == 2
    assert set(Attendance.objects.values_list("entry__reason", "entry__entered_by")) == {
        ("The network was down", "bounmy")
    }
    assert send(taken("attendance", cohort=COHORT), kind="attendance").unchanged == 2
    back(held)
    assert (Attendance.objects.count(), RegisterEntry.objects.count()) == (0, 0)


def test_a_mark_that_is_changed_late_keeps_what_stood_and_says_why(session):
    written(HEAD + f"{COHORT},1,1,P,,\n{COHORT},1,2,P,,\n", kind="attendance")
    ask(session, late_after_days=7)
    assert send(HEAD + f"{COHORT},1,2,A,,\n", kind="attendance").refused == 1
    held = written(HEAD + f"{COHORT},1,2,A,She was at home,\n", kind="attendance")
    said_of = SaidMark.objects.filter(enrolment__number=2).values_list("mark", "entry__reason")
    assert set(said_of) == {("present", ""), ("absent", "She was at home")}
    back(held)
    assert Attendance.objects.get(enrolment__number=2).mark == "present"


def test_a_register_that_has_closed_takes_no_sheet(session):
    ask(session, closes_after_days=7)
    held = send(HEAD + f"{COHORT},1,1,P,Late,\n", kind="attendance")
    assert (held.refused, '"register_closed"' in said(held)) == (1, True)


def test_guests_come_in_go_out_again_and_are_taken_back(session):
    before = taken("attendance")
    held = written(HEAD + GUESTS + f"{COHORT},1,1,P,,\n", kind="attendance")
    assert (held.created, held.refused) == (3, 0)
    assert set(Guest.objects.values_list("name", "entry__session")) == {("Noy", session.pk), ("ແກ້ວ", session.pk)}
    assert send(taken("attendance"), kind="attendance").unchanged == 3
    # Who is left out stays: a sheet sends nobody away.
    assert send(HEAD + f"{COHORT},1,,,,Noy\n", kind="attendance").unchanged == 1
    back(held)
    assert taken("attendance") == before
    assert RegisterEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "column", "rule"),
    [
        (f"{COHORT},1,1,,,Noy\n", "number", "guest"),
        (f"{COHORT},1,,P,,Noy\n", "mark", "guest"),
        (f"{COHORT},1,1,,,\n", "mark", "empty"),
        (f"{COHORT},2,,,,Noy\n", "guest", "locked"),
        (f"{COHORT},3,,,,Noy\n", "guest", "not_begun"),
    ],
    ids=["seat", "mark", "neither", "signed", "not-begun"],
)
def test_guests_that_cannot_be_are_refused(session, row, column, rule):
    make_session(session.cohort, number=2, on=date(2023, 3, 7), status="locked")
    make_session(session.cohort, number=3, on=date(2023, 6, 1))
    held = send(HEAD + row, kind="attendance")
    assert (held.refused, f'["{column}",' in said(held), f'"{rule}"' in said(held)) == (1, True, True)


def test_a_guest_stands_once_in_a_file_and_there_are_at_most_fifty(session):
    assert send(HEAD + GUESTS + GUESTS, kind="attendance").refused == 2
    crowd = "".join(f"{COHORT},1,,,,Guest {number}\n" for number in range(51))
    held = send(HEAD + crowd, kind="attendance")
    assert (held.refused, '"many_guests"' in said(held)) == (1, True)


def test_guests_stay_once_the_register_is_signed(session):
    held = written(HEAD + GUESTS, kind="attendance")
    Session.objects.update(status="locked")
    with pytest.raises(BuiltOn):
        back(held)
    assert Guest.objects.count() == 2
