"""Programmes for machines: proposed once under a key, changed over the version that was read, with steps, plans, risks and credits."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.programmes.actions import need_steps
from corridor.rooms.programmes.kinds import ApprovalStep, ProgrammeKind
from corridor.rooms.programmes.models import Programme, ProgrammeRisk
from tests.factories.actors import make_user
from tests.factories.agreements import find_or_make_member, make_agreement, make_proposed_agreement
from tests.factories.conferences import make_announcement
from tests.factories.demand import make_demand
from tests.factories.members import make_seat
from tests.factories.programmes import make_programme
from tests.factories.sites import make_site
from tests.factories.tokens import Machine, machine_of

pytestmark = pytest.mark.django_db
PATH = "/programmes/PRG-2023-012"
NEW = {
    "reference": "port-chinese", "kind": "language", "titles": {"en": "Chinese for port staff"},
    "agreements": ["AGR-2023-0031", "AGR-2024-0006"], "announcements": ["ANN-2023-0001"], "demands": ["DEM-2023-0007"],
    "languages": ["zh-Hans", "lo"], "sites": ["wks-luang"],
    "members": [{"member": "chongqing", "role": "lead"}, {"member": "vientiane", "role": "host"}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def secretariat():
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def coordinator():
    user = make_user("khamla")
    make_seat(user, "coordinator", member=find_or_make_member("vientiane"))
    return machine_of(user)


@pytest.fixture
def ground():
    make_agreement("AGR-2023-0031")
    make_proposed_agreement("AGR-2024-0006")
    make_announcement()
    make_demand()
    make_site("wks-luang")


def test_a_programme_is_proposed_once_and_changed_over_the_version_that_was_read(secretariat, coordinator, ground):
    first = secretariat.post("/programmes", NEW, idempotency_key="k1")
    again = secretariat.post("/programmes", NEW, idempotency_key="k1")
    assert (first.status_code, again.status_code, again["Idempotency-Replayed"]) == (201, 201, "true")
    made = first.json()
    assert (made["agreement"], made["agreements"]) == ("AGR-2023-0031", ["AGR-2023-0031", "AGR-2024-0006"])
    assert (made["announcements"], made["demands"], made["languages"]) == (
        ["ANN-2023-0001"],
        ["DEM-2023-0007"],
        ["zh-Hans", "lo"],
    )
    assert secretariat.post("/programmes", NEW).status_code == 428
    assert coordinator.post("/programmes", NEW, idempotency_key="k2").status_code == 403
    other = {name: value for name, value in NEW.items() if name != "reference"} | {"kind": "mixed"}
    assert secretariat.put("/programmes/port-chinese", other).status_code == 428
    changed = secretariat.put("/programmes/port-chinese", other, if_match=first["ETag"])
    assert (changed.status_code, changed.json()["kind"]) == (200, "mixed")
    assert secretariat.put("/programmes/port-chinese", other, if_match=first["ETag"]).status_code == 412
    listed = secretariat.get("/programmes?demand=DEM-2023-0007").json()["rows"]
    assert [each["reference"] for each in listed] == ["port-chinese"]


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"agreements": ["AGR-1999-0001"]}, "agreements"),
        ({"sites": ["wks-hanoi"]}, "sites"),
        ({"members": [{"member": "hanoi", "role": "lead"}]}, "members"),
        ({"titles": {}}, "title"),
        ({"reference": "new"}, "reference"),
    ],
    ids=["agreement", "site", "member", "title", "reserved"],
)
def test_what_is_not_there_is_said_by_its_column(secretariat, ground, more, column):
    refused = secretariat.post("/programmes", NEW | more, idempotency_key="k1")
    assert refused.status_code == 422
    assert column in str(refused.json())
    assert not Programme.objects.exists()


def test_steps_are_needed_found_and_hold_a_programme_back(secretariat, coordinator):
    make_programme(running_from=None)
    needed = secretariat.get("/programme-steps/vocational")
    sent = {"steps": ["proposal", "council"]}
    assert secretariat.put("/programme-steps/vocational", sent, if_match=needed["ETag"]).json() == {
        "kind": "vocational", "steps": ["proposal", "council"],
    }  # fmt: skip
    assert Machine().get(f"{PATH}/approval").json()["waits_for"] == "proposal"
    move = {"to": "approved", "on": "2024-02-02"}
    refused = secretariat.post(f"{PATH}/moves", move, if_match=secretariat.etag(PATH))
    assert (refused.status_code, refused.json()["code"]) == (409, "StepStillOpen")
    found = {
        "step": "proposal",
        "on": "2024-01-15",
        "found_by": "Secretariat",
        "outcome": "approved",
        "finding": "Complete",
    }
    assert coordinator.post(f"{PATH}/approval", found, idempotency_key="k1").status_code == 403
    assert secretariat.post(f"{PATH}/approval", found, idempotency_key="k1").json()["waits_for"] == "council"
    early = found | {"step": "proposal", "on": "2024-01-16"}
    assert secretariat.post(f"{PATH}/approval", early, idempotency_key="k2").json()["code"] == "StepIsApproved"
    assert secretariat.post(f"{PATH}/approval", found | {"step": "council"}, idempotency_key="k3").status_code == 201
    moved = secretariat.post(f"{PATH}/moves", move, if_match=secretariat.etag(PATH))
    assert (moved.status_code, moved.json()["status"]) == (200, "approved")
    told = [
        machine.get(f"{PATH}/approval").json()["steps"][0]["findings"][0]["finding"]
        for machine in (Machine(), coordinator)
    ]
    assert told == [None, "Complete"]


def test_a_step_that_nothing_needs_is_no_step_of_it(secretariat):
    make_programme(running_from=None)
    need_steps(steps=[(ProgrammeKind.VOCATIONAL, [ApprovalStep.COUNCIL])], by=NIGHTLY)
    found = {"step": "academic", "on": "2024-01-15", "found_by": "Board", "outcome": "approved", "finding": "Good"}
    assert secretariat.post(f"{PATH}/approval", found, idempotency_key="k1").json()["code"] == "StepNotNeeded"
    assert secretariat.get("/programme-steps/dance").status_code == 404


def test_intakes_are_planned_over_the_version_that_was_read(secretariat):
    make_programme()
    sent = {"cohorts": 2, "learners": 40}
    path = f"{PATH}/intakes/2024"
    assert secretariat.put(path, sent).status_code == 428
    planned = secretariat.put(path, sent, if_match=secretariat.etag(f"{PATH}/intakes"))
    assert planned.json()["intakes"] == [
        {"year": 2024, "cohorts_planned": 2, "learners_planned": 40, "cohorts_begun": 0, "places_begun": 0, "note": ""}
    ]
    refused = secretariat.put(path, {"cohorts": 0, "learners": 40}, if_match=planned["ETag"])
    assert refused.status_code == 422
    assert secretariat.put(f"{PATH}/intakes/9999", sent, if_match=planned["ETag"]).status_code == 422


def test_risks_and_decisions_are_for_those_who_take_part(coordinator):
    make_programme()
    risk = {
        "what": "The lift breaks", "likelihood": "low", "effect": "high", "owner": "vientiane", "noticed_on": "2024-01-08",
        "due_on": "2024-01-31",
    }  # fmt: skip
    made = coordinator.post(f"{PATH}/risks", risk, idempotency_key="k1")
    assert coordinator.post(f"{PATH}/risks", risk, idempotency_key="k1").json() == made.json()
    assert (made.status_code, made.json()["number"], made.json()["is_late"]) == (201, 1, True)
    judged = {"likelihood": "high", "effect": "high", "owner": "chongqing", "due_on": "2024-03-31"}
    changed = coordinator.put(f"{PATH}/risks/1", judged, if_match=made["ETag"])
    assert (changed.json()["owner"], changed.json()["is_late"]) == ("chongqing", False)
    step = {"to": "came_true", "on": "2024-02-01", "reason": "It broke"}
    assert coordinator.post(f"{PATH}/risks/1/moves", step, if_match=made["ETag"]).status_code == 412
    moved = coordinator.post(f"{PATH}/risks/1/moves", step, if_match=changed["ETag"])
    assert moved.json()["timeline"] == [{"status": "came_true", "on": "2024-02-01", "reason": "It broke"}]
    decision = {"on": "2024-02-01", "decided_by": "Council", "what": "A second lift is bought"}
    assert coordinator.post(f"{PATH}/decisions", decision, idempotency_key="k2").json()["decisions"] == [
        {"decided_on": "2024-02-01", "decided_by": "Council", "what": "A second lift is bought"}
    ]
    user = make_user("nimali")
    make_seat(user, "coordinator", member=find_or_make_member("colombo"))
    elsewhere = machine_of(user)
    assert [elsewhere.get(f"{PATH}/{part}").status_code for part in ("risks", "risks/1", "decisions")] == [
        404,
        404,
        404,
    ]
    assert elsewhere.post(f"{PATH}/risks", risk, idempotency_key="k3").status_code == 404
    assert Machine().get(f"{PATH}/risks").status_code == 401
    assert ProgrammeRisk.objects.count() == 1


def test_credits_add_up_or_are_refused_by_name(secretariat):
    make_programme(kind="degree")
    sent = {
        "starts_on": "2024-02-02",
        "members": [{"member": "chongqing", "credits": "22.5"}, {"member": "vientiane", "credits": "7.5"}],
        "terms": [
            {
                "year": 1, "term": 1, "required": "30",
                "given": [{"member": "chongqing", "credits": "22.5"}, {"member": "vientiane", "credits": "7.5"}],
            }
        ],
    }  # fmt: skip
    short = sent | {"terms": [sent["terms"][0] | {"required": "31"}]}
    assert secretariat.post(f"{PATH}/study", short, idempotency_key="k1").json()["code"] == "CreditsOfTermDiffer"
    owed = sent | {"members": sent["members"][:1]}
    assert secretariat.post(f"{PATH}/study", owed, idempotency_key="k2").json()["code"] == "CreditsOfMemberDiffer"
    made = secretariat.post(f"{PATH}/study", sent, idempotency_key="k3")
    assert made.status_code == 201
    assert made.json()["studies"][0]["terms"][0]["given"] == [
        {"member": "chongqing", "credits": "22.50"}, {"member": "vientiane", "credits": "7.50"},
    ]  # fmt: skip
    assert Machine().get(f"{PATH}/study").json() == made.json()
