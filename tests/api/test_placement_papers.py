"""The contract, the logbook and the mentor's link of a placement, by machine."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.rooms.training.models import LogbookEntry, MentorLink, Placement
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_seat
from tests.factories.placements import make_placement
from tests.factories.site_years import picture
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
WHERE = "/placements/PLC-2023-0001"


@pytest.fixture
def placement(settings):
    make_alliance()
    made = make_placement(make_cohort("COH-1", learners=2).enrolments.get(number=1))
    settings.EXAMPLE_DAY = made.starts_on
    return made


@pytest.fixture
def office(placement):
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def learner(placement):
    person = placement.enrolment.person
    person.user = make_user("learner")
    person.save()
    return machine_of(person.user)


def paper(content=None, name="contract.jpg"):
    return {"contract": SimpleUploadedFile(name, content or picture(), content_type="image/jpeg")}


def test_a_contract_is_filed_once_and_read_by_those_who_see_the_placement(office, learner):
    assert office.get(f"{WHERE}/contract").status_code == 404
    filed = office.send(f"{WHERE}/contract", paper(), idempotency_key="c")
    assert (filed.status_code, filed.json()["contract"]["file_name"]) == (201, "contract.jpg")
    assert office.send(f"{WHERE}/contract", paper(), idempotency_key="c").json() == filed.json()
    assert learner.get(f"{WHERE}/contract")["ETag"] == f'"{filed.json()["contract"]["sha256"]}"'
    assert learner.send(f"{WHERE}/contract", paper(), idempotency_key="l").status_code == 403
    assert office.send(f"{WHERE}/contract", paper(b"words", "contract.txt"), idempotency_key="t").status_code == 422
    assert office.send("/placements/PLC-2023-0099/contract", paper(), idempotency_key="n").status_code == 404


def test_a_day_of_the_logbook_is_written_by_the_learner_over_what_was_read(placement, office, learner):
    day = f"{WHERE}/logbook/{placement.starts_on}"
    sent = {"minutes": 480, "text": "Set the lamps of a lorry."}
    assert learner.put(day, sent).status_code == 428
    tag = learner.etag(f"{WHERE}/logbook")
    written = learner.put(day, sent, if_match=tag)
    assert [each["minutes"] for each in written.json()["days"]] == [480]
    assert learner.put(day, sent | {"minutes": 60}, if_match=tag).status_code == 412
    again = learner.put(day, sent | {"minutes": 60}, if_match=written["ETag"])
    assert ([each["minutes"] for each in again.json()["days"]], LogbookEntry.objects.count()) == ([60], 1)
    assert learner.put(day, sent | {"task": 19}, if_match=again["ETag"]).status_code == 422
    assert learner.put(f"{WHERE}/logbook/2020-01-06", sent, if_match=again["ETag"]).status_code == 422
    assert office.put(day, sent, if_match=again["ETag"]).status_code == 403


def test_the_mentor_is_sent_a_link_whose_address_is_in_the_letter_alone(office, learner):
    Placement.objects.update(mentor_email="mentor@mekong.example")
    assert office.get(f"{WHERE}/mentor-link").status_code == 404
    made = office.post(f"{WHERE}/mentor-link", {}, idempotency_key="k")
    assert office.post(f"{WHERE}/mentor-link", {}, idempotency_key="k").json() == made.json()
    assert (made.status_code, set(made.json()), MentorLink.objects.count()) == (
        201, {"placement", "made_at", "expires_at"}, 1,
    )  # fmt: skip
    assert learner.get(f"{WHERE}/mentor-link").status_code == 404
    assert learner.post(f"{WHERE}/mentor-link", {}, idempotency_key="l").status_code == 403
    assert office.delete(f"{WHERE}/mentor-link").status_code == 428
    assert office.delete(f"{WHERE}/mentor-link", if_match=made["ETag"]).status_code == 204
    assert MentorLink.objects.get().ended_at is not None
    Placement.objects.update(mentor_email="")
    assert office.post(f"{WHERE}/mentor-link", {}, idempotency_key="m").status_code == 422
