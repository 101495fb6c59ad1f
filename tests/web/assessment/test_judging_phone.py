"""What an assessor's phone asks of the server: whom they may judge and nobody else, pieces of files in any order, and the inbox."""

import json
from base64 import b64encode
from errno import ENOSPC
from hashlib import sha256

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corridor.foundations.access import NIGHTLY
from corridor.foundations.clock import now, today
from corridor.foundations.journal.models import Conflict
from corridor.rooms.assessment.actions import assign_second, draw_sample
from corridor.rooms.assessment.models import Decision, Evidence, EvidencePiece, Sample, Sitting
from corridor.rooms.assessment.pieces import PIECE_BYTES
from tests.factories.actors import make_user
from tests.factories.assessment import all_met, make_assessor, make_decision, make_scheme
from tests.factories.capability import make_licence
from tests.factories.judging_phones import Yard
from tests.factories.members import make_seat
from tests.factories.odd_films import make_film
from tests.factories.people import make_person
from tests.factories.site_years import picture
from tests.factories.training import make_cohort, make_enrolment
from tests.web.people_at_work import sign_in
from tests.web.readers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DATA, BYTES = "/judging/phone/data/", "application/octet-stream"


@pytest.fixture
def yard():
    return Yard()


@pytest.fixture
def assessor(yard):
    return sign_in(yard.assessor.user)


@pytest.fixture
def secretariat():
    user = make_user("li-na")
    make_seat(user, "secretariat")
    return sign_in(user)


def carried(assessor: Client, **more) -> dict:
    return assessor.get(DATA, **more).json()


def unit_of(told: dict, yard: Yard) -> dict:
    return next(each for each in told["units"] if each["unit"] == str(yard.unit.pk))


def test_the_page_that_a_browser_keeps_names_nobody(yard, assessor):
    page = text_of(assessor.get("/judging/phone/"))
    for place in yard.cohort.enrolments.all():
        assert place.person.names.first().full_name not in page
    assert "somphone" not in page


def test_the_data_hold_the_own_learners_with_the_scheme_in_the_readers_language(yard, assessor):
    scheme = make_scheme(yard.unit, signing="learner")
    make_cohort("COH-OTHER", learners=2)
    assessor.cookies["language"] = "lo"
    answer = assessor.get(DATA)
    told = answer.json()
    assert list(told["cohorts"]) == ["COH-2023-041"]
    assert len(told["cohorts"]["COH-2023-041"]["names"]) == 3
    found = told["schemes"][str(scheme.pk)]
    assert [(each["code"], each["weight"], each["part"], each["part_language"]) for each in found["criteria"]] == [
        ("1.1", "critical", "ກວດເບຣກ", "lo"), ("1.2", "required", "ກວດເບຣກ", "lo"), ("1.3", "optional", "ກວດເບຣກ", "lo"),
    ]  # fmt: skip
    assert found["signers"] == ["assessor", "learner"]
    assert assessor.get(DATA, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_somebody_who_assesses_nothing_carries_nobody(yard, secretariat):
    told = carried(secretariat)
    assert (told["units"], told["cohorts"]) == ([], {})
    assert "Nobody waits for your judgement" in text_of(secretariat.get("/judging/"))


def test_forty_learners_cost_as_many_statements_as_three(yard, assessor):
    make_scheme(yard.unit, test=True)
    assessor.get(DATA)
    with CaptureQueriesContext(connection) as few:
        assessor.get(DATA)
    for number in range(4, 14):
        make_enrolment(yard.cohort, number=number)
    with CaptureQueriesContext(connection) as many:
        assert len(unit_of(carried(assessor), yard)["cases"]) == 13
    assert len(many) == len(few)


def test_what_others_decided_is_not_carried_and_what_one_may_change_is(yard, assessor):
    other = make_assessor(yard.cohort, "nimali")
    make_decision(yard.seat(1), yard.unit, assessor=other, final_on=None)
    mine = make_decision(yard.seat(2), yard.unit, assessor=yard.assessor, final_on=None)
    make_decision(yard.seat(3), yard.unit, assessor=other, result="not_yet_competent")
    cases = {each["place"]: each for each in unit_of(carried(assessor), yard)["cases"]}
    assert {key: (each["attempt"], (each["decision"] or {}).get("id")) for key, each in cases.items()} == {
        str(yard.seat(2).pk): (1, str(mine.pk)), str(yard.seat(3).pk): (2, None),
    }  # fmt: skip


def test_what_one_is_to_judge_a_second_time_is_not_told(yard, assessor):
    other = make_assessor(yard.cohort, "nimali")
    make_decision(yard.seat(1), yard.unit, assessor=other, final_on=None)
    draw_sample(cohort=yard.cohort, share=100, least=1, seed="June", on=today(), by=NIGHTLY)
    assign_second(samples=list(Sample.objects.all()), second=yard.assessor, on=today(), by=NIGHTLY)
    assert str(yard.seat(1).pk) not in {each["place"] for each in unit_of(carried(assessor), yard)["cases"]}


def test_what_stands_in_the_way_that_day_is_told_and_who_is_called(yard, assessor):
    make_licence(make_person("another"), yard.unit)
    sitting = Sitting.objects.create(cohort=yard.cohort, unit=yard.unit, held_on=today(), assessor=yard.assessor)
    sitting.called.create(enrolment=yard.seat(2))
    unit = unit_of(carried(assessor), yard)
    assert unit["lacks"] == ["You hold no licence for this unit on this day."]
    assert (len(unit["called_on"]), unit["called"]) == (1, [str(yard.seat(2).pk)])
    assert yard.unit.code in text_of(assessor.get("/judging/"))


def test_a_film_arrives_in_pieces_whatever_the_line_does_to_them(yard, assessor):
    film = make_film(b"x" * PIECE_BYTES)
    told = yard.tell_of_file(1, content=film, file_name="film.mp4")
    yard.phone.send(at=now())
    at = f"/judging/phone/evidence/{told['payload']['evidence']}/"
    assert assessor.get(at).json()["missing"] == [0, 1]

    def send(number: int, content: bytes, of: bytes | None = None):
        named = {"X-Piece-SHA256": sha256(content if of is None else of).hexdigest()}
        return assessor.post(f"{at}{number}/", content, content_type=BYTES, headers=named)

    half = send(1, film[PIECE_BYTES:-10], of=film[PIECE_BYTES:])
    assert (half.status_code, half.json()["code"]) == (422, "BadInput")
    assert "arrived in part" in half.json()["message"]
    assert send(1, film[PIECE_BYTES:]).json()["missing"] == [0]
    assert send(1, film[PIECE_BYTES:]).json()["missing"] == [0]
    assert Decision.objects.count() == 0
    assert send(0, film[:PIECE_BYTES]).json()["missing"] == []
    assert Evidence.objects.get().document is not None
    # The same file under the key of another device is found by what it is.
    elsewhere = assessor.get(f"/judging/phone/evidence/{yard.cohort.pk}/?sha256={sha256(film).hexdigest()}")
    assert elsewhere.json() == {"id": told["payload"]["evidence"], "missing": []}
    assert assessor.get(f"/judging/phone/evidence/{yard.cohort.pk}/").status_code == 404


def test_a_house_whose_disk_is_full_keeps_no_piece_by_halves_and_takes_it_once_there_is_room(
    yard, assessor, monkeypatch
):
    photo = picture()
    told = yard.tell_of_file(1, content=photo)
    yard.phone.send(at=now())
    at = f"/judging/phone/evidence/{told['payload']['evidence']}/"
    named = {"X-Piece-SHA256": sha256(photo).hexdigest()}
    assessor.raise_request_exception = False

    def full(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(FileSystemStorage, "_save", full)
        answer = assessor.post(f"{at}0/", photo, content_type=BYTES, headers=named)
    # Whatever the house says with a 5xx, the phone keeps everything and tries again.
    assert answer.status_code == 500
    assert not EvidencePiece.objects.exists()
    assert Evidence.objects.get().document is None
    assert assessor.get(at).json()["missing"] == [0]
    assert assessor.post(f"{at}0/", photo, content_type=BYTES, headers=named).json()["missing"] == []
    assert Evidence.objects.get().document is not None


def test_a_file_is_nobodys_elses_to_send(yard):
    told = yard.tell_of_file(1)
    yard.phone.send(at=now())
    stranger = make_assessor(make_cohort("COH-OTHER", learners=1), "khamla")
    stranger.user = make_user("khamla")
    stranger.save(update_fields=["user"])
    answer = sign_in(stranger.user).post(
        f"/judging/phone/evidence/{told['payload']['evidence']}/0/", b"x", content_type=BYTES
    )
    assert answer.status_code == 404


def test_a_decision_stands_while_its_photo_is_on_its_way_and_the_page_says_so(yard, assessor):
    scheme = make_scheme(yard.unit)
    yard.tell_of_file(1)
    yard.judge(1, scheme=scheme)
    yard.phone.send(at=now())
    page = text_of(assessor.get(f"/cohorts/COH-2023-041/decisions/{yard.unit.code}/1/"))
    assert "On its way from a device" in page
    assert "It cannot be final yet." in page
    assert Decision.objects.get().status == "assessed"


def test_both_values_stand_in_the_inbox_and_are_decided_on_its_page(yard, assessor, secretariat):
    scheme = make_scheme(yard.unit)
    other = yard.another_phone()
    yard.judge(1, scheme=scheme)
    yard.phone.send(at=now())
    yard.judge(
        1,
        phone=other,
        findings=all_met(scheme, c12="not_met"),
        scheme=scheme,
        result="not_yet_competent",
        note="The pads.",
    )
    other.send(at=now())
    conflict = Conflict.objects.get()
    listed = text_of(secretariat.get("/registers/conflicts/"))
    assert "The learner was decided about meanwhile, and not in the same way." in listed
    page = f"/registers/conflicts/{conflict.pk}/"
    shown = text_of(secretariat.get(page))
    assert all(each in shown for each in ("Not yet competent", "Competent", "The pads.", "The vehicle is secured"))
    # Whose decision stood is told nothing of what another phone brought; whoever brought it knows, and decides nothing.
    assert assessor.get(page).status_code == 404
    assert sign_in(other.user).get(page).status_code == 200
    assert sign_in(other.user).post(page, {"outcome": "brought", "reason": "Mine."}).status_code == 403
    assert secretariat.post(page, {"outcome": "brought", "reason": ""}).status_code == 422
    assert secretariat.post(page, {"outcome": "brought", "reason": "Looked again."}).status_code == 302
    assert list(Decision.objects.order_by("attempt").values_list("status", "result")) == [
        ("overturned", "competent"), ("assessed", "not_yet_competent"),
    ]  # fmt: skip
    assert "Looked again." in text_of(secretariat.get("/registers/conflicts/?state=decided"))


def test_the_phone_hears_what_waits_and_why(yard, assessor):
    yard.judge(1, decided_on="2038-01-19")
    yard.phone.send(at=now())
    (told,) = carried(assessor)["waits"]
    assert (told["place"], told["unit"]) == (str(yard.seat(1).pk), str(yard.unit.pk))
    assert told["why"] == "The phone said a day that is still to come."


def test_a_file_of_a_journal_is_brought_by_who_assesses_with_its_photos(yard, assessor):
    assert assessor.get("/registers/files/").status_code == 200
    photo = picture()
    events = [yard.tell_of_file(1, content=photo), yard.tell_of_file(2, content=b"no picture at all")]
    files = [
        {"device": str(yard.phone.device.pk), "evidence": told["payload"]["evidence"], "sha256": sha256(content).hexdigest(),
         "content": b64encode(content).decode()}
        for told, content in zip(events, (photo, b"no picture at all"), strict=True)
    ]  # fmt: skip
    device = {"id": str(yard.phone.device.pk), "public_key": yard.phone.device.public_key, "user": "somphone"}
    told = {"kind": "corridor-journal", "format": 1, "devices": [device], "events": yard.phone.kept, "files": files}
    sent = SimpleUploadedFile("journal.json", json.dumps(told).encode())
    page = text_of(assessor.post("/registers/files/", {"file": sent}, follow=True))
    assert "1 photo or film came with it." in page
    assert "1 photo or film could not be taken. It stays on its phone" in page
    assert [each.document is not None for each in Evidence.objects.order_by("enrolment__number")] == [True, False]
