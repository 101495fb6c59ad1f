"""Contact values as the world writes them: a telephone number as E.164, an address in small letters."""

import re
import unicodedata

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat

from corridor.foundations.likeness.letters import plain
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .models import ContactKind

_PHONES = {ContactKind.PHONE, ContactKind.WHATSAPP}
_NAMES = {
    ContactKind.WECHAT: re.compile(r"[A-Za-z][A-Za-z0-9_-]{5,19}"),
    ContactKind.LINE: re.compile(r"[a-z0-9._-]{2,20}"),
}
_WHY = {
    NumberParseException.INVALID_COUNTRY_CODE: N_(
        "“%(value)s” begins with no country's code; write +856 or the country."
    ),
    NumberParseException.NOT_A_NUMBER: N_("“%(value)s” is no telephone number."),
    NumberParseException.TOO_SHORT_AFTER_IDD: N_("“%(value)s” is too short for a telephone number."),
    NumberParseException.TOO_SHORT_NSN: N_("“%(value)s” is too short for a telephone number."),
    NumberParseException.TOO_LONG: N_("“%(value)s” is too long for a telephone number."),
}


def normalised(kind: ContactKind, value: str, *, country: str = "") -> str:
    """
    The value as it is kept. ``country`` (ISO 3166-1) is where a number without a country's code is read.

    :raises BadInput: with the reason, at the column ``value``.
    """
    written = " ".join(value.split())
    if not written:
        raise _bad(N_("Write the address or the number."), value)
    if kind in _PHONES:
        return _phone(_in_latin_digits(written), country)
    if kind == ContactKind.EMAIL:
        try:
            validate_email(written)
        except ValidationError:
            raise _bad(N_("“%(value)s” is no e-mail address."), written) from None
        return written.lower()
    if kind in _NAMES:
        name = written.removeprefix("@")
        name = name.lower() if kind == ContactKind.LINE else name
        if not _NAMES[kind].fullmatch(name):
            raise _bad(N_("“%(value)s” is no name of that service."), written)
        return name
    if len(written) > 300 or not plain(written):
        raise _bad(N_("“%(value)s” is no postal address of at most 300 letters."), written)
    return written


def _phone(written: str, country: str) -> str:
    if re.fullmatch(r"[0-9.]+[eE]\+?[0-9]+", written):
        raise _bad(N_("“%(value)s” is what a spreadsheet made of a number; write all its digits."), written)
    try:
        number = phonenumbers.parse(written, country or None)
    except NumberParseException as wrong:
        raise _bad(_WHY.get(wrong.error_type, N_("“%(value)s” is no telephone number.")), written) from None
    if not phonenumbers.is_possible_number(number):
        raise _bad(N_("“%(value)s” has too few or too many digits for its country."), written)
    if not phonenumbers.is_valid_number(number):
        raise _bad(N_("“%(value)s” is no number that is given out in its country."), written)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _in_latin_digits(written: str) -> str:
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in written)


def shown(kind: str, value: str) -> str:
    """The value as a reader finds it easier: a telephone number in groups."""
    if kind not in _PHONES:
        return value
    return phonenumbers.format_number(phonenumbers.parse(value, None), PhoneNumberFormat.INTERNATIONAL)


def _bad(message: str, value: str) -> BadInput:
    return BadInput([Problem(message, {"value": value}, column="value")])
