"""Sheets of sessions say who teaches, what is booked, what is made up for and who learns together; clashes are told as the page tells them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS
from corridor.rooms.training.models import EquipmentBooking, Session, SessionTrainer
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_person
from tests.factories.sheet_round import rows_of, taken
from tests.factories.sites import make_equipment
from tests.factories.training import make_cohort, make_session

from .test_import_sessions import AT, COHORT, said, send, trainer, written

OTHER = "COH-2023-042"
HEAD = "reference,cohort,number,date,time,duration,trainers,equipment,makes up for,together with,called off\n"
TAUGHT = f",{COHORT},2,2023-03-13,08:30,180,mei; khamla,INV-2:2；INV-1,1,,\n"
JOINED = f",{OTHER},1,2023-03-13,08:30,180,,,,{COHORT}/s2,\n"
CALLED_OFF = f"{COHORT}/s1,{COHORT},1,2023-03-06,08:30,180,,,,,yes\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohorts():
    """Two cohorts at one site, one taught by Khamla and Mei; the site has a brake tester and two lifts."""
    people = [make_person("khamla"), make_person("mei")]
    first, second = make_cohort(trainers=people), make_cohort(OTHER)
    make_session(first)
    make_equipment(first.site)
    make_equipment(first.site, "INV-2", kind="Two-post lift", count=2)
    return first, second


def refusal(rows, **more):
    held = send(HEAD + rows, kind="sessions", **more)
    assert held.refused == 1, said(held)
    return said(held)


def test_a_sheet_plans_what_the_page_plans_and_is_taken_back(cohorts):
    before = taken("sessions")
    # The row of the joint session may come before the one that it names, and what is made up for may be called off by the same sheet.
    held = written(HEAD + JOINED + TAUGHT + CALLED_OFF, kind="sessions")
    assert (held.created, held.updated, held.refused) == (2, 1, 0)
    missed, planned = Session.objects.filter(cohort=cohorts[0]).order_by("number")
    joined = Session.objects.get(cohort=cohorts[1])
    assert (missed.status, planned.makes_up_for, joined.joint_with) == ("cancelled", missed, planned)
    assert set(planned.trainers.values_list("person__reference", flat=True)) == {"khamla", "mei"}
    assert set(planned.bookings.values_list("equipment__inventory_number", "count")) == {("INV-1", 1), ("INV-2", 2)}
    assert send(taken("sessions"), kind="sessions").unchanged == 3
    rows = {row["reference"]: row for row in rows_of("sessions", taken("sessions"))}
    row = rows[f"{COHORT}/s2"]
    assert (row["trainers"], row["equipment"], row["makes_up_for"]) == ("khamla; mei", "INV-1; INV-2:2", "1")
    assert rows[f"{OTHER}/s1"]["joint"] == f"{COHORT}/s2"
    undo_import(key=held.pk, kind=KINDS["sessions"], at=AT, by=trainer())
    assert taken("sessions") == before
    assert (SessionTrainer.objects.count(), EquipmentBooking.objects.count()) == (0, 0)


def test_what_stands_is_changed_and_gets_its_old_needs_back(cohorts):
    written(HEAD + TAUGHT + CALLED_OFF + JOINED, kind="sessions")
    before = taken("sessions")
    rows = f"{COHORT}/s2,{COHORT},2,2023-03-13,08:30,180,mei,INV-2,,,\n{OTHER}/s1,{OTHER},1,2023-03-13,08:30,180,,,,,\n"
    held = written(HEAD + rows, kind="sessions")
    assert held.updated == 2
    planned, alone = Session.objects.get(cohort=cohorts[0], number=2), Session.objects.get(cohort=cohorts[1])
    assert (planned.makes_up_for, alone.joint_with) == (None, None)
    assert list(planned.trainers.values_list("person__reference", flat=True)) == ["mei"]
    assert list(planned.bookings.values_list("equipment__inventory_number", "count")) == [("INV-2", 1)]
    undo_import(key=held.pk, kind=KINDS["sessions"], at=AT, by=trainer())
    assert taken("sessions") == before


def test_a_file_without_these_columns_leaves_them_as_they_are(cohorts):
    written(HEAD + TAUGHT + CALLED_OFF, kind="sessions")
    head = "reference,cohort,date,time,duration,topic\n"
    held = written(head + f"{COHORT}/s2,{COHORT},2023-03-13,08:30,180,Brakes\n", kind="sessions")
    assert held.updated == 1
    row = next(row for row in rows_of("sessions", taken("sessions")) if row["number"] == "2")
    assert (row["topic"], row["trainers"], row["makes_up_for"]) == ("Brakes", "khamla; mei", "1")


@pytest.mark.parametrize(
    ("row", "column", "rule"),
    [
        (f",{COHORT},2,2023-03-13,08:30,180,nimali,,,,\n", "trainers", "not_teaching"),
        (f",{COHORT},2,2023-03-13,08:30,180,,INV-9,,,\n", "equipment", "unknown_equipment"),
        (f",{COHORT},2,2023-03-13,08:30,180,,INV-2:3,,,\n", "equipment", "needs"),
        (f",{COHORT},2,2023-03-13,08:30,180,,,7,,\n", "makes_up_for", "unknown_session"),
        (f",{COHORT},2,2023-03-13,08:30,180,,,1,,\n", "makes_up_for", "not_called_off"),
        (f",{COHORT},2,2023-03-13,08:30,180,,,2,,yes\n", "makes_up_for", "not_called_off"),
        (f",{COHORT},2,2023-03-13,08:30,180,,,,NOWHERE/s1,\n", "joint", "not_joint"),
        (f",{COHORT},2,2023-03-13,08:30,180,,,,{COHORT}/s1,\n", "joint", "not_joint"),
        (f",{OTHER},1,2023-03-06,09:00,180,,,,{COHORT}/s1,\n", "held_on", "joint_time"),
    ],
    ids=["nobody", "no-machine", "too-many", "no-session", "not-off", "itself", "nowhere", "own-cohort", "other-time"],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_column(cohorts, row, column, rule):
    assert f'["{column}",' in (told := refusal(row))
    assert f'"{rule}"' in told


def test_a_trainer_teaches_on_the_days_of_the_appointment_alone(cohorts):
    cohorts[0].trainers.filter(person__reference="mei").update(held_before=date(2023, 3, 10))
    told = refusal(f",{COHORT},2,2023-03-13,08:30,180,mei,,,,\n")
    assert '"trainers"' in told
    assert "on %(day)s" in told


def test_one_of_several_held_together_is_not_moved_alone(cohorts):
    written(HEAD + TAUGHT + CALLED_OFF + JOINED, kind="sessions")
    head = "reference,cohort,date,time,duration\n"
    first, second = f"{COHORT}/s2,{COHORT},2023-03-14,08:30,180\n", f"{OTHER}/s1,{OTHER},2023-03-14,08:30,180\n"
    for alone in (first, second):
        held = send(head + alone, kind="sessions")
        assert (held.refused, '"joint_time"' in said(held)) == (1, True)
    assert written(head + first + second, kind="sessions").updated == 2


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (f",{COHORT},2,2023-03-06,09:00,60,,,,,\n", "are at the same time"),
        (f",{OTHER},1,2023-03-06,09:00,60,,INV-1,,,\n", "need more of %(what)s"),
    ],
    ids=["cohort", "machine"],
)
def test_clashes_are_refused_with_both_sides_until_they_are_written_all_the_same(cohorts, row, kind):
    EquipmentBooking.objects.create(
        session=Session.objects.get(), equipment=cohorts[0].site.equipment.get(inventory_number="INV-1")
    )
    told = refusal(row)
    assert kind in told
    assert f"{COHORT}/s1" in told
    assert written(HEAD + row, kind="sessions", answers={"clashing": "keep"}).created == 1


def test_two_rows_of_one_file_clash_and_what_moves_away_does_not(cohorts):
    rows = f",{OTHER},1,2023-03-06,08:30,60,,INV-1,,,\n,{OTHER},2,2023-03-06,09:00,60,,,,,\n"
    assert '"clashing"' in refusal(rows)
    moved = f"{COHORT}/s1,{COHORT},1,2023-03-07,08:30,180,,,,,\n,{COHORT},2,2023-03-06,08:30,180,,,,,\n"
    held = written(HEAD + moved, kind="sessions")
    assert (held.updated, held.created) == (1, 1)


def test_who_teaches_is_told_to_those_who_plan(cohorts):
    written(HEAD + TAUGHT + CALLED_OFF, kind="sessions")
    auditor = make_actor("auditor", user=make_user("somebody"))
    elsewhere = make_actor("trainer", ("cohort", cohorts[1].pk))
    by = replace(auditor, grants=auditor.grants | elsewhere.grants)
    rows = rows_of("sessions", taken("sessions", by=by, cohort=COHORT))
    assert [row["trainers"] for row in rows] == ["", ""]
    assert rows[1]["equipment"] == "INV-1; INV-2:2"


def test_a_make_up_that_came_since_keeps_what_it_is_for(cohorts):
    held = written(HEAD + CALLED_OFF, kind="sessions")
    later = make_session(cohorts[0], number=2, on=date(2023, 3, 14), at=time(13))
    Session.objects.filter(pk=later.pk).update(makes_up_for=Session.objects.get(number=1))
    with pytest.raises(BuiltOn):
        undo_import(key=held.pk, kind=KINDS["sessions"], at=datetime(2023, 4, 3, 10, tzinfo=UTC), by=trainer())
