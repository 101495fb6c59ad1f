"""Every number of the public claims is counted from the files, by other code than the product's."""

from collections import defaultdict

import pytest

from .folder import Row, attendance, table

DAY = "2024-01-18"


def states(steps: list[Row], key: str, first: str = "") -> dict[str, str]:
    """The state of each thing on the day of the claims."""
    by_thing: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for place, step in enumerate(steps):
        if step["effective_on"] <= DAY:
            by_thing[step[key]].append((step["effective_on"], place, step["to_status"]))
    return defaultdict(lambda: first, {thing: max(found)[2] for thing, found in by_thing.items()})


@pytest.fixture(scope="module")
def members() -> list[Row]:
    now = states(table("memberships"), "organisation")
    return [row for row in table("members") if now[row["reference"]] == "active"]


@pytest.fixture(scope="module")
def completed() -> list[dict[str, str]]:
    """Completed enrolments under the brand, with evidence: person as registered, and who it is after merges."""
    into = {row["person"]: row["into"] for row in table("merges")}
    cohorts = {row["reference"]: row for row in table("cohorts") if row["brand"] == "panda"}
    signed = {(row["cohort"], row["number"]) for row in table("sessions") if row["status"] == "locked"}
    seen = {
        (cohort, row["number"])
        for cohort, rows in attendance().items()
        for row in rows
        if row["mark"] in {"present", "late"} and (cohort, row["session"]) in signed
    }
    return [
        {
            "kind": row["participant_kind"],
            "site": cohorts[row["cohort"]]["site"],
            "registered": row["person"],
            "person": into.get(row["person"], row["person"]),
            "cohort": row["cohort"],
        }
        for row in table("enrolments")
        if row["cohort"] in cohorts
        and row["exit_status"] == "completed"
        and row["exit_on"] <= DAY
        and (row["cohort"], row["number"]) in seen
    ]


def persons(rows: list[dict[str, str]], column: str = "person", **wanted: str) -> set[str]:
    return {row[column] for row in rows if all(row[key] == value for key, value in wanted.items())}


def by_site(rows: list[dict[str, str]], kind: str) -> list[int]:
    sites = {row["site"] for row in rows}
    return sorted((len(persons(rows, kind=kind, site=site)) for site in sites), reverse=True)


def test_164_members_are_active_and_all_are_schools_or_companies(members):
    assert len(members) == 164
    assert {row["kind"] for row in members} == {"school", "company"}


def test_they_sit_in_14_places_of_which_13_are_named_in_the_source(members):
    named = {row["country"] for row in table("listed_places") if row["source_mark"] == "named"}
    places = {row["country"] for row in members}
    assert len(places) == 14
    assert len(places & named) == 13
    assert places - named == {"HK"}


def test_founding_members_sit_in_both_founding_places(members):
    founders = [row for row in members if row["founding_mark"]]
    assert {row["region"] for row in founders} == {"CN-CQ", "CN-SC"}
    assert [row["reference"] for row in founders if row["founding_mark"] == "named"] == ["cqipc"]


def test_five_workshops_in_three_countries_carry_the_brand_and_operate():
    now = states(table("site_changes"), "site", "proposed")
    listed = {
        row["site"]
        for row in table("listings")
        if row["brand"] == "panda" and row["starts_on"] <= DAY <= (row["ends_on"] or "9999")
    }
    open_sites = [
        row
        for row in table("sites")
        if row["reference"] in listed and now[row["reference"]] in {"operating", "accepted"}
    ]
    assert len(open_sites) == 5
    assert len({row["country"] for row in open_sites}) == 3


def test_two_places_carry_two_brands():
    brands = defaultdict(set)
    for row in table("listings"):
        brands[row["site"]].add(row["brand"])
    assert sum(len(found) == 2 for found in brands.values()) == 2


def test_240_teachers_completed_and_the_sites_add_up_to_250(completed):
    assert len(persons(completed, kind="teacher")) == 240
    assert by_site(completed, "teacher") == [60, 55, 50, 45, 40]


def test_before_the_late_merge_they_were_242(completed):
    assert len(persons(completed, "registered", kind="teacher")) == 242


def test_610_employees_completed_and_the_sites_add_up_to_615(completed):
    assert len(persons(completed, kind="company_employee")) == 610
    assert by_site(completed, "company_employee") == [130, 125, 122, 120, 118]


def test_four_are_in_both_kinds_so_they_are_846_persons(completed):
    teachers, employees = persons(completed, kind="teacher"), persons(completed, kind="company_employee")
    assert len(teachers & employees) == 4
    assert len(persons(completed)) == 846


def test_one_college_and_two_brands_share_twelve_learners():
    seats = {"VTE-CR-01": set(), "VTE-BS-02": set()}
    for row in table("enrolments"):
        if row["cohort"] in seats:
            seats[row["cohort"]].add(row["person"])
    chuyi, panda = seats.values()
    assert (len(chuyi), len(panda), len(chuyi & panda), len(chuyi | panda)) == (30, 25, 12, 43)


def test_some_completed_on_paper_only_and_stay_beside():
    cohorts = {row["reference"] for row in table("cohorts") if row["brand"] == "panda"}
    counted = {
        (cohort, row["number"])
        for cohort, rows in attendance().items()
        for row in rows
        if row["mark"] in {"present", "late"}
    }
    bare = [
        row
        for row in table("enrolments")
        if row["cohort"] in cohorts
        and row["exit_status"] == "completed"
        and (row["cohort"], row["number"]) not in counted
    ]
    assert len(bare) == 3


def test_at_least_850_persons_and_60_000_marks():
    assert len({row["person"] for row in table("enrolments") if row["exit_status"] == "completed"}) >= 850
    assert sum(len(rows) for rows in attendance().values()) >= 60_000


def test_the_first_project_is_vehicle_inspection_in_laos_under_an_agreement_of_the_year_before():
    (programme,) = [row for row in table("programmes") if row["reference"] == "panda-college"]
    first = min(
        (row for row in table("cohorts") if row["programme"] == "panda-college"), key=lambda row: row["starts_on"]
    )
    parties = {row["organisation"] for row in table("agreement_parties") if row["agreement"] == programme["agreement"]}
    signed = [row["signed_on"] for row in table("agreement_parties") if row["agreement"] == programme["agreement"]]
    assert first["curriculum"] == "vehicle-inspection"
    assert first["site"] == "wks-vientiane"
    assert parties == {"cqipc", "lgtvc"}
    assert all(day.startswith("2023-") for day in signed)


def test_degree_and_vocational_programmes_run():
    now = states(table("programme_changes"), "programme", "proposed")
    running = {row["kind"] for row in table("programmes") if now[row["reference"]] == "running"}
    assert running == {"degree", "vocational", "teacher", "corporate", "language"}
