"""A file that comes with a record is looked at, made bare and kept."""

import struct
import zlib
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from corridor.foundations.documents.queries import bytes_of, get_document
from corridor.foundations.documents.receiving import ReplacedAlready, Upload, receive, versions
from corridor.foundations.documents.scanning import NotScanned
from corridor.kernel.errors import BadInput, NotFound
from tests.factories.actors import make_actor
from tests.factories.papers import PDF

AT = datetime(2024, 2, 2, 3, tzinfo=UTC)
GPS = 0x8825

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path: Path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


def received(name: str = "statutes.pdf", content: bytes = PDF, **more):
    return receive(Upload(name, content, "The statutes", "statutes", "en"), at=AT, by=make_actor("coordinator"), **more)


def photograph(form: str = "JPEG") -> bytes:
    picture = Image.new("RGB", (40, 20), "red")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A maker of telephones"
    exif.get_ifd(GPS)[1] = "N"
    written = BytesIO()
    picture.save(written, form, exif=exif)
    return written.getvalue()


def test_what_comes_is_kept_with_its_kind_and_language():
    document = received()
    assert (document.kind, document.language, document.media_type) == ("statutes", "en", "application/pdf")
    assert document.reference.startswith("DOC-2024-") and bytes_of(document) == PDF


@pytest.mark.parametrize(("name", "form"), [("workshop.jpg", "JPEG"), ("workshop.png", "PNG")])
def test_a_photograph_is_kept_upright_and_without_its_place(name: str, form: str):
    kept = bytes_of(received(name, photograph(form)))
    with Image.open(BytesIO(kept)) as picture:
        assert not picture.getexif() and picture.size == (20, 40)
    assert b"maker of telephones" not in kept


def test_a_comment_in_a_picture_does_not_stay():
    written = BytesIO()
    Image.new("RGB", (4, 4)).save(written, "JPEG", comment=b"Home of Khamla")
    assert b"Khamla" not in bytes_of(received("door.jpg", written.getvalue()))


def test_a_bare_picture_is_kept_byte_for_byte():
    written = BytesIO()
    Image.new("RGB", (4, 4)).save(written, "PNG")
    assert bytes_of(received("plain.png", written.getvalue())) == written.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def plain_picture(form: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (40, 20), "red").save(written, form)
    return written.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_what_stands_behind_the_end_of_a_picture_goes(form: str):
    """A telephone hangs a film with its place behind a photograph; an archive may hang there too."""
    kept = bytes_of(received(f"a.{form.lower()}", plain_picture(form) + b"PK\x03\x04 18.0N 102.6E"))
    assert b"102.6E" not in kept
    with Image.open(BytesIO(kept)) as picture:
        assert picture.size == (40, 20)


@pytest.mark.parametrize("name", [b"tIME", b"prVt", b"tEXt"], ids=["time", "private", "text"])
@pytest.mark.parametrize("is_behind", [False, True], ids=["before the picture", "behind it"])
def test_chunks_that_draw_nothing_go(name: bytes, is_behind: bool):
    whole = plain_picture("PNG")
    place = whole.rindex(b"IEND") - 4 if is_behind else 33
    body = b"Comment\x00Vientiane" if name == b"tEXt" else b"\x07\xe8\x02\x02\x0a\x00\x00"
    kept = bytes_of(received("a.png", whole[:place] + chunk(name, body) + whole[place:]))
    assert name not in kept and b"Vientiane" not in kept


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_that_says_nothing_more_is_kept_as_it_came(form: str):
    assert bytes_of(received(f"a.{form.lower()}", plain_picture(form))) == plain_picture(form)


def test_bytes_that_a_killed_server_left_half_written_are_written_anew(store: Path):
    half = store / sha256(PDF).hexdigest()[:2] / sha256(PDF).hexdigest()
    half.parent.mkdir()
    half.write_bytes(PDF[:5])
    assert bytes_of(received()) == PDF


@pytest.mark.parametrize("role", ["secretariat", "council", "auditor"])
def test_what_came_with_a_record_is_opened_there_alone(role: str):
    with pytest.raises(NotFound):
        get_document(reference=received().reference, by=make_actor(role))


def test_a_damaged_picture_is_refused():
    with pytest.raises(BadInput, match="damaged"):
        received("broken.jpg", photograph()[:300])


def test_a_picture_of_too_many_pixels_is_refused():
    written = BytesIO()
    Image.new("1", (9_000, 9_000)).save(written, "PNG")
    with pytest.raises(BadInput, match="60 million pixels"):
        received("poster.png", written.getvalue())


def test_the_bytes_count_and_not_the_name():
    with pytest.raises(BadInput, match="not what its name says"):
        received("statutes.pdf", photograph())


def test_more_than_the_limit_is_refused(settings):
    settings.MAX_DOCUMENT_BYTES = 2**20
    with pytest.raises(BadInput, match="larger than 1 MB"):
        received(content=PDF + bytes(2**20))


def test_a_file_without_a_title_is_refused():
    with pytest.raises(BadInput, match="Say what the file is"):
        receive(Upload("a.pdf", PDF, " "), at=AT, by=make_actor("coordinator"))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [("false", BadInput), ("sh -c 'exit 2'", NotScanned), ("no-such-scanner", NotScanned)],
)
def test_the_scanner_has_the_last_word(settings, command: str, refusal: type[Exception], store: Path):
    settings.SCAN_COMMAND = command
    with pytest.raises(refusal):
        received()
    assert not list(store.iterdir()), "nothing is kept unlooked at"


def test_what_the_scanner_finds_clean_is_kept(settings):
    settings.SCAN_COMMAND = "sh -c 'grep -q Catalog'"
    assert received().size == len(PDF)


def test_a_later_version_points_at_the_one_before():
    first = received()
    second = received(content=PDF + b" changed", replaces=first)
    third = received(content=PDF + b" again", replaces=second)
    assert versions(third, by=make_actor("coordinator")) == [third, second, first]
    with pytest.raises(ReplacedAlready):
        received(content=PDF + b" by another", replaces=first)


def locked(user: str) -> bytes:
    with pikepdf.open(BytesIO(PDF)) as paper:
        written = BytesIO()
        paper.save(written, encryption=pikepdf.Encryption(user=user, owner="somebody"))
        return written.getvalue()


def without_pages() -> bytes:
    written = BytesIO()
    pikepdf.new().save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 a head alone", "damaged"), (PDF[:60], "damaged"), (PDF.replace(b"obj", b"\0\0\0"), "damaged"),
        (locked("secret"), "locked by a password"), (without_pages(), "no page"),
    ],
    ids=["head", "half", "holes", "locked", "empty"],
)  # fmt: skip
def test_a_pdf_that_nobody_could_open_is_refused_and_says_why(content: bytes, said: str):
    with pytest.raises(BadInput, match=said) as refused:
        received(content=content)
    assert refused.value.problems[0].file == "statutes.pdf"


@pytest.mark.parametrize("content", [locked(""), PDF + b"\n% signed\n"], ids=["protected_from_changes", "more_behind"])
def test_a_pdf_that_opens_is_kept_byte_for_byte(content: bytes):
    assert bytes_of(received(content=content)) == content


def test_a_picture_that_breaks_off_is_refused():
    with pytest.raises(BadInput, match="damaged"):
        received("workshop.png", photograph("PNG")[:-30])
