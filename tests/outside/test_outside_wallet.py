"""A wallet that nobody here wrote takes a certificate, over TLS on this machine: OpenID4VCI 1.0 from offer to credential."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import connections

from corridor.foundations import clock
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.jwt.selective import open_selective
from corridor.rooms.credentials.proofs.verdicts import Word
from tests.factories.actors import VISITOR
from tests.factories.credentials import make_credential
from tests.rooms.credentials.wallet.holding import holder_of

SCRIPT = Path(__file__).with_name("wallet.mjs")
NODE = shutil.which("node")
pytestmark = [
    pytest.mark.skipif(NODE is None, reason="there is no node here to run the outside wallet"),
    pytest.mark.django_db(transaction=True),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        """Say nothing."""


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = False
    block_on_close = True

    def process_request_thread(self, request, client_address):
        super().process_request_thread(request, client_address)
        connections.close_all()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost and its key, for an hour."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), 1, now - timedelta(hours=1), now + timedelta(hours=1)
    )
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    signed = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(
        key, hashes.SHA256()
    )
    files = folder / "tls.pem", folder / "tls.key"
    files[0].write_bytes(signed.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


@pytest.fixture
def trusted(tmp_path, settings):
    """The product behind TLS on this machine; what a client needs to trust it."""
    pem, key = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    server = Server(("127.0.0.1", 0), Quiet, bind_and_activate=True)
    assert server.address_family == socket.AF_INET
    server.socket = context.wrap_socket(server.socket, server_side=True)
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = f"https://localhost:{server.server_port}", ["localhost"]
    server.set_app(get_internal_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield pem
    server.shutdown()
    server.server_close()
    thread.join()


def take(pem, offer, typed=None):
    words = [NODE, "--dns-result-order=ipv4first", SCRIPT, offer.address, typed or offer.transaction_code]
    answer = subprocess.run(
        words,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(pem)},
    )
    assert answer.stdout, answer.stderr
    return json.loads(answer.stdout)


def test_the_wallet_takes_it_once_and_it_is_bound_to_its_key(trusted):
    credential = make_credential()
    offer = actions.offer_to_wallet(credential=credential, at=clock.real_now(), by=holder_of(credential))
    wrong = take(trusted, offer, typed=f"{(int(offer.transaction_code) + 1) % 1_000_000:06}")
    assert wrong["error"] == "invalid_grant", wrong
    taken = take(trusted, offer)
    assert "credential" in taken, taken
    claims = open_selective(taken["credential"]).claims
    assert {name: claims["cnf"]["jwk"][name] for name in ("kty", "crv", "x", "y")} == claims["cnf"]["jwk"]
    assert claims["cnf"]["jwk"].items() <= taken["jwk"].items() and taken["version"] == "V1"
    assert queries.verify(raw=taken["credential"], at=clock.now(), by=VISITOR).word == Word.VALID
    again = take(trusted, offer)
    assert again["error"] == "invalid_grant", again
