"""What people cannot see in a cell, and the digits of every script."""

import re
import unicodedata

from ..columns import Cell, as_written

# Joiners (U+200C, U+200D) stay: Sinhala, Persian and Urdu spell with them.
_INVISIBLE = "\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\n"
_ENDS = _INVISIBLE + _SPACES + " "
_GONE = dict.fromkeys(map(ord, _INVISIBLE))
_TO_SPACE = dict.fromkeys(map(ord, _SPACES), " ")
_RUNS = re.compile(r" {2,}")


def cleaned(cell: Cell) -> str:
    """The text of a cell without invisible marks at its ends and with plain spaces; zero-width spaces inside words stay (Khmer, Thai)."""
    written = _as_meant(as_written(cell))
    if written.isascii():
        return _RUNS.sub(" ", written.translate(_TO_SPACE)).strip() if not written.isprintable() else written
    return _RUNS.sub(" ", written.strip(_ENDS).translate(_TO_SPACE)).strip()


def bare(cell: Cell) -> str:
    """For numbers and days: every invisible mark gone, full-width forms and the digits of every script as ASCII."""
    written = _as_meant(as_written(cell))
    if written.isascii():
        return written.translate(_TO_SPACE).strip()
    folded = unicodedata.normalize("NFKC", written).translate(_GONE).translate(_TO_SPACE)
    return "".join(map(_digit, folded)).strip()


def _as_meant(written: str) -> str:
    """Without the apostrophe with which an export keeps text from being taken for a formula."""
    return written[1:] if written[:1] == "'" and written[1:2] in {"=", "+", "-", "@"} else written


def is_blank(cell: Cell | None) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip(_ENDS))


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)
