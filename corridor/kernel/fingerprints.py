"""The two hashes of an evidence set, and a picture of a hash (docs/rules/figures.md, "Evidence")."""

import json
from collections.abc import Iterable
from hashlib import sha256

import rfc8785

from .evidence import LARGEST_AMOUNT, EvidenceRow

BARS = 16
_PLAIN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def evidence_hash(record_ids: Iterable[str]) -> str:
    """
    Return SHA-256 (hexadecimal) of the distinct record ids: lower case, sorted, each followed by one LF, UTF-8.

    It tells whether the same records are counted; what they say is told by ``content_hash``.
    """
    lines = sorted({record_id.lower() for record_id in record_ids})
    return sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def canonical_line(row: EvidenceRow) -> bytes:
    """
    Return the row as RFC 8785 JSON, without the line feed.

    Python's own encoder writes the same, fifteen times as fast, where names of breakdowns are ASCII (both sort them alike) and the amount is
    exact in every reader; all our rows are such. What is not goes the long way, and is refused there if it must be.
    """
    line = row.as_dict()
    if all(map(str.isascii, row.codes)) and type(row.amount) is int and abs(row.amount) <= LARGEST_AMOUNT:
        try:
            return _PLAIN.encode(line).encode()
        except UnicodeEncodeError:
            pass
    return rfc8785.dumps(line)  # type: ignore[arg-type]


def content_hash(rows: Iterable[EvidenceRow]) -> str:
    """
    Return SHA-256 (hexadecimal) of the rows as RFC 8785 JSON, sorted by record id, each followed by one LF.

    Rows that share a record id stand in the order of their bytes, so that the order of reading never matters.
    """
    return sha256(canonical_lines(rows)).hexdigest()


def canonical_lines(rows: Iterable[EvidenceRow]) -> bytes:
    """Return the bytes of an evidence file: its SHA-256 is the content hash."""
    lines = sorted((row.record_id.lower(), canonical_line(row)) for row in rows)
    return b"".join(line + b"\n" for _, line in lines)


def bars(fingerprint: str) -> tuple[int, ...]:
    """Return sixteen heights, 0 to 15: the first sixteen hexadecimal digits of a hash, to be compared by eye."""
    return tuple(int(digit, 16) for digit in fingerprint[:BARS])
