"""The page of a list, the sheet that is taken from it and the API show the same rows, for whoever asks and however it is narrowed."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from corridor.foundations import clock
from corridor.journeys.import_sheets import KINDS
from corridor.journeys.recognise import recognise
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site
from tests.factories.actors import make_user
from tests.factories.members import make_member, make_seat
from tests.factories.sheet_round import make_everything
from tests.factories.tokens import machine_of

from .same_rows import Case, references

pytestmark = pytest.mark.django_db

COHORT = "COH-2023-041"


def members(role: str, **narrowed: str) -> Case:
    return Case(
        "members", role, "/members/", lambda shown: references(row.organisation for row in shown["page"].rows), "/members",
        lambda said: references(said["rows"]), lambda row: row["reference"], narrowed, file_narrowed={"status": "in"},
    )  # fmt: skip


def people(**narrowed: str) -> Case:
    asked = {"search" if name == "q" else name: value for name, value in narrowed.items()}
    return Case(
        "people", "secretariat", "/people/", lambda shown: references(person for person, _sex in shown["rows"]), "/people",
        lambda said: references(said["rows"]), lambda row: row["reference"], narrowed, asked,
    )  # fmt: skip


def listed(kind: str, role: str, at: str, **narrowed: str) -> Case:
    asked = {"status" if name == "state" else name: value for name, value in narrowed.items()}
    return Case(
        kind, role, f"/{at}/", lambda shown: references(shown["rows"]), f"/{at}", lambda said: references(said["rows"]),
        lambda row: row["reference"], narrowed, asked,
    )  # fmt: skip


def equipment(role: str, **narrowed: str) -> Case:
    asked = {{"state": "status", "q": "search"}.get(name, name): value for name, value in narrowed.items()}
    return Case(
        "equipment", role, "/sites/wks-vientiane/equipment/", lambda shown: [str(each.pk) for each in shown["rows"]],
        "/equipment", lambda said: [each["id"] for each in said["rows"]], lambda row: row["reference"], narrowed,
        {"site": "wks-vientiane", **asked}, {"site": "wks-vientiane"},
    )  # fmt: skip


def of_year(kind: str, role: str, on_page: Any, in_api: Any, in_file: Any) -> Case:
    return Case(
        kind, role, "/sites/wks-vientiane/years/2023/", on_page, "/sites/wks-vientiane/years/2023", in_api, in_file,
        file_narrowed={"site": "wks-vientiane", "year": "2023"},
    )  # fmt: skip


def plan_lines(role: str) -> Case:
    return of_year(
        "site_plan_lines", role, lambda shown: [str(each.line.pk) for each in shown["found"].lines],
        lambda said: [each["id"] for each in said["lines"]], lambda row: row["reference"],
    )  # fmt: skip


def spending(role: str) -> Case:
    return of_year(
        "site_spending", role, lambda shown: [str(row.pk) for _line, row in shown["spendings"]],
        lambda said: [row["id"] for each in said["lines"] for row in each["spendings"]], lambda row: row["reference"],
    )  # fmt: skip


def of_version(kind: str, version: str, on_page: Any, in_api: Any, in_file: Any) -> Case:
    return Case(
        kind, "secretariat", f"/curricula/vehicle-inspection/{version}/", lambda shown: on_page(shown["contents"]),
        f"/curricula/vehicle-inspection/{version}", in_api, in_file,
        file_narrowed={"curriculum": "vehicle-inspection", "version": version},
    )  # fmt: skip


def units(version: str) -> Case:
    return of_version(
        "units", version, lambda contents: [row.unit.code for row in contents.rows],
        lambda said: [each["code"] for each in said["units"]], lambda row: row["code"],
    )  # fmt: skip


def claims(version: str) -> Case:
    return of_version(
        "mapping_claims", version,
        lambda contents: [(row.unit.code, each.claim.foreign_unit.code) for row in contents.rows for each in row.claims],
        lambda said: [(unit["code"], each["code"]) for unit in said["units"] for each in unit["mapping_claims"]],
        lambda row: (row["unit"], row["foreign_code"]),
    )  # fmt: skip


def of_cohort(kind: str, role: str, page: str, on_page: Any, api: str, in_api: Any, in_file: Any, **more: str) -> Case:
    return Case(
        kind, role, f"/cohorts/{COHORT}/{page}", on_page, f"/cohorts/{COHORT}/{api}" if api else "/decisions", in_api, in_file,
        file_narrowed={"cohort": COHORT, **more},
    )  # fmt: skip


def learners(role: str) -> Case:
    return of_cohort(
        "enrolments", role, "", lambda shown: [row.enrolment.number for row in shown["story"].learners], "learners",
        lambda said: [each["number"] for each in said["rows"]], lambda row: row["number"],
    )  # fmt: skip


def sessions(role: str) -> Case:
    return of_cohort(
        "sessions", role, "", lambda shown: [each.number for each in shown["story"].sessions], "sessions",
        lambda said: [each["number"] for each in said["rows"]], lambda row: row["number"],
    )  # fmt: skip


def placements(role: str) -> Case:
    return of_cohort(
        "placements", role, "placements/", lambda shown: [row.placement.reference for row in shown["rows"]], "placements",
        lambda said: references(said["rows"]), lambda row: row["reference"],
    )  # fmt: skip


def attendance(role: str) -> Case:
    return of_cohort(
        "attendance", role, "sessions/1/",
        lambda shown: [*((each.number, each.mark) for each in shown["call"].tiles), *((0, name) for name in shown["guests"])],
        "sessions/1/register",
        lambda said: [*((each["number"], each["mark"]) for each in said["rows"]), *((0, name) for name in said["guests"])],
        lambda row: (0, row["guest"]) if row.get("guest") else (row["number"], row["mark"]), session="1",
    )  # fmt: skip


def decisions(role: str) -> Case:
    return of_cohort(
        "decisions", role, "decisions/",
        lambda shown: [
            (place.enrolment.number, board.unit.code) for board in shown["board"].units for place in board.places if place.decision
        ],
        "", lambda said: [(each["number"], each["unit"]) for each in said["rows"]], lambda row: (row["number"], row["unit"]),
    )  # fmt: skip


def marks(role: str) -> Case:
    return Case(
        "marks", role, f"/cohorts/{COHORT}/marks/", lambda shown: [(each.enrolment.number, each.taken_on.isoformat()) for each, _ in shown["rows"]],
        f"/cohorts/{COHORT}/marks", lambda said: [(each["number"], each["taken_on"]) for each in said],
        lambda row: (row["number"], row["taken_on"].isoformat()), file_narrowed={"cohort": COHORT},
    )  # fmt: skip


def schemes(**narrowed: str) -> Case:
    def looked_at(scheme: Any) -> Iterator[tuple[str, str]]:
        for each in scheme.instruments.all():
            codes = [criterion.code for criterion in each.criteria.all()]
            yield from ((scheme.unit.code, code) for code in codes or [str(each.position)])

    def said(scheme: dict[str, Any]) -> Iterator[tuple[str, str]]:
        for each in scheme["instruments"]:
            codes = [criterion["code"] for criterion in each["criteria"]]
            yield from ((scheme["unit"], code) for code in codes or [str(each["position"])])

    return Case(
        "schemes", "secretariat", "/schemes/", lambda shown: [row for each in shown["rows"] for row in looked_at(each)], "/schemes",
        lambda sent: [row for each in sent["rows"] for row in said(each)],
        lambda row: (row["unit"], f"{row['instrument']}.{row['criterion']}" if row["criterion"] else str(row["instrument"])), narrowed,
    )  # fmt: skip


def names() -> Case:
    return Case(
        "organisation_names", "coordinator", "/members/vientiane/",
        lambda shown: [(each.language, each.name) for each in shown["story"].record.organisation.names.all()],
        "/members/vientiane", lambda said: [(each["language"], each["name"]) for each in said["all_names"]],
        lambda row: (row["language"], row["name"]), file_narrowed={"member": "vientiane"},
    )  # fmt: skip


def seats() -> Case:
    return Case(
        "seats", "secretariat", "/members/vientiane/",
        lambda shown: [each.user.username for each in shown["story"].record.seats], "/members/vientiane",
        lambda said: [each["account"] for each in said["seats"]], lambda row: row["user"], file_narrowed={"member": "vientiane"},
    )  # fmt: skip


def commitments(role: str, **narrowed: str) -> Case:
    return Case(
        "commitments", role, "/funding/", lambda shown: references(each for each, _late in shown["rows"]), "/commitments",
        lambda said: references(said["rows"]), lambda row: row["reference"], narrowed,
    )  # fmt: skip


def rates() -> Case:
    return Case(
        "exchange_rates", "secretariat", "/funding/rates/", lambda shown: [(each.of, each.into) for each in shown["rows"]],
        "/exchange-rates", lambda said: [(each["of"], each["into"]) for each in said["rows"]], lambda row: (row["of"], row["into"]),
    )  # fmt: skip


def programmes(**narrowed: str) -> Case:
    said = {"q": "search", "state": "status"}
    asked = {said.get(name, name): value for name, value in narrowed.items()}
    return Case(
        "programmes", "secretariat", "/programmes/", lambda shown: references(row.programme for row in shown["rows"]), "/programmes",
        lambda said: references(said["rows"]), lambda row: row["reference"], narrowed, asked,
    )  # fmt: skip


def trainers(role: str, **narrowed: str) -> Case:
    return Case(
        "trainers", role, "/trainers/", lambda shown: [line.trainer.person.reference for line in shown["rows"]], "/trainers",
        lambda said: references(said["rows"]), lambda row: row["person"], narrowed,
    )  # fmt: skip


def stays(role: str, **narrowed: str) -> Case:
    return Case(
        "stays", role, "/trainers/stays/", lambda shown: [str(stay.pk) for stay, _counted, _is_on in shown["rows"]], "/stays",
        lambda said: [each["id"] for each in said["rows"]], lambda row: row["reference"], narrowed,
    )  # fmt: skip


CASES = [
    marks("secretariat"), marks("assessor"), schemes(), schemes(status="published"), schemes(status="draft"),
    trainers("secretariat"), trainers("coordinator"), trainers("secretariat", language="lo"),
    stays("secretariat"), stays("coordinator"), stays("secretariat", kind="posting"),
    listed("announcements", "secretariat", "announcements"), listed("announcements", "secretariat", "announcements", country="LA"),
    commitments("secretariat"), commitments("coordinator"), commitments("secretariat", purpose="equipment"), rates(),
    members("secretariat"), members("coordinator"), members("secretariat", country="LA"), members("coordinator", kind="company"),
    names(), people(), people(q="khamla"), seats(), units("1.0"), units("2.0"), claims("1.0"),
    listed("agreements", "secretariat", "agreements"), listed("agreements", "secretariat", "agreements", member="colombo"),
    listed("agreements", "secretariat", "agreements", state="lapsed"),
    listed("obligations", "secretariat", "obligations"), listed("obligations", "coordinator", "obligations"),
    listed("obligations", "coordinator", "obligations", member="chongqing"),
    listed("obligations", "secretariat", "obligations", state="overdue"),
    listed("demand", "secretariat", "demand"), listed("demand", "employer", "demand"),
    listed("demand", "employer", "demand", country="KH"), listed("demand", "secretariat", "demand", state="expired"),
    equipment("secretariat"), equipment("site_manager"), equipment("site_manager", q="lift"),
    equipment("secretariat", state="faulty"), plan_lines("secretariat"), plan_lines("site_manager"), spending("secretariat"),
    spending("site_manager"),
    programmes(), programmes(kind="corporate"), programmes(country="LA"), programmes(q="Brakes"), programmes(state="proposed"),
    learners("secretariat"), learners("site_manager"), sessions("secretariat"), sessions("site_manager"),
    placements("secretariat"), placements("site_manager"),
    attendance("secretariat"), attendance("site_manager"), decisions("assessor"),
]  # fmt: skip


@pytest.fixture
def users():
    make_everything()
    made = {role: make_user(f"the-{role}") for role in ("secretariat", "employer", "site_manager")}
    make_member("colombo", country="LK")
    make_seat(made["secretariat"], "secretariat")
    make_seat(made["employer"], "coordinator", member=Organisation.objects.get(reference="mekong-fleet"))
    Site.objects.get(reference="wks-vientiane").posts.create(user=made["site_manager"], held_from=clock.today())
    assessor = make_user("the-assessor")
    Person.objects.filter(reference="somphone").update(user=assessor)
    return made | {"coordinator": make_user("khamla"), "assessor": assessor}


def test_every_kind_that_is_a_sheet_has_a_list():
    assert {case.kind for case in CASES} == {name for name, kind in KINDS.items() if "csv" in kind.forms}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_page_the_sheet_and_the_api_show_the_same_rows(case, users):
    user = users[case.role]
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    shown = browser.get(f"{case.page}?{urlencode(case.narrowed)}")
    assert shown.status_code == 200
    on_page = sorted(case.on_page(shown.context))
    asked = case.narrowed if case.api_narrowed is None else case.api_narrowed
    said = machine_of(user).get(f"{case.api}?{urlencode(asked)}")
    by = recognise(user, on=clock.today())
    narrowed = {**case.file_narrowed, **case.narrowed}
    in_file = sorted(case.in_file(row) for row in KINDS[case.kind].export(by=by, on=clock.today(), narrowed=narrowed))
    assert on_page == in_file
    assert sorted(case.in_api(said.json())) == in_file
    is_emptied = case.narrowed.get("member") == "colombo" or case.narrowed.get("state") == "faulty"
    assert bool(in_file) != is_emptied
