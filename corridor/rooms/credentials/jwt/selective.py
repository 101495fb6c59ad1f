"""
Tokens of which a holder shows only some parts. Source: RFC 9901 (SD-JWT).

What may be left out stands in the token as a digest only, and beside it as a disclosure (salt, name, value) that the holder passes on or
keeps. A disclosure that belongs to no digest is refused here, though other readers pass over it: nobody can say what it is for.
"""

import hashlib
import json
import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corridor.kernel.wording import N_

from ..proofs.jwk import base64url, from_base64url
from ..proofs.refusals import CannotRead
from .tokens import MAX_CHARACTERS, Token, read_token

HASH = "sha-256"
_HASHES = {"sha-256": hashlib.sha256, "sha-384": hashlib.sha384, "sha-512": hashlib.sha512}
_MOST = 500
_DEEPEST = 20
_SALT_BYTES = 16
_RESERVED = ("_sd", "...", "_sd_alg")


@dataclass
class Hidden:
    """Collects what may be left out while claims are written."""

    disclosures: list[str] = field(default_factory=list)

    def property(self, name: str, value: Any) -> str:
        """The digest that stands in ``_sd`` for a property."""
        return self._keep([_salt(), name, value])

    def element(self, value: Any) -> dict[str, str]:
        """What stands in a list for an element of it."""
        return {"...": self._keep([_salt(), value])}

    def _keep(self, said: list[Any]) -> str:
        disclosure = base64url(json.dumps(said, ensure_ascii=False).encode())
        self.disclosures.append(disclosure)
        return digest_of(disclosure)


@dataclass(frozen=True)
class Opened:
    """
    A token with what its holder shows. ``shown`` names the parts that were disclosed; ``binding`` is the holder's own signature over what
    is shown (``sd_hash`` fits), which nobody has checked yet.
    """

    token: Token
    claims: dict[str, Any]
    shown: tuple[str, ...]
    binding: Token | None


def digest_of(text: str, algorithm: str = HASH) -> str:
    """As it stands in ``_sd`` and in ``sd_hash``."""
    return base64url(_HASHES[algorithm](text.encode()).digest())


def open_selective(text: str) -> Opened:
    """The parts that are shown, put where they belong. :raises CannotRead: for what RFC 9901 (7.1, 7.3) refuses, and for stray disclosures."""
    if len(text) > MAX_CHARACTERS or "~" not in text or text.count("~") > _MOST:
        raise CannotRead(N_("This is not a token of which parts can be shown."))
    compact, *rest = text.split("~")
    *disclosures, bound = rest
    token = read_token(compact)
    algorithm = token.claims.get("_sd_alg", HASH)
    if not isinstance(algorithm, str) or algorithm not in _HASHES:
        raise CannotRead(N_("The token hides its parts in a way that this reader does not know."))
    said = {digest_of(each, algorithm): _disclosed(each) for each in disclosures}
    if len(said) != len(disclosures):
        raise CannotRead(N_("A part of the token is shown twice."))
    walk = _Walk(said)
    claims = walk.opened({name: value for name, value in token.claims.items() if name != "_sd_alg"})
    if walk.left:
        raise CannotRead(N_("A part is shown that does not belong to the token."))
    return Opened(token, claims, tuple(walk.shown), _binding(text, bound, algorithm) if bound else None)


def present(text: str, *, properties: Collection[str]) -> str:
    """
    A whole token of ours with those of its hidden properties alone, and everything that lies in them; what is kept back is not in it any more.
    """
    compact, *disclosures, _bound = text.split("~")
    algorithm = read_token(compact).claims.get("_sd_alg", HASH)
    said = {digest_of(each, algorithm): each for each in disclosures}
    chosen = [each for each in disclosures if len(read := _disclosed(each)) == 3 and read[1] in properties]
    kept: list[str] = []
    while chosen:
        kept.append(each := chosen.pop(0))
        chosen += [said[digest] for digest in _digests(_disclosed(each)[-1]) if digest in said]
    return "~".join([compact, *kept, ""])


def _digests(node: Any) -> Iterator[str]:
    """Of what is hidden directly in a value: elements of its lists, properties of its objects."""
    if isinstance(node, list):
        for each in node:
            yield from [each["..."]] if isinstance(each, dict) and set(each) == {"..."} else _digests(each)
    elif isinstance(node, dict):
        yield from node.get("_sd", [])
        for value in node.values():
            yield from _digests(value)


def _binding(text: str, bound: str, algorithm: str) -> Token:
    binding = read_token(bound)
    presented = text.removesuffix(bound)
    if binding.header.get("typ") != "kb+jwt" or binding.claims.get("sd_hash") != digest_of(presented, algorithm):
        raise CannotRead(N_("The holder’s own signature is for something else than what is shown."))
    return binding


class _Walk:
    """Puts disclosures in their places, each once."""

    def __init__(self, said: Mapping[str, list[Any]]) -> None:
        self.left = dict(said)
        self.shown: list[str] = []
        self._seen: set[str] = set()

    def opened(self, node: Any, depth: int = 0) -> Any:
        if depth > _DEEPEST:
            raise CannotRead(N_("This is nested more than %(most)s levels deep."), most=_DEEPEST)
        if isinstance(node, list):
            return [self.opened(each, depth + 1) for each in self._elements(node)]
        if not isinstance(node, dict):
            return node
        if "..." in node:
            raise CannotRead(N_("The token hides its parts in a way that this reader does not know."))
        found = {name: self.opened(value, depth + 1) for name, value in node.items() if name != "_sd"}
        for name, value in self._properties(node.get("_sd", [])):
            if name in _RESERVED or name in found:
                raise CannotRead(N_("A part of the token is shown twice."))
            found[name] = self.opened(value, depth + 1)
        return found

    def _elements(self, node: list[Any]) -> Iterator[Any]:
        for each in node:
            if not isinstance(each, dict) or set(each) != {"..."}:
                yield each
                continue
            said = self._taken(each["..."])
            if said is not None:
                if len(said) != 2:
                    raise CannotRead(N_("A part is shown that does not belong to the token."))
                yield said[1]

    def _properties(self, digests: Any) -> Iterator[tuple[str, Any]]:
        if not isinstance(digests, list):
            raise CannotRead(N_("The token hides its parts in a way that this reader does not know."))
        for digest in digests:
            said = self._taken(digest)
            if said is not None:
                if len(said) != 3 or not isinstance(said[1], str):
                    raise CannotRead(N_("A part is shown that does not belong to the token."))
                self.shown.append(said[1])
                yield said[1], said[2]

    def _taken(self, digest: Any) -> list[Any] | None:
        if not isinstance(digest, str) or digest in self._seen:
            raise CannotRead(N_("A part of the token is shown twice."))
        self._seen.add(digest)
        return self.left.pop(digest, None)


def _disclosed(disclosure: str) -> list[Any]:
    try:
        said = json.loads(from_base64url(disclosure))
    except (ValueError, RecursionError):
        raise CannotRead(N_("A part that is shown cannot be read.")) from None
    if not isinstance(said, list) or len(said) not in (2, 3) or not isinstance(said[0], str):
        raise CannotRead(N_("A part that is shown cannot be read."))
    return said


def _salt() -> str:
    return secrets.token_urlsafe(_SALT_BYTES)
