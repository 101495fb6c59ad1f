"""
Digests of resources that a credential leans on (``relatedResource``). Source: W3C Verifiable Credentials Data Model 2.0, section 5.3.

Nothing is fetched. Of a resource that is known here the digests must be the right ones; of another only their form is looked at.
"""

import base64
import binascii
from typing import Any

from corridor.kernel.wording import N_

from ..proofs.contexts import CREDENTIALS
from ..proofs.jwk import from_base64url
from ..proofs.multikey import from_base58
from ..proofs.refusals import BadKey
from .refusals import Malformed

_LENGTHS = {"sha256": 32, "sha384": 48, "sha512": 64}
_MULTIHASH = {b"\x12\x20": "sha256", b"\x20\x30": "sha384", b"\x13\x40": "sha512"}
# of the bytes that stand at the address, as its publisher states them
KNOWN = {
    CREDENTIALS: {
        "sha256": "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
        "sha384": "97f1eb8e5042356c805fdd61afa2c557663785e0794dcafa21e138fd38def18cb360133c221aa31d6896a6bf3e65b614",
    }
}


def check_digests(resource: dict[str, Any]) -> None:
    """:raises Malformed: where there is no digest, one cannot be read, or one is another than that of the resource known here."""
    given = [name for name in ("digestSRI", "digestMultibase") if name in resource]
    if not given:
        raise Malformed(N_("“%(place)s” needs a digest: digestSRI or digestMultibase."), place="relatedResource")
    for name in given:
        values = resource[name] if isinstance(resource[name], list) else [resource[name]]
        digests = [each for value in values for each in _digests(name, value)]
        if not digests:
            raise Malformed(N_("The digest in “%(place)s” cannot be read."), place=f"relatedResource.{name}")
        known = KNOWN.get(str(resource.get("id")), {})
        wrong = [each for kind, each in digests if kind in known and each.hex() != known[kind]]
        if wrong:
            raise Malformed(
                N_("The digest in “%(place)s” is not that of the resource."), place=f"relatedResource.{name}"
            )


def _digests(name: str, value: object) -> list[tuple[str, bytes]]:
    """The digests in a text, each with its kind; none where one of them cannot be read."""
    if not isinstance(value, str) or len(value) > 1_000:
        return []
    if name == "digestMultibase":
        found = _multibase(value)
        return [found] if found else []
    parts = [each.partition("-") for each in value.split()]
    read = [(kind, _base64(text.partition("?")[0])) for kind, _dash, text in parts]
    return [] if any(len(raw) != _LENGTHS.get(kind, -1) for kind, raw in read) else read


def _multibase(value: str) -> tuple[str, bytes] | None:
    try:
        raw = (
            from_base58(value[1:])
            if value.startswith("z")
            else from_base64url(value[1:])
            if value.startswith("u")
            else b""
        )
    except (BadKey, ValueError):
        return None
    kind = _MULTIHASH.get(raw[:2])
    if kind is not None and len(raw) == 2 + _LENGTHS[kind]:
        return kind, raw[2:]
    return next(((kind, raw) for kind, length in _LENGTHS.items() if len(raw) == length), None)


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
