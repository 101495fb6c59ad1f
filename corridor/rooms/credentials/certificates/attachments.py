"""
The signed credential out of a certificate's PDF. Only attachments are looked for, in a file of any origin; the page is not interpreted.

An embedded file is a stream object of its own (ISO 32000-2, 7.11.4), so it can be found without reading the rest of the file. What is
printed on the page is nobody's word: only what is attached is signed.
"""

import re
import zlib
from collections.abc import Iterator

from corridor.kernel.wording import N_

from ..refusals import NothingIsAttached

PDF = b"%PDF-"
_MARK = b"/EmbeddedFile"
_STREAM = re.compile(rb"stream\r?\n")
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})(?!\s+\d+\s+R)")
_LARGEST = 500_000
_MOST = 20
_HEAD = 1_000


def attached_credential(pdf: bytes) -> bytes:
    """The first attachment that looks like a JSON object, at most 500,000 bytes. :raises NothingIsAttached: if there is none."""
    for content in _attachments(pdf):
        if content.lstrip()[:1] == b"{":
            return content
    raise NothingIsAttached(N_("No signed credential is attached to this PDF. The printed page alone proves nothing."))


def attached_token(pdf: bytes) -> str | None:
    """The first attachment that is a compact token and nothing else; None where there is none."""
    for content in _attachments(pdf):
        if content.startswith(b"ey") and content.isascii() and content.count(b".") == 2:
            return content.decode().strip()
    return None


def _attachments(pdf: bytes) -> Iterator[bytes]:
    start = 0
    for _ in range(_MOST):
        found = pdf.find(_MARK, start)
        if found < 0:
            return
        start = found + len(_MARK)
        # "/EmbeddedFiles" is the catalogue's list of them
        if pdf[start : start + 1].isalpha():
            continue
        begins = _STREAM.search(pdf, start, start + _HEAD)
        if begins is None:
            continue
        head = pdf[pdf.rfind(b"obj", max(0, found - _HEAD), found) : begins.start()]
        length = _LENGTH.search(head)
        ends = begins.end() + int(length[1]) if length else pdf.find(b"endstream", begins.end())
        body = pdf[begins.end() : ends]
        if b"/FlateDecode" in head:
            body = _inflated(body)
        if 0 < len(body) <= _LARGEST:
            yield body


def _inflated(body: bytes) -> bytes:
    """Stops as soon as there is more than a credential has; empty where it cannot be read."""
    unzip = zlib.decompressobj()
    try:
        content = unzip.decompress(body, _LARGEST + 1)
    except zlib.error:
        return b""
    return content if len(content) <= _LARGEST else b""
