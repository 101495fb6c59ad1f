"""Who bears a programme on a day, and what of it this reader may know: a commitment that is not disclosed stands without its name."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch

from corridor.foundations.access import Actor
from corridor.rooms.funding.models import Commitment

from .models import FundingSplit, ProgrammeFunding


@dataclass(frozen=True)
class Bearing:
    """One share; the commitment is None where this reader may not see it."""

    share: Fraction
    commitment: Any


@dataclass(frozen=True)
class Split:
    """Who bears it from that day, until the day of the next split (None: until now)."""

    starts_on: date
    ends_before: date | None
    reason: str
    shares: list[Bearing]


def splits_of(programme: Any, *, by: Actor) -> list[Split]:
    """Every split of a programme, the latest first."""
    rows = ProgrammeFunding.objects.order_by("commitment__reference")
    found = list(
        FundingSplit.objects.filter(programme=programme)
        .prefetch_related(Prefetch("shares", rows))
        .order_by("starts_on")
    )
    seen = _seen({each.commitment_id for split in found for each in split.shares.all()}, by)
    ends = [*(split.starts_on for split in found[1:]), None][: len(found)]
    return [
        Split(
            split.starts_on, end, split.reason,
            [Bearing(each.share, seen.get(each.commitment_id)) for each in split.shares.all()],
        )
        for split, end in zip(found, ends, strict=True)
    ][::-1]  # fmt: skip


def split_on(programme: Any, day: date, *, by: Actor) -> Split | None:
    """The one that holds on that day; None before the first."""
    return next((each for each in splits_of(programme, by=by) if each.starts_on <= day), None)


def _seen(keys: set[Any], by: Actor) -> dict[Any, Any]:
    visible = Commitment.objects.visible_to(by).select_related("payer").prefetch_related("payer__names")
    return visible.in_bulk(list(keys))
