"""
The same as tokens, in binary: COSE_Sign1 over the JSON of a document. Source: W3C Securing Verifiable Credentials using JOSE and COSE,
section 3.3; RFC 9052, section 4.2; RFC 9053; RFC 9596 (``typ``).

Read as a token whose header says the same by names. Only what the signature covers counts, and only CBOR in its one spelling is read. None
of our certificates is written so: what was signed in binary here is the code on the paper (``compact``).
"""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any

from corridor.kernel.wording import N_

from ..compact import cbor
from ..proofs.json_reading import read_object
from ..proofs.jwk import base64url
from ..proofs.refusals import CannotRead
from .tokens import MAX_CHARACTERS, Token

_TAG = b"\xd2"  # 18: that what follows is a COSE_Sign1
BEGINS = b"\xd2\x84"
BEGINS_AS_TEXT = "0oR"  # the same in base64
_BREAKS = re.compile(r"[ \t\r\n]+")
_TEXT = re.compile(r"0oR[A-Za-z0-9+/_-]+={0,2}", re.ASCII)
_ALGORITHM, _CRITICAL, _CONTENT, _KEY_ID, _TYPE = 1, 2, 3, 4, 16
_NAMES = {_ALGORITHM: "alg", _CRITICAL: "crit", _CONTENT: "cty", _KEY_ID: "kid", _TYPE: "typ"}
ALGORITHMS = {-7: "ES256", -8: "EdDSA", -35: "ES384", -36: "ES512", -37: "PS256", -257: "RS256"}
_NUMBERS = {name: number for number, name in ALGORITHMS.items()}


def as_cose(raw: bytes | str) -> str | None:
    """A file that begins as such a message, or a text that is one in base64: as base64url; None for anything else."""
    if len(raw) > MAX_CHARACTERS:
        return None
    if isinstance(raw, bytes) and raw.startswith(BEGINS):
        return base64url(raw)
    text = raw.decode("ascii", "replace") if isinstance(raw, bytes) else raw
    text = _BREAKS.sub("", text)
    return text.rstrip("=").replace("+", "-").replace("/", "_") if _TEXT.fullmatch(text) else None


def read_cose(text: str) -> Token:
    """The message in base64 of either alphabet. :raises CannotRead: for what is no COSE_Sign1 over a JSON object."""
    plain = text.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        raw = base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise _refused() from None
    if len(text) > MAX_CHARACTERS or base64url(raw) != plain:
        raise _refused()
    try:
        parts = cbor.decode(raw.removeprefix(_TAG))
        if not isinstance(parts, list) or len(parts) != 4 or not isinstance(parts[1], dict):
            raise _refused()
        protected, _loose, payload, signature = parts
        if not all(isinstance(each, bytes) for each in (protected, payload, signature)):
            raise _refused()
        header = cbor.decode(protected) if protected else {}
    except cbor.NotCbor:
        raise _refused() from None
    if not isinstance(header, dict):
        raise _refused()
    return Token(_by_names(header), read_object(payload), _to_sign(protected, payload), signature)


def write_cose(protected: Mapping[str, str], payload: bytes, *, sign: Any) -> str:
    """A message in base64, whose header is given by the names of tokens. ``sign`` makes the signature of bytes."""
    header: dict[Any, Any] = {number: protected[name] for number, name in _NAMES.items() if name in protected}
    header[_ALGORITHM] = _NUMBERS[protected["alg"]]
    if "kid" in protected:
        header[_KEY_ID] = protected["kid"].encode()
    written = cbor.encode(header)
    message = cbor.encode([written, {}, payload, sign(_to_sign(written, payload))])
    return base64.b64encode(_TAG + message).decode().rstrip("=")


def _by_names(header: dict[Any, Any]) -> dict[str, Any]:
    found = {_NAMES[number]: value for number, value in header.items() if number in _NAMES}
    algorithm, kid = found.get("alg"), found.get("kid")
    found["alg"] = ALGORITHMS.get(algorithm) if isinstance(algorithm, int) and not isinstance(algorithm, bool) else None
    if isinstance(kid, bytes):
        try:
            found["kid"] = kid.decode()
        except UnicodeDecodeError:
            found["kid"] = None
    else:
        found.pop("kid", None)
    return found


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    return cbor.encode(["Signature1", protected, b"", payload])


def _refused() -> CannotRead:
    return CannotRead(N_("This is not a signed token."))
