"""Marks of written tests come in by sheet, per learner and test, on the scale of the scheme."""

from datetime import UTC, datetime

import pytest

from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.foundations.sheets.steps.returning import export_file
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.kernel.errors import AccessDenied
from corridor.rooms.assessment.models import ChecklistPlace, WrittenMark
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.assessment import Room, make_scheme
from tests.factories.sites import make_site

pytestmark = pytest.mark.django_db
AT = datetime(2023, 7, 3, 9, tzinfo=UTC)
HEAD = "cohort,seat,unit,test,test date,score,out of,pass mark\n"


@pytest.fixture
def room():
    made = Room()
    make_scheme(made.unit, test=True)
    return made


def row(room, seat=1, *, test=2, on="2023-06-20", mark="61.5", scale="100", least="60"):
    return f"{room.cohort.reference},{seat},{room.unit.code},{test},{on},{mark},{scale},{least}\n"


def send(text, *, by=NIGHTLY):
    return import_file(
        kind="marks",
        file_name="marks.csv",
        content=(HEAD + text).encode(),
        language="en",
        answers={},
        columns={},
        at=AT,
        by=by,
    )


def written(text, *, by=NIGHTLY):
    return write_import(held=send(text, by=by), at=AT, by=by, wait=True)


def refusal(text, *, by=NIGHTLY):
    held = send(text, by=by)
    assert held.refused == 1
    return " ".join(held.verdicts.values_list("said", flat=True))


def test_marks_are_written_corrected_and_taken_out_again(room):
    held = written(row(room) + row(room, 2, mark="40"))
    assert (held.created, held.refused) == (2, 0)
    assert send(row(room)).unchanged == 1
    assert written(row(room, 2, mark="62")).updated == 1
    _name, _media, content = export_file(kind=KINDS["marks"], form="csv", language="en", on=AT.date(), by=room.by)
    assert ",62,100,60" in content.decode()


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"mark": "101"}, "off_scale"),
        ({"test": 1}, "no_test"),
        ({"scale": "20", "mark": "12"}, "another_scale"),
        ({"least": "50"}, "another_scale"),
        ({"on": "2023-01-02"}, "no_test"),
        ({"on": "2024-06-20"}, "to_come"),
        ({"seat": 9}, "unknown_number"),
    ],
    ids=["off-scale", "no-test", "scale", "pass-mark", "before-the-scheme", "to-come", "no-seat"],
)
def test_what_is_wrong_with_a_row_is_said(room, changed, word):
    assert word in refusal(row(room, **changed))
    assert not WrittenMark.objects.exists()


def test_a_cohort_of_others_is_not_written_about(room):
    elsewhere = make_site("wks-colombo", country="LK")
    assert "unknown_cohort" in refusal(row(room), by=make_actor("site_manager", ("site", elsewhere.pk)))
    with pytest.raises(AccessDenied):
        send(row(room), by=make_actor("trainer", ("cohort", room.cohort.pk)))


def test_an_import_is_taken_back_until_a_final_decision_stands_on_it(room):
    held = written(row(room))
    undo_import(key=held.pk, kind=KINDS["marks"], at=AT, by=NIGHTLY)
    assert not WrittenMark.objects.exists()
    again = written(row(room))
    room.final(room.record(checklist=ChecklistPlace.PAPER))
    with pytest.raises(BuiltOn):
        undo_import(key=again.pk, kind=KINDS["marks"], at=AT, by=NIGHTLY)
