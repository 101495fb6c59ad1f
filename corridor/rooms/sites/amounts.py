"""Amounts of money as they are written down at sites: exact, in a currency that exists, with no more places than it has."""

from decimal import Decimal

from babel.numbers import get_currency_precision, is_currency

from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

MOST = Decimal("1e12")


def faults_of_amount(amount: Decimal | None, currency: str, *, column: str) -> list[Problem]:
    """What is wrong with an amount and its currency (ISO 4217); neither of the two is fine."""
    if amount is None:
        return [Problem(N_("Write the amount too, or leave the currency out."), column=column)] if currency else []
    if not currency:
        return [Problem(N_("Say in which currency."), column="currency")]
    if not (currency.isascii() and currency.isupper() and is_currency(currency)):
        return [
            Problem(
                N_("“%(code)s” is no currency; write three letters like LAK or CNY."),
                {"code": currency},
                column="currency",
            )
        ]
    if amount < 0 or amount >= MOST:
        return [Problem(N_("An amount is at least 0 and less than a million million."), column=column)]
    places = get_currency_precision(currency)
    if amount != round(amount, places):
        return [
            Problem(
                N_("%(currency)s has at most %(places)s places behind the point."),
                {"currency": currency, "places": places},
                column=column,
            )
        ]
    return []
