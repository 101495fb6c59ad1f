"""Imports that meet each other, a worker that is killed, and a file of many rows: all of it is written, or nothing."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from corridor.foundations.clock import real_now
from corridor.foundations.jobs.holding import LEASE
from corridor.foundations.jobs.models import Job
from corridor.foundations.jobs.reaping import reap
from corridor.foundations.sheets.models import Import, ImportState
from corridor.foundations.sheets.steps.moving import StaleDryRun
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, _check, _write, check_import, import_file, write_import
from corridor.rooms.people.models import Person
from tests.factories.actors import make_actor, make_user
from tests.factories.members import make_seat
from tests.factories.people import make_person, make_purpose_of_sex

AT = datetime(2024, 2, 2, 9, tzinfo=UTC)
ROWS = 20_000
EVERY = 33  # three in a hundred are wrong

# A worker of its own: it says when it is in the second set of rows, and then takes its time, so that it dies in the middle.
WORKER = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[2]
from corridor.foundations.jobs.holding import Hold
go_on = Hold.advance
def slowly(self, **said):
    go_on(self, **said)
    if said["done"] > 500:
        print("wrote", flush=True)
        time.sleep(60)
Hold.advance = slowly
from corridor.foundations.sheets.steps.moving import StaleDryRun
from corridor.journeys.import_sheets import _check, _write
{"check": _check, "write": _write}[sys.argv[3]].func(sys.argv[1])
"""


def sheet(rows, *, wrong=0):
    lines = ["Name,Sex,Date of birth"]
    for number in range(rows):
        day = (
            "2001-02-31"
            if wrong and number % wrong == 0
            else f"{1990 + number % 17}-{1 + number % 12:02}-{1 + number % 28:02}"
        )
        lines.append(f"ນາງ ທົດລອງ {number},{'MF'[number % 2]},{day}")
    return "\n".join(lines)


TWO = "Name,Date of birth\nຄຳຫຼ້າ ສີສະຫວາດ,2001-01-31\nນາງ ແກ້ວ,2002-05-04\n"


@pytest.fixture(autouse=True)
def _what_sex_is_collected_for(db):
    make_purpose_of_sex()


def send(text, *, by, twins="create"):
    return import_file(
        kind="people",
        file_name="people.csv",
        content=text.encode(),
        language="en",
        answers={"twins": twins, "purpose_needed": "equal_access"},
        columns={},
        at=AT,
        by=by,
    )


def sender(name="secretariat"):
    user = make_user(name)
    make_seat(user, "secretariat")
    return make_actor("secretariat", user=user)


def killed_in_the_middle(job, what):
    """A worker takes the job up, says that it is under way, and dies."""
    words = [sys.executable, "-c", WORKER, str(job.pk), str(connection.settings_dict["NAME"]), what]
    worker = subprocess.Popen(words, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "wrote\n"
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate(timeout=10)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_and_the_next_one_finishes():
    by = sender()
    held = send(sheet(1_500), by=by)
    write_import(held=held, at=AT, by=by)
    job = Job.objects.get(kind="sheets.apply")
    DBTaskResult.objects.get().claim("killed")
    killed_in_the_middle(job, "write")
    assert not Person.objects.exists()
    assert Import.objects.get(pk=held.pk).state == ImportState.APPLYING
    # The lease of the dead worker runs out; whoever comes next begins again.
    assert reap(at=real_now() + LEASE + timedelta(seconds=1)) == [job]
    _write.func(str(job.pk))
    assert Person.objects.count() == 1_500
    assert Import.objects.get(pk=held.pk).state == ImportState.APPLIED


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_in_a_dry_run_is_followed_by_one_that_gives_every_row_one_verdict():
    by = sender()
    held = send(sheet(1_500, wrong=EVERY), by=by)
    first = list(held.verdicts.values_list("number", "verdict", "said"))
    check_import(held=held, at=AT, by=by)
    job = Job.objects.get(kind="sheets.check")
    DBTaskResult.objects.get().claim("killed")
    killed_in_the_middle(job, "check")
    half = Import.objects.get(pk=held.pk)
    assert (half.state, half.verdicts.count()) == (ImportState.CHECKING, 500)
    assert reap(at=real_now() + LEASE + timedelta(seconds=1)) == [job]
    _check.func(str(job.pk))
    whole = Import.objects.get(pk=held.pk)
    assert (whole.state, whole.refused) == (ImportState.CHECKED, len(range(0, 1_500, EVERY)))
    assert [row[:2] for row in whole.verdicts.values_list("number", "verdict", "said")] == [row[:2] for row in first]


@pytest.mark.django_db
def test_three_faulty_rows_in_a_hundred_are_all_named_and_nothing_is_written():
    by = sender()
    held = send(sheet(ROWS, wrong=EVERY), by=by)
    wrong = len(range(0, ROWS, EVERY))
    assert (held.rows, held.created, held.refused) == (ROWS, ROWS - wrong, wrong)
    named = list(held.verdicts.filter(verdict="refused").values_list("number", flat=True))
    assert named == [number + 2 for number in range(0, ROWS, EVERY)]
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_two_people_who_send_the_same_sheet_write_it_once():
    mine = sender()
    theirs = sender("colleague")
    first, second = send(TWO, by=mine, twins="refuse"), send(TWO, by=theirs, twins="refuse")
    write_import(held=first, at=AT, by=mine, wait=True)
    assert write_import(held=second, at=AT, by=theirs).state == ImportState.APPLYING
    with pytest.raises(StaleDryRun):
        _write.func(str(Job.objects.get(subject=str(second.pk)).pk))
    assert Person.objects.count() == 2
    assert Import.objects.get(pk=second.pk).state == ImportState.RECEIVED


@pytest.mark.django_db
def test_two_imports_that_touch_one_person_are_not_both_written_as_they_were_checked():
    person = make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla", sex="female")
    mine, theirs = sender(), sender("colleague")
    first = send("reference,name,sex\nkhamla,ຄຳຫຼ້າ,m\n", by=mine)
    second = send("reference,name,sex,country\nkhamla,ຄຳຫຼ້າ,unknown,LA\n", by=theirs)
    write_import(held=first, at=AT, by=mine, wait=True)
    with pytest.raises(StaleDryRun):
        write_import(held=second, at=AT, by=theirs, wait=True)
    person.refresh_from_db()
    assert (person.sex, person.residence_country) == ("male", "")
    again = check_import(held=Import.objects.get(pk=second.pk), at=AT, by=theirs, wait=True)
    assert ["sex", "male", "unknown"] in json.loads(again.verdicts.get().said)["changes"]


@pytest.mark.django_db
def test_the_same_file_comes_again_and_nothing_is_made_twice():
    """No row names its person, and the sender said that all are new: the file itself is known again."""
    by = sender()
    write_import(held=send(TWO, by=by), at=AT, by=by, wait=True)
    again = send(TWO, by=by)
    assert (again.unchanged, again.created) == (2, 0)
    write_import(held=again, at=AT, by=by, wait=True)
    assert Person.objects.count() == 2
    Person.objects.filter(names__full_name="ນາງ ແກ້ວ").update(sex="male")
    assert send(TWO.replace("\n", ",\n").replace("birth,", "birth,Sex"), by=by).created == 2


@pytest.mark.django_db
def test_a_file_that_was_taken_back_is_written_anew():
    by = sender()
    held = write_import(held=send(TWO, by=by), at=AT, by=by, wait=True)
    undo_import(key=held.pk, kind=KINDS["people"], at=AT, by=by)
    assert write_import(held=send(TWO, by=by), at=AT, by=by, wait=True).created == 2
    assert Person.objects.count() == 2
