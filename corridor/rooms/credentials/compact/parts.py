"""What stands in a code behind the address: the whole form, or a numbered piece of it."""

import re
from collections.abc import Iterable

from corridor.kernel.wording import N_

from ..proofs.refusals import CannotRead
from . import base41
from .message import SUM_BYTES

VERSION = "P1"
MOST_IN_ONE = 1_800
MOST_IN_A_PIECE = 900
MOST_PIECES = 16
MOST_CHARACTERS = 60_000
_NUMBER = re.compile(r"[1-9][0-9]?", re.ASCII)
_VERSION = re.compile(r"P[1-9][0-9]{0,3}", re.ASCII)


def write_parts(form: bytes) -> list[str]:
    """One part where the form fits in a code, pieces of about the same size otherwise. :raises CannotRead: if it is longer than any."""
    if len(form) <= MOST_IN_ONE:
        return [f"{VERSION}.{base41.encode(form)}"]
    count = -(-len(form) // MOST_IN_A_PIECE)
    if count > MOST_PIECES:
        raise CannotRead(N_("What the paper says is too long for its codes."))
    size, total = -(-len(form) // count), form[-SUM_BYTES:].hex().upper()
    return [
        f"{VERSION}.{number + 1}.{count}.{total}.{base41.encode(form[number * size : (number + 1) * size])}"
        for number in range(count)
    ]


def looks_like_codes(text: str) -> bool:
    """Whether every word of the text is a part of any version, with or without the address before it."""
    words = text.split()
    return bool(words) and all(_VERSION.fullmatch(_part_of(word).split(".", 1)[0]) and "." in word for word in words)


def read_parts(texts: Iterable[str]) -> bytes:
    """
    The form out of the codes of one paper, in any order, each with or without its address.

    :raises CannotRead: if a code is of another version or another paper, was misread, or one is missing: then it says which.
    """
    pieces: dict[int, bytes] = {}
    whole: set[bytes] = set()
    papers: set[tuple[int, str]] = set()
    for text in texts:
        parts = _part_of(text).split(".")
        if parts[0] != VERSION and _VERSION.fullmatch(parts[0]):
            raise CannotRead(N_("This code is written for a newer reader. Open the address below it instead."))
        if parts[0] == VERSION and len(parts) == 2:
            whole.add(_bytes(parts[1], MOST_IN_ONE))
        elif parts[0] == VERSION and len(parts) == 5:
            number, paper, piece = _piece(*parts[1:])
            if pieces.setdefault(number, piece) != piece:
                raise _mixed()
            papers.add(paper)
        else:
            raise _refused()
    if len(whole) + len(papers) > 1:
        raise _mixed()
    if whole:
        return whole.pop()
    if not papers:
        raise _refused()
    return _joined(pieces, *papers.pop())


def _joined(pieces: dict[int, bytes], count: int, total: str) -> bytes:
    missing = next((number for number in range(1, count + 1) if number not in pieces), None)
    if missing is not None:
        raise CannotRead(
            N_("Code %(number)s of %(count)s is missing. Scan the others too, in any order."), number=missing, count=count
        )  # fmt: skip
    form = b"".join(pieces[number] for number in range(1, count + 1))
    if form[-SUM_BYTES:].hex().upper() != total:
        raise _refused()
    return form


def _piece(number: str, count: str, total: str, data: str) -> tuple[int, tuple[int, str], bytes]:
    if not (_NUMBER.fullmatch(number) and _NUMBER.fullmatch(count) and re.fullmatch(r"[0-9A-F]{8}", total)):
        raise _refused()
    if not (1 <= int(number) <= int(count) and 2 <= int(count) <= MOST_PIECES):
        raise _refused()
    return int(number), (int(count), total), _bytes(data, MOST_IN_A_PIECE)


def _part_of(text: str) -> str:
    _, hash_sign, fragment = text.strip().partition("#")
    return fragment if hash_sign else text.strip()


def _bytes(data: str, most: int) -> bytes:
    if len(data) > 2 * most:
        raise _refused()
    found = base41.decode(data)
    if not 0 < len(found) <= most:
        raise _refused()
    return found


def _mixed() -> CannotRead:
    return CannotRead(N_("These codes are of more than one paper. Scan the codes of one paper only."))


def _refused() -> CannotRead:
    return CannotRead(N_("The code was misread or is not complete. Scan it again, or open the address below it."))
