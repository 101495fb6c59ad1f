"""One writer of a commitment at a time."""

from collections.abc import Iterable
from typing import Any

from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from .models import Commitment


def hold(keys: Iterable[Any]) -> list[Commitment]:
    """Lock the commitments until the commit, in one order: two payments at once must not both see room for one. :raises NotFound: if one is gone."""
    wanted = set(keys)
    found = Commitment.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    held = list(found.select_related("payer", "payee"))
    if len(held) < len(wanted):
        raise NotFound(N_("There is no such commitment."))
    return held
