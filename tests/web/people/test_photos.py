"""A photo of a learner: by consent alone, small, bare, seen by the trainers of where they learn now, and gone as soon as somebody does not agree."""

import json
from base64 import b64decode
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from corridor.foundations.documents.models import Document
from corridor.journeys.erase_person import erase_person
from corridor.journeys.tell_my_data import make_export, open_export
from corridor.rooms.credentials.personal_data import SignedTexts
from corridor.rooms.people.actions import merge_person
from corridor.rooms.people.models import Consent, PersonPhoto
from corridor.rooms.training.actions.enrolling import EnrolmentStep, move_enrolments
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Enrolment
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.people import make_consent, make_person, make_purpose
from tests.factories.training import make_cohort, make_enrolment, make_session
from tests.web.people_at_work import make_colleague, manager_of
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "_store")]
ON, AT = date(2024, 2, 2), datetime(2024, 2, 2, 3, tzinfo=UTC)
PHOTO, FILE, SEAT = "/people/noy/photo/", "/people/noy/photo/file/", "/cohorts/COH-1/photos/1/"
REGISTER = "/cohorts/COH-1/sessions/1/"


@pytest.fixture
def _store(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def snapshot(size=(1200, 900), form="JPEG") -> bytes:
    """What a phone takes: large, and it says where."""
    noise = Image.effect_noise(size, 90).convert("RGB")
    said = Image.Exif()
    said[0x010E] = "Ban Nongbone 17"
    made = BytesIO()
    noise.save(made, form, exif=said)
    return made.getvalue()


@pytest.fixture
def purpose():
    return make_purpose("register_photo", en="Your trainers may see a photo of you.")


@pytest.fixture
def trainer():
    return make_colleague("bounmy")


@pytest.fixture
def learner(trainer, purpose):
    noy, browser = make_colleague("noy")
    cohort = make_cohort("COH-1", trainers=[trainer[0]])
    make_enrolment(cohort, number=1, person=noy)
    make_session(cohort, on=ON)
    make_consent(noy, purpose)
    return noy, browser


def send(browser, content=None, *, name="me.jpg"):
    return browser.post(PHOTO, {"photo": SimpleUploadedFile(name, snapshot() if content is None else content)})


def noy_place(noy):
    return Enrolment.objects.get(person=noy)


def test_it_is_kept_small_and_bare_and_seen_by_oneself_and_the_trainers(learner, trainer):
    own = learner[1]
    assert send(own)["Location"] == PHOTO
    kept = own.get(FILE)
    with Image.open(BytesIO(kept.content)) as picture:
        assert (picture.format, max(picture.size) <= 240, dict(picture.getexif())) == ("JPEG", True, {})
    assert len(kept.content) <= 15_000 and b"Nongbone" not in kept.content
    assert "no-store" in kept["Cache-Control"]
    document = Document.objects.get()
    assert (document.visibility, document.title) == ("with_record", "noy")
    assert browser_of("secretariat").get(f"/documents/{document.reference}/").status_code == 404
    assert trainer[1].get(SEAT).content == kept.content


def test_nobody_else_sees_it(learner, trainer):
    own = learner[1]
    send(own)
    other, elsewhere = make_colleague("khamla")
    make_cohort("COH-2", trainers=[other])
    for browser in (elsewhere, browser_of("secretariat"), browser_of("auditor")):
        assert browser.get(SEAT).status_code == 404
        assert browser.get(FILE).status_code == 404
    # The learner's own seat is no way to it either: it stands on the own page.
    assert own.get(SEAT).status_code == 404


def test_it_is_shown_on_the_register_when_the_trainer_wants_it(learner, trainer):
    send(learner[1])
    assert SEAT not in text_of(trainer[1].get(REGISTER))
    assert SEAT in text_of(trainer[1].get(f"{REGISTER}?photos=yes"))
    asked = trainer[1].get("/registers/phone/photos/")
    (content,) = json.loads(asked.content)["photos"].values()
    assert b64decode(content) == trainer[1].get(SEAT).content
    assert trainer[1].get("/registers/phone/photos/", headers={"If-None-Match": asked["ETag"]}).status_code == 304


def test_when_the_consent_is_taken_back_it_is_gone_at_once_everywhere(
    learner, trainer, django_capture_on_commit_callbacks
):
    own = learner[1]
    send(own)
    name = Document.objects.get().stored_as
    assert default_storage.exists(name)
    asked = trainer[1].get("/registers/phone/photos/")
    with django_capture_on_commit_callbacks(execute=True):
        own.post("/people/noy/consents/", {"purpose": "register_photo", "do": "withdraw"})
    assert not PersonPhoto.objects.exists()
    assert not Document.objects.exists()
    assert [browser.get(path).status_code for browser, path in ((own, FILE), (trainer[1], SEAT))] == [404, 404]
    told = trainer[1].get("/registers/phone/photos/", headers={"If-None-Match": asked["ETag"]})
    assert json.loads(told.content) == {"photos": {}}
    assert not default_storage.exists(name)
    assert "Agree first that a photo is shown" in text_of(own.get(PHOTO))
    assert send(own).status_code == 409
    assert not PersonPhoto.objects.exists()


def test_who_has_left_the_cohort_is_not_seen_there_any_more(learner, trainer):
    noy, own = learner
    send(own)
    place = noy_place(noy)
    move_enrolments(
        steps=[EnrolmentStep(enrolment=place, to=EnrolmentStatus.WITHDREW, on=ON, reason="Moved away")], by=NIGHTLY
    )
    assert trainer[1].get(SEAT).status_code == 404
    assert own.get(FILE).status_code == 200


def test_the_manager_of_the_site_puts_it_by_the_consent_on_paper_and_does_not_see_it(learner):
    noy, own = learner
    manager = manager_of(noy_place(noy).cohort.site)
    assert send(manager).status_code == 302
    assert PersonPhoto.objects.get().kept_by == "bounthan"
    assert manager.get(FILE).status_code == 404
    page = text_of(manager.get(PHOTO))
    assert "The photo that is kept" in page and FILE not in page
    assert manager.post(PHOTO, {"do": "take_away"}).status_code == 302
    assert own.get(FILE).status_code == 404


def test_without_a_consent_nothing_is_kept(learner):
    own = learner[1]
    Consent.objects.all().delete()
    assert send(own).status_code == 409
    assert "Agree first" in text_of(own.get(PHOTO))
    assert not Document.objects.exists()


def test_where_the_purpose_has_ended_or_was_never_written_down_nobody_is_shown_or_asked(learner, trainer, purpose):
    own = learner[1]
    send(own)
    purpose.ended_on = ON
    purpose.save()
    assert trainer[1].get(SEAT).status_code == 404
    assert send(own).status_code == 409
    assert "No photo can be kept yet" in text_of(own.get(PHOTO))


def test_no_other_ground_than_a_consent_is_enough(learner, purpose):
    own = learner[1]
    Consent.objects.all().delete()
    purpose.legal_basis = "interest"
    purpose.save()
    assert send(own).status_code == 409


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("me.pdf", b"%PDF-1.7\n%%EOF", "Send a photo: PNG or JPEG."),
        ("me.jpg", b"\xff\xd8\xff\xe0" + b"half of it", "The picture is damaged"),
        ("me.jpg", b"<script>alert(1)</script>", ""),
    ],
    ids=["a-paper", "damaged", "no-picture"],
)
def test_what_is_no_photo_is_refused_and_the_one_before_stays(learner, name, content, said):
    own = learner[1]
    send(own)
    before = own.get(FILE).content
    answer = send(own, content, name=name)
    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert own.get(FILE).content == before


def test_a_new_one_leaves_nothing_of_the_one_before_and_a_transparent_picture_is_taken(learner):
    own = learner[1]
    send(own)
    first = Document.objects.get()
    made = BytesIO()
    Image.new("RGBA", (30, 40), (200, 30, 30, 90)).save(made, "PNG")
    assert send(own, made.getvalue(), name="me.png").status_code == 302
    assert Document.objects.get() != first


def test_it_goes_with_the_person_and_with_the_own_data(learner, trainer):
    noy, own = learner
    send(own)
    by = make_actor("learner", ("person", noy.pk), label="noy", person=noy)
    export = make_export(person=noy, language="en", at=AT, by=by)
    files = ZipFile(BytesIO(open_export(key=export.pk, at=AT, by=by)))
    reference = Document.objects.get().reference
    assert files.read(f"files/{reference}.jpg") == own.get(FILE).content
    (part,) = [each for each in json.loads(files.read("my-data.json"))["parts"] if each["code"] == "photo"]
    assert [row["file"] for row in part["rows"]] == [reference]
    assert part["on_erasure"] == "goes"
    erase_person(
        person=noy,
        confirmed="noy",
        reason="Asked",
        signed_texts=SignedTexts.FORGET,
        at=AT,
        by=make_actor("secretariat"),
    )
    assert not PersonPhoto.objects.exists()
    assert not Document.objects.filter(reference=reference).exists()
    assert trainer[1].get(SEAT).status_code == 404


def test_of_two_records_of_one_human_being_the_consent_and_the_photo_are_found_by_either(learner, trainer):
    noy, own = learner
    send(own)
    stays = make_person("noy-2")
    merge_person(person=stays, into=noy, at=AT, reason="The same papers", by=make_actor("secretariat"))
    assert trainer[1].get(SEAT).status_code == 200
