"""Amounts as the reader writes them: grouped, with the places that ISO 4217 gives the currency, and its three letters."""

from babel.numbers import format_decimal

from corridor.kernel.money import MINOR_UNITS, Money

from .languages import cldr


def amount_text(money: Money) -> str:
    """ "1,250.00 CNY", never rounded."""
    places = MINOR_UNITS[money.currency]
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return f"{format_decimal(money.amount, format=pattern, locale=cldr())}\u00a0{money.currency}"
