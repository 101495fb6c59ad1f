"""One writer of an agreement at a time."""

from collections.abc import Iterable
from typing import Any

from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from .models import Agreement, Obligation


def hold(keys: Iterable[Any]) -> list[Agreement]:
    """
    Lock the agreements until the commit, in one order, so that two at once cannot wait for each other.

    Lock the agreement, not the party: two last signatures at once must not both see one missing.
    """
    wanted = set(keys)
    found = list(Agreement.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if len(found) < len(wanted):
        raise NotFound(N_("There is no such agreement."))
    return found


def hold_obligations(keys: Iterable[Any]) -> list[Obligation]:
    """Lock the obligations until the commit, each with its agreement and who owes it. :raises NotFound: if one is not there."""
    wanted = set(keys)
    found = Obligation.objects.select_for_update(of=("self",)).select_related("agreement", "organisation")
    held = list(found.filter(pk__in=wanted).order_by("pk"))
    if len(held) < len(wanted):
        raise NotFound(N_("There is no such obligation."))
    return held
