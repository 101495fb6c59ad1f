"""TrueType fonts as a PDF needs them: outlines and widths (ISO 32000-1, 9.9), not the names and the licence that a computer shows."""

import struct

_UNREAD = {b"name", b"post", b"OS/2", b"cmap"}
_HEAD, _ROW = struct.Struct(">4s4H"), struct.Struct(">4s3I")


def slimmed(font: bytes) -> bytes:
    """The same without tables that no reader of a PDF looks into; as it is where it is no TrueType font."""
    if font[:4] not in {b"\x00\x01\x00\x00", b"true"}:
        return font
    version, count, *_ = _HEAD.unpack_from(font)
    rows = [_ROW.unpack_from(font, _HEAD.size + number * _ROW.size) for number in range(count)]
    kept = [row for row in rows if row[0] not in _UNREAD]
    most = 1 << (len(kept).bit_length() - 1)
    at = _HEAD.size + len(kept) * _ROW.size
    head = [_HEAD.pack(version, len(kept), most * 16, most.bit_length() - 1, (len(kept) - most) * 16)]
    tables = []
    for tag, total, offset, length in kept:
        head.append(_ROW.pack(tag, total, at, length))
        table = font[offset : offset + length]
        tables.append(table + bytes(-length % 4))
        at += len(tables[-1])
    return b"".join([*head, *tables])
