"""A consent on paper is written down with its scan, its day and the language it stood in; the person agrees by themself on the page alone."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corridor.foundations.documents.models import Document
from corridor.journeys.erase_person import erase_person
from corridor.rooms.credentials.personal_data import SignedTexts
from corridor.rooms.people.models import Consent
from corridor.rooms.people.queries import has_consent
from corridor.rooms.training.models import Enrolment
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.applications import AT, PDF
from tests.factories.people import make_person, make_purpose
from tests.factories.training import make_cohort, make_enrolment
from tests.web.people_at_work import make_colleague, manager_of
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAPER = "/people/khamla/consents/follow_up/paper/"


@pytest.fixture
def purpose():
    return make_purpose("follow_up", en="We may ask how you are doing.", lo="ພວກເຮົາອາດຈະຖາມ.")


@pytest.fixture
def khamla(purpose):
    person = make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo")
    return make_enrolment(make_cohort(), person=person).person


@pytest.fixture
def secretariat():
    return browser_of("secretariat")


def send(browser, purpose, *, language="lo", signed_on="2024-01-15", content=PDF, name="consent.pdf"):
    sent = {"text": str(purpose.texts.get(language=language).pk), "signed_on": signed_on}
    return browser.post(PAPER, sent | {"scan": SimpleUploadedFile(name, content)})


def test_the_receipt_has_the_day_the_language_and_the_scan(khamla, purpose, secretariat):
    assert send(secretariat, purpose)["Location"] == "/people/khamla/consents/"
    receipt = Consent.objects.get()
    assert (receipt.given_at.date(), receipt.text.language, receipt.taking) == (date(2024, 1, 15), "lo", "paper")
    assert (receipt.document.kind, receipt.document.language) == ("consent", "lo")
    assert not has_consent(person=khamla, purpose="follow_up", on=date(2024, 1, 14), by=NIGHTLY)
    assert has_consent(person=khamla, purpose="follow_up", on=date(2024, 1, 15), by=NIGHTLY)
    page = text_of(secretariat.get("/people/khamla/consents/"))
    assert f"/people/khamla/consents/{receipt.pk}/file/" in page
    file = secretariat.get(f"/people/khamla/consents/{receipt.pk}/file/")
    assert file.content == PDF and file["Content-Type"] == "application/pdf"


def test_the_manager_of_the_site_keeps_a_paper_too_and_others_open_none(khamla, purpose):
    site = Enrolment.objects.get(person=khamla).cohort.site
    assert send(manager_of(site), purpose).status_code == 302
    address = f"/people/khamla/consents/{Consent.objects.get().pk}/file/"
    for role in ("auditor", "council"):
        assert browser_of(role).get(address).status_code == 404
        assert browser_of(role).get(PAPER).status_code == 404


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"signed_on": "2024-03-01"}, "is still to come"),
        ({"signed_on": "2022-01-01"}, "was first shown on"),
        ({"content": b"<html></html>", "name": "consent.pdf"}, "The file is not what its name says"),
    ],
    ids=["to-come", "before-the-sentence", "no-pdf"],
)
def test_a_paper_that_cannot_be_is_refused_and_nothing_is_kept(khamla, purpose, secretariat, given, said):
    refused = send(secretariat, purpose, **given)
    assert refused.status_code == 422 and said in text_of(refused)
    assert not Consent.objects.exists() and not Document.objects.exists()


def test_without_a_scan_nothing_is_written(khamla, purpose, secretariat):
    answer = secretariat.post(PAPER, {"text": str(purpose.texts.first().pk), "signed_on": "2024-01-15"})
    assert answer.status_code == 422 and not Consent.objects.exists()
    button = secretariat.post("/people/khamla/consents/", {"purpose": "follow_up", "do": "give"})
    assert button["Location"] == PAPER and not Consent.objects.exists()


def test_the_person_agrees_on_the_page_and_reads_the_own_paper(purpose):
    person, browser = make_colleague("khamla")
    assert browser.get(PAPER)["Location"] == "/people/khamla/consents/"
    send(browser_of("secretariat"), purpose)
    assert browser.get(f"/people/khamla/consents/{Consent.objects.get(person=person).pk}/file/").content == PDF
    assert Consent.objects.get().document.reference in text_of(browser.get("/my-data/"))


def test_an_erasure_takes_the_paper_and_leaves_the_receipt(khamla, purpose, secretariat):
    send(secretariat, purpose)
    erase_person(
        person=khamla,
        confirmed="khamla",
        reason="Asked",
        at=AT,
        by=make_actor("secretariat"),
        signed_texts=SignedTexts.KEEP,
    )
    assert Consent.objects.get().document is None and not Document.objects.exists()
