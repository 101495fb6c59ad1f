"""A secret that only the holder of the private half opens, in both kinds of keys."""

import json

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, x25519

from corridor.rooms.credentials.proofs.refusals import BadKey
from corridor.rooms.credentials.proofs.sealed_boxes import open_box, seal_to


def pems(private) -> tuple[bytes, bytes]:
    return (
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
        private.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo),
    )


KINDS = {"x25519": x25519.X25519PrivateKey.generate, "p256": lambda: ec.generate_private_key(ec.SECP256R1())}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_only_the_private_half_opens_it(kind):
    private, public = pems(KINDS[kind]())
    box = seal_to(b"a secret", recipient=public).encode()
    assert b"a secret" not in box
    assert open_box(box, private=private) == b"a secret"
    for other in KINDS.values():
        with pytest.raises(BadKey, match="does not open it"):
            open_box(box, private=pems(other())[0])


def test_an_altered_box_and_other_kinds_of_keys_are_refused():
    private, public = pems(x25519.X25519PrivateKey.generate())
    box = json.loads(seal_to(b"a secret", recipient=public))
    for name, value in (("nonce", "AAAAAAAAAAAAAAAA"), ("sealed", "AAAA"), ("ephemeral", public.decode())):
        with pytest.raises(BadKey):
            open_box(json.dumps(box | {name: value}).encode(), private=private)
    for wrong in (
        pems(ed25519.Ed25519PrivateKey.generate())[1],
        pems(ec.generate_private_key(ec.SECP384R1()))[1],
        b"none",
    ):
        with pytest.raises(BadKey, match="X25519 or P-256"):
            seal_to(b"a secret", recipient=wrong)
