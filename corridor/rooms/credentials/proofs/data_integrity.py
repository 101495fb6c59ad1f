"""
Data Integrity proofs. Source: W3C Verifiable Credential Data Integrity 1.0; Data Integrity EdDSA Cryptosuites 1.0.

``eddsa-rdfc-2022`` signs what a document *says* (its RDF): credentials and status lists, because that is what others
verify. ``eddsa-jcs-2022`` signs its JSON as it stands: the companion of a status list, which only our verifier reads. With a
P-256 key the suites are ``ecdsa-rdfc-2019`` and ``ecdsa-jcs-2019`` (see ``suites``).

What is signed is sha256(proof without its value, in the document's vocabulary) followed by sha256(document without
proofs). Where a stranger's key is of P-384 it is SHA-384, which names the blank nodes, too.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import rfc8785

from corridor.kernel.wording import N_, Phrase

from .contexts import Contexts, bundled
from .multikey import base58, from_base58
from .refusals import BadKey, ForeignProof, ProofRefused, TooLarge, UnreadableForm
from .statements import Dispute, spell
from .suites import (
    HASHES,
    JCS,
    RDFC,
    SUITES,
    Form,
    KeyKind,
    PrivateKey,
    PublicKey,
    held_before,
    holds,
    kind_of,
    sign_bytes,
    suite_for,
)

MAX_PROOFS = 16
# why a proof was made: to state something, or to show who one is
STATES, SHOWS = "assertionMethod", "authentication"
_USUAL = HASHES[KeyKind.ED25519]
_LONGEST_KEPT = 4_000
_LONGEST_LIST = 100_000


@dataclass(frozen=True)
class SigningKey:
    """A private key and the name under which its public half is published: the issuer's DID, ``#`` and a fragment."""

    verification_method: str
    private: PrivateKey


def timestamp(at: datetime) -> str:
    """An instant as XSD dateTimeStamp in UTC, to the second. ``at`` must know its zone."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def sign(
    document: dict[str, Any],
    *,
    key: SigningKey,
    created: datetime,
    cryptosuite: str = RDFC,
    contexts: Contexts | None = None,
) -> dict[str, Any]:
    """
    A copy of the document with one more proof in its array ``proof``. The document's other proofs are not covered (a
    proof set). ``cryptosuite`` says which form is signed; the key, by which suite.

    Raises CannotRead when part of the document would not be covered by the signature, or other software would read another part.
    """
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    digest = hashlib.sha256(canonical(unsecured, cryptosuite=cryptosuite, contexts=contexts, undisputed=True)).digest()
    proof = sign_digest(document, digest, key=key, created=created, cryptosuite=cryptosuite, contexts=contexts)
    return {**unsecured, "proof": [*proofs_of(document), proof]}


def sign_digest(
    document: dict[str, Any],
    digest: bytes,
    *,
    key: SigningKey,
    created: datetime,
    cryptosuite: str = RDFC,
    contexts: Contexts | None = None,
) -> dict[str, Any]:
    """The proof for a document whose ``document_hash`` is known."""
    suite = suite_for(key.private, form=SUITES[cryptosuite].form)
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite.name,
        "created": timestamp(created),
        "verificationMethod": key.verification_method,
        "proofPurpose": STATES,
    }
    # JCS covers the proof as it stands, so the vocabulary of the document is written into it
    if suite.form == Form.JCS and "@context" in document:
        options = {"@context": document["@context"], **options}
    signed = options_hash(document, options, contexts=contexts) + digest
    return {**options, "proofValue": "z" + base58(sign_bytes(key.private, signed))}


def check(
    document: dict[str, Any],
    proof: dict[str, Any],
    *,
    public: PublicKey,
    digest: bytes | None = None,
    contexts: Contexts | None = None,
    is_asked_often: bool = False,
    purpose: str = STATES,
) -> None:
    """
    Return when the proof holds for the document and the key. ``is_asked_often``: of a list, for every credential on it.

    ``digest`` is ``document_hash`` of the document without its proofs, by SHA-256, to hash a document once for several proofs.
    Raises ProofRefused when the signature does not hold, ForeignProof for another kind of proof, CannotRead when it
    is not clear what was signed.
    """
    suite = suite_of(proof, purpose=purpose)
    is_rdfc = SUITES[suite].form == Form.RDFC
    if "@context" in proof and (is_rdfc or proof["@context"] != document.get("@context")):
        raise UnreadableForm(N_("The proof brings a vocabulary of its own."))
    earlier, hashed = previous_proofs(document, proof), HASHES[kind_of(public)]
    if earlier or digest is None or hashed != _USUAL:
        unsecured = {name: value for name, value in document.items() if name != "proof"}
        if earlier:
            unsecured["proof"] = earlier
        hasher = _often_hashed if is_asked_often else document_hash
        digest = hasher(unsecured, cryptosuite=suite, contexts=contexts, hashed=hashed)
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    signed = options_hash(document, options, contexts=contexts, hashed=hashed) + digest
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise ProofRefused(N_("The proof has no signature that can be read."))
    if not SUITES[suite].takes(public):
        raise ProofRefused(N_("The key is of another kind than the proof says."))
    try:
        signature = from_base58(value[1:])
    except BadKey:
        signature = b""
    if not (held_before if is_asked_often else holds)(public, signature, signed):
        raise ProofRefused(N_("The signature does not belong to this content: something was changed after signing."))


def suite_of(proof: dict[str, Any], *, purpose: str = STATES) -> str:
    """The name of a suite in ``suites``. Raises ForeignProof for every other kind of proof, ProofRefused for another purpose."""
    kind, suite = proof.get("type"), proof.get("cryptosuite")
    if kind != "DataIntegrityProof" or not isinstance(suite, str) or suite not in SUITES:
        named = suite if kind == "DataIntegrityProof" else kind
        raise ForeignProof(N_("This reader does not know proofs of the kind “%(kind)s”."), kind=str(named)[:60])
    if proof.get("proofPurpose") != purpose:
        raise ProofRefused(N_("The proof was made for another purpose than to state something."))
    return str(suite)


def proofs_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """
    The proofs of a document, none to 16. Raises TooLarge for more, UnreadableForm for something that is not a proof.
    """
    found = document.get("proof", [])
    proofs = found if isinstance(found, list) else [found]
    if len(proofs) > MAX_PROOFS:
        raise TooLarge(N_("The document carries more than %(most)s proofs."), most=MAX_PROOFS)
    if not all(isinstance(proof, dict) for proof in proofs):
        raise UnreadableForm(N_("A proof is not an object."))
    return proofs


def previous_proofs(document: dict[str, Any], proof: dict[str, Any]) -> list[dict[str, Any]]:
    """
    The proofs that this one says it was made on top of (a chain). Raises ProofRefused when one of them is not there.
    """
    named = proof.get("previousProof", [])
    names = named if isinstance(named, list) else [named]
    by_name = {each["id"]: each for each in proofs_of(document) if isinstance(each.get("id"), str)}
    missing = [name for name in names if not isinstance(name, str) or name not in by_name]
    if missing or len(names) > len(by_name):
        raise ProofRefused(N_("The proof stands on another one that is not there."))
    return [by_name[name] for name in names]


def document_hash(
    document: dict[str, Any], *, cryptosuite: str = RDFC, contexts: Contexts | None = None, hashed: str = _USUAL
) -> bytes:
    """The hash of the canonical form of the document as given."""
    return hashlib.new(hashed, canonical(document, cryptosuite=cryptosuite, contexts=contexts, hashed=hashed)).digest()


def _often_hashed(document: dict[str, Any], *, cryptosuite: str, contexts: Contexts | None, hashed: str) -> bytes:
    text = json.dumps(document)
    if SUITES[cryptosuite].form == Form.JCS or len(text) > _LONGEST_LIST:
        return document_hash(document, cryptosuite=cryptosuite, contexts=contexts, hashed=hashed)
    return _kept_list_hash(text, contexts or bundled(), hashed)


@lru_cache(maxsize=32)
def _kept_list_hash(text: str, contexts: Contexts, hashed: str) -> bytes:
    return document_hash(json.loads(text), contexts=contexts, hashed=hashed)


def read_hash(document: dict[str, Any], *, contexts: Contexts | None = None) -> tuple[bytes, frozenset[Dispute]]:
    """sha256 of what the document says, and where other software would read it otherwise."""
    spelled = spell(document, contexts)
    return hashlib.sha256(spelled.text.encode()).digest(), spelled.disputes


def options_hash(
    document: dict[str, Any], options: dict[str, Any], *, contexts: Contexts | None = None, hashed: str = _USUAL
) -> bytes:
    """The hash of the canonical form of a proof without its value, in the vocabulary of the document."""
    if SUITES[options["cryptosuite"]].form == Form.JCS:
        return document_hash(options, cryptosuite=JCS, hashed=hashed)
    configuration = {"@context": document.get("@context"), **options}
    text = json.dumps(configuration)
    if len(text) > _LONGEST_KEPT:  # strangers choose what is kept
        return document_hash(configuration, contexts=contexts, hashed=hashed)
    return _kept_hash(text, contexts or bundled(), hashed)


@lru_cache(maxsize=256)
def _kept_hash(configuration: str, contexts: Contexts, hashed: str) -> bytes:
    """Kept because a batch is signed with the same options, and a list is checked for every credential on it."""
    return document_hash(json.loads(configuration), contexts=contexts, hashed=hashed)


def canonical(
    document: dict[str, Any],
    *,
    cryptosuite: str = RDFC,
    contexts: Contexts | None = None,
    undisputed: bool = False,
    hashed: str = _USUAL,
) -> bytes:
    """
    The bytes that the suite hashes: canonical N-Quads, or canonical JSON.

    With ``undisputed``, UnreadableForm for a document that other people's software would spell otherwise: we verify
    such, and never sign one.
    """
    if SUITES[cryptosuite].form == Form.JCS:
        try:
            return rfc8785.dumps(document)
        except rfc8785.CanonicalizationError as error:
            raise UnreadableForm(
                N_("The document cannot be written as canonical JSON: %(why)s."), why=str(error)
            ) from None
    found = spell(document, contexts, hashed=hashed)
    for dispute in sorted(found.disputes) if undisputed else ():
        raise UnreadableForm(
            N_("It cannot be signed, because other software would read it otherwise: %(why)s"),
            why=Phrase(dispute.sentence),
        )
    return found.text.encode()


def as_text(document: dict[str, Any]) -> str:
    """A signed document as it is stored and served, byte for byte."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
