"""Telephone numbers, as spreadsheets leave them: without their zero, or as 8.56E+11."""

import re

import phonenumbers

from corridor.kernel.wording import N_

from ..columns import Cell
from .cleaning import bare
from .reading import CannotRead, CellReader, How, Mended

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_KEEP_AS_TEXT = N_(
    "Give the column the format “text” in the spreadsheet and type the number again: its last digits are lost."
)


def _read(cell: Cell, how: How) -> str | Mended:
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    written = str(int(cell)) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else bare(cell)
    if _SCIENTIFIC.fullmatch(written):
        raise CannotRead(
            "phone_lost_digits",
            N_("“%(cell)s” is a number that the spreadsheet has rounded."),
            cell=written,
            fix=_KEEP_AS_TEXT,
        )
    if written.startswith("00"):
        written = f"+{written[2:]}"
    if written.startswith("+"):
        return _known(written, None, written)
    # A country's code with its plus lost, as a number cell loses it; a national number needs its country.
    if is_number and len(written) >= 10 and (whole := _parsed(f"+{written}", None)):
        return Mended(_formatted(whole), N_("The “+” before %(cell)s was lost and is put back."), {"cell": written})
    if not how.country:
        raise CannotRead(
            "phone_country", N_("“%(cell)s” does not say of which country it is."), cell=written,
            fix=N_("Write the number with the country's code, like +856 20 5551 2345, or answer the question about the country."),
        )  # fmt: skip
    value = _known(written, how.country, written)
    if is_number and not written.startswith("0"):
        return Mended(
            value, N_("A zero before %(cell)s was lost; it is read as %(phone)s."), {"cell": written, "phone": value}
        )
    return value


def needs_country(cell: Cell) -> bool:
    """Whether only its country would make this a whole number."""
    written = bare(cell)
    return bool(written) and not written.startswith(("+", "00")) and not _SCIENTIFIC.fullmatch(written)


def _parsed(written: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) and phonenumbers.is_valid_number(number) else None


def _known(written: str, country: str | None, cell: str) -> str:
    number = _parsed(written, country)
    if number is None:
        raise CannotRead(
            "phone", N_("“%(cell)s” is no telephone number that can be called."), cell=cell,
            fix=N_("Compare it with the paper; write it with the country's code, like +856 20 5551 2345."),
        )  # fmt: skip
    return _formatted(number)


def _formatted(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


phone = CellReader(_read, empty="", asks="phone")
