"""Demand in sum, what nobody teaches, and what occupations are called."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.demand.actions import mark_met, read_occupations
from corridor.rooms.demand.drafts import OccupationDraft
from corridor.rooms.members.actions import read_sector_codes, set_sectors
from corridor.rooms.members.drafts import SectorCodeDraft, SectorDraft
from tests.factories.curricula import make_version
from tests.factories.demand import make_demand, make_employer
from tests.factories.programmes import make_programme
from tests.factories.tokens import Machine
from tests.web.readers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def _three():
    """Two open statements, one that has expired, one that is met, and one that was restated."""
    units = list(make_version().units.all())
    fleet, port = make_employer(), make_employer("port-company", country="KH")
    read_sector_codes(codes=[SectorCodeDraft("isic-4", "4520", {"en": "Repair of motor vehicles"})], by=NIGHTLY)
    set_sectors(sectors=[SectorDraft(fleet, "isic-4", "4520", "main")], by=NIGHTLY)
    older = make_demand("DEM-2023-0001", posts=40, employer=fleet)
    make_demand("DEM-2023-0002", posts=45, employer=fleet, replaces=older, units=units[:1])
    make_demand(
        "DEM-2023-0003",
        posts=30,
        employer=port,
        country="KH",
        needed_by=date(2024, 3, 31),
        units=units,
        strength="spoken",
    )
    make_demand("DEM-2023-0004", posts=500, employer=port, needed_by=date(2023, 12, 31))
    met = make_demand("DEM-2023-0005", posts=600, employer=port)
    mark_met(statement=met, on=date(2024, 1, 8), by=NIGHTLY)


@pytest.mark.usefixtures("_three")
@pytest.mark.parametrize(
    ("per", "told"),
    [
        ("sector", {"4520": (1, 45), "none": (1, 30)}),
        ("country", {"KH": (1, 30), "LA": (1, 45)}),
        ("quarter", {"2024-Q1": (1, 30), "2024-Q4": (1, 45)}),
        ("unit", {"vehicle-inspection/1.0/VI-1": (2, 75), "vehicle-inspection/1.0/VI-2": (1, 30)}),
    ],
)
def test_open_demand_is_counted_and_each_number_opens_to_what_it_counts(per, told):
    machine = Machine()
    totals = {
        each["key"]: (each["statements"], each["posts"]) for each in machine.get(f"/demand-totals?per={per}").json()
    }
    assert totals == told
    for key, (statements, posts) in told.items():
        rows = machine.get(f"/demand?status=open&{per}={key}").json()["rows"]
        assert (len(rows), sum(row["posts"] for row in rows)) == (statements, posts)


@pytest.mark.usefixtures("_three")
def test_the_page_of_totals_links_to_the_narrowed_list_and_gives_a_file(client):
    page = text_of(client.get("/demand-totals/?per=quarter"))
    assert "Quarter 4 of 2024" in page
    assert "/demand/?state=open&amp;quarter=2024-Q4" in page
    listed = text_of(client.get("/demand/?state=open&quarter=2024-Q4"))
    assert "DEM-2023-0002" in listed
    assert "DEM-2023-0003" not in listed
    file = client.get("/demand-totals/?per=sector&format=csv").content.decode("utf-8-sig")
    assert "Repair of motor vehicles,4520,1,45" in file


def test_where_nothing_is_looked_for_the_page_says_so(client):
    assert "Nothing is looked for on this day" in text_of(client.get("/demand-totals/"))
    assert client.get("/demand/?quarter=soon").status_code == 422


def test_a_unit_that_no_site_teaches_is_a_gap_and_one_taught_abroad_is_told_apart(client):
    taught = make_version()
    make_programme(curriculum_version=taught)
    lonely = make_version(curriculum="crane-driving")
    make_demand("DEM-2023-0001", posts=10, units=[taught.units.first()])
    make_demand("DEM-2023-0002", posts=20, units=[lonely.units.first()])
    make_demand("DEM-2023-0003", posts=5, country="KH", units=[taught.units.first()])
    make_demand("DEM-2023-0004", posts=7)
    gaps = Machine().get("/demand-gaps").json()
    place = [each for each in gaps["gaps"] if each["unit"]["curriculum"] == "crane-driving"]
    assert [(each["posts"], each["taught_in"]) for each in place] == [(20, [])]
    abroad = [each for each in gaps["gaps"] if each["unit"]["curriculum"] == "vehicle-inspection"]
    assert [(each["wanted_in"], each["taught_in"], each["posts"]) for each in abroad] == [(["KH", "LA"], ["LA"], 15)]
    assert gaps["unnamed"] == ["DEM-2023-0004"]
    page = text_of(client.get("/demand-gaps/"))
    assert "1 unit is wanted on 2 February 2024 and taught at no site" in page
    assert "nowhere" in page


@pytest.mark.parametrize(
    "words", ["mechanic", "ＭＥＣＨＡＮＩＣ", "修理工", "ຊ່າງ", "72"], ids=["en", "wide", "zh", "lo", "code"]
)
def test_an_occupation_is_found_by_any_word_in_any_language(client, words):
    read_occupations(
        occupations=[
            OccupationDraft("7231", {"en": "Motor vehicle mechanics", "zh-Hans": "汽车修理工"}, {"lo": ["ຊ່າງສ້ອມລົດ"]}),
            OccupationDraft("8344", {"en": "Lift truck operators"}),
        ],
        by=NIGHTLY,
    )
    make_demand("DEM-2023-0001")
    make_demand("DEM-2023-0002", occupation_code="8344", occupation_title="Fork lift")
    assert [each["code"] for each in Machine().get(f"/occupations?q={words}").json()["rows"]] == ["7231"]
    page = text_of(client.get("/occupations/", {"q": words}))
    assert "Motor vehicle mechanics" in page
    assert "Lift truck operators" not in page
    listed = text_of(client.get("/demand/", {"occupation": words}))
    assert "DEM-2023-0001" in listed
    assert "DEM-2023-0002" not in listed


def test_no_occupation_of_that_name_is_told(client):
    assert "No occupation is called so here" in text_of(client.get("/occupations/?q=astronaut"))
