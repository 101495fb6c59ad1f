import pytest

from corridor.foundations.access import VISITOR
from corridor.rooms.demand.language_levels import written_level
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.demand.occupations import find_occupations
from corridor.rooms.demand.queries import get_demand
from corridor.rooms.demand.sheets import SHEETS
from tests.factories.curricula import make_version
from tests.factories.demand import make_employer
from tests.factories.sheet_texts import take_text, told

pytestmark = pytest.mark.django_db
HEADER = (
    "reference,employer,occupation_code,occupation_title,posts,country,stated_on,needed_by,strength,curriculum,version,"
    "units,replaces,source_mark,place,wage_from,wage_to,wage_currency,wage_period,languages,paper\n"
)
NEWER = "DEM-2024-0001,mekong-fleet,7231,Vehicle inspector,45,LA,2024-02-01,2024-12-31,contract,,,,DEM-2023-0007,assumed,,,,,,,Letter 14\n"
OLDER = (
    "DEM-2023-0007,mekong-fleet,7231,Vehicle inspector,40,LA,2023-02-06,2024-12-31,letter,vehicle-inspection,1.0,"
    "VI-1;VI-2,,assumed,,,,,,,Letter 14\n"
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


def test_what_is_paid_and_spoken_comes_with_the_sheet(folder):
    row = OLDER.replace("assumed,,,,,,,", "assumed,Thanaleng,3500000,4200000.5,LAK,month,HSK 3;CEFR A2 en,")
    assert take_text(folder, SHEETS, "demand", HEADER + row) == 1
    stated = get_demand(reference="DEM-2023-0007", by=VISITOR)
    assert (str(stated.wage_to.amount), stated.wage_currency, stated.wage_period) == ("4200000.50", "LAK", "month")
    assert [written_level(each) for each in stated.languages.all()] == ["CEFR A2 en", "HSK 3"]
    assert (stated.place, stated.paper) == ("Thanaleng", "Letter 14")


def test_words_for_occupations_come_with_a_sheet(folder):
    text = "code,title_en,aliases_zh-Hans\n7231,Mechanics,汽修工;制动工\n"
    assert take_text(folder, SHEETS, "occupations", text) == 1
    words = find_occupations(words="制动", by=VISITOR).get().words.all()
    assert {each.text for each in words} == {"Mechanics", "汽修工", "制动工"}


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
        (OLDER.replace("Letter 14", ""), "row 2, paper: DEM-2023-0007: say which letter or contract it is"),
        (
            OLDER.replace("assumed,,,,,,,", "assumed,Vientiane,100,90,CNY,month,,"),
            "row 2, wage_to: DEM-2023-0007: the highest wage is below",
        ),
        (
            OLDER.replace("assumed,,,,,,,", "assumed,,,,,,fluent,"),
            "row 2, languages: DEM-2023-0007: “fluent” is no level of a language",
        ),
        (OLDER.replace(",LA,", ",Laos,"), "row 2, country: “Laos” is no country or region"),
    ],
)
def test_a_broken_row_is_told_and_nothing_is_taken(folder, rows, said):
    problems = told(folder, SHEETS, "demand", HEADER + rows)
    assert any(said in problem and problem.startswith("demand.csv") for problem in problems), problems
    assert not DemandStatement.objects.exists()
