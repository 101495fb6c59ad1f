"""Agreements by machine: drafts, versions, answers, amendments, renewals and steps, each with its refusals."""

from datetime import date

import pytest

from corridor.rooms.agreements.models import Agreement
from tests.factories.actors import make_user
from tests.factories.agreements import (
    find_or_make_member,
    make_agreement,
    make_draft_agreement,
    make_proposed_agreement,
)
from tests.factories.members import make_member, make_seat
from tests.factories.tokens import Machine, machine_of
from tests.rooms.agreements.signing import sign

pytestmark = pytest.mark.django_db
REF = "AGR-2023-0031"
TRUTH = "Article 1. We teach together.\n\nArticle 2. We tell the whole truth."


def seated(name: str, role: str, **more: object) -> Machine:
    user = make_user(name)
    make_seat(user, role, **more)
    return machine_of(user)


@pytest.fixture
def li() -> Machine:
    return seated("li-na", "secretariat")


@pytest.fixture
def khamla() -> Machine:
    return seated("khamla", "coordinator", member=find_or_make_member("vientiane"))


@pytest.fixture
def mei() -> Machine:
    return seated("mei", "coordinator", member=find_or_make_member("chongqing"))


def content(machine: Machine, reference: str = REF, **changed: object) -> dict:
    """What it says, ready to be sent again."""
    read = machine.get(f"/agreements/{reference}/content").json()
    kept = ("starts_on", "ends_on", "announcement", "parties", "texts", "lines")
    return {name: read[name] for name in kept} | changed


def with_truth(sent: dict) -> dict:
    texts = [text | {"body": TRUTH} if text["language"] == "en" else text for text in sent["texts"]]
    return sent | {"texts": texts}


def test_a_draft_comes_and_goes_and_comes_back_with_one_hash(li):
    for member in ("chongqing", "vientiane"):
        find_or_make_member(member)
    sent = {
        "starts_on": "2024-03-01", "ends_on": "2027-02-28",
        "parties": [{"member": "vientiane", "role": "hosts"}, {"member": "chongqing", "role": "leads"}],
        "texts": [{"language": "en", "title": "Joint  training", "body": "Article 1.\r\n\r\n\r\nArticle 2."}],
        "lines": [{"number": 2, "language": "en", "text": "Forty places"}, {"number": 1, "language": "en", "text": "Two testers"}],
    }  # fmt: skip
    made = li.post("/agreements", sent, idempotency_key="first")
    assert made.status_code == 201
    reference, first = made.json()["reference"], made.json()["hash"]
    assert li.post("/agreements", sent, idempotency_key="first").json()["reference"] == reference
    assert li.post("/agreements", sent).status_code == 428
    back = content(li, reference)
    shuffled = back | {name: list(reversed(back[name])) for name in ("parties", "lines")}
    tag = li.etag(f"/agreements/{reference}/content")
    again = li.put(f"/agreements/{reference}/content", shuffled, if_match=tag)
    assert (again.status_code, again.json()["hash"]) == (200, first)
    assert li.put(f"/agreements/{reference}/content", shuffled, if_match=tag).status_code == 412
    proposed = li.post(
        f"/agreements/{reference}/proposal", {"reason": "Ready"}, if_match=li.etag(f"/agreements/{reference}/content")
    )
    assert (proposed.json()["status"], proposed.json()["canonical_hash"]) == ("proposed", first)


def test_what_cannot_be_drafted_is_refused_where_it_stands(li):
    find_or_make_member("chongqing")
    sent = {"starts_on": "2024-03-01", "ends_on": "2024-01-01", "parties": [{"member": "chongqing"}]}
    assert li.post("/agreements", sent, idempotency_key="1").json()["problems"][0]["where"] == "ends_before"
    nobody = sent | {"parties": [{"member": "nobody"}], "ends_on": None}
    assert li.post("/agreements", nobody, idempotency_key="2").status_code == 404
    unknown = sent | {"kind": "no-such-kind", "ends_on": None}
    assert li.post("/agreements", unknown, idempotency_key="3").status_code == 404


def test_a_party_answers_over_the_text_that_it_read(khamla, mei):
    agreement = make_proposed_agreement(REF)
    sent = with_truth(content(khamla)) | {"over": agreement.canonical_hash, "reason": "The whole truth."}
    answered = khamla.post(f"/agreements/{REF}/versions", sent, idempotency_key="1")
    assert answered.status_code == 201
    assert answered.json()["canonical_hash"] != agreement.canonical_hash
    rows = khamla.get(f"/agreements/{REF}/versions").json()
    assert [(row["number"], row["origin"], row["party"]) for row in rows] == [
        (1, "proposed", None), (2, "countered", "vientiane"),
    ]  # fmt: skip
    found = khamla.get(f"/agreements/{REF}/differences?first=1&second=2").json()
    assert [(each["field"], each["place"], each["language"]) for each in found] == [("clause", "2", "en")]
    assert [piece["text"] for piece in found[0]["after_pieces"] if piece["differs"]] == ["whole "]
    stale = mei.post(f"/agreements/{REF}/versions", sent | {"reason": "Mine."}, idempotency_key="2")
    assert (stale.status_code, stale.json()["yours"]) == (412, agreement.canonical_hash)
    assert khamla.get(f"/agreements/{REF}/versions/9").status_code == 404


def test_the_text_that_is_hashed_is_given_whole(khamla):
    agreement = make_proposed_agreement(REF)
    found = khamla.get(f"/agreements/{REF}/versions/1").json()
    assert found["hash"] == agreement.canonical_hash
    assert found["canonical"].startswith('{"agreement":"AGR-2023-0031"')


def test_an_amendment_conflicts_with_both_values_and_what_ended_is_not_amended(khamla, li):
    agreement = make_agreement(REF, ends_before=date(2099, 6, 1))
    for number, last in enumerate(("2101-05-31", "2101-12-31"), start=1):
        sent = {"reason": "Longer.", "content": content(khamla, ends_on=last)}
        made = khamla.post(f"/agreements/{REF}/amendments", sent, idempotency_key=str(number))
        assert (made.status_code, made.json()["reference"]) == (201, f"{REF}-A{number}")
        tag = khamla.etag(f"/agreements/{REF}-A{number}/content")
        khamla.post(f"/agreements/{REF}-A{number}/proposal", {}, if_match=tag)
    first = Agreement.objects.get(reference=f"{REF}-A1")
    assert khamla.get(f"/agreements/{REF}-A1/amending").json()["differences"][0]["field"] == "ends_before"
    for member in ("chongqing", "vientiane"):
        sign(first, member, on=first.versions.get().effective_on)
    conflict = khamla.get(f"/agreements/{REF}-A2/amending").json()["conflicts"][0]
    assert (conflict["ours"], conflict["theirs"]) == ("2102-01-01", "2101-06-01")
    second = Agreement.objects.get(reference=f"{REF}-A2")
    sign(second, "chongqing", on=second.versions.get().effective_on)
    tag, path = khamla.etag(f"/agreements/{REF}-A2"), f"/agreements/{REF}-A2/signatures"
    last = {"member": "vientiane", "signed_hash": second.canonical_hash, "signed_as": "President"}
    refused = khamla.post(path, last, if_match=tag)
    assert (refused.status_code, refused.json()["code"]) == (412, "AmendmentConflicts")
    assert (refused.json()["theirs"], refused.json()["yours"]) == ("2101-06-01", "2102-01-01")
    agreement.refresh_from_db()
    asked = {"kind": "terminate", "reason": "They left."}
    assert li.post(f"/agreements/{REF}/steps", asked, idempotency_key="9").status_code == 201
    mei = seated("mei", "coordinator", member=find_or_make_member("chongqing"))
    for number, machine in enumerate((khamla, mei)):
        machine.post(f"/agreements/{REF}/steps/answers", {"answer": "confirms"}, idempotency_key=f"a{number}")
    ended = khamla.post(f"/agreements/{REF}/amendments", {"reason": "Longer."}, idempotency_key="8")
    assert (ended.status_code, ended.json()["code"]) == (409, "AmendsNothingInForce")


def test_a_step_is_asked_answered_and_taken_back(khamla, mei):
    make_agreement(REF, parties=("chongqing", "vientiane"))
    asked = {"kind": "suspend", "reason": "The workshop is rebuilt.", "takes_effect_on": "2030-01-01"}
    made = khamla.post(f"/agreements/{REF}/steps", asked, idempotency_key="1")
    assert (made.status_code, made.json()["party"]) == (201, "vientiane")
    again = khamla.post(f"/agreements/{REF}/steps", asked, idempotency_key="2")
    assert (again.status_code, again.json()["code"]) == (409, "MotionIsOpen")
    own = khamla.post(f"/agreements/{REF}/steps/answers", {"answer": "confirms"}, idempotency_key="3")
    assert (own.status_code, own.json()["code"]) == (409, "NotTheProposer")
    assert khamla.post(f"/agreements/{REF}/steps/retractions", {}, idempotency_key="4").json()["status"] == "taken_back"
    gone = mei.post(f"/agreements/{REF}/steps/answers", {"answer": "confirms"}, idempotency_key="5")
    assert (gone.status_code, gone.json()["code"]) == (409, "NoMotion")
    assert [row["status"] for row in mei.get(f"/agreements/{REF}/steps").json()] == ["taken_back"]


def test_a_renewal_is_drafted_once(khamla):
    make_agreement(REF)
    sent = {"starts_on": "2026-06-01", "ends_on": "2029-05-31", "reason": "It went well."}
    made = khamla.post(f"/agreements/{REF}/renewals", sent, idempotency_key="1")
    assert made.status_code == 201
    assert khamla.get(f"/agreements/{made.json()['reference']}").json()["renews"] == REF
    assert khamla.post(f"/agreements/{REF}/renewals", sent, idempotency_key="2").json()["code"] == "AlreadyRenewed"


def test_another_member_and_a_visitor_read_and_write_nothing(client):
    make_agreement(REF)
    other = seated("nimali", "coordinator", member=make_member("colombo", country="LK"))
    for path in ("content", "versions", "versions/1", "differences?first=1&second=1", "steps"):
        assert other.get(f"/agreements/{REF}/{path}").status_code == 403, path
        assert client.get(f"/api/v1/agreements/{REF}/{path}").status_code == 401, path
    sent = {"kind": "terminate", "reason": "Mine."}
    assert other.post(f"/agreements/{REF}/steps", sent, idempotency_key="1").status_code == 403


def test_kinds_are_made_and_changed_over_what_was_read(li):
    sent = {"code": "letter", "names": {"en": "Implementation letter"}, "clauses": {"en": ["Article 1. {parties}."]}}
    assert li.post("/agreement-kinds", sent, idempotency_key="1").status_code == 201
    wrong = li.post(
        "/agreement-kinds", sent | {"code": "two", "clauses": {"en": ["By {signatory}."]}}, idempotency_key="2"
    )
    assert wrong.json()["problems"][0]["where"] == "clauses_en"
    tag = li.etag("/agreement-kinds/letter")
    change = {"names": {"en": "Letter"}, "quorum": 2}
    assert li.put("/agreement-kinds/letter", change, if_match=tag).json()["quorum"] == 2
    assert li.put("/agreement-kinds/letter", change, if_match=tag).status_code == 412
    for member in ("chongqing", "vientiane"):
        find_or_make_member(member)
    li.put(
        "/agreement-kinds/letter", sent | {"clauses": {"en": ["Article 1. {parties}."]}},
        if_match=li.etag("/agreement-kinds/letter"),
    )  # fmt: skip
    draft = {"starts_on": "2024-03-01", "kind": "letter", "parties": [{"member": "chongqing"}, {"member": "vientiane"}]}
    made = li.post("/agreements", draft, idempotency_key="3").json()
    assert made["texts"][0]["body"].startswith("Article 1. ")
    assert "{" not in made["texts"][0]["body"]


def test_a_draft_is_nobody_elses(khamla):
    make_draft_agreement(REF, parties=("chongqing", find_or_make_member("colombo")))
    assert khamla.get(f"/agreements/{REF}/content").status_code == 404
