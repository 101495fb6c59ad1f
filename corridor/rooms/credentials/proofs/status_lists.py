"""
Status lists: one bit for each credential that an issuer gave out. Source: W3C Bitstring Status List 1.0.

A credential carries *one* entry, with purpose ``revocation``, because the official Open Badges schema allows only
one. A set bit therefore means "do not rely on this now". Whether it was suspended (and may come back), revoked or
replaced, since when and why, stands in a signed companion document beside the list, which our verifier reads and
names (``companions``).
"""

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from corridor.kernel.wording import N_

from .contexts import CREDENTIALS
from .data_integrity import SigningKey, sign, timestamp
from .refusals import BadStatusList, NoSuchEntry, ShortStatusList

SMALLEST = 131_072
LARGEST = 8 * SMALLEST
PURPOSE = "revocation"
_MAX_ENCODED = 400_000


def encode_bits(indices: Iterable[int], *, length: int = SMALLEST) -> str:
    """
    ``u`` and base64url(gzip) of ``length`` bits, of which ``indices`` are set; bit 0 is the leftmost bit of the first
    byte.

    The same bits always give the same text. Raises BadStatusList for an index outside the list or a list shorter than
    131,072.
    """
    if not SMALLEST <= length <= LARGEST or length % 8:
        raise BadStatusList(N_("A status list has %(least)s to %(most)s entries."), least=SMALLEST, most=LARGEST)
    bits = bytearray(length // 8)
    for index in indices:
        if not 0 <= index < length:
            raise NoSuchEntry(N_("There is no entry %(index)s in the status list."), index=index)
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def decode_bits(encoded: object) -> bytes:
    """
    The bits of an ``encodedList``, 16 kB to 128 kB. Raises BadStatusList.

    Decompression stops as soon as there is more than the longest list allowed, so a bomb costs no more than a list.
    """
    if not isinstance(encoded, str) or not encoded.startswith("u") or len(encoded) > _MAX_ENCODED:
        raise BadStatusList(N_("The status list is not written as the standard says."))
    return _decoded(encoded)


@lru_cache(maxsize=16)  # of at most half a megabyte: a list is read for every credential on it
def _decoded(encoded: str) -> bytes:
    most = LARGEST // 8
    unzip = zlib.decompressobj(wbits=31)
    try:
        padded = encoded[1:] + "=" * (-len(encoded[1:]) % 4)
        bits = unzip.decompress(base64.b64decode(padded, altchars=b"-_", validate=True), most + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise BadStatusList(N_("The status list is not written as the standard says.")) from None
    if len(bits) > most:
        raise BadStatusList(N_("The status list is longer than %(most)s entries."), most=LARGEST)
    if not unzip.eof or unzip.unused_data:
        raise BadStatusList(N_("The status list is not written as the standard says."))
    if len(bits) * 8 < SMALLEST:
        raise ShortStatusList(N_("The status list is shorter than %(least)s entries."), least=SMALLEST)
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Whether that bit is set. Raises BadStatusList for an index that the list does not have."""
    if not 0 <= index < len(bits) * 8:
        raise NoSuchEntry(N_("There is no entry %(index)s in the status list."), index=index)
    return bool(bits[index // 8] & 0x80 >> index % 8)


@dataclass(frozen=True)
class StatusEntry:
    """Where a credential's bit stands: the address of the signed list and the number of the bit in it."""

    list_url: str
    index: int

    def as_json(self) -> dict[str, Any]:
        """The ``credentialStatus`` of a credential."""
        return {
            "id": f"{self.list_url}#{self.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": PURPOSE,
            "statusListIndex": str(self.index),
            "statusListCredential": self.list_url,
        }


def read_entry(status: object) -> StatusEntry:
    """The entry that ``credentialStatus`` names. Raises BadStatusList when it is not one of purpose revocation."""
    if not isinstance(status, dict) or status.get("type") != "BitstringStatusListEntry":
        raise BadStatusList(N_("The credential's status entry is not of a kind that this reader knows."))
    index, url = status.get("statusListIndex"), status.get("statusListCredential")
    if status.get("statusPurpose") != PURPOSE or not isinstance(url, str):
        raise BadStatusList(N_("The credential's status entry is not of a kind that this reader knows."))
    # isdecimal alone would take digits of other scripts
    if not isinstance(index, str) or not index.isascii() or not index.isdecimal() or len(index) > 9:
        raise BadStatusList(N_("The credential's status entry has no number."))
    return StatusEntry(url, int(index))


def sign_status_list(
    *,
    url: str,
    issuer: str,
    indices: Iterable[int],
    key: SigningKey,
    created: datetime,
    valid_until: datetime | None = None,
    length: int = SMALLEST,
) -> dict[str, Any]:
    """
    The BitstringStatusListCredential to publish at ``url``: ``indices`` are the credentials not to be relied on now.

    ``issuer`` is the same DID as of the credentials that point here; outside verifiers insist on it. A list with
    ``valid_until`` is refused by every verifier after that moment: leave it out where the list will be read from an
    archive.
    """
    document: dict[str, Any] = {
        "@context": [CREDENTIALS],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": timestamp(created),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encode_bits(indices, length=length),
        },
    }
    if valid_until is not None:
        document["validUntil"] = timestamp(valid_until)
    return sign(document, key=key, created=created)
