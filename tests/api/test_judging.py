"""Judging by machine: schemes, checklists, signatures, evidence in pieces, second judgements and appeals."""

from datetime import date
from hashlib import sha256

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.clock import today
from corridor.rooms.assessment.actions import assign_second, draw_sample
from corridor.rooms.assessment.models import Appeal, Decision, Evidence, Sample, Scheme
from corridor.rooms.assessment.pieces import PIECE_BYTES
from corridor.rooms.people.models import Person
from tests.factories.actors import make_user
from tests.factories.assessment import Room, all_met, make_assessor, make_decision, make_scheme
from tests.factories.members import make_seat
from tests.factories.odd_films import make_film
from tests.factories.people import make_person
from tests.factories.tokens import machine_of

pytestmark = pytest.mark.django_db
CRITERION = {"texts": {"en": "The vehicle is secured"}, "weight": "critical"}
FACTS = {"instruments": [{"kind": "practical_task", "titles": {"en": "Brakes"}, "criteria": [CRITERION]}]}


@pytest.fixture
def secretariat():
    user = make_user("li-na")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def room():
    return Room()


@pytest.fixture
def assessor(room):
    user = make_user("somphone-account")
    Person.objects.filter(pk=room.assessor.pk).update(user=user)
    return machine_of(user)


def test_a_scheme_is_written_rewritten_and_published_over_what_was_read(secretariat, room):
    version = room.unit.version
    names = {"curriculum": version.curriculum.reference, "curriculum_version": version.version, "unit": room.unit.code}
    made = secretariat.post("/schemes", FACTS | names, idempotency_key="s1")
    again = secretariat.post("/schemes", FACTS | names, idempotency_key="s1")
    assert (made.status_code, again.json()["id"], Scheme.objects.count()) == (201, made.json()["id"], 1)
    where = f"/schemes/{made.json()['id']}"
    assert secretariat.put(where, FACTS | {"attempts_allowed": 2}).status_code == 428
    etag = secretariat.etag(where)
    assert secretariat.put(where, FACTS | {"attempts_allowed": 2}, if_match=etag).json()["attempts_allowed"] == 2
    assert secretariat.put(where, FACTS, if_match=etag).status_code == 412
    published = secretariat.post(where + "/publication", {"on": "2023-06-01"}, if_match=secretariat.etag(where)).json()
    assert (published["status"], published["published_on"]) == ("published", "2023-06-01")
    assert published["instruments"][0]["criteria"][0]["code"] == "1.1"
    again = secretariat.post(where + "/publication", {"on": "2023-06-01"}, if_match=secretariat.etag(where))
    assert again.status_code == 409


def test_a_scheme_of_no_unit_and_one_of_an_assessor_are_refused(secretariat, room, assessor):
    version = room.unit.version
    names = {"curriculum": version.curriculum.reference, "curriculum_version": version.version}
    answer = secretariat.post("/schemes", FACTS | names | {"unit": "XX-9"}, idempotency_key="s1")
    assert (answer.status_code, answer.json()["problems"][0]["where"]) == (422, "unit")
    assert assessor.post("/schemes", FACTS | names | {"unit": room.unit.code}, idempotency_key="s2").status_code == 403
    assert assessor.get("/schemes").json()["rows"] == []


def test_a_checklist_is_sent_with_its_decision_and_signed(room, assessor):
    scheme = make_scheme(room.unit, signing="learner")
    where = f"/cohorts/{room.cohort.reference}/learners/1/units/{room.unit.code}"
    sent = {"result": "competent", "decided_on": "2023-06-20"}
    refused = assessor.put(where + "/decision", sent, if_match=assessor.etag(where))
    assert (refused.status_code, refused.json()["code"]) == (409, "ChecklistIncomplete")
    findings = [{"criterion": str(each.criterion), "found": each.found} for each in all_met(scheme)]
    said = assessor.put(where + "/decision", sent | {"findings": findings}, if_match=assessor.etag(where)).json()
    assert (said["decision"]["scheme"], said["decision"]["checklist"]) == (str(scheme.pk), "here")
    for role in ("assessor", "learner"):
        signed = assessor.post(where + "/signatures", {"role": role, "name": "S"}, if_match=assessor.etag(where))
    assert [each["role"] for each in signed.json()] == ["assessor", "learner"]
    assert room.final(Decision.objects.get()).status == "final"


def test_a_film_arrives_in_pieces_and_what_is_missing_is_told(room, assessor):
    film = make_film(b"x" * PIECE_BYTES)
    where = f"/cohorts/{room.cohort.reference}/learners/1/units/{room.unit.code}/evidence"
    said = {"file_name": "brakes.mp4", "size": len(film), "sha256": sha256(film).hexdigest(), "caption": "Pads"}
    made = assessor.post(where, said, idempotency_key="e1").json()
    assert (made["missing"], made["piece_bytes"]) == ([0, 1], PIECE_BYTES)
    at = f"/evidence/{made['id']}"

    def send(number: int, content: bytes, of: bytes | None = None):
        named = {"X-Piece-SHA256": sha256(content if of is None else of).hexdigest()}
        return assessor.client.put(
            f"/api/v1{at}/pieces/{number}", content, content_type="application/octet-stream", headers=named
        )

    half = send(0, film[:1000], of=film[:PIECE_BYTES])
    assert (half.status_code, half.json()["problems"][0]["where"]) == (422, "content")
    assert send(0, film[:PIECE_BYTES]).json()["missing"] == [1]
    assert send(0, film[:PIECE_BYTES]).json()["missing"] == [1]
    assert send(0, b"y" * PIECE_BYTES).status_code == 409
    assert assessor.get(at).json()["missing"] == [1]
    assert send(1, film[PIECE_BYTES:]).json()["missing"] == []
    assert Evidence.objects.get().document.kind == "evidence.video"
    assert assessor.delete(at).status_code == 428
    assert assessor.delete(at, if_match=assessor.etag(at)).status_code == 204
    assert not Evidence.objects.exists()


def test_700_megabytes_are_refused_kindly_before_they_are_sent(room, assessor):
    where = f"/cohorts/{room.cohort.reference}/learners/1/units/{room.unit.code}/evidence"
    said = {"file_name": "brakes.mp4", "size": 700 * 2**20, "sha256": "0" * 64}
    answer = assessor.post(where, said, idempotency_key="e1")
    assert answer.status_code == 422
    assert "Film one step at a time" in answer.json()["problems"][0]["detail"]


def test_a_second_judgement_is_given_blind_and_agreement_told(room, assessor, secretariat):
    other = make_assessor(room.cohort, "judge")
    make_decision(room.seat(1), room.unit, assessor=other, final_on=None)
    draw_sample(cohort=room.cohort, share=100, least=1, seed="June", on=date(2023, 6, 21), by=NIGHTLY)
    assign_second(samples=list(Sample.objects.all()), second=room.assessor, on=date(2023, 6, 21), by=NIGHTLY)
    (waiting,) = assessor.get("/samples").json()
    assert "result" not in waiting
    assert assessor.get("/decisions").json()["rows"] == []
    where = f"/samples/{waiting['id']}"
    assert assessor.put(where + "/judgement", {"result": "competent"}).status_code == 428
    given = assessor.put(where + "/judgement", {"result": "competent"}, if_match=assessor.etag(where))
    assert (given.status_code, assessor.get("/samples").json()) == (204, [])
    found = secretariat.get(f"/cohorts/{room.cohort.reference}/moderation").json()
    assert found["agreement"][0] == {"assessor": None, "n": 1, "agreed": 1, "kappa": None}
    assert assessor.get(f"/cohorts/{room.cohort.reference}/moderation").status_code == 403


def test_an_appeal_is_lodged_heard_and_ruled_upon(room, secretariat):
    room.final(
        room.record(result="not_yet_competent", evidence_note="Pads.", decided_on=today()),
        on=today(),
    )
    user = make_user("learner-account")
    Person.objects.filter(pk=room.seat(1).person_id).update(user=user)
    learner = machine_of(user)
    decision = learner.get("/decisions").json()["rows"][0]["id"]
    made = learner.post(f"/decisions/{decision}/appeal", {"grounds": "Nobody looked."}, idempotency_key="a1")
    assert (made.status_code, Appeal.objects.count()) == (201, 1)
    where = f"/appeals/{made.json()['reference']}"
    people = [make_person(each).reference for each in ("mei", "khamla", "nimali")]
    panel = {"chair": people[0], "members": people[1:]}
    assert learner.put(where + "/panel", panel, if_match=learner.etag(where)).status_code == 403
    assert secretariat.put(where + "/panel", panel, if_match=secretariat.etag(where)).json()["panel"] == people
    ruling = {"to": "upheld", "ruling": "The pads were not shown."}
    assert learner.post(where + "/ruling", ruling, if_match=learner.etag(where)).status_code == 403
    assert secretariat.post(where + "/ruling", ruling, if_match=secretariat.etag(where)).json()["status"] == "upheld"
    assert learner.get("/decisions").json()["rows"][0]["status"] == "overturned"


def test_the_secretariat_brings_in_a_claim_that_came_on_paper(room, secretariat):
    where = f"/cohorts/{room.cohort.reference}/learners/1/prior-learning"
    made = secretariat.post(where, {"unit": room.unit.code, "claim": "A garage."}, idempotency_key="p1")
    assert (made.status_code, made.json()["status"]) == (201, "asked")
    assert secretariat.get("/prior-learning").json()["rows"] == [made.json()]
