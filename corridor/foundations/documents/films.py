"""
Films without what the camera wrote beside them. A telephone keeps place, device and time in boxes of the file (ISO/IEC 14496-12, the
format of .mp4, .mov and .3gp); these become free space of the same length, so that nothing else has to move.
"""

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

# What only holds other boxes, and what tells something besides the film.
_HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf"}
_TELLING = {b"udta", b"meta", b"uuid", b"free", b"skip"}
# Their times of making and changing stand right behind version and flags.
_DATED = {b"mvhd", b"tkhd", b"mdhd"}
_DEEPEST = 8


def is_film(content: bytes) -> bool:
    return content[4:8] == b"ftyp"


def bare_film(content: bytes, *, file_name: str) -> bytes:
    """
    The same film with nothing in it but the film; as long as before.

    :raises BadInput: if its boxes do not add up: it is damaged, or was cut off.
    """
    film = bytearray(content)
    names = _clean(film, 0, len(film), file_name, 0)
    if b"moov" not in names:
        raise _damaged(file_name)
    return bytes(film)


def _clean(film: bytearray, start: int, end: int, file_name: str, depth: int) -> set[bytes]:
    names, place = set(), start
    while place < end:
        head, size, name = 8, int.from_bytes(film[place : place + 4]), bytes(film[place + 4 : place + 8])
        if size == 1:
            head, size = 16, int.from_bytes(film[place + 8 : place + 16])
        elif size == 0:
            size = end - place
        if size < head or place + size > end or depth > _DEEPEST:
            raise _damaged(file_name)
        names.add(name)
        body, behind = place + head, place + size
        if name in _TELLING:
            film[place + 4 : place + 8] = b"free"
            film[body:behind] = bytes(behind - body)
        elif name in _DATED and behind - body >= 20:
            length = 16 if film[body] == 1 else 8
            film[body + 4 : body + 4 + length] = bytes(length)
        elif name in _HOLDERS:
            _clean(film, body, behind, file_name, depth + 1)
        place = behind
    return names


def _damaged(file_name: str) -> BadInput:
    return BadInput(
        [Problem(N_("The film is damaged or was cut off; record it again, or send it again."), file=file_name)]
    )
