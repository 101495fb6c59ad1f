"""The page of a certificate says whose it is where the holder agrees; that it is genuine it says to everybody."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corridor.rooms.people import actions as people
from corridor.rooms.people.models import Purpose, Taking
from tests.factories.actors import NIGHTLY, make_user
from tests.factories.credentials import make_credential
from tests.factories.members import make_seat
from tests.factories.people import make_purpose
from tests.web.people_at_work import manager_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def purpose():
    return make_purpose("certificate_page")


@pytest.fixture
def credential(purpose):
    return make_credential()


@pytest.fixture
def names(credential):
    return [each.full_name for each in credential.enrolment.person.names.all()]


def pages(client, credential):
    page = client.get(f"/c/{credential.token}/")
    verdict = client.get(f"/c/{credential.token}/verify/")
    assert page.status_code == verdict.status_code == 200
    return page.content.decode(), verdict.content.decode()


def agree(credential, purpose):
    draft = people.ConsentDraft(
        person=credential.enrolment.person,
        text=purpose.texts.get(),
        given_at=datetime(2023, 7, 11, tzinfo=UTC),
        taking=Taking.PAPER,
    )
    people.give_consent(draft=draft, by=NIGHTLY)


def test_without_consent_a_visitor_sees_that_it_is_genuine_and_not_whose_it_is(client, credential, names):
    page, verdict = pages(client, credential)
    for name in names:
        assert name not in page and name not in verdict
    assert credential.reference in page and "The holder is not named here" in page
    assert "Genuine and in force" in verdict and "to its holder on" in verdict
    assert "certificate.pdf" not in page


@pytest.mark.parametrize("file", ["credential.json", "certificate.pdf"])
def test_the_files_with_the_name_in_them_are_not_opened_without_consent(client, credential, file):
    answer = client.get(f"/c/{credential.token}/{file}")
    assert answer.status_code == 403
    assert "Ask the holder for the file" in answer.content.decode()


def test_an_address_that_is_pasted_tells_no_more_than_the_page(client, credential, names):
    said = client.post("/verify/", {"text": f"https://alliance.example/c/{credential.token}"}).content.decode()
    assert "Genuine and in force" in said and not any(name in said for name in names)


def test_with_consent_everybody_who_has_the_address_reads_the_name(client, credential, purpose, names):
    agree(credential, purpose)
    page, verdict = pages(client, credential)
    assert all(name in page for name in names) and names[0] in verdict
    assert client.get(f"/c/{credential.token}/credential.json").status_code == 200
    people.withdraw_consent(
        person=credential.enrolment.person, purpose=purpose, at=datetime(2023, 8, 1, tzinfo=UTC), by=NIGHTLY
    )
    assert not any(name in pages(client, credential)[0] for name in names)


def test_where_the_basis_is_another_the_name_stands_there(client, credential, purpose, names):
    Purpose.objects.update(legal_basis="contract")
    assert all(name in pages(client, credential)[0] for name in names)


def test_where_the_purpose_is_not_written_down_nobody_is_named(client, credential, purpose, names):
    purpose.texts.all().delete()
    purpose.delete()
    assert not any(name in pages(client, credential)[0] for name in names)


def test_the_holder_sees_the_own_name_opens_the_files_and_is_told_who_else_does_not(credential, names):
    person = credential.enrolment.person
    person.user = make_user("holder")
    person.save()
    holder = Client()
    holder.force_login(person.user)
    page, _verdict = pages(holder, credential)
    assert all(name in page for name in names)
    assert "Only you and those in office see the name here" in page
    assert f"/people/{person.reference}/consents/" in page
    assert holder.get(f"/c/{credential.token}/credential.json").content == credential.document.encode()


def test_who_sees_certificates_by_office_sees_the_name(credential, names):
    office = Client()
    user = make_user("office")
    make_seat(user, "secretariat")
    office.force_login(user)
    for browser in (office, manager_of(credential.cohort.site)):
        assert all(name in pages(browser, credential)[0] for name in names)


def test_a_file_that_the_holder_handed_over_says_the_name(client, credential, names):
    file = SimpleUploadedFile("credential.json", credential.document.encode())
    assert names[0] in client.post("/verify/", {"file": file}).content.decode()
