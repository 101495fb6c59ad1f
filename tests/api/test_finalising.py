"""Decisions made final, drawn, judged twice and settled by machine; assessors appointed; claims of prior learning to their end."""

import pytest

from corridor.foundations.clock import now, today
from corridor.rooms.assessment.actions import add_evidence
from corridor.rooms.assessment.models import Appointment, Decision, SamplingPlan, Scheme
from corridor.rooms.people.models import Person
from tests.factories.actors import make_user
from tests.factories.assessment import Room, make_assessor, make_decision, make_scheme
from tests.factories.members import make_seat
from tests.factories.people import make_person
from tests.factories.site_years import picture
from tests.factories.tokens import machine_of
from tests.rooms.assessment.test_evidence import draft_for

pytestmark = pytest.mark.django_db
ROOM = "/cohorts/COH-2023-041"


@pytest.fixture
def room():
    return Room()


@pytest.fixture
def office(room):
    user = make_user("li-na")
    make_seat(user, "secretariat")
    return machine_of(user)


def machine_for(person: Person):
    Person.objects.filter(pk=person.pk).update(user=make_user(f"{person.reference}-account"))
    return machine_of(Person.objects.get(pk=person.pk).user)


@pytest.fixture
def assessor(room):
    return machine_for(room.assessor)


def test_open_decisions_are_made_final_as_they_were_read(room, office, assessor):
    room.record(), room.record(2)
    path = f"{ROOM}/decisions/open"
    read = assessor.get(path)
    assert [(each["number"], each["unit"]) for each in read.json()["decisions"]] == [
        (1, room.unit.code),
        (2, room.unit.code),
    ]
    first = read.json()["decisions"][0]["id"]
    final = f"{ROOM}/decisions/final"
    assert assessor.post(final, {"decisions": [first]}).status_code == 428
    early = {"decisions": [first], "on": "2020-01-01"}
    assert assessor.post(final, early, if_match=read["ETag"]).status_code == 422
    done = assessor.post(final, {"decisions": [first]}, if_match=read["ETag"])
    assert [each["number"] for each in done.json()["decisions"]] == [2]
    assert Decision.objects.get(pk=first).status == "final"
    assert assessor.post(final, {"decisions": [first]}, if_match=read["ETag"]).status_code == 412
    assert assessor.post(final, {"decisions": [first]}, if_match=done["ETag"]).status_code == 422
    learner = machine_for(room.seat(1).person)
    assert learner.post(final, {"decisions": [first]}, if_match=done["ETag"]).status_code == 403


def test_an_assessor_is_appointed_once_and_never_a_trainer(room, office, assessor):
    teacher = make_person("bounmy")
    room.cohort.trainers.create(person=teacher)
    make_person("judge")
    path = f"{ROOM}/assessors"
    made = office.post(path, {"person": "judge"}, idempotency_key="k")
    assert (made.status_code, made.json()["assessors"]) == (201, ["judge", room.assessor.reference])
    assert office.post(path, {"person": "judge"}, idempotency_key="k").json() == made.json() == office.get(path).json()
    assert office.post(path, {"person": "bounmy"}, idempotency_key="m").status_code == 409
    assert office.post(path, {"person": "nobody"}, idempotency_key="n").status_code == 404
    assert assessor.post(path, {"person": "judge"}, idempotency_key="o").status_code == 403
    assert Appointment.objects.filter(person__reference="judge").count() == 1


def test_a_sample_is_drawn_once_judged_by_another_and_settled_by_a_third(room, office, assessor):
    make_decision(room.seat(1), room.unit, assessor=make_assessor(room.cohort, "judge"), final_on=None)
    path, sent = f"{ROOM}/samples", {"share": 100, "seed": "June"}
    assert assessor.get(path).status_code == 403
    made = office.post(path, sent, idempotency_key="k")
    assert (made.status_code, made.json()["draws"][0]["seed"]) == (201, "June")
    assert office.post(path, sent, idempotency_key="k").json() == made.json()
    assert (SamplingPlan.objects.count(), office.post(path, sent, idempotency_key="m").status_code) == (1, 409)
    (drawn,) = made.json()["samples"]
    second = {"samples": [drawn["id"]], "second": room.assessor.reference}
    assert office.put(f"{path}/second", second).status_code == 428
    assert office.put(f"{path}/second", second | {"second": "nobody"}, if_match=made["ETag"]).status_code == 422
    assert office.put(f"{path}/second", second | {"second": "judge"}, if_match=made["ETag"]).status_code == 409
    named = office.put(f"{path}/second", second, if_match=made["ETag"])
    assert named.json()["samples"][0]["second"] == room.assessor.reference
    where = f"/samples/{drawn['id']}"
    judged = {"result": "not_yet_competent", "note": "The pads."}
    assert assessor.put(f"{where}/judgement", judged, if_match=assessor.etag(where)).status_code == 204
    tag, settling = office.etag(path), f"{path}/{drawn['id']}/settling"
    assert assessor.put(settling, {"settling": "overturned", "reason": "Mine."}, if_match=tag).status_code == 403
    settled = office.put(settling, {"settling": "overturned", "reason": "The pads were not shown."}, if_match=tag)
    assert settled.json()["samples"][0]["state"] == "settled"
    assert Decision.objects.get().status == "overturned"
    assert (
        office.put(settling, {"settling": "overturned", "reason": "Again."}, if_match=settled["ETag"]).status_code
        == 409
    )


def claim_of(room, office):
    made = office.post(
        f"{ROOM}/learners/1/prior-learning", {"unit": room.unit.code, "claim": "A garage."}, idempotency_key="p"
    )
    return f"/prior-learning/{made.json()['id']}"


def test_prior_learning_is_talked_about_shown_and_recognised(room, office, assessor):
    where = claim_of(room, office)
    photo = picture()
    add_evidence(draft=draft_for(room, photo, "garage.jpg"), content=photo, at=now(), by=room.learner())
    sent = {"note": "His papers of the garage."}
    assert assessor.put(f"{where}/recognition", sent, if_match=assessor.etag(where)).status_code == 409
    assert assessor.put(f"{where}/interview", {"note": "We talked."}).status_code == 428
    talked = assessor.put(f"{where}/interview", {"note": "We talked."}, if_match=assessor.etag(where))
    assert talked.json()["status"] == "interviewed"
    done = assessor.put(f"{where}/recognition", sent, if_match=talked["ETag"])
    assert (done.json()["status"], Decision.objects.get().way) == ("recognised", "prior_learning")
    assert assessor.put(f"{where}/refusal", {"reason": "No."}, if_match=done["ETag"]).status_code == 409


def test_prior_learning_is_declined_with_a_reason_or_taken_back_by_the_learner(room, office, assessor):
    where = claim_of(room, office)
    other = make_person("stranger")
    assert machine_for(other).get(where).status_code == 404
    learner = machine_for(room.seat(1).person)
    assert learner.put(f"{where}/refusal", {"reason": "No."}, if_match=learner.etag(where)).status_code == 403
    back = learner.put(f"{where}/withdrawal", {}, if_match=learner.etag(where))
    assert (back.status_code, back.json()["status"]) == (200, "withdrawn")
    again = office.post(
        f"{ROOM}/learners/1/prior-learning", {"unit": room.unit.code, "claim": "A garage."}, idempotency_key="q"
    )
    where = f"/prior-learning/{again.json()['id']}"
    assert assessor.put(f"{where}/refusal", {"reason": ""}, if_match=assessor.etag(where)).status_code == 422
    declined = assessor.put(f"{where}/refusal", {"reason": "Nothing shows it."}, if_match=assessor.etag(where))
    assert declined.json()["status"] == "declined"


def test_an_appeal_is_taken_back_and_a_draft_of_a_scheme_thrown_away(room, office):
    room.final(room.record(result="not_yet_competent", evidence_note="Pads.", decided_on=today()), on=today())
    learner = machine_for(room.seat(1).person)
    decision = learner.get("/decisions").json()["rows"][0]["id"]
    made = learner.post(f"/decisions/{decision}/appeal", {"grounds": "Nobody looked."}, idempotency_key="a").json()
    where = f"/appeals/{made['reference']}"
    assert learner.put(f"{where}/withdrawal", {}).status_code == 428
    assert learner.put(f"{where}/withdrawal", {}, if_match=learner.etag(where)).json()["status"] == "withdrawn"
    assert learner.put(f"{where}/withdrawal", {}, if_match=learner.etag(where)).status_code == 409
    standing, draft = make_scheme(room.unit), make_scheme(room.unit, published_on=None)
    assert office.delete(f"/schemes/{draft.pk}").status_code == 428
    assert office.delete(f"/schemes/{draft.pk}", if_match=office.etag(f"/schemes/{draft.pk}")).status_code == 204
    kept = f"/schemes/{standing.pk}"
    assert office.delete(kept, if_match=office.etag(kept)).status_code == 409
    assert list(Scheme.objects.all()) == [standing]
