"""Is this token genuine? The same named checks as of a credential with an embedded proof, and never an exception."""

import re
from datetime import UTC, datetime
from typing import Any

from corridor.kernel.wording import N_

from ..proofs.did_documents import as_shown, require_in_use
from ..proofs.jwk import read_jwk
from ..proofs.refusals import BadKey, CannotRead, ForeignProof, KeyCompromised, KeyNotInUse, ProofRefused
from ..proofs.resolving import Resolver
from ..proofs.said import read_said
from ..proofs.shape import WrongShape, check_shape
from ..proofs.verdicts import Check, CheckName, Result, Verdict, Word
from ..proofs.verifying import Genuine, missing_signers, verdict_from, verdict_on
from . import selective_credentials
from .cose import BEGINS_AS_TEXT, as_cose, read_cose
from .credentials import read_credential
from .selective import Opened, open_selective
from .selective_credentials import Read, read_selective
from .signers import method_of, signer_of
from .tokens import MAX_CHARACTERS, Token, read_token

_BREAKS = re.compile(r"[ \t\r\n]+")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*(~[A-Za-z0-9_.~-]*)?", re.ASCII)
_KEY_WORDS: dict[type[ProofRefused], Word] = {KeyCompromised: Word.KEY_COMPROMISED, KeyNotInUse: Word.KEY_ENDED}
_DATES = frozenset({"validFrom", "expires", "revoked"})
_LATEST = 253_402_300_799  # the last second of the year 9999


def as_token(raw: bytes | str) -> str | None:
    """
    A file or a pasted text that is a compact token, or the binary form of one, and nothing else; a letter or a page may have broken it
    into lines.
    """
    if len(raw) > MAX_CHARACTERS:
        return None
    binary = as_cose(raw)
    if binary is not None:
        return binary
    text = _BREAKS.sub("", raw.decode("ascii", "replace") if isinstance(raw, bytes) else raw)
    return text if text.startswith("ey") and _TOKEN.fullmatch(text) else None


def verify_token(text: str, *, resolver: Resolver, at: datetime) -> Verdict:
    """The verdict about one token at one instant. Never raises for anything in ``text``."""
    try:
        if "~" in text:
            return _selective(open_selective(text), resolver, at)
        token = read_cose(text) if text.startswith(BEGINS_AS_TEXT) else read_token(text)
        return _whole(token, resolver, at)
    except CannotRead as refusal:
        return verdict_from([Check(CheckName.SHAPE, Result.FAIL, refusal.message, refusal.places)], Word.MALFORMED)


def _whole(token: Token, resolver: Resolver, at: datetime) -> Verdict:
    shape, document = _shape_of(token)
    issuer = _text(token.claims, "iss") or _issuer_inside(token.claims)
    signatures = [_signature(token, issuer, resolver)]
    # A token has one signature: of several who are named, the others have not signed it.
    signatures += missing_signers(document, signatures)
    found = Genuine(document, issuer, tuple(signatures), shape)
    return verdict_on(found, lambda: read_said(document), resolver=resolver, at=at)


def _shape_of(token: Token) -> tuple[Check, dict[str, Any]]:
    try:
        document = read_credential(token)
        check_shape(document, "token")
    except WrongShape as refusal:
        return Check(CheckName.SHAPE, Result.FAIL, refusal.message, refusal.places), dict(token.claims)
    return Check(CheckName.SHAPE, Result.PASS, N_("It is written as this alliance's credentials are.")), document


def _selective(opened: Opened, resolver: Resolver, at: datetime) -> Verdict:
    issuer = _text(opened.token.claims, "iss")
    signatures = [_signature(opened.token, issuer, resolver)]
    if opened.binding is not None:
        signatures.append(_holders(opened, opened.binding))
    try:
        if opened.token.header.get("typ") != selective_credentials.TYP:
            raise WrongShape(N_("The token is not written as this alliance's credentials are."))
        read: Read | None = read_selective(opened)
        shape = Check(CheckName.SHAPE, Result.PASS, N_("It is written as this alliance's credentials are."))
    except WrongShape as refusal:
        read, shape = None, Check(CheckName.SHAPE, Result.FAIL, refusal.message, refusal.places)
    if read is None:
        return verdict_from([*signatures, shape], Word.MALFORMED if _hold(signatures) else _worst(signatures))
    said = read.said
    found = Genuine(read.document, issuer, tuple(signatures), shape, is_whole=bool(said.site and said.programme))
    return verdict_on(found, lambda: said, resolver=resolver, at=at)


def _holders(opened: Opened, binding: Token) -> Check:
    """The signature of the wallet to which it was given, over exactly what is shown."""
    confirmed = opened.claims.get("cnf")
    try:
        public = read_jwk(confirmed.get("jwk") if isinstance(confirmed, dict) else None)
        if not binding.is_signed_by(public):
            raise ProofRefused(N_("It is shown by somebody else than the wallet to which it was given."))
    except (BadKey, ForeignProof, ProofRefused) as refusal:
        return Check(CheckName.SIGNATURE, Result.FAIL, refusal.message, refusal.places)
    return Check(CheckName.SIGNATURE, Result.PASS, N_("Shown by the wallet to which it was given."))


def _signature(token: Token, issuer: str, resolver: Resolver) -> Check:
    method = method_of(token.header, issuer)
    places: dict[str, object] = {"method": method[:300], "signer": as_shown(issuer)}
    if not issuer:
        nobody = N_("The document does not say who issued it, or on which day.")
        return Check(CheckName.SIGNATURE, Result.UNKNOWN, nobody, places)
    try:
        signer = signer_of(token.header, issuer=issuer, resolver=resolver)
        if signer is None:
            return Check(CheckName.SIGNATURE, Result.UNKNOWN, N_("The key of %(signer)s is not known here."), places)
        if not token.is_signed_by(signer.public):
            raise ProofRefused(
                N_("The signature does not belong to this content: something was changed after signing.")
            )
        if not _DATES.isdisjoint(signer.published):
            require_in_use(dict(signer.published), at=_signed_at(token))
    except (BadKey, ForeignProof) as refusal:
        return Check(CheckName.SIGNATURE, Result.UNKNOWN, refusal.message, refusal.places)
    except ProofRefused as refusal:
        word = _KEY_WORDS.get(type(refusal), Word.TAMPERED)
        said = {**places, **refusal.places, "word": word.value}
        return Check(CheckName.SIGNATURE, Result.FAIL, refusal.message, said)
    if not signer.is_issuers:
        fits = N_(
            "The signature fits the key that came with the token. It is not known here whether this is a key of %(signer)s."
        )
        return Check(CheckName.SIGNATURE, Result.UNKNOWN, fits, places)
    return Check(CheckName.SIGNATURE, Result.PASS, N_("Signed by %(signer)s, and unchanged since."), places)


def _signed_at(token: Token) -> datetime:
    seconds = token.claims.get("iat")
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 < seconds <= _LATEST:
        raise ProofRefused(N_("The proof does not say when it was made."))
    return datetime.fromtimestamp(seconds, UTC)


def _hold(signatures: list[Check]) -> bool:
    return all(each.result == Result.PASS for each in signatures)


def _worst(signatures: list[Check]) -> Word:
    failed = any(each.result == Result.FAIL for each in signatures)
    return Word.TAMPERED if failed else Word.UNKNOWN_ISSUER


def _issuer_inside(claims: dict[str, Any]) -> str:
    """As the credential names it, where a token does not say so beside it (W3C, JOSE and COSE, section 3.1.3)."""
    issuer = claims.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else ""


def _text(said: dict[str, Any], name: str) -> str:
    found = said.get(name)
    return found if isinstance(found, str) else ""
