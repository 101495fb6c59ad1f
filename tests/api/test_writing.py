"""The four things that machines write: each with its success, and the refusals that stand beside it."""

from datetime import date

import pytest

from corridor.rooms.agreements.models import AgreementParty
from corridor.rooms.assessment.models import Decision
from corridor.rooms.indicators.actions import freeze_figure
from corridor.rooms.indicators.asking import ask
from tests.factories.actors import NIGHTLY, make_user
from tests.factories.agreements import make_proposed_agreement
from tests.factories.assessment import make_assessor
from tests.factories.figures import AT, FREEZE_DAY, REPORT_DAY, make_alliance_of_164
from tests.factories.members import make_member, make_seat
from tests.factories.people import make_person
from tests.factories.tokens import Machine, machine_of
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db

REGISTER = "/cohorts/COH-2023-041/sessions/1/register"
CANDIDATE = "/cohorts/COH-2023-041/learners/1/units/VI-1"
MARKS = {"1": "present", "2": "late"}


def seated(name: str, role: str, **more: object) -> Machine:
    user = make_user(name)
    make_seat(user, role, **more)
    return machine_of(user)


@pytest.fixture
def agreement():
    return make_proposed_agreement("AGR-2023-0031", parties=("chongqing", "vientiane"))


@pytest.fixture
def khamla(agreement) -> Machine:
    vientiane = agreement.parties.get(organisation__reference="vientiane").organisation
    return seated("khamla", "coordinator", member=vientiane)


def sign(machine: Machine, agreement, **headers: str):
    sent = {"member": "vientiane", "signed_hash": agreement.canonical_hash, "signed_as": "President"}
    return machine.post("/agreements/AGR-2023-0031/signatures", sent, **headers)


def test_a_member_signs_the_fingerprint_that_it_read(agreement, khamla):
    response = sign(khamla, agreement, if_match=khamla.etag("/agreements/AGR-2023-0031"))
    assert response.status_code == 200
    assert {party["member"]["reference"]: party["signature"] for party in response.json()["parties"]} == {
        "chongqing": "", "vientiane": "electronic",
    }  # fmt: skip
    party = AgreementParty.objects.get(agreement=agreement, organisation__reference="vientiane")
    assert (party.signed_by, party.signed_hash) == ("khamla", agreement.canonical_hash)
    assert response["ETag"] == khamla.etag("/agreements/AGR-2023-0031")


def test_signing_names_the_version_that_was_read(agreement, khamla):
    assert sign(khamla, agreement).json()["code"] == "NoVersionNamed"
    assert sign(khamla, agreement).status_code == 428
    assert sign(khamla, agreement, if_match="*").status_code == 428
    stale = khamla.etag("/agreements/AGR-2023-0031")
    assert sign(khamla, agreement, if_match=stale).status_code == 200
    response = sign(khamla, agreement, if_match=stale)
    assert (response.status_code, response.json()["code"]) == (412, "VersionIsPast")


def test_another_text_than_the_proposed_one_is_stale_and_a_second_signature_too_much(agreement, khamla):
    tag = khamla.etag("/agreements/AGR-2023-0031")
    wrong = {"member": "vientiane", "signed_hash": "0" * 64}
    response = khamla.post("/agreements/AGR-2023-0031/signatures", wrong, if_match=tag)
    assert response.status_code == 412
    assert response.json()["theirs"] == agreement.canonical_hash
    sign(khamla, agreement, if_match=tag)
    again = sign(khamla, agreement, if_match=khamla.etag("/agreements/AGR-2023-0031"))
    assert (again.status_code, again.json()["code"]) == (409, "AlreadySigned")


def test_nobody_signs_for_another_member(agreement):
    other = seated("nimali", "coordinator", member=make_member("colombo", country="LK"))
    assert sign(other, agreement, if_match=other.etag("/agreements/AGR-2023-0031")).status_code == 403


@pytest.fixture
def trainer() -> Machine:
    user = make_user("bounmy")
    cohort = make_cohort(learners=2, trainers=[make_person("bounmy", user=user)])
    make_session(cohort)
    return machine_of(user)


def test_a_trainer_takes_a_register_and_takes_it_again(trainer):
    first = trainer.put(REGISTER, {"marks": MARKS}, if_match=trainer.etag(REGISTER))
    assert first.status_code == 200
    assert [row["mark"] for row in first.json()["rows"]] == ["present", "late"]
    assert first.json()["status"] == "held"
    again = trainer.put(REGISTER, {"marks": MARKS | {"2": "absent"}}, if_match=first["ETag"])
    assert [row["mark"] for row in again.json()["rows"]] == ["present", "absent"]


def test_a_register_that_somebody_else_took_meanwhile_is_not_overwritten(trainer):
    stale = trainer.etag(REGISTER)
    trainer.put(REGISTER, {"marks": MARKS}, if_match=stale)
    response = trainer.put(REGISTER, {"marks": MARKS | {"2": "absent"}}, if_match=stale)
    assert response.status_code == 412
    assert [row["mark"] for row in trainer.get(REGISTER).json()["rows"]] == ["present", "late"]


def test_a_register_with_a_seat_left_out_or_an_unknown_mark_is_refused_with_each_problem(trainer):
    tag = trainer.etag(REGISTER)
    left_out = trainer.put(REGISTER, {"marks": {"1": "present", "7": "present"}}, if_match=tag)
    assert left_out.status_code == 422
    assert {each["where"] for each in left_out.json()["problems"]} == {"2", "7"}
    assert trainer.put(REGISTER, {"marks": {"1": "here"}}, if_match=tag).status_code == 422


def test_who_oversees_reads_a_register_and_does_not_take_it(trainer):
    auditor = seated("auditor", "auditor")
    assert auditor.put(REGISTER, {"marks": MARKS}, if_match=auditor.etag(REGISTER)).status_code == 403
    stranger = seated("nimali", "coordinator", member=make_member("colombo", country="LK"))
    assert stranger.get(REGISTER).status_code == 404


@pytest.fixture
def assessor() -> Machine:
    user = make_user("somphone")
    cohort = make_cohort(learners=2)
    make_assessor(cohort, "somphone", user=user)
    return machine_of(user)


def test_an_assessor_decides_and_changes_it_while_it_is_not_final(assessor):
    sent = {"result": "not_yet_competent", "decided_on": "2023-06-20", "evidence_note": "Left out the lamps."}
    first = assessor.put(f"{CANDIDATE}/decision", sent, if_match=assessor.etag(CANDIDATE))
    assert first.status_code == 200
    assert first.json()["decision"]["result"] == "not_yet_competent"
    changed = assessor.put(f"{CANDIDATE}/decision", sent | {"result": "competent"}, if_match=first["ETag"])
    assert changed.json()["decision"]["result"] == "competent"
    assert Decision.objects.get().decided_on == date(2023, 6, 20)


def test_a_final_decision_does_not_change(assessor):
    sent = {"result": "competent"}
    assessor.put(f"{CANDIDATE}/decision", sent, if_match=assessor.etag(CANDIDATE))
    Decision.objects.update(status="final")
    response = assessor.put(f"{CANDIDATE}/decision", sent, if_match=assessor.etag(CANDIDATE))
    assert (response.status_code, response.json()["code"]) == (409, "DecisionIsFinal")


def test_an_assessor_of_another_cohort_sees_nothing_here(assessor):
    user = make_user("mei")
    make_assessor(make_cohort("COH-2023-055"), "mei", user=user)
    other = machine_of(user)
    assert other.get(CANDIDATE).status_code == 404
    assert other.put(f"{CANDIDATE}/decision", {"result": "competent"}, if_match='"x"').status_code == 404


@pytest.fixture
def figure():
    make_alliance_of_164()
    return freeze_figure(question=ask("members.active", on=REPORT_DAY, at=AT), on=FREEZE_DAY, at=AT, by=NIGHTLY)


def sign_off(machine: Machine, figure, content_hash: str = ""):
    path = f"/kept-figures/{figure.reference}"
    sent = {"content_hash": content_hash or figure.content_hash}
    return machine.post(f"{path}/signatures", sent, if_match=machine.etag(path))


def test_two_persons_sign_a_figure(figure):
    first = sign_off(seated("mei", "secretariat"), figure)
    assert (first.status_code, first.json()["state"], len(first.json()["signatures"])) == (200, "frozen", 1)
    second = sign_off(seated("khamla", "council"), figure)
    assert (second.json()["state"], len(second.json()["signatures"])) == ("signed_off", 2)


def test_nobody_signs_a_figure_twice_or_over_another_fingerprint(figure):
    mei = seated("mei", "secretariat")
    assert sign_off(mei, figure, "0" * 64).status_code == 412
    sign_off(mei, figure)
    assert (sign_off(mei, figure).status_code, sign_off(mei, figure).json()["code"]) == (409, "AlreadySigned")


def test_an_auditor_does_not_sign_a_figure(figure):
    assert sign_off(seated("auditor", "auditor"), figure).status_code == 403
