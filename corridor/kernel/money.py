"""
Amounts of money: exact decimals in a currency of ISO 4217, with its own minor units (docs/rules/money.md).

Two currencies are never added. An amount in another currency is reckoned with a rate that says its day and its source, and carries both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from .errors import BadInput, Problem, Refusal
from .wording import N_

# ISO 4217, the currencies in circulation; how many digits stand behind the point where it is not two.
_WITHOUT_MINOR_UNITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_WITH_THREE = "BHD IQD JOD KWD LYD OMR TND"
_WITH_TWO = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP "
    "DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD "
    "LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD "
    "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG"
)
MINOR_UNITS: dict[str, int] = {
    **dict.fromkeys(_WITH_TWO.split(), 2),
    **dict.fromkeys(_WITHOUT_MINOR_UNITS.split(), 0),
    **dict.fromkeys(_WITH_THREE.split(), 3),
}
# Far above any budget, and below what a column of whole numbers holds in the smallest unit.
LARGEST = Decimal(10) ** 15


class CurrenciesDiffer(Refusal):
    """Amounts of two currencies were to be added or compared."""


class NoRate(Refusal):
    """An amount was to be reckoned into another currency without a dated rate with its source."""


@dataclass(frozen=True, slots=True)
class Money:
    """
    So much of a currency; never rounded.

    Refuses: BadInput for a currency that ISO 4217 does not know, for more places than it has, and for what is no amount.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if problem := fault_of(self.amount, self.currency):
            raise BadInput([problem])

    @classmethod
    def of_units(cls, units: int, currency: str) -> "Money":
        """So many of the smallest units: 125050 fen are 1250.50 CNY. Whole numbers are added exactly by every database."""
        return cls(Decimal(units).scaleb(-MINOR_UNITS.get(currency, 0)), currency)

    @property
    def units(self) -> int:
        return int(self.amount.scaleb(MINOR_UNITS[self.currency]))

    def __add__(self, other: "Money") -> "Money":
        self._require_same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._require_same(other)
        return Money(self.amount - other.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._require_same(other)
        return self.amount < other.amount

    def _require_same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrenciesDiffer(
                N_("%(one)s and %(other)s are not added. Reckon one into the other with a dated rate and its source."),
                one=self.currency, other=other.currency,
            )  # fmt: skip

    def __str__(self) -> str:
        return f"{written(self.amount, self.currency)} {self.currency}"


@dataclass(frozen=True, slots=True)
class Rate:
    """One of the first currency is so many of the second, on that day, as that source says."""

    of: str
    into: str
    on: date
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An amount reckoned into another currency, rounded once at the end, with the rates it was reckoned with."""

    money: Money
    rates: tuple[Rate, ...]


def fault_of(amount: Decimal, currency: str) -> Problem | None:
    """What is wrong with an amount; None where nothing is."""
    places = MINOR_UNITS.get(currency)
    if places is None:
        return no_currency(currency)
    if not amount.is_finite():
        return Problem(N_("This is no amount that anybody pays."), column="amount")
    if amount != amount.quantize(Decimal(1).scaleb(-places)):
        return Problem(
            N_("%(currency)s has %(places)s digits behind the point."), {"currency": currency, "places": places},
            column="amount",
        )  # fmt: skip
    return None


def fault_of_payment(money: Money) -> Problem | None:
    """What is wrong with an amount that somebody promises or pays: it is above zero, and less than anybody has."""
    if money.amount <= 0:
        return Problem(N_("An amount is above zero."), column="amount")
    return Problem(N_("This is no amount that anybody pays."), column="amount") if money.amount >= LARGEST else None


def no_currency(code: str) -> Problem:
    sentence = N_("“%(currency)s” is no currency; write its three letters (ISO 4217), like LAK.")
    return Problem(sentence, {"currency": code}, column="currency")


def written(amount: Decimal, currency: str) -> str:
    """With as many places as the currency has: 1250.00, 1250."""
    return f"{amount.quantize(Decimal(1).scaleb(-MINOR_UNITS[currency])):f}"


def totals(amounts: Iterable[Money]) -> dict[str, Money]:
    """The sum of each currency for itself, by its code."""
    found: dict[str, Money] = {}
    for each in amounts:
        found[each.currency] = found[each.currency] + each if each.currency in found else each
    return dict(sorted(found.items()))


def reckon(amounts: Iterable[Money], *, into: str, rates: Iterable[Rate]) -> Reckoned:
    """
    Add amounts of several currencies in one of them, exactly, and round once at the end, halves up.

    :raises NoRate: for a currency that no given rate leads from.
    """
    if into not in MINOR_UNITS:
        raise BadInput([no_currency(into)])
    known = {each.of: each for each in rates if each.into == into}
    whole, used = Fraction(0), {}
    for currency, each in totals(amounts).items():
        if currency == into:
            whole += Fraction(each.amount)
        elif currency in known:
            used[currency] = known[currency]
            whole += Fraction(each.amount) * Fraction(known[currency].value)
        else:
            raise NoRate(
                N_("There is no rate from %(currency)s into %(into)s by that day. Write one down, with its day and source."),
                currency=currency, into=into,
            )  # fmt: skip
    return Reckoned(Money(_rounded(whole, MINOR_UNITS[into]), into), tuple(used.values()))


def _rounded(value: Fraction, places: int) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
