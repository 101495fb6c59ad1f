"""Private keys guarded by a key service over HTTP, tried with one that speaks its protocol on this machine."""

import base64
import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from corridor.foundations.private_keys import NoEncryptionKey, is_sealed_by_guard_of_today, seal, unseal

TOKEN = "only-for-this-test"


class Service(BaseHTTPRequestHandler):
    """The two operations of a transit engine: AES-256-GCM, bound to ``associated_data``, for who shows the token."""

    cipher = AESGCM(AESGCM.generate_key(256))
    # What it answers instead, and what it was sent.
    answer: bytes | None = None
    status = 200
    asked: list[dict[str, str]] = []

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).asked.append({"path": self.path, **said})
        told, status = self._told(said), self.status
        if self.headers["X-Vault-Token"] != TOKEN:
            told, status = {"errors": ["permission denied"]}, 403
        elif told is None:
            told, status = {"errors": ["cipher: message authentication failed"]}, 400
        body = json.dumps({"data": told}).encode() if self.answer is None else self.answer
        self.send_response(status)
        if status == 307:
            self.send_header("Location", "/v1/transit/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _told(self, said: dict[str, str]) -> dict[str, str] | None:
        bound = base64.b64decode(said["associated_data"])
        if self.path == "/v1/transit/encrypt/corridor":
            nonce = os.urandom(12)
            sealed = nonce + self.cipher.encrypt(nonce, base64.b64decode(said["plaintext"]), bound)
            return {"ciphertext": "vault:v1:" + base64.b64encode(sealed).decode()}
        sealed = base64.b64decode(said["ciphertext"].removeprefix("vault:v1:"))
        try:
            opened = self.cipher.decrypt(sealed[:12], sealed[12:], bound)
        except InvalidTag:
            return None
        return {"plaintext": base64.b64encode(opened).decode()}

    def log_message(self, *_words: object) -> None:
        """Nothing: no key stands in a log."""


@pytest.fixture
def service(settings):
    class One(Service):
        asked: list[dict[str, str]] = []

    server = ThreadingHTTPServer(("127.0.0.1", 0), One)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.KEY_GUARD, settings.KEY_SERVICE_TOKEN, settings.KEY_SERVICE_KEY = "service", TOKEN, "corridor"
    settings.KEY_SERVICE_URL = f"http://127.0.0.1:{server.server_address[1]}"
    yield One
    server.shutdown()
    server.server_close()


def test_a_key_is_sealed_inside_the_service_and_bound_to_its_row(service):
    private, row = Ed25519PrivateKey.generate(), uuid4()
    sealed = seal(private, row=row)
    assert sealed.startswith(b"kms:vault:v1:") and private.private_bytes_raw() not in sealed
    assert unseal(sealed, row=row).private_bytes_raw() == private.private_bytes_raw()
    assert is_sealed_by_guard_of_today(sealed, row=row)
    assert [each["path"] for each in service.asked][:2] == [
        "/v1/transit/encrypt/corridor",
        "/v1/transit/decrypt/corridor",
    ]
    with pytest.raises(NoEncryptionKey, match="did not seal this one"):
        unseal(sealed, row=uuid4())


def test_what_the_environment_sealed_still_opens_after_the_service_took_over(service, settings):
    private, row = Ed25519PrivateKey.generate(), uuid4()
    settings.KEY_GUARD = "environment"
    sealed = seal(private, row=row)
    settings.KEY_GUARD = "service"
    assert unseal(sealed, row=row).private_bytes_raw() == private.private_bytes_raw()
    assert not is_sealed_by_guard_of_today(sealed, row=row) and service.asked == []


def test_another_token_opens_nothing(service, settings):
    row = uuid4()
    sealed = seal(Ed25519PrivateKey.generate(), row=row)
    settings.KEY_SERVICE_TOKEN = "another"
    with pytest.raises(NoEncryptionKey, match="403"):
        unseal(sealed, row=row)
    assert service.asked


@pytest.mark.parametrize(
    ("answer", "status"),
    [(b"<html>", 200), (b"{}", 200), (b'{"data": {}}', 200), (b'{"data": []}', 200), (b"", 503), (b"", 307)],
    ids=["a-page", "empty", "no-words", "a-list", "not-now", "elsewhere"],
)
def test_a_service_that_answers_anything_else_seals_nothing(service, answer, status):
    service.answer, service.status = answer, status
    with pytest.raises(NoEncryptionKey, match="does not answer"):
        seal(Ed25519PrivateKey.generate(), row=uuid4())
    assert len(service.asked) == 1


def test_a_service_that_is_down_is_a_refusal(settings, service):
    settings.KEY_SERVICE_URL = "http://127.0.0.1:9"
    with pytest.raises(NoEncryptionKey, match="does not answer"):
        seal(Ed25519PrivateKey.generate(), row=uuid4())
    assert service.asked == []


@pytest.mark.parametrize(
    ("url", "said"), [("", "Set KEY_SERVICE_URL"), ("http://keys.example", "must begin with https"), ("ftp://keys.example", "https")],
    ids=["unset", "in-the-open", "no-web"],
)  # fmt: skip
def test_without_an_address_that_guards_nothing_is_sealed_and_the_refusal_says_what_to_set(settings, url, said):
    settings.KEY_GUARD, settings.KEY_SERVICE_URL = "service", url
    settings.KEY_SERVICE_TOKEN, settings.KEY_SERVICE_KEY = TOKEN, "corridor"
    with pytest.raises(NoEncryptionKey, match=said):
        seal(Ed25519PrivateKey.generate(), row=uuid4())
