"""The public registers that number organisations, as data: how each writes a number, what it checks, and where it is looked up."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

# GB 32100-2015: no I, O, S, V, Z; a letter counts as its place here.
_USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Douglas Crockford's base 32: no I, L, O, U.
_ROR_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def _ror_checks(value: str) -> bool:
    """The last two digits make the number before them, in base 32 and times 100, one that leaves 1 when divided by 97 (ISO 7064)."""
    number = 0
    for letter in value[1:7]:
        number = number * 32 + _ROR_LETTERS.index(letter)
    return 98 - (number * 100) % 97 == int(value[7:])


def _uscc_checks(value: str) -> bool:
    """GB 32100-2015: each of the first 17 signs times 3 to the power of its place, modulo 31; the last sign makes it whole."""
    total = sum(_USCC_LETTERS.index(sign) * pow(3, place, 31) for place, sign in enumerate(value[:17]))
    return _USCC_LETTERS[(31 - total % 31) % 31] == value[17]


def _lei_checks(value: str) -> bool:
    """ISO 17442: letters as 10 to 35, the whole modulo 97 is 1."""
    return int("".join(str(int(sign, 36)) for sign in value)) % 97 == 1


def _isni_checks(value: str) -> bool:
    """ISO 7064 MOD 11-2, as ISNI and ORCID use it."""
    total = 0
    for sign in value[:15]:
        total = (total + int(sign)) * 2
    check = (12 - total % 11) % 11
    return value[15] == ("X" if check == 10 else str(check))


@dataclass(frozen=True)
class Scheme:
    """``shape`` is what a value looks like once it is cleaned; ``checks`` looks at its check digits; ``address`` has a place for the value."""

    code: str
    title: Any
    shape: re.Pattern[str]
    clean: Callable[[str], str]
    checks: Callable[[str], bool] | None = None
    address: str = ""
    example: str = ""
    # A number of some register alone: the register must be named with it.
    has_registers: bool = False


def _bare(written: str) -> str:
    return re.sub(r"[\s\-–.]", "", written)


def _last_part(written: str) -> str:
    return written.rstrip("/").rsplit("/", 1)[-1].strip()


SCHEMES: Mapping[str, Scheme] = {
    scheme.code: scheme
    for scheme in (
        Scheme("ror", _("Research Organization Registry"), re.compile(r"0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}"),
               lambda written: _last_part(written).lower(), _ror_checks, "https://ror.org/%s", "02mhbdp94"),
        Scheme("uscc", _("Unified social credit code (China)"), re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}"),
               lambda written: _bare(written).upper(), _uscc_checks, "", "91350100M000100Y43"),
        Scheme("lei", _("Legal Entity Identifier"), re.compile(r"[0-9A-Z]{18}[0-9]{2}"),
               lambda written: _bare(written).upper(), _lei_checks, "https://search.gleif.org/#/record/%s", "5493001KJTIIGC8Y1R12"),
        Scheme("isni", _("International Standard Name Identifier"), re.compile(r"[0-9]{15}[0-9X]"),
               lambda written: _bare(_last_part(written)).upper(), _isni_checks, "https://isni.org/isni/%s", "0000000121032683"),
        Scheme("wikidata", _("Wikidata"), re.compile(r"Q[1-9][0-9]*"),
               lambda written: _last_part(written).upper(), None, "https://www.wikidata.org/wiki/%s", "Q80"),
        Scheme("duns", _("D-U-N-S number"), re.compile(r"[0-9]{9}"), _bare, None, "", "150483782"),
        Scheme("pic", _("Participant Identification Code (European Commission)"), re.compile(r"[0-9]{9}"), _bare, None, "", "999997930"),
        Scheme("iso6523", _("ISO 6523 code of a registered scheme"), re.compile(r"[0-9]{4}:[0-9A-Za-z.\-]{1,50}"),
               lambda written: re.sub(r"\s", "", written), None, "", "0060:150483782"),
        Scheme("own", _("Another register's own number"), re.compile(r"\S(.{0,78}\S)?"),
               lambda written: " ".join(written.split()), None, "", "", has_registers=True),
    )
}  # fmt: skip


def clean_value(scheme: str, written: str) -> str:
    """
    The value in its scheme's one spelling: "https://ror.org/02MHBDP94" is "02mhbdp94".

    :raises BadInput: for a scheme nobody knows, a value of another shape, or one whose check digits do not fit.
    """
    known = SCHEMES.get(scheme)
    if known is None:
        raise BadInput(
            [Problem(N_("“%(scheme)s” is no scheme that is known here."), {"scheme": scheme}, column="scheme")]
        )
    value = known.clean(written.strip())
    if not known.shape.fullmatch(value):
        raise BadInput(
            [
                Problem(
                    N_("“%(value)s” does not look like a value of this scheme (%(scheme)s); one looks like %(example)s."),
                    {"value": written.strip(), "scheme": scheme, "example": known.example or "…"}, column="value",
                )
            ]
        )  # fmt: skip
    if known.checks is not None and not known.checks(value):
        raise BadInput(
            [
                Problem(
                    N_("The check digits of “%(value)s” do not fit; look for a mistyped sign."), {"value": value}, column="value"
                )
            ]
        )  # fmt: skip
    return value


def address_of(scheme: str, value: str) -> str:
    """Where the register shows it; empty where it has no such page."""
    known = SCHEMES.get(scheme)
    return known.address % value if known and known.address else ""
