"""Numbers and amounts of money: 1.234,50 and 1,234.50, in the digits of any script."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from corridor.kernel.wording import N_

from ..columns import Cell
from .cleaning import bare
from .reading import CannotRead, CellReader, How

_GROUPED = {
    "point": re.compile(r"[+-]?(?:\d{1,3}(?:[, ' ]\d{3})+|\d+)(?:\.\d+)?"),
    "comma": re.compile(r"[+-]?(?:\d{1,3}(?:[. ' ]\d{3})+|\d+)(?:,\d+)?"),
}
# ISO 4217 for signs that mean one currency; ¥, $ and Rs mean several.
_SIGNS = {
    "₭": "LAK",
    "฿": "THB",
    "៛": "KHR",
    "₱": "PHP",
    "₩": "KRW",
    "€": "EUR",
    "£": "GBP",
    "RMB": "CNY",
    "元": "CNY",
    "RP": "IDR",
    "K": "",
}
_UNCLEAR = {"¥", "￥", "$", "RS", "RS."}
_CURRENCY = re.compile(r"^([^\d\s+\-.,]{1,4})\s?|\s?([^\d\s.,]{1,4})$")


@dataclass(frozen=True)
class Amount:
    """So much of a currency (ISO 4217)."""

    number: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.number:f} {self.currency}".strip()


def separator_shown(cell: Cell) -> str:
    """What a cell proves about its column: "point" or "comma" before the fraction, "?" where 1.234 can be both, "" for nothing."""
    if not isinstance(cell, str):
        return ""
    written = _CURRENCY.sub("", bare(cell)).strip()
    points, commas = written.count("."), written.count(",")
    if points and commas:
        return "point" if written.rfind(".") > written.rfind(",") else "comma"
    if not points and not commas:
        return ""
    sign, count = (".", points) if points else (",", commas)
    if count > 1:
        return "comma" if sign == "." else "point"
    before, after = written.lstrip("+-").split(sign)
    if len(after) == 3 and 1 <= len(before) <= 3 and before != "0":
        return "?"
    return "point" if sign == "." else "comma"


def _number(cell: Cell, how: How) -> Decimal:
    if isinstance(cell, bool):
        raise _no_number("yes" if cell else "no")
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, float):
        return Decimal(repr(round(cell, 10)))
    written = bare(cell).replace("\u2212", "-")
    shown = separator_shown(written)
    if shown == "?":
        if not how.decimal:
            raise CannotRead(
                "number_separator", N_("“%(cell)s” can be read in two ways: a thousand and more, or one and a fraction."),
                cell=written, fix=N_("Answer the question about points and commas, or write the number without grouping."),
            )  # fmt: skip
        shown = how.decimal
    form = shown or "point"
    if not _GROUPED[form].fullmatch(written):
        raise _no_number(written)
    plain = re.sub(r"[ ' ]", "", written)
    plain = plain.replace(",", "") if form == "point" else plain.replace(".", "").replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise _no_number(written) from None


def _no_number(written: str) -> CannotRead:
    return CannotRead(
        "number", N_("“%(cell)s” is no number."), cell=written, fix=N_("Write it in digits, like 1234.50.")
    )


def decimal(places: int, least: int | None = None, most: int | None = None) -> CellReader:
    """A number with at most so many places behind the point, between both ends."""

    def read(cell: Cell, how: How) -> Decimal:
        number = _number(cell, how)
        _within(number, least, most)
        exponent = number.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > places:
            raise CannotRead(
                "number_places", N_("“%(cell)s” has more than %(places)s places behind the point."), cell=str(number),
                places=places, fix=N_("Round it."),
            )  # fmt: skip
        return number

    return CellReader(read, asks="number")


def whole(least: int | None = None, most: int | None = None) -> CellReader:
    """A whole number between both ends."""

    def read(cell: Cell, how: How) -> int:
        number = _number(cell, how)
        if number != number.to_integral_value():
            raise CannotRead(
                "number_whole",
                N_("“%(cell)s” is no whole number."),
                cell=str(number),
                fix=N_("Leave the fraction out."),
            )
        _within(number, least, most)
        return int(number)

    return CellReader(read, asks="number")


def _within(number: Decimal, least: int | None, most: int | None) -> None:
    if (least is not None and number < least) or (most is not None and number > most):
        raise CannotRead(
            "number_bounds", N_("%(cell)s is out of bounds: from %(least)s to %(most)s."), cell=f"{number:f}",
            least="…" if least is None else least, most="…" if most is None else most, fix=N_("Look at the number."),
        )  # fmt: skip


def amount(currency: str = "") -> CellReader:
    """An amount with its currency before or behind; ``currency`` (ISO 4217) is meant where the cell names none."""

    def read(cell: Cell, how: How) -> Amount:
        if not isinstance(cell, str):
            return Amount(_number(cell, how), _known_currency(currency, str(cell)))
        written = bare(cell)
        found = _CURRENCY.search(written)
        if found is None:
            return Amount(_number(written, how), _known_currency(currency, written))
        sign = (found[1] or found[2]).upper()
        code = _SIGNS.get(sign, sign if re.fullmatch("[A-Z]{3}", sign) else "")
        if sign in _UNCLEAR and currency:
            code = currency
        return Amount(_number(_CURRENCY.sub("", written, count=1).strip(), how), _known_currency(code, written))

    return CellReader(read, asks="number")


def _known_currency(code: str, written: str) -> str:
    if not code:
        raise CannotRead(
            "amount_currency", N_("“%(cell)s” does not say which currency it is in."), cell=written,
            fix=N_("Write the three letters of the currency behind the number, like 1234.50 LAK."),
        )  # fmt: skip
    return code
