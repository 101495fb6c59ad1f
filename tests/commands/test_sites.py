"""./run sites and ./run equipment: what the secretariat scripts about places."""

import json
from datetime import date

import pytest

from corridor.commands.line import main
from tests.factories.assessment import make_assessor
from tests.factories.capability import make_accreditation, make_licence, make_needs
from tests.factories.funding import make_rate
from tests.factories.site_years import make_line, make_plan, make_spending
from tests.factories.sites import make_equipment
from tests.factories.training import make_cohort
from tests.factories.upkeep import make_fault, make_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make_cohort(learners=1)


def test_capability_says_yes_no_and_what_nobody_stated(cohort, capsys):
    unit = cohort.curriculum_version.units.first()
    assert main(["sites", "capability", "wks-vientiane", "--on", "2023-06-20"]) == 0
    assert "?   " in capsys.readouterr().out
    make_needs(unit)
    assert main(["sites", "capability", "wks-vientiane", "--on", "2023-06-20", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)["units"][0]
    assert [each["code"] for each in said["lacks"]] == ["no_equipment", "not_accredited", "nobody_licensed"]
    make_equipment(cohort.site)
    make_accreditation(cohort.site)
    make_licence(make_assessor(cohort), unit)
    assert main(["sites", "capability", "wks-vientiane", "--on", "2023-06-20", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["units"][0]["may"] is True


def test_a_site_that_there_is_not_is_refused(cohort, capsys):
    for words in (
        ["sites", "capability", "nowhere"],
        ["sites", "year", "nowhere", "2023"],
        ["equipment", "due", "--site", "nowhere"],
    ):
        assert main(words) == 1
        assert "nowhere" in capsys.readouterr().err


def test_a_year_is_told_line_by_line(cohort, capsys):
    line = make_line(make_plan(cohort.site), "1000")
    make_spending(line, "1200")
    make_spending(line, "50", "USD")
    assert main(["sites", "year", "wks-vientiane", "2023"]) == 0
    out = capsys.readouterr().out
    for part in ("1000.00 CNY", "1200.00 CNY", "over", "50.00 USD", "no rate", "100 planned, 0 done"):
        assert part in out
    make_rate("USD", "CNY", on=date(2023, 5, 1), value="7")
    assert main(["sites", "year", "wks-vientiane", "2023", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["lines"][0]["spent"], said["rates"][0]["of"]) == ("1550.00 CNY", "USD")


def test_what_waits_is_listed_and_ends_with_1(cohort, capsys):
    assert main(["equipment", "due", "--on", "2024-02-02"]) == 0
    assert capsys.readouterr().out == "nothing waits\n"
    machine = make_equipment(cohort.site)
    machine.calibration_months = 12
    machine.save()
    make_fault(machine, words="It leaks")
    make_part(cohort.site, stock=1, reorder_level=1)
    assert main(["equipment", "due", "--on", "2024-02-02", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert [(each["what"], each["number"], each["since"]) for each in said] == [
        ("calibration", "INV-1", "2023-10-10"), ("fault", "INV-1", "2024-01-08"), ("part", "P-7", None),
    ]  # fmt: skip
    assert main(["equipment", "due", "--on", "2023-06-01", "--site", "wks-vientiane"]) == 1
    assert "INV-1" not in capsys.readouterr().out
