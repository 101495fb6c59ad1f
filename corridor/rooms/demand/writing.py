"""How the parts of a statement are put down, new or anew."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from corridor.kernel.money import Money

from .drafts import DemandDraft
from .language_levels import read_level
from .models import DemandLanguage, DemandStatement, DemandUnit

FIELDS = (
    "occupation_code", "occupation_title", "posts", "country", "place", "stated_on", "needed_by", "strength", "paper", "source_mark",
    "wage_from_units", "wage_to_units", "wage_currency", "wage_period",
)  # fmt: skip


def fields_of(draft: DemandDraft) -> dict[str, Any]:
    """What a draft says, as the columns of a statement; it was found without a fault before."""
    high = draft.wage_from if draft.wage_to is None else draft.wage_to
    return {
        "occupation_code": draft.occupation_code, "occupation_title": draft.occupation_title, "posts": draft.posts,
        "country": draft.country, "place": draft.place.strip(), "stated_on": draft.stated_on, "needed_by": draft.needed_by,
        "strength": draft.strength, "paper": draft.paper.strip(), "source_mark": draft.source_mark,
        "wage_from_units": _units(draft.wage_from, draft.wage_currency), "wage_to_units": _units(high, draft.wage_currency),
        "wage_currency": draft.wage_currency, "wage_period": draft.wage_period,
    }  # fmt: skip


def write_wants(pairs: Iterable[tuple[DemandStatement, DemandDraft]]) -> None:
    """The units and the levels of languages that statements want."""
    pairs = list(pairs)
    DemandUnit.objects.bulk_create(
        [DemandUnit(statement=statement, unit=unit) for statement, draft in pairs for unit in draft.units], batch_size=500
    )  # fmt: skip
    levels = [(statement, read_level(written)) for statement, draft in pairs for written in draft.languages]
    DemandLanguage.objects.bulk_create(
        [
            DemandLanguage(statement=statement, scheme=level.scheme, language=level.language, level=level.level)
            for statement, level in levels
            if level is not None
        ],
        batch_size=500,
    )


def _units(amount: Decimal | None, currency: str) -> int | None:
    return None if amount is None else Money(amount, currency).units
