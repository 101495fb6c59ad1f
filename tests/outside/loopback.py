"""The outside wallet (wallet.mjs), and TLS on this machine for it: it asks an issuer in no other way."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

SCRIPT = Path(__file__).with_name("wallet.mjs")
NODE = shutil.which("node")


def certificate(folder: Path, *, host: str = "localhost") -> tuple[Path, Path]:
    """A certificate for that host and its key, for an hour."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)]),
    )
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), 1, now - timedelta(hours=1), now + timedelta(hours=1)
    )
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    signed = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(
        key, hashes.SHA256()
    )
    files = folder / "tls.pem", folder / "tls.key"
    files[0].write_bytes(signed.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


@dataclass(frozen=True)
class Front:
    """Where a house is reached over TLS, and what a client needs to trust it."""

    place: str
    pem: Path


@contextmanager
def tls_before(url: str, folder: Path, *, host: str) -> Iterator[Front]:
    """The house at ``url``, which speaks plainly, as ``host`` over TLS: a front as a proxy is one, that alters nothing."""
    pem, key = certificate(folder, host=host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    behind = urlsplit(url)

    class Handed(BaseRequestHandler):
        def handle(self) -> None:
            with (
                context.wrap_socket(self.request, server_side=True) as asked,
                socket.create_connection((behind.hostname, behind.port)) as house,
            ):
                answering = threading.Thread(target=_pour, args=(house, asked))
                answering.start()
                _pour(asked, house)
                answering.join()

    with ThreadingTCPServer(("127.0.0.1", 0), Handed) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Front(f"127.0.0.1:{server.server_address[1]}", pem)
        finally:
            server.shutdown()
            thread.join()


def take(pem: Path, address: str, typed: str, *, at: str = "") -> dict[str, Any]:
    """What the wallet says that was given the address of an offer and a transaction code; ``at``: where its issuer's name leads to."""
    answer = subprocess.run(
        [str(NODE), "--dns-result-order=ipv4first", str(SCRIPT), address, typed, at],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(pem)},
    )
    assert answer.stdout, answer.stderr
    return json.loads(answer.stdout)


def _pour(source: socket.socket, into: socket.socket) -> None:
    """Until one of the two has gone."""
    with suppress(OSError):
        while content := source.recv(65_536):
            into.sendall(content)
    with suppress(OSError):
        into.shutdown(socket.SHUT_RDWR)
