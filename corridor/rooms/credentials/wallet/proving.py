"""That a wallet holds its key: a token signed with it, for us, with a nonce of ours. Source: OpenID4VCI 1.0, appendix F.1."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils.crypto import constant_time_compare, salted_hmac

from corridor.kernel.wording import N_

from ..jwt.tokens import read_token
from ..proofs.jwk import jwk_of, read_jwk
from ..proofs.refusals import BadKey, CannotRead, ForeignProof
from ..proofs.suites import KeyKind, kind_of
from .refusals import NonceRefused, ProofOfKeyRefused

TYP = "openid4vci-proof+jwt"
ALGORITHMS = ("ES256", "EdDSA")
_KINDS = (KeyKind.P256, KeyKind.ED25519)
LASTING = timedelta(minutes=5)
_SALT = "corridor.credentials.wallet.nonce"


@dataclass(frozen=True)
class Proven:
    """The wallet's key, and what its nonce is known by."""

    holder: dict[str, str]
    nonce_sha256: str


def make_nonce(*, at: datetime) -> str:
    """A nonce that says when it was made, so that none needs to be kept before it is used."""
    said = f"{int(at.timestamp())}.{secrets.token_urlsafe(16)}"
    return f"{said}.{_seal(said)}"


def prove_key(compact: object, *, audience: str, at: datetime) -> Proven:
    """:raises ProofOfKeyRefused: if it is no proof for us. :raises NonceRefused: if its nonce is not a fresh one of ours."""
    try:
        token = read_token(compact if isinstance(compact, str) else "")
        header, claims = token.header, token.claims
        if header.get("typ") != TYP or "jwk" not in header or "kid" in header or "x5c" in header:
            raise ProofOfKeyRefused(N_("The proof must be of the type %(type)s and bring its key as jwk."), type=TYP)
        public = read_jwk(header["jwk"])
        if kind_of(public) not in _KINDS:
            raise ProofOfKeyRefused(
                N_("The proof must be signed by one of these: %(these)s."), these=", ".join(ALGORITHMS)
            )
        holds = token.is_signed_by(public)
    except (BadKey, CannotRead, ForeignProof):
        raise ProofOfKeyRefused(N_("The proof of the key cannot be read.")) from None
    if not holds:
        raise ProofOfKeyRefused(N_("The proof is not signed with the key that it brings."))
    if claims.get("aud") not in (audience, [audience]):
        raise ProofOfKeyRefused(N_("The proof is for somebody else than %(issuer)s."), issuer=audience)
    made = claims.get("iat")
    lasting = LASTING.total_seconds()
    if not isinstance(made, int) or isinstance(made, bool) or abs(made - at.timestamp()) > lasting:
        raise ProofOfKeyRefused(N_("The proof was not made just now."))
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not _is_fresh(nonce, at=at):
        raise NonceRefused(N_("The nonce is not one of ours, or too old. Ask for another."))
    return Proven(jwk_of(public), sha256(nonce.encode()).hexdigest())


def _is_fresh(nonce: str, *, at: datetime) -> bool:
    said, _, seal = nonce.rpartition(".")
    made = said.partition(".")[0]
    if not constant_time_compare(_seal(said), seal) or not (made.isascii() and made.isdecimal()):
        return False
    return 0 <= int(at.timestamp()) - int(made) <= LASTING.total_seconds()


def _seal(said: str) -> str:
    return salted_hmac(_SALT, said, algorithm="sha256").hexdigest()
