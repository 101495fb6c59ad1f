"""The store of documents is a setting: a folder, or a bucket; a file is kept and read back through either in the same way."""

import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from corridor.foundations.documents.queries import bytes_of
from corridor.foundations.documents.receiving import Upload, receive
from corridor.settings import _document_store
from tests.factories.actors import make_actor
from tests.factories.papers import PDF


class Bucket(BaseHTTPRequestHandler):
    """As much of the protocol of S3 as keeping and reading a file takes."""

    kept: dict[str, bytes] = {}

    def do_HEAD(self) -> None:
        self._answer(200 if self._name in self.kept else 404, b"", len(self.kept.get(self._name, b"")))

    def do_GET(self) -> None:
        body = self.kept.get(self._name, b"")
        self._answer(200 if self._name in self.kept else 404, body, len(body))

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            size, _, rest = body.partition(b"\r\n")
            body = rest[: int(size.split(b";")[0], 16)]
        self.kept[self._name] = body
        self._answer(200, b"", 0)

    @property
    def _name(self) -> str:
        return self.path.partition("?")[0]

    def _answer(self, status: int, body: bytes, size: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(size))
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Fri, 02 Feb 2024 03:00:00 GMT")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Quiet."""


@pytest.fixture
def bucket(settings, monkeypatch):
    Bucket.kept = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("S3_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("S3_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret")
    settings.STORAGES = {**settings.STORAGES, "default": _document_store("s3://alliance/documents")}
    yield Bucket.kept
    server.shutdown()
    server.server_close()


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow")
def test_a_file_is_kept_in_a_bucket_and_read_back(bucket):
    at = datetime(2024, 2, 2, 3, tzinfo=UTC)
    document = receive(Upload("statutes.pdf", PDF, "The statutes"), at=at, by=make_actor("coordinator"))
    assert list(bucket) == [f"/alliance/documents/{document.stored_as}"]
    assert bytes_of(document) == PDF


def test_an_address_that_is_no_bucket_is_refused():
    with pytest.raises(ValueError, match="like s3://bucket/folder"):
        _document_store("ftp://somewhere")
