"""Anyone asks whether a certificate is genuine, without an account, and is answered with every check named."""

import json
import re
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.models import Credential, RecognitionStatement
from tests.factories.credentials import (
    AWARDED_ON,
    SIGNED_AT,
    award,
    make_assessed_cohort,
    make_credential,
    make_joint_credential,
    translate,
)

pytestmark = pytest.mark.django_db
LATER = date(2023, 9, 1)


@pytest.fixture
def credential() -> Credential:
    return make_credential()


def address_of(credential: Credential) -> str:
    return f"https://alliance.example/c/{credential.token}"


def sent(client: Client, **given: object) -> str:
    response = client.post("/verify/", given)
    assert response.status_code == 200
    return response.content.decode()


def test_an_employer_verifies_by_address_by_text_by_file_and_by_pdf(client: Client, credential: Credential):
    pdf = client.get(f"/c/{credential.token}/certificate.pdf").content
    document = credential.document
    for given in (
        {"text": address_of(credential)},
        {"text": document},
        {"file": SimpleUploadedFile("credential.json", document.encode())},
        {"file": SimpleUploadedFile("certificate.pdf", pdf)},
    ):
        page = sent(client, **given)
        assert "Genuine and in force" in page
        assert "in the register that day" in page
        assert "Every letter is as" in page


def test_each_member_that_signed_is_called_by_its_name(client: Client):
    signed = make_joint_credential()
    page = sent(client, text=signed.document)
    told = json.loads(signed.document)
    members = [told["issuer"]["name"], *(each["name"] for each in told["evidence"] if each["genre"] == "signer")]
    assert len(members) == 2
    assert re.findall("Every letter is as ([^<]+?) signed it", page) == members


def test_the_page_says_what_was_signed_and_that_it_is_an_institution_s(client: Client, credential: Credential):
    page = sent(client, text=credential.document)
    assert "VI-1" in page
    assert "Workshop Vientiane" in page
    assert "A certificate of the institution that issued it" in page or "certificate of" in page


def test_the_reader_gets_names_and_recognition_in_the_own_language(client: Client):
    cohort = make_assessed_cohort(learners=1)
    programme = cohort.programme
    translate(cohort, "lo", title="ກວດກາລົດ", unit="ກວດເບຣກ")
    programme.titles.update_or_create(language="lo", defaults={"text": "ຫຼັກສູດ"})
    RecognitionStatement.objects.create(
        programme=programme, credential_kind="award", country="LA", recognition="institution", starts_on=date(2020, 1, 1)
    )  # fmt: skip
    award(cohort)
    credential = Credential.objects.get()
    client.cookies["language"] = "lo"
    page = client.get(f"/c/{credential.token}/verify/").content.decode()
    assert '<dd lang="lo">ກວດກາລົດ</dd>' in page
    assert '<dd lang="lo">ຫຼັກສູດ</dd>' in page
    assert "<dt>ລາວ</dt><dd>ໃບຢັ້ງຢືນຂອງສະຖາບັນ" in page
    assert '<p lang="lo" dir="auto">ຢູ່ ລາວ ແມ່ນໃບຢັ້ງຢືນຂອງສະຖາບັນ, ບໍ່ແມ່ນຄຸນວຸດທິລະດັບຊາດ.</p>' in page
    assert '<dd dir="auto" lang="lo">ຜ່ານການປະເມີນທຸກໜ່ວຍບັງຄັບຂອງ “ກວດກາລົດ”' in page
    assert "Laos: a certificate of an institution" not in page


def test_what_it_counts_as_in_the_reader_s_country_is_said_without_a_script(client: Client):
    """By the address of the page, by the form, and once more on the page of the verdict; the choice goes with the reader."""
    cohort = make_assessed_cohort(learners=1)
    RecognitionStatement.objects.create(
        programme=cohort.programme, credential_kind="award", country="LA", recognition="institution", starts_on=date(2020, 1, 1)
    )  # fmt: skip
    award(cohort)
    credential = Credential.objects.get()
    asked = client.get("/verify/", {"country": "LA"}).content.decode()
    assert '<option value="LA" selected>Laos</option>' in asked
    page = sent(client, text=credential.document, country="LA")
    here = page.partition("data-here>")[2].partition("</div>")[0]
    assert "<b>Laos</b>: Certificate of an institution" in here
    assert 'href="/verify/?country=LA"' in page and page.count('<option value="LA" selected>') == 2
    again = re.search('name="again" value="([^"]+)"', page).group(1)
    elsewhere = sent(client, again=again, country="FR")
    assert "No statement about France is known here. That is no recognition and no refusal." in elsewhere
    assert "<dt>Laos</dt>" in elsewhere
    held = client.get(f"/c/{credential.token}/verify/", {"country": "LA"}).content.decode()
    assert "<b>Laos</b>: Certificate of an institution" in held
    paper = sent(client, text=f"P1.{credential.signed_words}", country="LA")
    assert "<b>Laos</b>: Certificate of an institution" in paper


def test_no_country_of_that_code_is_said(client: Client, credential: Credential):
    for answer in (
        client.get("/verify/", {"country": "Laos"}),
        client.post("/verify/", {"text": credential.document, "country": "XX"}),
        client.get(f"/c/{credential.token}/verify/", {"country": "<b>"}),
    ):
        assert answer.status_code == 404
        assert "There is no country of the code" in answer.content.decode()


@pytest.mark.parametrize(
    ("take", "said"),
    [
        (actions.revoke_credential, "Genuine, but revoked. Do not rely on it."),
        (actions.suspend_credential, "Genuine, but suspended."),
    ],
)
def test_what_became_of_it_is_the_first_thing_said(client: Client, credential: Credential, take, said: str):
    take(credential=credential, on=LATER, at=SIGNED_AT, by=NIGHTLY, why=Why.AWARDED_IN_ERROR)
    page = client.get(f"/c/{credential.token}/verify/").content.decode()
    assert said in page
    assert "Awarded in error" in page
    assert said in client.get(f"/c/{credential.token}/").content.decode()


def test_one_changed_letter_is_called_changed(client: Client, credential: Credential):
    changed = credential.document.replace("Chongqing College", "Chongqing Collage")
    assert changed != credential.document
    page = sent(client, text=changed)
    assert "Changed after it was signed. Do not rely on it." in page
    assert "not looked at" in page
    assert "What the certificate says" not in page


def test_an_expired_one_and_an_unknown_issuer_are_told_apart(client: Client):
    ended = make_credential(expires_before=date(2023, 12, 1))
    assert "Genuine, but not in force today" in sent(client, text=ended.document)
    document = json.loads(ended.document)
    document["issuer"]["id"] = "did:web:elsewhere.example"
    assert "Genuine" not in sent(client, text=json.dumps(document))


@pytest.mark.parametrize("text", ["hello", "{", "[]", '{"a": ' * 5000, "\x00", "%PDF-1.7 nothing", "null"])
def test_what_is_no_certificate_is_named_and_never_fails(client: Client, text: str):
    response = client.post("/verify/", {"file": SimpleUploadedFile("x.json", text.encode())})
    assert response.status_code == 200
    assert "This is not a certificate that can be read here" in response.content.decode()


def test_a_foreign_address_is_not_fetched_and_says_so(client: Client):
    response = client.post("/verify/", {"text": "https://elsewhere.example/c/abc"})
    assert response.status_code == 422
    assert "Nothing is fetched from elsewhere" in response.content.decode()
    assert client.post("/verify/", {"text": "https://alliance.example/c/no-such-token"}).status_code == 422
    assert client.post("/verify/", {}).status_code == 422


def test_a_file_larger_than_any_door_takes_is_413(client: Client):
    large = SimpleUploadedFile("large.json", b"x" * 23_000_000)
    assert client.post("/verify/", {"file": large}).status_code == 413


def test_the_holder_s_page_is_for_who_has_its_address_and_in_no_index(client: Client, credential: Credential):
    page = client.get(f"/c/{credential.token}/")
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "same-origin"
    text = page.content.decode()
    assert credential.reference in text
    assert 'lang="zh-Hans"' in text
    assert AWARDED_ON.isoformat() in text
    assert client.get("/c/no-such-token/").status_code == 404
    assert client.get("/c/no-such-token/verify/").status_code == 404


def test_the_page_is_light_and_needs_no_script(client: Client, credential: Credential):
    page = client.get("/verify/")
    assert len(page.content) < 20_000
    assert b"tabler" not in page.content


def test_an_employer_verifies_the_paper_by_its_code_and_compares_its_words(client: Client, credential: Credential):
    code = f"{address_of(credential)}#P1.{credential.signed_words}"
    picture = pypdfium2.PdfDocument(client.get(f"/c/{credential.token}/certificate.pdf").content)[0].render(
        scale=200 / 72
    )
    photo = BytesIO()
    picture.to_pil().convert("RGB").save(photo, "JPEG", quality=85)
    for given in (
        {"text": code},
        {"text": code.partition("#")[2]},
        {"file": SimpleUploadedFile("paper.jpg", photo.getvalue())},
    ):
        page = sent(client, **given)
        assert "Genuine and in force" in page and "Compare with the paper" in page
        assert credential.reference in page and "Workshop Vientiane" in page
    altered = code.replace(code[-20:-10], code[-20:-10][::-1])
    assert altered != code
    page = sent(client, text=altered)
    assert "misread or is not complete" in page and "Compare with the paper" not in page


def test_a_photo_of_the_address_alone_leads_to_its_verdict_and_one_of_nothing_says_so(
    client: Client, credential: Credential
):
    qr, blank = BytesIO(), BytesIO()
    segno.make(address_of(credential)).save(qr, kind="png", scale=6, border=4)
    Image.new("L", (600, 600), 255).save(blank, "PNG")
    assert "Genuine and in force" in sent(client, file=SimpleUploadedFile("code.png", qr.getvalue()))
    assert "No code can be read in the picture" in sent(client, file=SimpleUploadedFile("blank.png", blank.getvalue()))
    assert "The picture is damaged" in sent(client, file=SimpleUploadedFile("cut.png", qr.getvalue()[:60]))


def test_a_revoked_certificate_is_revoked_on_its_paper_too(client: Client, credential: Credential):
    actions.revoke_credential(credential=credential, on=LATER, at=SIGNED_AT, why=Why.MISCONDUCT, by=NIGHTLY)
    page = sent(client, text=f"P1.{credential.signed_words}")
    assert "Genuine, but revoked" in page and "Compare with the paper" in page


def test_machines_verify_papers_and_files_and_need_no_account(client: Client, credential: Credential):
    code = f"{address_of(credential)}#P1.{credential.signed_words}"
    answer = client.post("/api/v1/verifications", {"text": code}, content_type="application/json")
    assert answer.status_code == 200
    said = answer.json()
    assert said["verdict"] == "valid" and said["paper"]["reference"] == credential.reference
    whole = client.post("/api/v1/verifications", {"text": credential.document}, content_type="application/json").json()
    assert whole["verdict"] == "valid" and whole["paper"] is None
    assert {each["name"]: each["result"] for each in whole["checks"]} == {
        each["name"]: each["result"] for each in said["checks"]
    }
    elsewhere = client.post(
        "/api/v1/verifications", {"text": "https://elsewhere.example/c/x"}, content_type="application/json"
    )
    assert elsewhere.status_code == 409 and "leads to no certificate" in elsewhere.content.decode()
