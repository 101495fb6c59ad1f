"""Kept files and the log, as pages."""

from datetime import UTC, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.sealing import seal_entries
from corridor.foundations.documents.models import Visibility
from corridor.foundations.documents.storing import NewDocument, store_documents
from tests.factories.conferences import make_announcement
from tests.web.readers import browser_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

STORED_AT = datetime(2023, 5, 19, tzinfo=UTC)


def keep(reference: str, file_name: str, content: bytes, visibility: Visibility = Visibility.PUBLIC) -> None:
    new = NewDocument(reference, "A list", file_name, content, visibility=visibility)
    store_documents(documents=[new], at=STORED_AT, by=NIGHTLY)


def test_anyone_downloads_a_public_file_under_its_own_name(client):
    keep("doc-1", "成员.csv", b"a,b\n")
    answer = client.get("/documents/doc-1/")
    assert answer.content == b"a,b\n"
    assert answer["Content-Type"] == "text/csv"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E6%88%90%E5%91%98.csv" in answer["Content-Disposition"]


def test_a_restricted_file_is_not_there_for_a_visitor(client):
    keep("doc-1", "few.csv", b"a,b\n", Visibility.RESTRICTED)
    assert client.get("/documents/doc-1/").status_code == 404
    assert browser_of("auditor").get("/documents/doc-1/").content == b"a,b\n"


def test_oversight_reads_what_happened_and_what_is_sealed():
    make_announcement()
    seal_entries()
    auditor = browser_of("auditor")
    page = text_of(auditor.get("/audit/?q=conferences.announced"))
    assert "conferences.announced" in page
    assert "conferences.planned" not in page
    assert "place " in page
    assert "0 wait for their seal" in page
    assert "conferences.announced" in auditor.get("/audit/?format=csv").content.decode("utf-8-sig")


def test_the_log_is_read_by_oversight_alone():
    assert browser_of("council").get("/audit/").status_code == 403


def test_a_wrong_place_in_the_log_is_refused():
    assert browser_of("auditor").get("/audit/?after=99999999999999999999999").status_code == 422
