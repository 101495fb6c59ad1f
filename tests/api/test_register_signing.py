"""Registers signed by machine as they were read, with their guests; their sheets on paper and what is read on a photograph."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.rooms.training.models import Guest, RegisterRule, Session, SheetPhoto
from tests.factories.actors import make_user
from tests.factories.filled_sheets import fill_and_photograph, page_of
from tests.factories.members import make_alliance, make_seat
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort, make_session
from tests.web.people_at_work import make_colleague

pytestmark = pytest.mark.django_db
REGISTER = "/cohorts/COH-1/sessions/1/register"
MARKS = {"1": "present", "2": "late"}


@pytest.fixture(autouse=True)
def _the_day(settings):
    settings.EXAMPLE_DAY = date(2023, 3, 6)


@pytest.fixture
def session():
    make_alliance()
    bounmy, _browser = make_colleague("bounmy")
    return make_session(make_cohort("COH-1", learners=2, trainers=[bounmy]))


@pytest.fixture
def trainer(session):
    return machine_of(session.cohort.trainers.get().person.user)


@pytest.fixture
def office(session):
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


def test_a_register_is_signed_as_it_was_read(trainer, office):
    assert trainer.post(f"{REGISTER}/signature", {}).status_code == 428
    early = trainer.post(f"{REGISTER}/signature", {}, if_match=trainer.etag(REGISTER))
    assert early.status_code == 409
    taken = trainer.put(REGISTER, {"marks": MARKS}, if_match=trainer.etag(REGISTER))
    assert office.post(f"{REGISTER}/signature", {}, if_match=taken["ETag"]).status_code == 403
    signed = trainer.post(f"{REGISTER}/signature", {}, if_match=taken["ETag"])
    assert (signed.status_code, signed.json()["status"]) == (200, "locked")
    assert trainer.post(f"{REGISTER}/signature", {}, if_match=taken["ETag"]).status_code == 412
    assert Session.objects.get().signed_by == "bounmy"


def test_where_the_programme_asks_for_a_second_factor_the_account_has_one(session, trainer):
    RegisterRule.objects.create(programme=session.cohort.programme, sign_with="second_factor")
    taken = trainer.put(REGISTER, {"marks": MARKS}, if_match=trainer.etag(REGISTER))
    refused = trainer.post(f"{REGISTER}/signature", {}, if_match=taken["ETag"])
    assert (refused.status_code, refused.json()["code"]) == (409, "SecondFactorWanted")
    user = session.cohort.trainers.get().person.user
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert trainer.post(f"{REGISTER}/signature", {}, if_match=taken["ETag"]).status_code == 200


def test_guests_stand_until_they_are_taken_back_and_stay_when_nothing_is_said_of_them(trainer):
    named = {"marks": MARKS, "guests": ["Somchai", "A visitor of the company"]}
    taken = trainer.put(REGISTER, named, if_match=trainer.etag(REGISTER))
    assert taken.json()["guests"] == ["A visitor of the company", "Somchai"]
    again = trainer.put(REGISTER, {"marks": MARKS}, if_match=taken["ETag"])
    assert len(again.json()["guests"]) == 2
    fewer = trainer.put(REGISTER, {"marks": MARKS, "guests": ["Somchai"]}, if_match=again["ETag"])
    assert fewer.json()["guests"] == ["Somchai"]
    gone = Guest.objects.get(taken_back_at__isnull=False)
    assert (gone.name, gone.taken_back_by) == ("A visitor of the company", "bounmy")
    signed = trainer.post(f"{REGISTER}/signature", {}, if_match=fewer["ETag"])
    late = trainer.put(REGISTER, {"marks": MARKS, "guests": []}, if_match=signed["ETag"])
    assert (late.status_code, trainer.get(REGISTER).json()["guests"]) == (409, ["Somchai"])


def test_sheets_are_printed_for_a_session_and_for_a_week(trainer, visitor):
    for path in (f"{REGISTER}/sheet", "/cohorts/COH-1/register-sheets?on=2023-03-08"):
        answer = trainer.get(path)
        assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
        assert visitor.get(path).status_code == 401
    assert trainer.get("/cohorts/COH-1/register-sheets?on=2023-05-01").status_code == 404


def test_a_photograph_is_kept_once_and_only_proposes(trainer, office):
    filled = fill_and_photograph(page_of(trainer.get(f"{REGISTER}/sheet").content), rows=2, seed=5)

    def sent(content=filled.photo):
        return {"photo": SimpleUploadedFile("sheet.jpg", content, content_type="image/jpeg")}

    read = trainer.send(f"{REGISTER}/photos", sent(), idempotency_key="p1")
    again = trainer.send(f"{REGISTER}/photos", sent(), idempotency_key="p1")
    assert (read.status_code, again.json(), SheetPhoto.objects.count()) == (201, read.json(), 1)
    assert [row["mark"] or "" for row in read.json()["rows"]] == list(filled.truth)
    assert trainer.get(REGISTER).json()["status"] == "planned"
    assert office.send(f"{REGISTER}/photos", sent(), idempotency_key="p2").status_code == 403
    (kept,) = trainer.get(f"{REGISTER}/photos").json()
    assert trainer.get(f"{REGISTER}/photos/{kept['id']}")["ETag"] == f'"{kept["sha256"]}"'
    assert trainer.send(f"{REGISTER}/photos", sent(b"no picture"), idempotency_key="p3").status_code == 422
