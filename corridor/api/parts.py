"""Parts that several rooms answer with: names by language, steps of a life, amounts of money, short references to other things."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ninja import Schema

from corridor.kernel.money import Money, written

# By language (BCP 47): {"en": "...", "zh-Hans": "..."}.
Texts = dict[str, str]


class Step(Schema):
    """One step of a life: the state, and the day from which it holds."""

    status: str
    on: date


class MoneyOut(Schema):
    """An amount with all places of its currency, as text: no reader rounds it."""

    amount: str
    currency: str


class Named(Schema):
    """Another thing, by the reference in its address and its names by language."""

    reference: str
    names: Texts


def money(amount: Money) -> MoneyOut:
    return MoneyOut(amount=written(amount.amount, amount.currency), currency=amount.currency)


def steps(changes: Iterable[Any]) -> list[Step]:
    return [Step(status=each.to_status, on=each.effective_on) for each in changes]


def texts(rows: Iterable[Any]) -> Texts:
    return {each.language: each.text for each in rows}


def official_names(organisation: Any) -> Texts:
    """Those that are in use without end; one a language."""
    return {
        each.language: each.name
        for each in organisation.names.all()
        if each.kind == "official" and each.valid_before is None
    }


def member(organisation: Any) -> Named:
    """Needs ``names`` read."""
    return Named(reference=organisation.reference, names=official_names(organisation))
