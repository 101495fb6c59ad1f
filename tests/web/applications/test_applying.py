"""A visitor applies on pages without an account: begins, fills in, hands in, submits, and reads how it stands."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corridor.rooms.members.models import Application, Membership
from tests.factories.applications import PDF, begin, fill, in_review, make_form, submitted
from tests.factories.members import make_alliance
from tests.web.readers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "alliance")]
CONTACT = {"name": "Khamla Vongsa", "email": "khamla@savannakhet.example", "language": "en", "former": ""}
WHO = {"name": "Savannakhet Technical College", "city": "Savannakhet", "country": "LA", "own-name": "ວິທະຍາໄລ"}


@pytest.fixture
def alliance():
    return make_alliance()


def paper(name: str = "registration.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_without_forms_the_page_says_so(client: Client):
    assert "Nobody can apply here yet" in text_of(client.get("/apply/"))
    assert client.get("/apply/as/school/").status_code == 404


def test_a_school_applies_from_beginning_to_end(client: Client):
    make_form()
    assert "/apply/as/school/" in text_of(client.get("/apply/"))
    begun = client.post("/apply/as/school/", CONTACT)
    own = begun["Location"]
    assert re.fullmatch(r"/apply/to/[-\w]{43}/", own)
    assert "4 answers are still missing" in text_of(client.get(own))
    kept = client.post(f"{own}sections/who/", {"city": "Savannakhet", "go_on": "1"})
    assert kept["Location"] == f"{own}sections/what/"
    refused = client.post(f"{own}submit/")
    assert refused.status_code == 422
    assert f"{own}sections/who/#id_name" in text_of(refused)
    assert "Savannakhet" in text_of(client.get(f"{own}sections/who/"))
    client.post(f"{own}sections/who/", WHO)
    client.post(f"{own}sections/what/", {"levels": ["secondary", "diploma"], "learners": "1200", "abroad": "no"})
    assert 'value="diploma" checked' in re.sub(r'id="[^"]*" ', "", text_of(client.get(f"{own}sections/what/"))).replace(
        "  ", " "
    )
    handed = client.post(f"{own}documents/registration/", {"file": paper()})
    assert handed["Location"] == own
    assert "Everything is there" in text_of(client.get(own))
    assert client.post(f"{own}submit/").status_code == 302
    page = text_of(client.get(own))
    assert "with the secretariat" in page
    assert "We have received your application" in page
    assert Membership.objects.get().status == "applied"
    assert client.post(f"{own}submit/").status_code == 409
    assert client.get(f"{own}sections/who/").status_code == 404


def test_a_wrong_answer_is_said_at_its_question_and_nothing_is_lost(client: Client):
    make_form()
    _application, secret, _by = begin()
    answer = client.post(f"/apply/to/{secret}/sections/what/", {"learners": "many", "abroad": "yes"})
    assert answer.status_code == 422
    assert "Write a number" in text_of(answer)
    assert 'value="many"' in text_of(answer)
    assert "The other answers are saved" in text_of(answer)
    page = re.sub(r'id="[^"]*" ', "", text_of(client.get(f"/apply/to/{secret}/sections/what/")))
    assert ('name="abroad" value="yes" checked' in page.replace("  ", " "), 'value="many"' in page) == (True, False)


def test_a_day_that_is_none_stays_to_be_seen(client: Client):
    make_form()
    _application, secret, _by = begin()
    answer = client.post(f"/apply/to/{secret}/sections/what/", {"opened": "31/12/2020"})
    assert '<input type="text" name="opened" value="31/12/2020"' in text_of(answer)
    assert '<input type="date" name="opened"' in text_of(client.get(f"/apply/to/{secret}/sections/what/"))


def test_forged_and_expired_links_are_not_found(client: Client):
    make_form()
    application, secret, _by = begin()
    assert client.get(f"/apply/to/{secret[:-1]}x/").status_code == 404
    Application.objects.filter(pk=application.pk).update(secret_expires_at="2024-01-01T00:00Z")
    for path in ("", "sections/who/", "documents/registration/"):
        assert client.get(f"/apply/to/{secret}/{path}").status_code == 404
    assert client.post(f"/apply/to/{secret}/submit/").status_code == 404


def test_a_file_that_lies_is_refused_on_the_form(client: Client):
    make_form()
    _application, secret, _by = begin()
    answer = client.post(f"/apply/to/{secret}/documents/registration/", {"file": paper(content=b"MZ")})
    assert answer.status_code == 422
    assert "not what its name says" in text_of(answer)
    assert client.post(f"/apply/to/{secret}/documents/registration/").status_code == 422
    assert client.get(f"/apply/to/{secret}/documents/nothing/").status_code == 404


def test_one_applicant_opens_nothing_of_another(client: Client):
    make_form()
    application, secret, by = begin()
    fill(application, by)
    reference = application.documents.get().document.reference
    assert client.get(f"/apply/to/{secret}/files/{reference}/").status_code == 200
    other, others, _by = submitted()
    assert client.get(f"/apply/to/{others}/files/{reference}/").status_code == 404
    letter = other.letters.get()
    assert client.get(f"/apply/to/{others}/letters/{letter.pk}/").status_code == 200
    assert client.get(f"/apply/to/{secret}/letters/{letter.pk}/").status_code == 404
    condition = other.conditions.first()
    assert client.post(f"/apply/to/{secret}/conditions/{condition.pk}/", {"note": "Mine"}).status_code == 404


def test_evidence_is_handed_in_for_a_condition(client: Client):
    make_form()
    application, secret, _by = in_review()
    condition = application.conditions.get(part__code="coordinator")
    address = f"/apply/to/{secret}/conditions/{condition.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"note": ""}).status_code == 422
    assert client.post(address, {"note": "It is Nimali", "file": paper("letter.pdf")}).status_code == 302
    condition.refresh_from_db()
    assert condition.status == "handed_in"
    assert "It is Nimali" in text_of(client.get(f"/apply/to/{secret}/"))


def test_a_new_link_is_asked_for_without_telling_whether_there_is_one(client: Client):
    make_form()
    begin()
    for email in ("khamla@savannakhet.example", "nobody@savannakhet.example"):
        answer = client.post("/apply/again/", {"reference": "APL-2024-0001", "email": email}, follow=True)
        assert "If reference and address belong together" in text_of(answer)


def test_an_application_is_taken_back(client: Client):
    make_form()
    _application, secret, _by = submitted()
    assert client.post(f"/apply/to/{secret}/withdraw/", {"reason": "Not now"}).status_code == 302
    assert "was taken back" in text_of(client.get(f"/apply/to/{secret}/"))
    assert client.post(f"/apply/to/{secret}/withdraw/", {}).status_code == 409


def test_what_is_approved_may_be_taken_back_until_it_is_a_membership(client: Client):
    make_form()
    application, secret, _by = submitted()
    Application.objects.filter(pk=application.pk).update(status="approved")
    Membership.objects.update(status="approved")
    assert f"/apply/to/{secret}/withdraw/" in text_of(client.get(f"/apply/to/{secret}/"))
    Membership.objects.update(status="active")
    assert f"/apply/to/{secret}/withdraw/" not in text_of(client.get(f"/apply/to/{secret}/"))
    answer = client.post(f"/apply/to/{secret}/withdraw/", {"reason": "Not now"})
    assert (answer.status_code, "led to a membership" in text_of(answer)) == (409, True)


def test_many_begun_from_one_place_are_slowed_down(client: Client):
    make_form()
    for _number in range(10):
        assert client.post("/apply/as/school/", CONTACT).status_code == 302
    answer = client.post("/apply/as/school/", CONTACT)
    assert answer.status_code == 409
    assert "try again in an hour" in text_of(answer)


def test_what_the_secretariat_writes_is_shown_as_words(client: Client):
    version = make_form(published=False)
    part = version.parts.get(code="name")
    part.texts.update(title="Name <b>in</b> English", explanation="As <script>on</script> paper")
    version.published_on = "2024-01-01"
    version.save()
    _application, secret, _by = begin()
    page = text_of(client.get(f"/apply/to/{secret}/sections/who/"))
    assert "&lt;b&gt;in&lt;/b&gt;" in page
    assert "<script>on" not in page
