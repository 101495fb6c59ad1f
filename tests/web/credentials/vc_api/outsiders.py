"""Somebody else's software at these doors: what it sends, and a holder with a key of their own."""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from corridor.foundations import clock
from corridor.rooms.credentials.proofs.data_integrity import SigningKey, document_hash, options_hash, timestamp
from corridor.rooms.credentials.proofs.did_documents import new_key
from corridor.rooms.credentials.proofs.jwk import base64url
from corridor.rooms.credentials.proofs.multikey import base58, public_multikey
from corridor.rooms.credentials.proofs.suites import sign_bytes
from corridor.rooms.credentials.vc_api.proving import vocabularies
from corridor.rooms.credentials.vc_api.shapes import without_nesting

V2, V1 = "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


def credential(**changes: Any) -> dict[str, Any]:
    """The least that a credential says; ``None`` takes a part away."""
    found = {
        "@context": [V2],
        "id": "urn:uuid:2f6a5a1e-1f0c-4a8e-9a57-0d8f6c1f7f10",
        "type": ["VerifiableCredential"],
        "issuer": "did:example:weavers-guild",
        "validFrom": "2023-06-30T09:00:00Z",
        "credentialSubject": {"id": "did:example:khamla", "name": "Khamla"},
    }
    return {name: value for name, value in {**found, **changes}.items() if value is not None}


def older(**changes: Any) -> dict[str, Any]:
    """The same by the model of 2019."""
    table = {"@context": {"name": "https://schema.org/name"}}
    said = credential(**{"@context": [V1, table], "validFrom": None, "issuanceDate": "2023-06-30T09:00:00Z"})
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


@dataclass
class Outsider:
    """Signs by the standard alone, with a did:key."""

    private: Any = field(default_factory=new_key)

    @property
    def did(self) -> str:
        return f"did:key:{public_multikey(self.private)}"

    @property
    def key(self) -> SigningKey:
        return SigningKey(f"{self.did}#{public_multikey(self.private)}", self.private)

    def signed(self, document: Mapping[str, Any], *, over: list[Any] | None = None, **proof: Any) -> dict[str, Any]:
        """With one proof, in which ``proof`` stands instead of the usual (``None``: not at all); ``over``: earlier proofs covered too."""
        options = {
            "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": timestamp(clock.real_now()),
            "verificationMethod": self.key.verification_method, "proofPurpose": "assertionMethod", **proof,
        }  # fmt: skip
        options = {name: value for name, value in options.items() if value is not None}
        unsecured = {name: value for name, value in document.items() if name != "proof"}
        flat = without_nesting({**unsecured, "proof": over} if over else unsecured)
        known = {**options, "cryptosuite": "eddsa-rdfc-2022"}
        digests = options_hash(flat, known, contexts=vocabularies()) + document_hash(flat, contexts=vocabularies())
        options["proofValue"] = "z" + base58(sign_bytes(self.private, digests))
        return {**unsecured, "proof": options}

    def token(self, claims: Mapping[str, Any], **header: Any) -> str:
        """In compact form; ``header`` stands instead of the usual (``None``: not at all)."""
        head = {"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": self.key.verification_method, **header}
        parts = ({name: value for name, value in head.items() if value is not None}, dict(claims))
        signed = ".".join(base64url(json.dumps(each).encode()) for each in parts)
        return f"{signed}.{base64url(sign_bytes(self.private, signed.encode()))}"


def enveloped(token: str, *, kind: str = "Credential", media: str = "vc+jwt", **changes: Any) -> dict[str, Any]:
    envelope = {"@context": V2, "type": f"EnvelopedVerifiable{kind}", "id": f"data:application/{media},{token}"}
    return {name: value for name, value in {**envelope, **changes}.items() if value is not None}


@dataclass
class Doors:
    """What each door answered."""

    client: Client

    def post(self, path: str, body: Any) -> tuple[int, dict[str, Any]]:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        answer = self.client.post(path, text, content_type="application/json")
        return answer.status_code, answer.json()

    def issue(self, document: Any, **options: Any) -> tuple[int, dict[str, Any]]:
        return self.post("/credentials/issue", {"credential": document, "options": options})

    def issued(self, document: Any, **options: Any) -> dict[str, Any]:
        status, said = self.issue(document, **options)
        assert status == 201, said
        return said["verifiableCredential"]

    def verify(self, document: Any, **options: Any) -> tuple[int, dict[str, Any]]:
        return self.post("/credentials/verify", {"verifiableCredential": document, "options": options})

    def present(self, document: Any, **options: Any) -> tuple[int, dict[str, Any]]:
        return self.post("/presentations/verify", {"verifiablePresentation": document, "options": options})

    def holds(self, document: Any, **options: Any) -> None:
        status, said = self.verify(document, **options)
        assert (status, said["verified"], said["errors"]) == (200, True, []), said

    def refuses(self, document: Any, **options: Any) -> str:
        return _no(self.verify(document, **options))

    def takes(self, presentation: Any, **options: Any) -> None:
        status, said = self.present(presentation, **options)
        assert (status, said["verified"]) == (200, True), said

    def turns_away(self, presentation: Any, **options: Any) -> str:
        return _no(self.present(presentation, **options))


def _no(answer: tuple[int, dict[str, Any]]) -> str:
    status, said = answer
    assert (status, said["verified"]) == (400, False), said
    assert said["problemDetails"][0]["type"].startswith("https://www.w3.org/")
    return said["errors"][0]


def changed(document: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy with another value at a dotted path; ``...`` takes the part away."""
    found = copy.deepcopy(dict(document))
    *way, last = path.split(".")
    inner: Any = found
    for step in way:
        inner = inner[step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return found
