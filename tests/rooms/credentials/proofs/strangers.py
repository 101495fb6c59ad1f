"""Keys of kinds that no member has, and what strangers sign with them: RSA and P-384."""

import copy
import json
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from corridor.rooms.credentials.proofs import composing, data_integrity
from corridor.rooms.credentials.proofs.jwk import base64url, jwk_of
from corridor.rooms.credentials.proofs.multikey import base58, public_multikey
from corridor.rooms.credentials.proofs.suites import ECDSA_RDFC, sign_bytes

from .cast import ISSUED, Issuer, facts

RSA = rsa.generate_private_key(65_537, 2_048)
P384 = ec.generate_private_key(ec.SECP384R1())
P256 = ec.generate_private_key(ec.SECP256R1())
PADDINGS: dict[str, Any] = {"RS256": padding.PKCS1v15(), "PS256": padding.PSS(padding.MGF1(SHA256()), 32)}
COSE = {"ES256": -7, "ES384": -35, "PS256": -37, "RS256": -257}
KEYS: dict[str, Any] = {"RS256": RSA, "PS256": RSA, "ES384": P384, "ES256": P256}


def did_jwk(private: Any, **more: str) -> str:
    """The identifier that is this key."""
    return f"did:jwk:{base64url(json.dumps(jwk_of(private.public_key()) | more).encode())}"


def did_key(private: Any) -> str:
    """The same in the older spelling; not of RSA."""
    return f"did:key:{public_multikey(private)}"


def signed_by(alg: str, private: Any, message: bytes) -> bytes:
    """By an algorithm of tokens."""
    signature: bytes = (
        private.sign(message, PADDINGS[alg], SHA256()) if alg in PADDINGS else sign_bytes(private, message)
    )
    return signature


def token(claims: dict[str, Any], *, alg: str = "RS256", private: Any = None, **header: Any) -> str:
    """A token by other people's rules."""
    head = {"alg": alg, "typ": "JWT", **header}
    signed = ".".join(base64url(json.dumps(each).encode()) for each in (head, claims))
    return f"{signed}.{base64url(signed_by(alg, private or KEYS[alg], signed.encode()))}"


def message(
    claims: dict[str, Any], *, alg: str = "RS256", private: Any = None, loose: Any = None, **header: Any
) -> bytes:
    """The same in binary, by other people's CBOR."""
    head = {1: COSE[alg], 3: "application/vc", 16: "application/vc+cose"} | {
        int(name[1:]): value for name, value in header.items()
    }
    guarded = cbor2.dumps({key: value for key, value in head.items() if value is not None}, canonical=True)
    payload = json.dumps(claims).encode()
    signature = signed_by(alg, private or KEYS[alg], cbor2.dumps(["Signature1", guarded, b"", payload]))
    return cbor2.dumps(cbor2.CBORTag(18, [guarded, loose or {}, payload, signature]))


def badge_of(issuer: str | Issuer, **changes: Any) -> dict[str, Any]:
    """The claims of an Open Badge that this issuer made: as ours are written, so that its issuer alone is strange."""
    if isinstance(issuer, str):
        somebody, did = Issuer("somebody", "Somebody"), issuer
        somebody.did = did
    else:
        somebody, did = issuer, issuer.did
    said = composing.compose_credential(facts(somebody))
    subject = {"id": "urn:uuid:0190a1b2-0000-7000-8000-00000000abcd", **said["credentialSubject"]}
    seconds = int(ISSUED.timestamp())
    repeated = {"iss": did, "jti": said["id"], "sub": subject["id"], "nbf": seconds, "iat": seconds}
    return {**said, "credentialSubject": subject, **repeated, **changes}


def signed_by_p384(document: dict[str, Any], *, method: str, private: Any = P384) -> dict[str, Any]:
    """One more proof, of the kind that no member makes."""
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    options = {
        "type": "DataIntegrityProof", "cryptosuite": ECDSA_RDFC, "created": data_integrity.timestamp(ISSUED),
        "verificationMethod": method, "proofPurpose": "assertionMethod",
    }  # fmt: skip
    hashes = [
        data_integrity.options_hash(document, options, hashed="sha384"),
        data_integrity.document_hash(unsecured, hashed="sha384"),
    ]
    value = "z" + base58(sign_bytes(private, b"".join(hashes)))
    return {**unsecured, "proof": [*data_integrity.proofs_of(document), {**options, "proofValue": value}]}


def with_strange_keys(document: dict[str, Any]) -> dict[str, Any]:
    """A DID document that publishes such keys beside the member's own."""
    found, did = copy.deepcopy(document), document["id"]
    dates = {"controller": did, "validFrom": "2023-01-01T00:00:00Z"}
    strange = [
        {"id": f"{did}#rsa", "type": "JsonWebKey", "publicKeyJwk": jwk_of(RSA.public_key()), **dates},
        {"id": f"{did}#p384-jwk", "type": "JsonWebKey", "publicKeyJwk": jwk_of(P384.public_key()), **dates},
        {"id": f"{did}#p384", "type": "Multikey", "publicKeyMultibase": public_multikey(P384), **dates},
    ]
    found["verificationMethod"] += strange
    found["assertionMethod"] += [each["id"] for each in strange]
    return found
