"""Do the proofs of a document hold, whoever made them? Every one must, and one of them be by whom the document names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from corridor.kernel.wording import N_

from ..proofs.contexts import Contexts, bundled
from ..proofs.data_integrity import SHOWS, STATES, check, proofs_of, read_hash, suite_of
from ..proofs.did_documents import published_key, require_in_use
from ..proofs.own_names import fragments_of, is_key, key_in
from ..proofs.refusals import BadKey, BadStatusList, CannotRead, ForeignProof, ProofRefused
from ..proofs.suites import OF_FORM, Form, PublicKey
from .instants import read_stamp
from .refusals import Malformed, NotProven, Refused
from .shapes import is_address, without_nesting

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
# what is asked of a proof beside that it holds
_ASKED = ("challenge", "domain")


@dataclass(frozen=True)
class Asked:
    """What who asks expects: ``purpose`` of the proofs, a challenge, a domain, and which parts are to be looked at (all, where None)."""

    purpose: str = ""
    challenge: str | None = None
    domain: str | None = None
    parts: frozenset[str] | None = None

    def looks_at(self, part: str) -> bool:
        return self.parts is None or part in self.parts


@cache
def vocabularies() -> Contexts:
    """The allow-list, and the one vocabulary of examples, which defines every word."""
    return bundled().with_more({EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}})


@dataclass(frozen=True)
class World:
    """What a verification leans on: keys and lists that are known here, and the instant."""

    did_document: Callable[[str], dict[str, Any] | None]
    status_list: Callable[[str], dict[str, Any] | None]
    at: datetime
    contexts: Contexts = field(default_factory=vocabularies)


def proven_by(document: dict[str, Any], *, asked: Asked, purposes: tuple[str, ...], world: World) -> frozenset[str]:
    """
    Who signed it: the controllers of the keys of its proofs, all of which hold.

    :raises NotProven: where there is no proof, or one does not hold. :raises Refused: where it is not clear what was signed.
    """
    flat = without_nesting(document)
    try:
        proofs = proofs_of(flat)
        if not proofs:
            raise NotProven(N_("It is not signed."))
        is_read = any(str(each.get("cryptosuite")) in OF_FORM[Form.RDFC] for each in proofs)
        unsecured = {name: value for name, value in flat.items() if name != "proof"}
        digest = read_hash(unsecured, contexts=world.contexts)[0] if is_read else None
        return frozenset(_proven(document, flat, each, digest, asked, purposes, world) for each in proofs)
    except (ForeignProof, ProofRefused) as refusal:
        raise NotProven(refusal.message, **refusal.places) from None
    except (CannotRead, BadStatusList) as refusal:
        raise Refused(refusal.message, **refusal.places) from None


def _proven(
    document: dict[str, Any],
    flat: dict[str, Any],
    proof: dict[str, Any],
    digest: bytes | None,
    asked: Asked,
    purposes: tuple[str, ...],
    world: World,
) -> str:
    purpose = asked.purpose or next((each for each in purposes if proof.get("proofPurpose") == each), purposes[0])
    suite = suite_of(proof, purpose=purpose)
    if "id" in proof and not is_address(proof["id"]):
        raise Malformed(N_("“%(place)s” must be one whole address."), place="proof.id")
    created = _instant(proof, "created")
    expires = _instant(proof, "expires")
    if expires is not None and expires < world.at:
        raise ProofRefused(N_("The proof says that it held until %(day)s."), day=expires.date())
    for name in _ASKED:
        wanted = getattr(asked, name)
        if wanted is not None and not _is_for(proof.get(name), wanted):
            raise ProofRefused(N_("The proof was made for another %(name)s than the one that is asked for."), name=name)
    public, published, controller = key_named(proof.get("verificationMethod"), world)
    is_rdfc = suite in OF_FORM[Form.RDFC]
    # one form signs what is said, the other the text as it stands
    signed, known = (flat, digest) if is_rdfc else (document, None)
    check(signed, proof, public=public, digest=known, contexts=world.contexts, purpose=purpose)
    if created is not None:
        require_in_use(dict(published), at=created)
    elif published:
        raise ProofRefused(N_("The proof does not say when it was made."))
    return controller


def key_named(method: object, world: World) -> tuple[PublicKey, Mapping[str, Any], str]:
    """The key of a verification method, what is published with it, and whose it is. :raises ProofRefused:"""
    if not isinstance(method, str) or not is_address(method):
        raise ProofRefused(N_("The proof does not name its key."))
    controller, _hash, fragment = method.partition("#")
    if is_key(controller):
        if fragment not in fragments_of(controller):
            raise ProofRefused(N_("The proof does not name its key."))
        try:
            return key_in(controller), {}, controller
        except BadKey as refusal:  # a name that is none, or a key of another kind
            raise ProofRefused(refusal.message, **refusal.places) from None
    document = world.did_document(controller)
    if document is None:
        raise ProofRefused(N_("The key of %(signer)s is not known here."), signer=controller[:200])
    return *published_key(document, did=controller, method=method), controller


def asked_of(options: object) -> Asked:
    """What the options of a request ask for. :raises Malformed:"""
    given = {} if options is None else options
    if not isinstance(given, dict):
        raise Malformed(N_("“%(place)s” is not an object."), place="options")
    found: dict[str, str | None] = {}
    for name in ("expectedProofPurpose", *_ASKED):
        found[name] = given.get(name)
        if found[name] is not None and not isinstance(found[name], str):
            raise Malformed(N_("“%(place)s” must be a text."), place=f"options.{name}")
    purpose = found["expectedProofPurpose"] or ""
    if purpose not in ("", STATES, SHOWS):
        raise Malformed(N_("“%(place)s” is a purpose that is not known here."), place="options.expectedProofPurpose")
    parts = given.get("checks")
    if parts is not None and not (isinstance(parts, list) and all(isinstance(each, str) for each in parts)):
        raise Malformed(N_("“%(place)s” must be a list of texts."), place="options.checks")
    return Asked(purpose, found["challenge"], found["domain"], frozenset(parts) if parts else None)


def _instant(proof: dict[str, Any], name: str) -> datetime | None:
    """Without a zone it is taken as UTC, as the specification says."""
    if name not in proof:
        return None
    found = read_stamp(proof[name], needs_zone=False)
    if found is None:
        raise Malformed(N_("“%(place)s” must be a date and a time with their zone."), place=f"proof.{name}")
    return found


def _is_for(given: object, wanted: str) -> bool:
    return given == wanted or (isinstance(given, list) and wanted in given)
