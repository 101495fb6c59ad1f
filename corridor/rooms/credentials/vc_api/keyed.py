"""
Tokens signed and checked with a key that is given, for suites that try how documents are wrapped. Source: W3C Securing Verifiable
Credentials using JOSE and COSE, sections 3.1 to 3.3; RFC 9901.

Whether the signature is the key's and the document is as it must be: verification, not validation. No date, no status and no register is
looked at, and nobody's key is looked up, so of credentials that are shown inside it only counts that they are wrapped.
"""

import json
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from enum import StrEnum
from typing import Any

from corridor.kernel.wording import N_

from ..jwt.cose import read_cose, write_cose
from ..jwt.selective import HASH, Hidden, open_selective
from ..jwt.tokens import Token, read_token
from ..proofs.contexts import CREDENTIALS
from ..proofs.jwk import base64url
from ..proofs.refusals import BadKey, CannotRead
from .envelopes import OF_CREDENTIAL, is_envelope
from .given_keys import GivenKey, read_given
from .proving import EXAMPLES, World
from .refusals import Malformed, NotProven, Refused
from .shapes import CREDENTIALS_SHOWN, check_credential, check_presentation, party_of
from .verifying import require_whole

_WRAPPED = re.compile(r"data:application/vc\+(?:jwt|sd-jwt|cose)(?:;[A-Za-z0-9=_-]+)*,.+", re.ASCII | re.DOTALL)
_STEP = re.compile(r"(?:^|\.)([^.\[\]]+)|\[(\d{1,4})\]")
_CLAIMS = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "cnf", "_sd_alg"})
_MOST_HIDDEN = 100
# the words of a credential and of a presentation themselves (Data Model 2.0)
_WORDS = {
    "vc": frozenset(
        {
            "@context", "confidenceMethod", "credentialSchema", "credentialStatus", "credentialSubject", "description", "evidence", "id", "issuer",
            "name", "refreshService", "relatedResource", "renderMethod", "termsOfUse", "type", "validFrom", "validUntil",
        }
    ),
    "vp": frozenset({"@context", "holder", "id", "termsOfUse", "type", CREDENTIALS_SHOWN}),
}  # fmt: skip


class Feature(StrEnum):
    """What is wrapped in which kind of token."""

    CREDENTIAL_JOSE = "credential_jose"
    CREDENTIAL_SDJWT = "credential_sdjwt"
    PRESENTATION_JOSE = "presentation_jose"
    PRESENTATION_SDJWT = "presentation_sdjwt"
    CREDENTIAL_COSE = "credential_cose"
    PRESENTATION_COSE = "presentation_cose"

    @property
    def short(self) -> str:
        """How what is wrapped is called in media types and claims."""
        return "vc" if self.name.startswith("CREDENTIAL") else "vp"

    @property
    def is_selective(self) -> bool:
        return self.name.endswith("SDJWT")

    @property
    def is_binary(self) -> bool:
        return self.name.endswith("COSE")

    @property
    def typ(self) -> str:
        return f"{self.short}+{'sd-jwt' if self.is_selective else 'cose' if self.is_binary else 'jwt'}"


def sign_with(document: Any, *, method: Any, feature: Feature, hidden: Sequence[str] = (), world: World) -> str:
    """
    The document in a token, signed with the secret key of a verification method. ``hidden`` are the paths of what may be left out
    when it is shown (``credentialSubject.phone[0]``). :raises Refused: for a document, a key or a path that is none.
    """
    _check(document, feature, world)
    key = _key(method, is_secret=True)
    claims: dict[str, Any] = deepcopy(document)
    parts = Hidden()
    if feature.is_selective:
        steps = [_steps(path) for path in hidden]
        if len(steps) > _MOST_HIDDEN:
            raise Malformed(N_("More than %(most)s parts are to be hidden."), most=_MOST_HIDDEN)
        for path in sorted(steps, key=len, reverse=True):  # what lies deeper goes first, into what hides it
            _hide(claims, path, parts)
        claims["_sd_alg"] = HASH
    elif hidden:
        raise Malformed(N_("In a token of the kind “%(typ)s” nothing can be hidden."), typ=feature.typ)
    header = {"alg": key.alg, "typ": feature.typ, "cty": feature.short, "kid": key.name}
    if feature.is_binary:
        whole = {name: f"application/{header[name]}" for name in ("typ", "cty")}
        return write_cose(header | whole, _json(claims), sign=key.sign)
    signed = f"{_written(header)}.{_written(claims)}"
    token = f"{signed}.{base64url(key.sign(signed.encode()))}"
    return "~".join([token, *parts.disclosures, ""]) if feature.is_selective else token


def check_with(text: str, *, method: Any, feature: Feature, world: World) -> dict[str, Any]:
    """What a token says, which the key of that verification method has signed. :raises Refused: naming what does not hold."""
    key = _key(method, is_secret=False)
    try:
        token, claims = _read(text.strip(), feature)
    except CannotRead as refusal:
        raise Refused(refusal.message, **refusal.places) from None
    for name, wanted in (("typ", feature.typ), ("cty", feature.short)):
        given = token.header.get(name, wanted if name == "cty" else None)
        if not isinstance(given, str) or given.removeprefix("application/") != wanted:
            raise Malformed(N_("“%(place)s” is not that of a credential or a presentation."), place=name)
    for name in ("vc", "vp"):
        if name in claims:
            raise Malformed(N_("A token of this kind has no claim “%(claim)s”."), claim=name)
    if "crit" in token.header or token.header.get("alg") != key.alg or not key.holds(token.signature, token.signed):
        raise NotProven(N_("The signature does not belong to this content: something was changed after signing."))
    said = {name: value for name, value in claims.items() if name not in _CLAIMS}
    party = party_of(said, "issuer" if feature.short == "vc" else "holder")
    if "iss" in claims and party not in ("", claims["iss"]):
        raise Malformed(N_("The token and the credential in it do not say the same: %(claim)s."), claim="iss")
    _check(said, feature, world)
    return said


def _read(text: str, feature: Feature) -> tuple[Token, dict[str, Any]]:
    if not feature.is_selective:
        token = read_cose(text) if feature.is_binary else read_token(text)
        return token, token.claims
    found = open_selective(text)
    return found.token, found.claims


def _key(method: Any, *, is_secret: bool) -> GivenKey:
    try:
        return read_given(method, is_secret=is_secret)
    except BadKey as refusal:
        raise Malformed(refusal.message, **refusal.places) from None


def _check(document: Any, feature: Feature, world: World) -> None:
    """The form of the document, and that something defines each of its words."""
    if feature.short == "vc":
        check_credential(document)
        require_whole(document, world)
    else:
        for each in check_presentation(document):
            address = each.get("id")
            if not is_envelope(each, OF_CREDENTIAL) or not isinstance(address, str) or not _WRAPPED.fullmatch(address):
                raise Malformed(N_("“%(place)s” must be a data address with a signed token."), place="id")
        require_whole({name: value for name, value in document.items() if name != CREDENTIALS_SHOWN}, world)
    first, *others = document["@context"]
    if first != CREDENTIALS:
        raise Malformed(N_("The first vocabulary must be %(address)s."), address=CREDENTIALS)
    if all(isinstance(each, dict) or each == EXAMPLES for each in others):
        # the vocabulary of examples gives any word a meaning: at the top it must be one of the model, or of a table
        named = _WORDS[feature.short].union(*(each for each in others if isinstance(each, dict)))
        for word in document:
            if word not in named:
                raise Malformed(N_("Nothing defines the word “%(word)s”."), word=word[:60])


def _steps(path: str) -> tuple[str | int, ...]:
    found = tuple(name or int(number) for name, number in _STEP.findall(path))
    if not found or _STEP.sub("", path):
        raise Malformed(N_("“%(place)s” is not a path to a part of the document."), place=path[:60])
    return found


def _hide(claims: dict[str, Any], path: tuple[str | int, ...], parts: Hidden) -> None:
    *way, last = path
    node: Any = claims
    try:
        for step in way:
            node = node[step]
        value = node[last]
    except (KeyError, IndexError, TypeError):
        raise Malformed(N_("“%(place)s” is missing."), place=".".join(map(str, path))[:60]) from None
    if isinstance(node, list):
        node[int(last)] = parts.element(value)
    else:
        del node[last]
        node["_sd"] = sorted([*node.get("_sd", []), parts.property(str(last), value)])


def _written(said: Mapping[str, Any]) -> str:
    return base64url(_json(said))


def _json(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
