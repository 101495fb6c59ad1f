"""The own photo by machine: sent once under its key, read with its version, taken away; nobody else's is to be had."""

from base64 import b64decode
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from corridor.foundations.documents.models import Document
from corridor.rooms.people.models import Consent
from tests.factories.people import make_consent, make_purpose
from tests.factories.site_years import picture
from tests.factories.tokens import machine_of
from tests.web.people_at_work import make_colleague

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_day(settings):
    settings.EXAMPLE_DAY = date(2024, 2, 2)


@pytest.fixture
def noy():
    person, _browser = make_colleague("noy")
    make_consent(person, make_purpose("register_photo", en="Your trainers may see a photo of you."))
    return machine_of(person.user)


def send(machine, key="a", content=None, *, name="me.jpg"):
    file = SimpleUploadedFile(name, picture() if content is None else content)
    return machine.send("/me/photo", {"file": file}, idempotency_key=key)


def test_it_is_sent_once_read_and_taken_away_by_its_version(noy):
    answers = [send(noy) for _time in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[1]["Idempotency-Replayed"] == "true"
    read = noy.get("/me/photo")
    with Image.open(BytesIO(b64decode(read.json()["content"]))) as drawn:
        assert (drawn.format, max(drawn.size) <= 240) == ("JPEG", True)
    assert noy.delete("/me/photo").status_code == 428
    assert noy.delete("/me/photo", if_match='"older"').status_code == 412
    assert noy.delete("/me/photo", if_match=read["ETag"]).status_code == 204
    assert noy.get("/me/photo").status_code == 404
    assert not Document.objects.exists()


def test_what_is_no_photo_or_not_agreed_to_is_refused(noy):
    refused = send(noy, "b", b"%PDF-1.7\n%%EOF", name="me.pdf")
    assert (refused.status_code, "Send a photo: PNG or JPEG." in refused.content.decode()) == (422, True)
    Consent.objects.all().delete()
    assert send(noy, "c").json()["code"] == "ConsentNeeded"
    other, _browser = make_colleague("khamla")
    assert machine_of(other.user).get("/me/photo").status_code == 404
