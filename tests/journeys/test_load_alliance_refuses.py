"""Broken copies of sheets: refused with file, row, column and reason, and the database is as it was."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from PIL import Image

from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets import columns as read
from corridor.journeys.load_alliance import AllianceExists, kinds_for, load_alliance
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.members.models import Organisation
from tests.factories.actors import make_actor
from tests.factories.folders import ALLIANCE, make_folder, path_of, write_sheet

# What is wrong with a file is found before anything is written.
pytestmark = [pytest.mark.django_db, pytest.mark.one_store]
AT = datetime(2024, 2, 2, 4, 0, tzinfo=UTC)
KINDS = {kind.name: kind for kind in kinds_for(folder=Path(), by=NIGHTLY)}
ONE_FILE = [name for name, kind in KINDS.items() if path_of(kind, Path()) is not None]


def load(folder, **more):
    return load_alliance(folder=folder, by=NIGHTLY, at=AT, **more)


def refusal(folder):
    """What loading says, after making sure that nothing was written."""
    with pytest.raises(BadInput) as refused:
        load(folder)
    ours = [model for model in apps.get_models() if model.__module__.startswith("corridor.")]
    assert [model._meta.label for model in ours if model.objects.exists()] == []
    return [(each.file, each.row, each.column, str(each).rsplit(": ", 1)[-1]) for each in refused.value.problems]


def columns_of(*readers):
    return [
        (kind.name, column.name)
        for kind in KINDS.values()
        if kind.name in ONE_FILE
        for column in kind.columns
        if column.read in readers
    ]


def numbers():
    """Columns that hold a number, told by what they answer to letters."""
    found = []
    for name in ONE_FILE:
        for column in KINDS[name].columns:
            try:
                column.read("many")
            except read.Unreadable as wrong:
                if "number" in wrong.message:
                    found.append((name, column.name))
    return found


def spoil(folder, name, column, cell):
    kind = KINDS[name]
    write_sheet(path_of(kind, folder), kind, [{column: cell}])
    return refusal(make_others(folder, name))


def make_others(folder, name):
    path = path_of(KINDS[name], folder)
    spoilt = path.read_bytes()
    make_folder(folder)
    path.write_bytes(spoilt)
    return folder


def test_a_small_alliance_loads(tmp_path):
    loaded = load(make_folder(tmp_path), password="only-for-this-test")
    assert loaded.rows["members"] == 2
    assert loaded.accounts == ["mei"]
    assert Organisation.objects.count() == 2


def test_a_dry_run_keeps_nothing(tmp_path):
    loaded = load(make_folder(tmp_path), dry_run=True)
    assert (loaded.rows["members"], loaded.is_kept) == (2, False)
    assert not Organisation.objects.exists()


def test_nothing_is_loaded_over_records(tmp_path):
    load(make_folder(tmp_path))
    with pytest.raises(AllianceExists):
        load(tmp_path)


def test_only_who_describes_the_alliance_loads_it(tmp_path):
    with pytest.raises(AccessDenied):
        load_alliance(folder=make_folder(tmp_path), by=make_actor("auditor"), at=AT)


@pytest.mark.parametrize("name", ONE_FILE)
def test_another_encoding_is_refused(tmp_path, name):
    path = path_of(KINDS[name], make_folder(tmp_path))
    path.write_bytes(path.read_bytes() + "重庆".encode("gb18030"))
    file, row, _, reason = refusal(tmp_path)[0]
    assert (file, row) == (path.name, path.read_bytes().count(b"\n") + 1)
    assert "UTF-8" in reason


@pytest.mark.parametrize("name", [name for name in ONE_FILE if len(KINDS[name].columns) > 1])
def test_a_missing_column_is_refused(tmp_path, name):
    path = path_of(KINDS[name], make_folder(tmp_path))
    header = path.read_text("utf-8").splitlines()[0].split(",")
    path.write_text(",".join(header[1:]) + "\n", encoding="utf-8")
    assert refusal(tmp_path)[0] == (path.name, 1, header[0], "The column is missing.")


@pytest.mark.parametrize(("name", "column"), columns_of(read.country))
def test_an_unknown_country_is_refused(tmp_path, name, column):
    found = spoil(tmp_path, name, column, "Laos")
    assert [each[:2] for each in found if each[2] == column and "no country or region" in each[3]] == [
        (path_of(KINDS[name], tmp_path).name, 2)
    ]


@pytest.mark.parametrize(("name", "column"), columns_of(read.day))
def test_a_day_that_does_not_exist_is_refused(tmp_path, name, column):
    found = spoil(tmp_path, name, column, "2023-02-30")
    assert (path_of(KINDS[name], tmp_path).name, 2, column, "There is no day 2023-02-30.") in found


@pytest.mark.parametrize(("name", "column"), numbers())
def test_text_where_a_number_belongs_is_refused(tmp_path, name, column):
    found = spoil(tmp_path, name, column, "many")
    assert [each[:2] for each in found if each[2] == column and "number" in each[3]] == [
        (path_of(KINDS[name], tmp_path).name, 2)
    ]


def test_a_reference_that_stands_twice_is_refused(tmp_path):
    make_folder(tmp_path, {**ALLIANCE, "members": [*ALLIANCE["members"], ALLIANCE["members"][0]]})
    assert refusal(tmp_path) == [("members.csv", 4, "reference", "“chongqing” stands in row 2 and again in row 4.")]


def test_a_row_for_a_member_that_does_not_exist_is_refused(tmp_path):
    stranger = {"organisation": "atlantis", "to_status": "applied", "effective_on": "2021-02-01"}
    make_folder(tmp_path, {**ALLIANCE, "memberships": [*ALLIANCE["memberships"], stranger]})
    file, row, column, reason = refusal(tmp_path)[0]
    assert (file, row, column) == ("memberships.csv", 10, "organisation")
    assert "atlantis" in reason


def test_a_rule_that_is_not_met_is_told_with_its_file(tmp_path):
    too_early = {"organisation": "chongqing", "to_status": "approved", "effective_on": "2021-02-01"}
    make_folder(tmp_path, {**ALLIANCE, "memberships": [too_early]})
    assert refusal(tmp_path)[0][0] == "memberships.csv"


def test_a_file_that_is_not_there_is_named(tmp_path):
    (make_folder(tmp_path) / "sessions.csv").unlink()
    assert refusal(tmp_path)[0] == ("sessions.csv", None, "", "There is no such file.")


def test_every_problem_of_a_file_is_told_at_once(tmp_path):
    spoilt = [{**member, "country": "XX", "city": ""} for member in ALLIANCE["members"]]
    make_folder(tmp_path, {**ALLIANCE, "members": spoilt})
    assert [each[1:3] for each in refusal(tmp_path)] == [(2, "country"), (2, "city"), (3, "country"), (3, "city")]


KHAMLA = {"reference": "P-1", "sex": "unknown", "source_mark": "assumed", "own_name": "ຄຳຫຼ້າ", "own_language": "lo"}
PHOTO = {"person": "P-1", "file": "p-1.png", "kept_on": "2024-01-08"}


@pytest.mark.parametrize("file", ["p-1.png", "../p-1.png"], ids=["not-there", "elsewhere"])
def test_a_photo_whose_file_is_not_there_is_refused(tmp_path, file):
    make_folder(tmp_path, {**ALLIANCE, "people": [KHAMLA], "person_photos": [{**PHOTO, "file": file}]})
    assert refusal(tmp_path) == [("person_photos.csv", 2, "file", f"There is no file photos/{file}.")]


def test_a_photo_of_who_did_not_agree_is_refused(tmp_path):
    make_folder(tmp_path, {**ALLIANCE, "people": [KHAMLA], "person_photos": [PHOTO]})
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (40, 40), "white").save(tmp_path / "photos" / "p-1.png")
    file, row, _, reason = refusal(tmp_path)[0]
    assert (file, row) == ("person_photos.csv", 2)
    assert "has not agreed" in reason
