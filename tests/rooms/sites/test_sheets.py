from datetime import date

import pytest

from corridor.foundations.access import VISITOR
from corridor.rooms.sites.models import Site, SitePost
from corridor.rooms.sites.queries import get_site, list_listings
from corridor.rooms.sites.sheets import SHEETS
from tests.factories.actors import make_user
from tests.factories.agreements import find_or_make_member
from tests.factories.sheet_texts import take_text, told

pytestmark = pytest.mark.django_db
FILES = {
    "brands": "code,name\npanda,Panda Workshop\nsilk,Silk Bridge",
    "sites": "reference,kind,host,country,city,zone,latitude,longitude,source_mark,source,agreement,name_en,name_lo\n"
    "wks-vientiane,workshop,vientiane,LA,Vientiane,Asia/Vientiane,17.96667,102.6,assumed,,,Workshop Vientiane,ວຽງຈັນ\n"
    "wks-savannakhet,workshop,vientiane,LA,Savannakhet,Asia/Vientiane,16.57,104.76,assumed,,,Workshop Savannakhet,",
    "site_changes": "site,to_status,effective_on,reason\n"
    + "".join(
        f"wks-vientiane,{state},2022-10-10,\n" for state in ("feasible", "agreed", "equipping", "unveiled", "operating")
    ),
    "listings": "site,brand,starts_on,ends_on,accepted_on\n"
    "wks-vientiane,panda,2022-10-10,,2023-03-15\nwks-vientiane,silk,2023-05-22,2023-12-31,",
    "site_managers": "username,role,scope_kind,scope,held_from,person\n"
    "secretariat,secretariat,,,2021-06-01,\nkhamla,site_manager,site,wks-vientiane,2022-10-10,",
}


@pytest.fixture
def folder(tmp_path):
    find_or_make_member("vientiane")
    make_user("khamla")
    return tmp_path


def load(folder, until=""):
    taken = []
    for kind in SHEETS:
        if kind.name == until:
            break
        if kind.name in FILES:
            taken.append(take_text(folder, SHEETS, kind.name, FILES[kind.name]))
    return taken


def test_the_sheets_bring_in_places_brands_listings_and_managers(folder):
    assert load(folder) == [2, 2, 5, 2, 1]
    shown = get_site(reference="wks-vientiane", by=VISITOR, on=date(2022, 10, 10))
    assert shown.status_then == "operating"
    assert {name.language for name in shown.names.all()} == {"en", "lo"}
    counted = {day: list_listings(by=VISITOR, on=day).count() for day in (date(2023, 12, 31), date(2024, 1, 1))}
    assert list(counted.values()) == [2, 1]
    assert SitePost.objects.get().user.username == "khamla"
    assert Site.objects.get(reference="wks-savannakhet").status == "proposed"


@pytest.mark.parametrize(
    ("sheet", "old", "new", "said"),
    [
        ("brands", "silk,", "panda,", "stands in row 2 and again in row 3"),
        ("sites", "workshop,vientiane", "workshop,hanoi", "row 2, host: There is no “hanoi”."),
        ("sites", "Asia/Vientiane", "Asia/Nowhere", "row 2, zone: “Asia/Nowhere” is no time zone"),
        ("sites", "17.96667", "north", "row 2, latitude: “north” is no number"),
        ("sites", "Workshop Savannakhet", "", "row 3, name: wks-savannakhet needs a name."),
        ("sites", "wks-savannakhet", "wks-vientiane", "stands in row 2 and again in row 3"),
        ("site_changes", "wks-vientiane,agreed", "wks-hanoi,agreed", "row 3, site: There is no “wks-hanoi”."),
        ("site_changes", "wks-vientiane,agreed,2022-10-10,\n", "", "row 2: wks-vientiane is “Found feasible”"),
        ("listings", ",silk,", ",chuyi,", "row 3, brand: There is no “chuyi”."),
        ("listings", ",silk,", ",panda,", "row 2: wks-vientiane stands under Panda Workshop already"),
        ("site_managers", "site,wks-vientiane", "site,", "row 3, scope: A site manager manages one site"),
        ("site_managers", "wks-vientiane", "wks-hanoi", "row 3, scope: There is no “wks-hanoi”."),
    ],
)
def test_a_broken_row_is_told_with_its_place_and_reason(folder, sheet, old, new, said):
    load(folder, until=sheet)
    problems = told(folder, SHEETS, sheet, FILES[sheet].replace(old, new))
    assert any(said in problem for problem in problems), problems
