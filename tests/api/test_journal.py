"""The journal for machines: the same events, the same answers, and decisions that name the version they decide about."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.foundations.journal.models import Conflict, Device, Event
from corridor.kernel.identifiers import new_id
from corridor.rooms.assessment.models import Decision
from tests.factories.actors import make_user
from tests.factories.devices import Phone
from tests.factories.judging_phones import THAT_DAY, Yard
from tests.factories.members import make_seat
from tests.factories.people import make_person
from tests.factories.tokens import Machine, machine_of
from tests.factories.training import make_cohort, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session(make_cohort(learners=2, trainers=[make_person("bounmy", user=make_user("bounmy"))]))


@pytest.fixture
def trainer(session) -> Machine:
    return machine_of(make_user("bounmy"))


@pytest.fixture
def manager(session) -> Machine:
    user = make_user("somchai")
    session.cohort.site.posts.create(user=user, held_from=session.cohort.starts_on)
    return machine_of(user)


def batch_of(phone):
    return {"format": 1, "device": str(phone.device.pk), "oldest": 1, "events": phone.kept}


def test_a_device_is_registered_once_and_its_events_are_appended_once(session, trainer):
    phone = Phone.of(make_user("bounmy"))
    again = trainer.post(
        "/journal/devices", {"id": str(phone.device.pk), "name": "Phone", "public_key": phone.device.public_key}
    )
    assert again.status_code == 200
    assert Device.objects.count() == 1
    phone.mark(session, dict.fromkeys(session.cohort.enrolments.all(), "present"))
    answers = [trainer.post("/journal/batches", batch_of(phone)).json() for _ in range(2)]
    assert [each["last"] for each in answers] == [1, 1]
    assert answers[0]["kept"] == answers[1]["kept"] == [phone.kept[0]["id"]]
    assert Event.objects.count() == 1


def test_a_batch_of_another_form_is_refused_in_words(trainer):
    answer = trainer.post("/journal/batches", {"format": 9, "device": str(new_id()), "events": []})
    assert (answer.status_code, answer.json()["code"]) == (409, "AppIsTooOld")


def test_a_batch_of_somebody_elses_device_is_not_found(trainer):
    phone = Phone.of(make_user("khamla"))
    assert trainer.post("/journal/batches", batch_of(phone)).status_code == 404


def test_a_manager_decides_by_naming_the_version_that_was_read(session, trainer, manager):
    phone = Phone.of(make_user("bounmy"))
    phone.mark(session, {session.cohort.enrolments.get(number=1): "absent"}, held_on=session.held_on.replace(day=7))
    trainer.post("/journal/batches", batch_of(phone))
    (listed,) = manager.get("/journal/conflicts").json()["rows"]
    assert (listed["reason"], listed["seat"], listed["brought"]["mark"], listed["standing"]) == (
        "moved",
        1,
        "absent",
        None,
    )
    path, sent = f"/journal/conflicts/{listed['id']}", {"outcome": "brought", "reason": "It was moved by telephone."}
    assert manager.put(f"{path}/decision", sent).status_code == 428
    tag = manager.etag(path)
    assert trainer.put(f"{path}/decision", sent, if_match=trainer.etag(path)).status_code == 403
    decided = manager.put(f"{path}/decision", sent, if_match=tag)
    assert (decided.status_code, decided.json()["outcome"], decided.json()["decided_by"]) == (200, "brought", "somchai")
    assert session.marks.get().mark == "absent"
    assert manager.put(f"{path}/decision", sent, if_match=tag).status_code == 412
    assert not Conflict.objects.filter(outcome="waiting").exists()


def test_the_register_of_the_api_knows_minutes_and_remarks(session, trainer):
    path = "/cohorts/COH-2023-041/sessions/1/register"
    sent = {"marks": {"1": "late", "2": "left_early"}, "details": {"1": {"minutes_late": 20, "remark": "The bus."}}}
    answer = trainer.put(path, sent, if_match=trainer.etag(path))
    assert answer.status_code == 200
    assert [(row["mark"], row["minutes_late"], row["remark"]) for row in answer.json()["rows"]] == [
        ("late", 20, "The bus."), ("left_early", None, ""),
    ]  # fmt: skip


def test_two_judgements_that_differ_are_told_and_settled_by_machine():
    yard = Yard()
    other = yard.another_phone()
    yard.judge(1)
    yard.phone.send(at=THAT_DAY)
    yard.judge(1, phone=other, result="not_yet_competent", note="The pads.")
    other.send(at=THAT_DAY)
    user = make_user("li-na")
    make_seat(user, "secretariat")
    secretariat, brought = machine_of(user), machine_of(other.user)
    (listed,) = secretariat.get("/journal/conflicts").json()["rows"]
    assert (listed["reason"], listed["cohort"], listed["seat"], listed["unit"], listed["session"]) == (
        "other_decision", "COH-2023-041", 1, yard.unit.code, None,
    )  # fmt: skip
    assert [(listed[each]["result"], listed[each]["assessor"]) for each in ("decision_standing", "decision_brought")] == [
        ("competent", "somphone"), ("not_yet_competent", "nimali"),
    ]  # fmt: skip
    path, sent = f"/journal/conflicts/{listed['id']}", {"outcome": "brought", "reason": "Both were heard."}
    assert brought.put(f"{path}/decision", sent, if_match=brought.etag(path)).status_code == 403
    decided = secretariat.put(f"{path}/decision", sent, if_match=secretariat.etag(path))
    assert (decided.status_code, decided.json()["outcome"]) == (200, "brought")
    assert list(Decision.objects.order_by("attempt").values_list("status", flat=True)) == ["overturned", "assessed"]


def test_an_own_device_is_taken_off_over_what_was_read_and_nobody_else_s_is_found(session, trainer, manager):
    phone = Phone.of(make_user("bounmy"))
    at = f"/journal/devices/{phone.device.pk}"
    assert [each["id"] for each in trainer.get("/journal/devices").json()] == [str(phone.device.pk)]
    assert (manager.get("/journal/devices").json(), manager.get(at).status_code) == ([], 404)
    assert trainer.put(f"{at}/withdrawal", {}).status_code == 428
    gone = trainer.put(f"{at}/withdrawal", {}, if_match=trainer.etag(at))
    assert (gone.status_code, gone.json()["withdrawn_at"] is not None) == (200, True)


def test_a_journal_goes_out_as_a_file_and_is_taken_in_once(session, trainer, manager):
    phone = Phone.of(make_user("bounmy"))
    phone.mark(session, dict.fromkeys(session.cohort.enrolments.all(), "present"))
    assert trainer.get("/journal/file").status_code == 403
    phone.send()
    given = manager.get("/journal/file")
    assert (given.status_code, given["Content-Type"], len(given.json()["events"])) == (200, "application/json", 1)

    def sent(content):
        return {"file": SimpleUploadedFile("journal.json", content, content_type="application/json")}

    assert trainer.send("/journal/files", sent(given.content)).json() == {
        "held": 1, "new": 0, "other": 0, "files": 0, "files_left": 0,
    }  # fmt: skip
    assert trainer.send("/journal/files", sent(b"{}")).status_code == 422
    learner = session.cohort.enrolments.get(number=1).person
    learner.user = make_user("noi")
    learner.save()
    assert machine_of(learner.user).send("/journal/files", sent(given.content)).status_code == 403
