"""
The long-term proof: trees of hashes, checkpoints and proofs of inclusion. No database, no network: a kept file is enough.

A tree is hashed as RFC 9162 (and RFC 6962 before it) says: a leaf is SHA-256 of 0x00 and its bytes, a node is SHA-256 of 0x01 and the two below
it, and the left part holds the largest power of two that is smaller than the whole. An empty tree is SHA-256 of nothing.

A *leaf* is canonical JSON (RFC 8785) that names no person:

    {"credential": "urn:uuid:...", "sha256": of the signed text, "status": "issued", "since": "2024-01-10"}

A *checkpoint* is the root of a day, signed by the alliance (``eddsa-jcs-2022``) and chained to the checkpoint before:

    {"type": "Checkpoint", "id": address, "issuer": DID of the alliance, "number": 12, "day": day, "created": instant,
     "size": leaves, "root": hexadecimal, "previous": SHA-256 of the text of checkpoint 11,
     "statusLists": [{"id": address, "sequence": 17}], "register": 7, "proof": [...]}

Whoever keeps checkpoint N has kept everything up to it: each one names the one before. It says too how often every list had been signed.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import rfc8785

from corridor.kernel.wording import N_

from .data_integrity import JCS, SigningKey, sign, timestamp
from .refusals import ProofRefused
from .registers import check_signed

KIND, PROOF = "Checkpoint", "InclusionProof"
MOST_STEPS = 64


@dataclass(frozen=True)
class Leaf:
    """One change of a credential: its id, the fingerprint of its signed text, and what it was from that day on."""

    credential: str
    sha256: str
    status: str
    since: date

    def as_bytes(self) -> bytes:
        return rfc8785.dumps(
            {
                "credential": self.credential,
                "sha256": self.sha256,
                "status": self.status,
                "since": self.since.isoformat(),
            }
        )


def leaf_hash(said: bytes) -> bytes:
    return hashlib.sha256(b"\0" + said).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over the hashes of leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    # Pairs upwards: a last one without a partner goes up as it is, which is the split at the largest power of two.
    level = list(leaves)
    while len(level) > 1:
        level = [_node(*level[n : n + 2]) if n + 1 < len(level) else level[n] for n in range(0, len(level), 2)]
    return level[0]


def path_of(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes beside the way from a leaf up to the root."""
    path, level = [], list(leaves)
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            path.append(level[beside])
        level = [_node(*level[n : n + 2]) if n + 1 < len(level) else level[n] for n in range(0, len(level), 2)]
        index //= 2
    return path


def root_from(leaf: bytes, *, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that leaf and path amount to (RFC 9162, 2.1.3.2). Raises ProofRefused when the path does not belong to such a place."""
    if not 0 <= index < size or len(path) > MOST_STEPS:
        raise ProofRefused(N_("The proof names a place that the tree does not have."))
    place, last, found = index, size - 1, leaf
    for each in path:
        if last == 0:
            raise ProofRefused(N_("The proof is longer than the tree is high."))
        if place % 2 or place == last:
            found = _node(each, found)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            found = _node(found, each)
        place, last = place // 2, last // 2
    if last:
        raise ProofRefused(N_("The proof is shorter than the tree is high."))
    return found


def sign_checkpoint(
    *, url: str, alliance_did: str, number: int, day: date, size: int, root: str, previous: str, lists: Sequence[tuple[str, int]],
    register: int, key: SigningKey, created: datetime,
) -> dict[str, Any]:  # fmt: skip
    """The checkpoint to publish at ``url``."""
    document = {
        "type": KIND, "id": url, "issuer": alliance_did, "number": number, "day": day.isoformat(), "created": timestamp(created),
        "size": size, "root": root, "previous": previous, "register": register,
        "statusLists": [{"id": address, "sequence": sequence} for address, sequence in lists],
    }  # fmt: skip
    return sign(document, key=key, created=created, cryptosuite=JCS)


def inclusion_proof(*, said: str, index: int, path: Sequence[bytes], checkpoint: dict[str, Any]) -> dict[str, Any]:
    """What a holder keeps beside the credential: the leaf, its place, the way up, and the checkpoint that it leads to."""
    return {
        "type": PROOF, "leaf": said, "index": index, "size": checkpoint["size"], "path": [each.hex() for each in path],
        "checkpoint": checkpoint,
    }  # fmt: skip


@dataclass(frozen=True)
class Existed:
    """What a proof shows: that the credential stood so on that day, by which checkpoint, and whether the file kept elsewhere is that one."""

    status: str
    since: date
    day: date
    number: int
    is_signed: bool


def check_inclusion(
    text: bytes, proof: dict[str, Any], *, checkpoint: dict[str, Any], alliance: dict[str, Any] | None = None
) -> Existed:
    """
    That the signed text of a credential stands in the tree of a checkpoint that somebody kept.

    ``checkpoint`` is the kept file: nothing that came with the proof is believed but what leads to its root. With the alliance's DID document the
    signature on the checkpoint is checked too; without it, that it was kept is what makes it worth something.

    Raises ProofRefused.
    """
    try:
        leaf = json.loads(proof["leaf"])
        index, size = int(proof["index"]), int(checkpoint["size"])
        path = [bytes.fromhex(each) for each in proof["path"]]
        root, day, number = str(checkpoint["root"]), date.fromisoformat(checkpoint["day"]), int(checkpoint["number"])
        since, status = date.fromisoformat(leaf["since"]), str(leaf["status"])
        named = str(leaf["sha256"])
    except (KeyError, TypeError, ValueError):
        raise ProofRefused(N_("This is no proof of inclusion, or no checkpoint.")) from None
    if checkpoint.get("type") != KIND or proof.get("type") != PROOF:
        raise ProofRefused(N_("This is no proof of inclusion, or no checkpoint."))
    if hashlib.sha256(text).hexdigest() != named:
        raise ProofRefused(N_("The proof is of another text than this one."))
    found = root_from(leaf_hash(str(proof["leaf"]).encode()), index=index, size=size, path=path)
    if found.hex() != root:
        raise ProofRefused(N_("The proof does not lead to the root of this checkpoint."))
    if alliance is not None:
        check_signed(checkpoint, alliance=alliance)
    return Existed(status, since, day, number, alliance is not None)


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
