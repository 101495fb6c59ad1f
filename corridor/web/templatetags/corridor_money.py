"""How money is written on pages; built in, as the other tags are."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from corridor.kernel.money import Money
from corridor.kernel.shares import write_share
from corridor.rooms.indicators.answers import FigureAnswer
from corridor.web.ui.days import printed_share_text, value_text
from corridor.web.ui.money import amount_text

register = template.Library()


@register.filter
def amount(money: Money | None) -> SafeString | str:
    """``{{ row.pledged|amount }}``: "1,250.00 CNY", in one piece; "–" where nothing is."""
    return "–" if money is None else format_html('<bdi class="nowrap">{}</bdi>', amount_text(money))


@register.filter
def units(count: int, currency: str) -> SafeString | str:
    """``{{ row.paid_then|units:row.currency }}``: the same for so many of the smallest unit."""
    return amount(Money.of_units(count, currency))


@register.filter
def counted(number: object, answered: FigureAnswer) -> SafeString | str:
    """``{{ cell|counted:answered }}``: a number of a figure as its unit is written: 5,975, or 1,250.00 CNY; a hidden one stays "·"."""
    if answered and answered.currency and isinstance(number, int):
        return units(number, answered.currency)
    return str(value_text(number))


@register.filter
def for_each(cell: Mapping[str, object], answered: FigureAnswer) -> SafeString | str:
    """``{{ cell|for_each:answered }}``: how much there is for each: 4.4, or 1,250.00 CNY; empty where that is not told."""
    found = answered.ratio_of(cell)
    if isinstance(found, Money):
        return units(found.units, found.currency)
    return "" if found is None else printed_share_text(found.text())


@register.filter
def exact(value: Decimal) -> str:
    """``{{ rate.value|exact }}``: all digits that there are, with the reader's decimal sign."""
    return printed_share_text(f"{value.normalize():f}")


@register.filter
def exact_share(share: Fraction) -> str:
    """``{{ each.share|exact_share }}``: "25%", "1/3"."""
    return printed_share_text(write_share(share))
