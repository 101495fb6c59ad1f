"""A verification saved for a personnel file: signed, verified itself, by page, API and command, and kept by nobody."""

import base64
import hashlib
import io
import json
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from corridor.commands.__main__ import main
from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.certificates.attachments import attached_token
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.jwt.tokens import read_token, sign_token
from corridor.rooms.credentials.proofs.data_integrity import SigningKey
from corridor.rooms.credentials.proofs.did_documents import new_key
from corridor.rooms.credentials.proofs.verdicts import CheckName, Word
from corridor.rooms.credentials.refusals import NotAReport, ReportRefused
from tests.factories.actors import VISITOR
from tests.factories.credentials import AWARDED_ON, SIGNED_AT, make_alliance_key, make_credential

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 2, 2, 8, tzinfo=UTC)


@pytest.fixture
def credential(settings):
    settings.EXAMPLE_DAY = NOW.date()
    make_alliance_key()
    return make_credential()


def saved(raw, at=None):
    at = at or clock.now()
    verdict = queries.verify(raw=raw, at=at, by=VISITOR)
    return queries.report_pdf(verdict=verdict, raw=raw, at=at, signed_at=clock.real_now(), by=VISITOR)


def words_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def test_a_report_says_what_was_found_how_old_it_was_and_of_what(credential):
    pdf = saved(credential.document)
    text, claims = words_of(pdf), read_token(attached_token(pdf)).claims
    sha256 = hashlib.sha256(credential.document.encode()).hexdigest()
    assert "Genuine and in force" in text and "Report of a verification" in text
    assert sha256 in text.replace(" ", "") and claims["checked"] == {
        "sha256": sha256,
        "bytes": len(credential.document.encode()),
    }
    for name in ("Signature", "Issuer", "Entitled", "Dates", "Revoked or suspended", "Form"):
        assert name in text
    assert claims["registerAsOf"] == "2024-02-02" and claims["statusAsOf"] and claims["verdict"] == "valid"
    found = queries.report_of(raw=pdf, by=VISITOR)
    assert (found.word, found.sha256, found.at.date()) == (Word.VALID, sha256, NOW.date())
    assert [each.name for each in found.checks] == list(CheckName)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        metadata = str(opened.Root.Metadata.read_bytes())
        assert list(opened.attachments) == ["verification.jwt"]
    assert "<pdfaid:part>3" in metadata and "<pdfuaid:part>1" in metadata


def test_the_verdict_is_the_one_of_that_moment(credential):
    before = saved(credential.document)
    actions.revoke_credential(credential=credential, on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY, why=Why.MISCONDUCT)
    after = saved(credential.document)
    assert queries.report_of(raw=before, by=VISITOR).word == Word.VALID
    assert queries.report_of(raw=after, by=VISITOR).word == Word.REVOKED
    assert "Do not rely on it" in words_of(after) and "Misconduct" in words_of(after)


@pytest.mark.parametrize(
    "raw", ["no certificate", b"\x89PNG nothing", "{}", b"%PDF-1.7 nothing"], ids=["text", "bytes", "json", "pdf"]
)
def test_of_what_is_no_certificate_the_report_says_so_and_names_nobody(credential, raw):
    claims = read_token(attached_token(saved(raw))).claims
    assert claims["verdict"] == "malformed" and claims["certificate"] is None and claims["statusAsOf"] is None


def test_a_report_is_read_in_the_readers_language(credential):
    for language in ("zh-hans", "lo", "ur"):
        with translation.override(language):
            assert credential.document and saved(credential.document).startswith(b"%PDF-")


def test_only_what_the_alliance_signed_is_its_report(credential):
    pdf = saved(credential.document)
    token = attached_token(pdf)
    assert queries.report_of(raw=token, by=VISITOR).word == Word.VALID
    head, claims, signature = token.split(".")
    lies = json.loads(base64.urlsafe_b64decode(claims + "==")) | {"verdict": "revoked"}
    lie = base64.urlsafe_b64encode(json.dumps(lies).encode()).decode().rstrip("=")
    for other in (f"{head}.{lie}.{signature}", f"{head}.{claims}.{signature[:-4]}AAAA"):
        with pytest.raises(ReportRefused):
            queries.report_of(raw=other, by=VISITOR)
    header, said = read_token(token).header, read_token(token).claims
    own = SigningKey(header["kid"].replace("-jwk", ""), new_key())
    for changes in ({}, {"iss": "did:web:elsewhere.example"}, {"verifiedAt": None}, {"checks": 4}, {"type": "Other"}):
        with pytest.raises(ReportRefused):
            queries.report_of(raw=sign_token({**said, **changes}, key=own, typ=header["typ"]), by=VISITOR)
    for nothing in (credential.document, "ey.ey.ey", b"%PDF-1.7", b"", "text"):
        with pytest.raises(NotAReport):
            queries.report_of(raw=nothing, by=VISITOR)


def test_an_employer_saves_it_from_the_page_and_the_file_is_known_again(client: Client, credential):
    page = client.post("/verify/", {"text": credential.document}).content.decode()
    again = page.partition('name="again" value="')[2].partition('"')[0]
    assert base64.b64decode(again).decode() == credential.document
    for given in (
        {"again": again},
        {"text": credential.document},
        {"file": SimpleUploadedFile("c.json", credential.document.encode())},
    ):
        answer = client.post("/verify/report/", given)
        assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
        assert "no-store" in answer["Cache-Control"] and answer["Content-Disposition"].startswith("attachment")
    shown = client.post("/verify/", {"file": SimpleUploadedFile("verification.pdf", answer.content)}).content.decode()
    assert "A report of this alliance, unchanged" in shown and "Genuine and in force" in shown
    assert hashlib.sha256(credential.document.encode()).hexdigest() in shown
    changed = attached_token(answer.content)[:-6] + "AAAAAA"
    shown = client.post("/verify/", {"text": changed}).content.decode()
    assert "This report does not hold" in shown
    assert client.get("/verify/report/").status_code == 200
    empty = client.post("/verify/report/", {})
    assert empty.status_code == 422 and "Choose a file" in empty.content.decode()
    elsewhere = client.post("/verify/report/", {"text": "https://elsewhere.example/c/x"})
    assert elsewhere.status_code == 422 and "leads to no certificate" in elsewhere.content.decode()


def test_what_a_holder_shows_can_be_written_down_too(client: Client, credential):
    answer = client.get(f"/c/{credential.token}/verify/report.pdf")
    assert answer.status_code == 200 and read_token(attached_token(answer.content)).claims["verdict"] == "valid"
    assert client.get("/c/nobody/verify/report.pdf").status_code == 404
    assert "report.pdf" in client.get(f"/c/{credential.token}/verify/").content.decode()


def test_machines_save_it_as_well(client: Client, credential):
    for given in ({"text": credential.document}, {"content": base64.b64encode(credential.document.encode()).decode()}):
        answer = client.post("/api/v1/verification-reports", given, content_type="application/json")
        assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
        assert queries.report_of(raw=answer.content, by=VISITOR).word == Word.VALID
    for wrong in ({}, {"text": "a", "content": "YQ=="}, {"content": "not base64"}):
        assert client.post("/api/v1/verification-reports", wrong, content_type="application/json").status_code == 422


def test_a_command_writes_it_and_reads_it(credential, tmp_path, capsys):
    file, report = tmp_path / "certificate.json", tmp_path / "report.pdf"
    file.write_text(credential.document)
    assert main(["verify", str(file), "--report", str(report)]) == 0
    capsys.readouterr()
    assert main(["verify", str(report)]) == 0
    assert "A report of this alliance, unchanged" in capsys.readouterr().out
    assert main(["verify", str(report), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "valid"
    assert main(["verify", str(tmp_path), "--report", str(report)]) != 0


def test_nobody_keeps_who_verified_whom(client: Client, credential):
    def counts():
        return {model._meta.label: model.objects.count() for model in apps.get_models() if model._meta.managed}

    before = counts()
    client.post("/verify/", {"text": credential.document})
    client.post("/verify/report/", {"text": credential.document})
    client.get(f"/c/{credential.token}/verify/report.pdf")
    client.post("/api/v1/verification-reports", {"text": credential.document}, content_type="application/json")
    assert counts() == before
