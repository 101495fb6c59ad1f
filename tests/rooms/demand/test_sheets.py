import pytest

from corridor.foundations.access import VISITOR
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.demand.queries import get_demand
from corridor.rooms.demand.sheets import SHEETS
from tests.factories.curricula import make_version
from tests.factories.demand import make_employer
from tests.factories.sheet_texts import take_text, told

pytestmark = pytest.mark.django_db
HEADER = (
    "reference,employer,occupation_code,occupation_title,posts,country,stated_on,needed_by,strength,curriculum,version,"
    "units,replaces,source_mark\n"
)
NEWER = (
    "DEM-2024-0001,mekong-fleet,7231,Vehicle inspector,45,LA,2024-02-01,2024-12-31,contract,,,,DEM-2023-0007,assumed\n"
)
OLDER = (
    "DEM-2023-0007,mekong-fleet,7231,Vehicle inspector,40,LA,2023-02-06,2024-12-31,letter,vehicle-inspection,1.0,"
    "VI-1;VI-2,,assumed\n"
)


@pytest.fixture
def folder(tmp_path):
    make_version()
    make_employer("mekong-fleet")
    return tmp_path


def test_a_statement_may_replace_one_that_stands_further_down(folder):
    assert take_text(folder, SHEETS, "demand", HEADER + NEWER + OLDER) == 2
    older = get_demand(reference="DEM-2023-0007", by=VISITOR)
    assert older.replaced_by.reference == "DEM-2024-0001"
    assert [wanted.unit.code for wanted in older.units.all()] == ["VI-1", "VI-2"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (OLDER.replace("mekong-fleet", "hanoi"), "row 2, employer: There is no “hanoi”."),
        (OLDER.replace("VI-2", "VI-9"), "row 2, units: There is no “vehicle-inspection 1.0 VI-9”."),
        (OLDER.replace("vehicle-inspection", ""), "row 2, units: Units are units of a curriculum"),
        (NEWER, "row 2, replaces: There is no “DEM-2023-0007”."),
        (OLDER.replace(",,assumed", ",DEM-2024-0001,assumed") + NEWER, "replace each other in a circle"),
        (OLDER.replace("7231", "welder"), "row 2, occupation_code: The text has 6 characters; at most 4 fit."),
        (OLDER.replace("7231", "weld"), "row 2, occupation_code: DEM-2023-0007: an occupation has one to four digits"),
        (OLDER.replace(",40,", ",forty,"), "row 2, posts: “forty” is no whole number"),
        (OLDER.replace(",LA,", ",Laos,"), "row 2, country: “Laos” is no country or region"),
    ],
)
def test_a_broken_row_is_told_and_nothing_is_taken(folder, rows, said):
    problems = told(folder, SHEETS, "demand", HEADER + rows)
    assert any(said in problem and problem.startswith("demand.csv") for problem in problems), problems
    assert not DemandStatement.objects.exists()
