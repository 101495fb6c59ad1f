"""A holder without an account asks by the link to the certificate to put something right in it."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from corridor.foundations import clock
from corridor.journeys.correct_certificate import ask_correction
from corridor.kernel.errors import AccessDenied
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.models import AskedCorrection, Credential, LinkWay
from corridor.rooms.people.models import RightsRequest
from corridor.rooms.people.queries.rights import own_requests
from tests.factories.actors import VISITOR, make_actor
from tests.rooms.credentials.holders.people import AT, counted, graduate
from tests.rooms.credentials.holders.test_holder_links import make, opened
from tests.web.readers import browser_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def credential() -> Credential:
    return graduate(email="")


@pytest.fixture
def by_link(credential, client: Client, settings) -> Client:
    """Her browser, which has used the sheet that was handed to her; she reads English."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    made = make(credential, LinkWay.PAPER, at=clock.now())
    assert client.post(f"/claim/{made.secret}/").status_code == 302
    return client


def asked(browser: Client, credential: Credential, **more):
    sent = {"should_be": "Khamla Sisavath", "words": "One letter is missing.", **more}
    return browser.post(f"/my-certificates/{credential.reference}/correct/", sent, follow=True)


def test_she_asks_without_an_account_and_who_answers_sees_that_nobody_signed_in(credential, by_link):
    page = text_of(by_link.get(f"/my-certificates/{credential.reference}/"))
    assert f"/my-certificates/{credential.reference}/correct/" in page
    assert "You came by a link" in text_of(by_link.get(f"/my-certificates/{credential.reference}/correct/"))
    picture = BytesIO()
    Image.new("RGB", (40, 40), "white").save(picture, "PNG")
    shown = asked(by_link, credential, file=SimpleUploadedFile("passport.png", picture.getvalue(), "image/png"))
    request = RightsRequest.objects.get()
    assert request.reference in text_of(shown) and request.evidence is not None
    assert AskedCorrection.objects.get().link is not None
    office = browser_of("secretariat")
    page = text_of(office.get(f"/requests/{request.reference}/"))
    assert credential.reference in page and "Nobody signed in" in page and "passport.png" in page
    office.post(f"/requests/{request.reference}/", {"step": "replace", "answer": "You are right."})
    assert "You are right." in text_of(by_link.get(f"/my-certificates/{credential.reference}/"))
    assert Credential.objects.filter(replaces=credential).exists()


def test_a_file_is_not_needed_and_what_it_should_say_is(credential, by_link):
    assert asked(by_link, credential, should_be=" ").status_code == 422
    assert asked(by_link, credential).status_code == 200 and RightsRequest.objects.get().evidence is None


def test_only_so_often_in_a_day_also_with_a_new_link(credential, by_link, settings, client):
    settings.CACHES = counted("corrections-by-link")
    for _ in range(5):
        assert asked(by_link, credential).status_code == 200
    assert asked(by_link, credential).status_code == 429
    client.post(f"/claim/{make(credential, LinkWay.PAPER, at=clock.now()).secret}/")
    refused = asked(client, credential)
    assert refused.status_code == 429 and "Too many attempts" in text_of(refused)
    assert RightsRequest.objects.count() == 5


def test_a_link_opens_no_other_right_over_the_record(credential):
    _link, holder = actions.come_back(key=opened(credential).pk, at=AT, by=VISITOR)
    assert list(own_requests(by=holder)) == []
    other = graduate(reference="COH-2023-042", email="")
    with pytest.raises(AccessDenied):
        ask_correction(credential=other, should_be="Noy", on=AT.date(), at=AT, by=holder)
    for by in (VISITOR, make_actor("trainer")):
        with pytest.raises(AccessDenied):
            ask_correction(credential=credential, should_be="Noy", on=AT.date(), at=AT, by=by)


def test_a_link_that_ended_asks_nothing(credential, by_link):
    make(credential, LinkWay.PAPER, at=clock.now())
    answer = by_link.post(f"/my-certificates/{credential.reference}/correct/", {"should_be": "Noy"})
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
    assert not RightsRequest.objects.exists()
