"""Placements as a sheet: what an export writes comes back unchanged, new rows place learners, and what cannot be is told row by row."""

from datetime import UTC, datetime

import pytest

from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.foundations.sheets.steps.undoing import undo_import
from corridor.journeys.import_sheets import KINDS, import_file, write_import
from corridor.rooms.training.models import Placement
from tests.factories.actors import make_actor, make_user
from tests.factories.members import make_member
from tests.factories.placements import make_placement
from tests.factories.sheet_round import rows_of, sheet_of, taken
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
AT = datetime(2023, 4, 3, 9, tzinfo=UTC)
ROW = {
    "cohort": "COH-2023-041", "number": "1", "company": "mekong-fleet", "starts_on": "2023-04-03", "ends_on": "2023-04-14", "hours": "80",
    "mentor_name": "Somchai", "mentor_email": "mentor@mekong.example",
}  # fmt: skip


@pytest.fixture
def by():
    return make_actor("secretariat", user=make_user("secretariat"))


@pytest.fixture
def cohort():
    make_member("mekong-fleet", country="LA", kind="company")
    return make_cohort(learners=2)


def sent(*rows, by):
    return import_file(
        kind="placements", file_name="sheet.csv", content=sheet_of("placements", rows), language="en", answers={}, columns={},
        at=AT, by=by,
    )  # fmt: skip


def written(*rows, by):
    return write_import(held=sent(*rows, by=by), at=AT, by=by, wait=True)


def test_a_new_row_places_a_learner_and_what_is_taken_out_changes_nothing(cohort, by):
    assert written(ROW, by=by).created == 1
    made = Placement.objects.get()
    assert (made.reference, made.ends_before.isoformat(), made.mentor_name) == (
        "PLC-2023-0001",
        "2023-04-15",
        "Somchai",
    )
    held = sent(*rows_of("placements", taken("placements")), by=by)
    assert (held.created, held.updated, held.refused) == (0, 0, 0)


def test_a_row_with_a_reference_corrects_what_stands_and_is_taken_back(cohort, by):
    make_placement(cohort.enrolments.get(number=1))
    (row,) = rows_of("placements", taken("placements"))
    held = written({**row, "hours": "120"}, by=by)
    assert Placement.objects.get().hours == 120
    undo_import(key=held.pk, kind=KINDS["placements"], at=AT, by=by)
    assert Placement.objects.get().hours == 80


def test_a_placement_that_was_built_on_is_not_taken_back(cohort, by):
    held = written(ROW, by=by)
    Placement.objects.get().visits.create(visited_on="2023-04-04", found="All well", by_label="bounthan")
    with pytest.raises(BuiltOn):
        undo_import(key=held.pk, kind=KINDS["placements"], at=AT, by=by)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{**ROW, "number": "9"}], "unknown_seat"),
        ([{**ROW, "company": "nobody"}], "unknown_organisation"),
        ([{**ROW, "ends_on": "2023-04-01"}], "A placement ends on or after its first day."),
        ([{**ROW, "mentor_email": "nowhere"}], "is no e-mail address"),
        (
            [ROW, {**ROW, "starts_on": "2023-04-10", "ends_on": "2023-04-20"}],
            "Another row places the learner elsewhere",
        ),
        ([{**ROW, "reference": "PLC-1999-0001"}], "Correct the reference, or leave the cell empty"),
    ],
    ids=["seat", "company", "days", "address", "overlap", "reference"],
)
def test_what_cannot_be_is_told_row_by_row(cohort, by, rows, said):
    held = sent(*rows, by=by)
    assert held.refused == 1
    assert said in " ".join(held.verdicts.values_list("said", flat=True))
    assert not Placement.objects.exists()


def test_a_manager_writes_about_the_own_site_alone(cohort):
    by = make_actor("site_manager", ("site", cohort.pk), user=make_user("bounthan"))
    assert sent(ROW, by=by).refused == 1
