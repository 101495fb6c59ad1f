"""
Credentials and presentations wrapped in a signed token. Source: W3C Securing Verifiable Credentials using JOSE and COSE; Data Model 2.0,
sections 4.13.1 and 4.13.2; Data Model 1.1, section 6.3.1, for tokens with a claim ``vc`` or ``vp``.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from corridor.kernel.wording import N_

from ..jwt.cose import read_cose
from ..jwt.selective import open_selective
from ..jwt.tokens import Token, read_token
from ..proofs.contexts import CREDENTIALS
from ..proofs.did_documents import require_in_use
from ..proofs.jwk import read_jwk
from ..proofs.refusals import BadKey, CannotRead, ForeignProof, ProofRefused
from .proving import Asked, World, key_named
from .refusals import Malformed, NotProven, OutOfRange, Refused
from .shapes import party_of

_DATA = re.compile(r"data:application/([A-Za-z0-9.+-]+)((?:;[A-Za-z0-9=_-]+)*),([A-Za-z0-9_.~=+/-]+)", re.ASCII)
_COSE = "+cose"
_LATEST = 253_402_300_799  # the last second of the year 9999
_REGISTERED = ("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "cnf", "_sd_alg")


@dataclass(frozen=True)
class Kind:
    """A credential or a presentation: how its envelope, its media types and the claim of older tokens are called."""

    envelope: str
    short: str
    party: str

    @property
    def media(self) -> frozenset[str]:
        """Those that say what is inside; and ``jwt``, which does not."""
        return frozenset(f"{self.short}{ld}+{form}" for ld in ("", "-ld") for form in ("jwt", "sd-jwt", "cose"))


OF_CREDENTIAL = Kind("EnvelopedVerifiableCredential", "vc", "issuer")
OF_PRESENTATION = Kind("EnvelopedVerifiablePresentation", "vp", "holder")


def is_envelope(document: dict[str, Any], kind: Kind) -> bool:
    types = document.get("type")
    return kind.envelope in (types if isinstance(types, list) else [types])


def opened(document: dict[str, Any], kind: Kind, *, asked: Asked, world: World) -> dict[str, Any]:
    """What is in an envelope, whose signature holds. :raises Refused: for what is no envelope, or does not hold."""
    contexts = document.get("@context")
    if CREDENTIALS not in (contexts if isinstance(contexts, list) else [contexts]):
        raise Malformed(N_("The first vocabulary must be %(address)s."), address=CREDENTIALS)
    address = document.get("id")
    found = _DATA.fullmatch(address) if isinstance(address, str) else None
    if found is None or not (found[1] in kind.media or found[1] == "jwt"):
        raise Malformed(N_("“%(place)s” must be a data address with a signed token."), place="id")
    text, is_packed = found[3], ";base64" in found[2].split("=")[0]
    if found[1].endswith(_COSE):
        if not is_packed:
            raise Malformed(N_("“%(place)s” must be a data address with a signed token."), place="id")
    elif is_packed and ";base64url" not in found[2]:
        try:
            text = base64.b64decode(text, validate=True).decode("ascii")
        except (binascii.Error, ValueError):
            raise Malformed(N_("“%(place)s” must be a data address with a signed token."), place="id") from None
    return in_token(text, kind, media=found[1], asked=asked, world=world)


def in_token(text: str, kind: Kind, *, media: str = "jwt", asked: Asked, world: World) -> dict[str, Any]:
    """What a token says, whose signature holds. :raises Refused:"""
    try:
        token, claims = _read(text, media)
        said = _said(token, claims, kind, media)
        _check_claims(claims, said, kind, asked, world)
        _check_signed(token, claims, said, kind, world)
    except (ForeignProof, ProofRefused) as refusal:
        raise NotProven(refusal.message, **refusal.places) from None
    except CannotRead as refusal:
        raise Refused(refusal.message, **refusal.places) from None
    return said


def _read(text: str, media: str) -> tuple[Token, dict[str, Any]]:
    if media.endswith(_COSE):
        token = read_cose(text)
        return token, token.claims
    if "~" not in text:
        token = read_token(text)
        return token, token.claims
    found = open_selective(text)
    if found.binding is not None:
        confirmed = found.claims.get("cnf")
        try:
            public = read_jwk(confirmed.get("jwk") if isinstance(confirmed, dict) else None)
        except BadKey as refusal:
            raise ProofRefused(refusal.message, **refusal.places) from None
        if not found.binding.is_signed_by(public):
            raise ProofRefused(N_("It is shown by somebody else than the wallet to which it was given."))
    return found.token, found.claims


def _said(token: Token, claims: dict[str, Any], kind: Kind, media: str) -> dict[str, Any]:
    """The credential or presentation in a token: its claims themselves, or what older tokens have in a claim of their own."""
    typ, content = token.header.get("typ"), token.header.get("cty")
    named = typ.removeprefix("application/") if isinstance(typ, str) else ""
    if typ is not None and named not in kind.media and named.upper() != "JWT":
        raise Malformed(N_("“%(place)s” is not that of a credential or a presentation."), place="typ")
    if content is not None and str(content).removeprefix("application/") != kind.short:
        raise Malformed(N_("“%(place)s” is not that of a credential or a presentation."), place="cty")
    inner = claims.get(kind.short)
    is_older = named not in kind.media and isinstance(inner, dict)
    if not is_older and not {"vc", "vp"}.isdisjoint(claims):
        raise Malformed(N_("A token of this kind has no claim “%(claim)s”."), claim="vc" if "vc" in claims else "vp")
    is_other = {media, named} <= kind.media and media.rpartition("+")[2] != named.rpartition("+")[2]
    if is_other or (named.endswith(_COSE) and not media.endswith(_COSE)):
        raise Malformed(N_("“%(place)s” is not that of a credential or a presentation."), place="typ")
    if isinstance(inner, dict) and is_older:
        return _of_older(claims, inner, kind)
    return {name: value for name, value in claims.items() if name not in _REGISTERED}


def _of_older(claims: dict[str, Any], inner: dict[str, Any], kind: Kind) -> dict[str, Any]:
    """Its claims stand for parts that may be left out inside."""
    found = dict(inner)
    for claim, part in (("iss", kind.party), ("jti", "id")):
        if claim in claims and part not in found:
            found[part] = claims[claim]
    return found


def _check_claims(claims: dict[str, Any], said: dict[str, Any], kind: Kind, asked: Asked, world: World) -> None:
    if "iss" in claims and party_of(said, kind.party) not in ("", claims["iss"]):
        raise Malformed(N_("The token and the credential in it do not say the same: %(claim)s."), claim="iss")
    if _instant(claims, "nbf", world.at) > world.at:
        raise OutOfRange(N_("The token holds only later."))
    if _instant(claims, "exp", world.at) < world.at:
        raise OutOfRange(N_("The token has ended."))
    audience = claims.get("aud")
    if asked.domain is not None and asked.domain not in (audience if isinstance(audience, list) else [audience]):
        raise ProofRefused(N_("The proof was made for another %(name)s than the one that is asked for."), name="domain")
    if asked.challenge is not None and claims.get("nonce") != asked.challenge:
        raise ProofRefused(
            N_("The proof was made for another %(name)s than the one that is asked for."), name="challenge"
        )


def _check_signed(token: Token, claims: dict[str, Any], said: dict[str, Any], kind: Kind, world: World) -> None:
    party = party_of(said, kind.party) or claims.get("iss")
    kid = token.header.get("kid")
    method = f"{party}{kid}" if isinstance(kid, str) and kid.startswith("#") else kid or party
    public, published, controller = key_named(method, world)
    if party and controller != party:
        raise ProofRefused(N_("None of the signatures is the issuer's own."))
    if not token.is_signed_by(public):
        raise ProofRefused(N_("The signature does not belong to this content: something was changed after signing."))
    if published:
        if "iat" not in claims:
            raise ProofRefused(N_("The proof does not say when it was made."))
        require_in_use(dict(published), at=_instant(claims, "iat", world.at))


def _instant(claims: dict[str, Any], name: str, otherwise: datetime) -> datetime:
    """Of ``nbf``, ``exp`` and ``iat``: seconds since 1970."""
    given = claims.get(name)
    if given is None or (name == "iat" and isinstance(given, str)):
        return otherwise
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= _LATEST:
        raise Malformed(N_("“%(place)s” must be a number of seconds."), place=name)
    return datetime.fromtimestamp(given, UTC)
