"""``./run cascade``: who trained whom, and who has not taught since."""

import csv
import json
from datetime import date
from io import StringIO

import pytest

from corridor.commands.line import main
from tests.factories.people import make_person
from tests.factories.trainers import make_session_taught, make_teachers_trained

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trained():
    mei, khamla, nimali = make_person("mei"), make_person("khamla"), make_person("nimali")
    make_teachers_trained(
        "TT-1", trainers=[mei], teachers=[khamla, nimali], starts_on=date(2023, 1, 9), completed_on=date(2023, 2, 10)
    )
    make_session_taught("COH-1", trainer=khamla, on=date(2023, 5, 2))


def test_who_has_not_taught_is_told_and_the_exit_code_says_so(capsys):
    assert main(["cascade", "--on", "2024-02-02", "--not-taught"]) == 1
    assert "nimali" in (told := capsys.readouterr().out)
    assert "khamla" not in told
    assert main(["cascade", "--on", "2023-03-01", "--not-taught"]) == 0
    assert capsys.readouterr().out == "Nobody.\n"


def test_all_of_it_as_rows(capsys):
    assert main(["cascade", "--on", "2024-02-02", "--form", "csv"]) == 0
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert [(row["person"], row["generation"], row["teaching"]) for row in rows] == [
        ("mei", "0", ""), ("khamla", "1", "taught_before"), ("nimali", "1", "has_not_taught"),
    ]  # fmt: skip
    assert main(["cascade", "--on", "2024-02-02", "--form", "json", "--generation", "1"]) == 0
    assert [row["trained_by"] for row in json.loads(capsys.readouterr().out)] == ["mei", "mei"]
