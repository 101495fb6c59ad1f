"""Learners, sessions and attendance from sheets, and back."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.foundations.sheets.steps.returning import export_file
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.rooms.training.models import Attendance, Enrolment
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_session

AT = datetime(2023, 4, 3, 9, tzinfo=UTC)
COHORT = "COH-2023-041"
HEAD = "cohort,seat,person id,takes part as,applied on,enrolled on,attending from,exit status,left on\n"

pytestmark = pytest.mark.django_db


def secretariat():
    return make_actor("secretariat", user=make_user("secretariat"))


def send(text, *, kind="enrolments", by=None, name="sheet.csv", answers=None):
    content = text if isinstance(text, bytes) else text.encode()
    return import_file(
        kind=kind, file_name=name, content=content, language="en", answers=answers or {}, columns={}, at=AT,
        by=by or secretariat(),
    )  # fmt: skip


def written(text, **more):
    by = more.setdefault("by", secretariat())
    return write_import(held=send(text, **more), at=AT, by=by, wait=True)


def said(held):
    return " ".join(held.verdicts.values_list("said", flat=True))


def test_learners_get_seats_and_take_their_steps():
    make_cohort(learners=1)
    make_person("khamla")
    make_person("nimali")
    held = written(
        HEAD + f"{COHORT},,khamla,ນັກສຶກສາ,2023-01-09,2023-02-27,2023-03-06,,\n{COHORT},7,nimali,teacher,2023-01-09,,,,\n"
    )
    assert (held.created, held.refused) == (2, 0)
    khamla = Enrolment.objects.get(person__reference="khamla")
    assert (khamla.number, khamla.status, khamla.status_on(date(2023, 3, 1))) == (2, "attending", "enrolled")
    nimali = Enrolment.objects.get(person__reference="nimali")
    assert (nimali.number, nimali.participant_kind, nimali.status) == (7, "teacher", "applied")


def test_the_same_learners_twice_change_nothing():
    make_cohort()
    make_person("khamla")
    sheet = HEAD + f"{COHORT},,khamla,student,2023-01-09,2023-02-27,,,\n"
    written(sheet)
    again = send(sheet)
    assert (again.unchanged, again.created, again.updated) == (1, 0, 0)


def test_a_learner_leaves_by_a_sheet_and_comes_back_when_it_is_taken_back():
    make_cohort(learners=1)
    held = written(HEAD + f"{COHORT},1,coh-2023-041-l-1,employee,,,,dropped out,2023-04-01\n")
    assert (held.updated, Enrolment.objects.get().status) == (1, "withdrew")
    assert Enrolment.objects.get().participant_kind == "company_employee"
    undo_import(key=held.pk, kind=KINDS["enrolments"], at=AT, by=secretariat())
    assert (Enrolment.objects.get().status, Enrolment.objects.get().participant_kind) == ("attending", "student")


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("NOWHERE,,khamla,student,2023-01-09,,,,", "unknown_cohort"),
        (f"{COHORT},,nobody,student,2023-01-09,,,,", "unknown_person"),
        (f"{COHORT},1,khamla,student,2023-01-09,,,,", "seat_taken"),
        (f"{COHORT},,khamla,student,,,,,", "empty"),
        (f"{COHORT},,khamla,student,2023-01-09,,2023-03-06,,", "no_such_step"),
        (f"{COHORT},,khamla,student,2023-01-09,2023-01-08,,,", "too_early"),
        (f"{COHORT},,khamla,student,2023-01-09,,,withdrew,", "half_exit"),
        (f"{COHORT},4,coh-2023-041-l-1,student,,,,,", "stays"),
    ],
)
def test_what_the_room_would_refuse_is_refused_in_the_dry_run(row, rule):
    make_cohort(learners=1)
    make_person("khamla")
    held = send(HEAD + row + "\n")
    assert (held.refused, f'"{rule}"' in said(held)) == (1, True)


def test_nobody_imports_learners_of_a_cohort_that_is_not_theirs():
    mine, other = make_cohort(), make_cohort("COH-2023-050", programme="PRG-2022-002", site="wks-colombo")
    make_person("khamla")
    by = make_actor("site_manager", ("site", mine.site_id), user=make_user("bounmy"))
    row = f"{other.reference},,khamla,student,2023-01-09,,,,"
    held = send(HEAD + row + "\n", by=by)
    assert (held.refused, '"unknown_cohort"' in said(held) or '"not_yours"' in said(held)) == (1, True)
    assert send(HEAD + row.replace(other.reference, COHORT) + "\n", by=by).created == 1


def test_places_on_which_nothing_stands_are_taken_back():
    make_cohort()
    make_person("khamla")
    held = written(HEAD + f"{COHORT},,khamla,student,2023-01-09,2023-02-27,,,\n")
    undo_import(key=held.pk, kind=KINDS["enrolments"], at=AT, by=secretariat())
    assert not Enrolment.objects.exists()


def test_a_place_with_a_mark_is_not_taken_back():
    cohort = make_cohort()
    make_person("khamla")
    held = written(HEAD + f"{COHORT},,khamla,student,2023-01-09,2023-02-27,,,\n")
    make_session(cohort, status="held")
    with pytest.raises(BuiltOn):
        undo_import(key=held.pk, kind=KINDS["enrolments"], at=AT, by=secretariat())
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("kind", ["enrolments", "sessions", "attendance"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_that_nobody_touched_changes_nothing(kind, form):
    cohort = make_cohort(learners=3)
    make_session(cohort, status="held", marks={2: "late"})
    make_session(cohort, number=2, on=date(2023, 3, 7))
    by = (
        make_actor("trainer", ("cohort", cohort.pk), user=make_user("bounmy"))
        if kind == "attendance"
        else secretariat()
    )
    _name, _media, content = export_file(kind=KINDS[kind], form=form, language="en", on=AT.date(), by=by)
    held = send(content, kind=kind, name=f"{kind}.{form}", by=by)
    assert held.rows == held.unchanged
    assert held.rows == {"enrolments": 3, "sessions": 2, "attendance": 3}[kind]
