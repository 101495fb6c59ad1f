"""
Is this credential genuine? Named checks, one word, and never an exception, whatever is handed in.

Signature, issuer and shape are looked at always as far as they can be; scope, dates and status only when the
signature holds, because before that nothing in the document is anybody's word. Only an answer in which everything
holds is ``valid``; an export that cannot tell who was entitled leaves *scope* unknown and may still be.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from corridor.kernel.wording import N_, Phrase

from .contexts import bundled
from .data_integrity import MAX_PROOFS, check, proofs_of, read_hash, suite_of
from .did_documents import as_shown, published_key, require_in_use
from .instants import day_as_written, read_instant
from .json_reading import read_object
from .own_names import is_key, key_in
from .refusals import BadKey, CannotRead, ForeignProof, KeyCompromised, KeyNotInUse, ProofRefused
from .resolving import Resolver
from .said import read_endorsement, read_said
from .shape import WrongShape, check_shape
from .standing import dates_check, scope_check, status_check
from .statements import Dispute
from .suites import OF_FORM, Form
from .verdicts import Check, CheckName, Result, Said, Verdict, Word

_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*(~.*)?", re.DOTALL | re.ASCII)
_KEY_WORDS: dict[type[ProofRefused], Word] = {KeyCompromised: Word.KEY_COMPROMISED, KeyNotInUse: Word.KEY_ENDED}
_OF_RDFC = OF_FORM[Form.RDFC]
_ORDER = {name: place for place, name in enumerate(CheckName)}
_DISPUTED = {
    Result.PASS: N_("Signed by %(signer)s, and unchanged since. Other software may read it otherwise: %(why)s"),
    Result.FAIL: N_("The signature does not fit. Other software may read it otherwise: %(why)s"),
}
_KEPT_BACK = N_("For which site and programme it was issued, its holder does not show.")
_LATER = N_("Not looked at, because nothing the document says can be relied on.")
_OWN_WORD = N_("An endorsement is its issuer's own word. Nobody needs to be entitled to give one.")


def verify_document(raw: bytes | str, *, resolver: Resolver, at: datetime) -> Verdict:
    """The verdict about one credential, as text or bytes, at one instant. Never raises for anything in ``raw``."""
    try:
        document = _read(raw)
    except CannotRead as refusal:
        return verdict_from([Check(CheckName.SHAPE, Result.FAIL, refusal.message, refusal.places)], Word.MALFORMED)
    shape = _shape(document)
    issuer = _issuer_of(document)
    signatures = _signatures(document, issuer, resolver)
    checks = Genuine(document, issuer, tuple(signatures), shape, is_signed=bool(document.get("proof")))
    read = read_endorsement if is_endorsement(document) else read_said
    return verdict_on(checks, lambda: read(document), resolver=resolver, at=at)


def is_endorsement(document: dict[str, Any]) -> bool:
    """Whether it says to be an endorsement, whatever else it says."""
    types = document.get("type")
    return "EndorsementCredential" in (types if isinstance(types, list) else [types])


def named_signers(document: dict[str, Any]) -> list[str]:
    """The DIDs of those who, by the document itself, sign beside its issuer. For documents of any shape."""
    evidence = document.get("evidence")
    rows = [each for each in evidence if isinstance(each, dict)] if isinstance(evidence, list) else []
    return [str(each.get("id")) for each in rows if each.get("genre") == "signer"][:MAX_PROOFS]


def missing_signers(document: dict[str, Any], found: Iterable[Check]) -> list[Check]:
    """One failed check for each named signer of whom there is no signature: a proof was taken out, or never made."""
    methods = [str(each.places.get("method", "")) for each in found]
    reason = N_("%(signer)s is named among those who sign, and has not signed.")
    return [
        Check(CheckName.SIGNATURE, Result.FAIL, reason, {"signer": as_shown(did), "word": Word.TAMPERED.value})
        for did in named_signers(document)
        if not any(method.startswith(f"{did}#") for method in methods)
    ]


@dataclass(frozen=True)
class Genuine:
    """
    What was found of a document before it is asked whether it stands; in whatever form it was signed. ``is_whole`` unless its holder
    kept back for which site and programme it was issued.
    """

    document: dict[str, Any]
    issuer: str
    signatures: tuple[Check, ...]
    shape: Check
    is_signed: bool = True
    is_whole: bool = True


def verdict_on(found: Genuine, said: Callable[[], Said], *, resolver: Resolver, at: datetime) -> Verdict:
    """The verdict, of which ``said`` is asked only when signature and shape hold."""
    document, issuer = found.document, found.issuer
    others = named_signers(document) if found.shape.result == Result.PASS else []
    registered = [issuer_check(document, each, resolver) for each in (issuer, *others)]
    checks = [*found.signatures, *registered, found.shape]
    results = {each.result for each in found.signatures}
    if Result.FAIL in results:
        return verdict_from(checks, _word_of(found.signatures) if found.is_signed else Word.MALFORMED)
    if Result.NOT_LOOKED_AT in results:
        return verdict_from(checks, Word.MALFORMED)
    if {each.result for each in registered} != {Result.PASS}:
        return verdict_from(checks, Word.UNKNOWN_ISSUER)
    if found.shape.result != Result.PASS:
        return verdict_from(checks, Word.MALFORMED)
    if results != {Result.PASS}:
        return verdict_from(checks, Word.UNKNOWN_ISSUER)
    return _standing(found, said(), resolver, at, checks)


def _standing(found: Genuine, said: Said, resolver: Resolver, at: datetime, checks: list[Check]) -> Verdict:
    """Genuine, and in our shape. Does it stand?"""
    document = found.document
    scopes = _scopes(found, said, resolver)
    dates = dates_check(document, at)
    status, word, replaced_by = status_check(document, said.issuer_did, resolver, at)
    if word is None and Result.FAIL in {each.result for each in scopes}:
        word = Word.OUT_OF_SCOPE
    if word is None and dates.result == Result.FAIL:
        word = Word.EXPIRED
    return verdict_from([*checks, *scopes, dates, status], word or Word.VALID, said, replaced_by)


def _scopes(found: Genuine, said: Said, resolver: Resolver) -> list[Check]:
    """One for the issuer, and one for each member that signs beside it."""
    if said.endorses:
        return [Check(CheckName.SCOPE, Result.NOT_LOOKED_AT, _OWN_WORD)]
    if not found.is_whole:
        return [Check(CheckName.SCOPE, Result.UNKNOWN, _KEPT_BACK)]
    others = [replace(said, issuer_did=did, issuer_name=name) for did, name in said.signers]
    return [scope_check(each, resolver) for each in (said, *others)]


def verdict_from(checks: Iterable[Check], word: Word, said: Said | None = None, replaced_by: str = "") -> Verdict:
    found = list(checks)
    names = {each.name for each in found}
    found += [Check(name, Result.NOT_LOOKED_AT, _LATER) for name in CheckName if name not in names]
    return Verdict(word, tuple(sorted(found, key=lambda each: _ORDER[each.name])), said, replaced_by)


def _read(raw: bytes | str) -> dict[str, Any]:
    start = raw[:4096].decode("ascii", "ignore") if isinstance(raw, bytes) else raw[:4096]
    if len(raw) < 500_000 and start.lstrip().startswith("ey"):
        whole = raw.decode("ascii", "ignore") if isinstance(raw, bytes) else raw
        if _TOKEN.fullmatch(whole.strip()):
            raise CannotRead(
                N_("This is a signed token (JWT). It may well be genuine; this reader does not take that form.")
            )
    document = read_object(raw)
    types = document.get("type")
    if "VerifiableCredential" not in (types if isinstance(types, list) else [types]):
        raise CannotRead(N_("This is not a credential."))
    return document


def _shape(document: dict[str, Any]) -> Check:
    try:
        check_shape(document, "endorsement" if is_endorsement(document) else "credential")
    except WrongShape as refusal:
        return Check(CheckName.SHAPE, Result.FAIL, refusal.message, refusal.places)
    return Check(CheckName.SHAPE, Result.PASS, N_("It is written as this alliance's credentials are."))


def _issuer_of(document: dict[str, Any]) -> str:
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else ""


def issuer_check(document: dict[str, Any], issuer: str, resolver: Resolver) -> Check:
    on = day_as_written(document.get("validFrom"))
    if not issuer or on is None:
        return Check(CheckName.ISSUER, Result.FAIL, N_("The document does not say who issued it, or on which day."))
    found = resolver.registration(issuer, on=on)
    places: dict[str, object] = {"issuer": as_shown(issuer), "day": on}
    if found is None:
        reason = N_("%(issuer)s is in no register known here. That alone does not make it a forgery.")
        return Check(CheckName.ISSUER, Result.UNKNOWN, reason, places)
    places |= {"issuer": found.name, "register": Phrase(found.register), "as_of": found.as_of or ""}
    if not found.in_force:
        return Check(CheckName.ISSUER, Result.FAIL, N_("%(issuer)s was not in the register on %(day)s."), places)
    if found.as_of:
        reason = N_("%(issuer)s stood in %(register)s on %(day)s; the register is of %(as_of)s.")
        return Check(CheckName.ISSUER, Result.PASS, reason, places)
    return Check(CheckName.ISSUER, Result.PASS, N_("%(issuer)s stood in %(register)s on %(day)s."), places)


def _signatures(document: dict[str, Any], issuer: str, resolver: Resolver) -> list[Check]:
    """One check for each proof; at least one must be by a key of the issuer's own."""
    try:
        proofs = proofs_of(document)
        if not proofs:
            return [Check(CheckName.SIGNATURE, Result.FAIL, N_("It is not signed."))]
        unsecured = {key: value for key, value in document.items() if key != "proof"}
        is_read = any(str(each.get("cryptosuite")) in _OF_RDFC for each in proofs)
        if is_read and (address := _not_kept(document)):
            places: dict[str, object] = {"address": address[:200]}
            return [
                Check(
                    CheckName.SIGNATURE,
                    Result.UNKNOWN,
                    N_("The vocabulary %(address)s is not one that is kept here."),
                    places,
                )
            ]
        digest, disputes = read_hash(unsecured) if is_read else (None, frozenset())
        found = [_named(_signature(document, each, digest, resolver), disputes) for each in proofs]
    except CannotRead as refusal:
        return [Check(CheckName.SIGNATURE, Result.NOT_LOOKED_AT, refusal.message, refusal.places)]
    own = [each for each in found if str(each.places.get("method", "")).startswith(f"{issuer}#")]
    if issuer and not own and all(each.result == Result.PASS for each in found):
        found = _of_others(found, issuer, resolver)
    return [*found, *missing_signers(document, found)]


def _not_kept(document: dict[str, Any]) -> str:
    """A vocabulary of the document whose words others may know and nobody here does; empty where all are kept."""
    given = document.get("@context")
    entries = given if isinstance(given, list) else [given]
    return next((each for each in entries if isinstance(each, str) and each not in bundled()), "")


def _of_others(found: list[Check], issuer: str, resolver: Resolver) -> list[Check]:
    """Signatures that hold, none by a key under the issuer's name: somebody else's, where the issuer's keys are known; else nobody can say."""
    if is_key(issuer) or resolver.did_document(issuer) is not None:
        return [*found, Check(CheckName.SIGNATURE, Result.FAIL, N_("None of the signatures is the issuer's own."))]
    reason = N_("It is not known here whether this is a key of %(issuer)s.")
    return [Check(CheckName.SIGNATURE, Result.UNKNOWN, reason, {"issuer": as_shown(issuer)}), *found]


def _named(signature: Check, disputes: frozenset[Dispute]) -> Check:
    """The check, which says so where other software would read the document otherwise."""
    if not disputes or signature.result not in _DISPUTED:
        return signature
    dispute = min(disputes)
    places = {**signature.places, "dispute": dispute.value, "why": Phrase(dispute.sentence)}
    return replace(signature, reason=_DISPUTED[signature.result], places=places)


def _signature(document: dict[str, Any], proof: dict[str, Any], digest: bytes | None, resolver: Resolver) -> Check:
    method = proof.get("verificationMethod")
    signer = method.partition("#")[0] if isinstance(method, str) else ""
    places: dict[str, object] = {"method": str(method)[:300], "signer": as_shown(signer)}
    try:
        suite = suite_of(proof)
        public, published = _public_key(signer, method, proof, resolver)
        if public is None:
            return Check(CheckName.SIGNATURE, Result.UNKNOWN, N_("The key of %(signer)s is not known here."), places)
        check(document, proof, public=public, digest=digest if suite in _OF_RDFC else None)
        # Only of a signature that holds is it said that its key had ended: anything else is a forgery.
        _require_in_use(published, proof)
    except ForeignProof as refusal:
        return Check(CheckName.SIGNATURE, Result.UNKNOWN, refusal.message, {**refusal.places})
    except ProofRefused as refusal:
        word = _KEY_WORDS.get(type(refusal), Word.TAMPERED)
        return Check(
            CheckName.SIGNATURE, Result.FAIL, refusal.message, {**places, **refusal.places, "word": word.value}
        )
    return Check(CheckName.SIGNATURE, Result.PASS, N_("Signed by %(signer)s, and unchanged since."), places)


def _word_of(signatures: Iterable[Check]) -> Word:
    """What failed signatures amount to: one that does not fit outweighs one whose key had ended."""
    words = {str(each.places.get("word", Word.TAMPERED.value)) for each in signatures if each.result == Result.FAIL}
    return next(word for word in (Word.TAMPERED, Word.KEY_COMPROMISED, Word.KEY_ENDED) if word.value in words)


def _require_in_use(published: dict[str, Any], proof: dict[str, Any]) -> None:
    created = read_instant(proof.get("created"))
    if created is not None:
        require_in_use(published, at=created)


def _public_key(signer: str, method: Any, proof: dict[str, Any], resolver: Resolver) -> tuple[Any, dict[str, Any]]:
    """The key, or None where nobody knows it, and what is published with it."""
    if not isinstance(method, str):
        raise ProofRefused(N_("The proof does not name its key."))
    if is_key(signer):
        try:
            return key_in(signer), {}
        except BadKey:
            return None, {}
    document = resolver.did_document(signer)
    if document is None:
        return None, {}
    if read_instant(proof.get("created")) is None:
        raise ProofRefused(N_("The proof does not say when it was made."))
    return published_key(document, did=signer, method=method)
