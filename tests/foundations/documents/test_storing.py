"""A file is kept as it came, under its fingerprint; only kinds we know, and only if the bytes are what the name says."""

from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.storage import default_storage
from PIL import Image

from corridor.foundations.audit.models import Entry
from corridor.foundations.documents.kinds_of_file import media_type_of
from corridor.foundations.documents.models import Document, Visibility
from corridor.foundations.documents.queries import DamagedDocument, get_document, open_document, visible_documents
from corridor.foundations.documents.storing import NewDocument, store_document, store_documents
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from tests.factories.actors import VISITOR, make_actor

AT = datetime(2024, 2, 2, 3, tzinfo=UTC)
PDF = b"%PDF-1.7 agreement with signatures"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path: Path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


def stored(
    by, reference: str = "agr-scan", content: bytes = PDF, visibility: Visibility = Visibility.RESTRICTED
) -> Document:
    return store_document(
        reference=reference,
        title="Agreement with signatures",
        file_name="scan.pdf",
        content=content,
        attested_by="Secretariat",
        attested_on=date(2024, 1, 31),
        visibility=visibility,
        at=AT,
        by=by,
    )


def test_a_file_is_kept_with_its_fingerprint_and_comes_back_as_it_was(secretariat):
    document = stored(secretariat)
    assert (document.media_type, document.size) == ("application/pdf", len(PDF))
    assert document.sha256 == sha256(PDF).hexdigest()
    assert document.stored_as == f"{document.sha256[:2]}/{document.sha256}"
    assert open_document(reference="agr-scan", by=secretariat) == PDF
    assert Entry.objects.get().event == "documents.stored"


def test_equal_bytes_are_kept_once(secretariat, store):
    stored(secretariat)
    stored(secretariat, reference="agr-scan-2")
    assert len([path for path in store.rglob("*") if path.is_file()]) == 1


def test_nobody_but_the_secretariat_stores(store):
    with pytest.raises(AccessDenied):
        stored(make_actor("auditor"))
    assert list(store.iterdir()) == []


def test_a_visitor_opens_public_documents_alone(secretariat):
    stored(secretariat, reference="charter", visibility=Visibility.PUBLIC)
    stored(secretariat)
    assert [document.reference for document in visible_documents(by=VISITOR)] == ["charter"]
    assert open_document(reference="charter", by=VISITOR) == PDF
    with pytest.raises(NotFound):
        get_document(reference="agr-scan", by=VISITOR)
    assert get_document(reference="agr-scan", by=make_actor("auditor")).size == len(PDF)


def test_bytes_that_were_changed_or_lost_are_not_given_out(secretariat, store):
    document = stored(secretariat)
    (store / document.stored_as).write_bytes(b"%PDF-1.7 another agreement")
    with pytest.raises(DamagedDocument):
        open_document(reference="agr-scan", by=secretariat)
    default_storage.delete(document.stored_as)
    with pytest.raises(DamagedDocument):
        open_document(reference="agr-scan", by=secretariat)


def test_many_are_kept_or_none_and_every_fault_is_named(secretariat):
    stored(secretariat)
    files = [
        NewDocument("agr-scan", "Again", "again.pdf", PDF),
        NewDocument("sheet", "Register", "sheet.png", PDF),
        NewDocument("page", "Page", "page.html", b"<script>"),
        NewDocument("good", "Good", "good.pdf", PDF),
    ]
    with pytest.raises(BadInput) as refused:
        store_documents(documents=files, at=AT, by=secretariat)
    assert sorted(problem.file for problem in refused.value.problems) == ["again.pdf", "page.html", "sheet.png"]
    assert Document.objects.count() == 1


def test_what_the_secretariat_stores_is_looked_at_as_well(secretariat, settings, store):
    settings.SCAN_COMMAND = "false"
    with pytest.raises(BadInput, match="virus scanner"):
        stored(secretariat)
    assert not list(store.iterdir())


def test_a_photograph_of_paper_is_stored_without_its_place(secretariat):
    written, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "A maker of telephones"
    Image.new("RGB", (40, 20), "red").save(written, "JPEG", exif=exif)
    new = NewDocument("sheet", "Register", "sheet.jpg", written.getvalue())
    (document,) = store_documents(documents=[new], at=AT, by=secretariat)
    kept = open_document(reference="sheet", by=secretariat)
    assert b"maker" not in kept and document.sha256 == sha256(kept).hexdigest() and document.size == len(kept)


def workbook() -> bytes:
    kept = BytesIO()
    openpyxl.Workbook().save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.PDF", PDF, "application/pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\nx", "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0x", "image/jpeg"),
        ("a.csv", "ຊື່,name\n".encode(), "text/csv"),
        ("a.json", b'{"a": 1}', "application/json"),
        ("a.txt", b"plain", "text/plain"),
        ("a.xlsx", workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_kind_is_told_from_the_bytes(name, content, media_type):
    assert media_type_of(name, content) == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"MZ\x90"),
        ("a.exe", b"MZ\x90"),
        ("a", PDF),
        ("a.svg", b"<svg/>"),
        ("a.json", b"{"),
        ("a.csv", b"\xd6\xd8"),
        ("a.xlsx", b"PK\x03\x04 no zip"),
        ("a.txt", b"x" * (20 * 1024 * 1024 + 1)),
    ],
)
def test_other_files_are_refused(name, content):
    with pytest.raises(BadInput):
        media_type_of(name, content)
